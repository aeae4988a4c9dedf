"""News outlets: their names, the domains of their pages, whose voice they are; ``outlets.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

import msgspec

from according.errors import BrokenAssumptionError


class Outlet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One outlet. ``speaks_for`` is the actor that owns or runs it, where that is public."""

    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    speaks_for: str | None = None


class OutletData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: outlets by name, and the nouns that may stand behind a name."""

    outlets: dict[str, Outlet]
    nouns: tuple[str, ...] = ()


class Outlets:
    """Outlets by name and by the address of a page."""

    def __init__(self, data: OutletData) -> None:
        self.outlets = outlets = data.outlets
        self._names = _indexed((name, spelling) for name, one in outlets.items() for spelling in (name, *one.aliases))
        self._domains = _indexed((name, domain) for name, one in outlets.items() for domain in one.domains)
        spellings = sorted({spelling for name, one in outlets.items() for spelling in (name, *one.aliases)})
        longest_first = sorted(spellings, key=len, reverse=True)
        written = rf"(?P<written>{'|'.join(map(re.escape, longest_first))})"
        # What goes on with a capital is another name: "The National Salvation Front".
        self._within = re.compile(rf"(?<!\w){written}(?!\w)(?!\s[^\W\d_a-z])")
        nouns = "|".join(map(re.escape, data.nouns)) or "(?!)"
        self._whole = re.compile(rf"(?:[Tt]he\s)?{written}(?:\s(?i:{nouns}))?")

    def named(self, name: str) -> str | None:
        """The outlet's own name for any of its names."""
        return self._names.get(name.strip().lower())

    def within(self, words: str, *, whole: bool = False) -> tuple[str, str] | None:
        """The first outlet told of in some words, and how it is written there; capitals count: "AP", and no "ap".

        ``whole`` where the words must be nothing but its name, with what it is: "the TASS news agency".
        """
        found = self._whole.fullmatch(words) if whole else self._within.search(words)
        return (self._names[found["written"].lower()], found["written"]) if found else None

    def of_report(self, source: str | None, url: str | None) -> str | None:
        """The outlet that a report came out in, by what the report calls its source or else by its address."""
        return self.named(source or "") or (self.of_url(url) if url else None)

    def owner(self, name: str) -> str | None:
        """The actor that an outlet of this own name speaks for; None too for what is no outlet here."""
        known = self.outlets.get(name)
        return known.speaks_for if known else None

    def of_url(self, url: str) -> str | None:
        """The outlet that published a page, by its domain or the one that is a part of; None for any other address."""
        try:
            labels = (urlsplit(url).hostname or "").split(".")
        except ValueError:  # what a row calls its address may be none
            return None
        hosts = (".".join(labels[first:]) for first in range(len(labels)))
        return next((self._domains[host] for host in hosts if host in self._domains), None)


def _indexed(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    index: dict[str, str] = {}
    for name, key in pairs:
        if index.setdefault(key.lower(), name) != name:
            raise BrokenAssumptionError(f"outlets.yaml: {index[key.lower()]} and {name} both claim {key}")
    return index


@cache
def load_outlets() -> Outlets:
    """Load and validate ``outlets.yaml``."""
    content = files("according.vocabulary").joinpath("outlets.yaml").read_bytes()
    return Outlets(msgspec.yaml.decode(content, type=OutletData))
