"""Kinds of people that reports count, the words for each, and whether a kind is civilian."""

from __future__ import annotations

from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import msgspec

Status = Literal["civilian", "fighter", "open"]


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of people. ``kind_of`` is the wider group whose figures already contain this one.

    ``slice`` marks a kind that is usually singled out of a crowd ("three of them children").
    """

    status: Status
    words: tuple[str, ...]
    kind_of: str | None = None
    slice: bool = False


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many people one unit of a kind holds ("a couple" is two, "a family" two or more)."""

    low: int
    high: int | None


class PeopleWord(msgspec.Struct, frozen=True):
    """What a word for people denotes."""

    group: str
    plural: bool


class Groups(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The contents of ``groups.yaml``."""

    groups: dict[str, Group]
    irregular: dict[str, str]
    civilian_modifiers: frozenset[str]
    fighter_modifiers: frozenset[str]
    members: frozenset[str]
    anaphors: frozenset[str]
    units: dict[str, Unit]
    part_openers: tuple[str, ...]
    part_closers: tuple[str, ...]
    joiners: tuple[str, ...]

    def status(self, group: str | None) -> Status:
        """Whether a group is civilian, fighting, or neither by its name alone."""
        known = self.groups.get(group) if group else None
        return known.status if known else "open"

    def called(self, group: str, low: int | None, high: int | None) -> str:
        """The group's name beside a number: "civilian" beside exactly one, "aid workers" beside any other."""
        known = self.groups.get(group)
        return known.words[0] if known and low == high == 1 else group.replace("_", " ")

    def contains(self, wider: str, narrower: str) -> bool:
        """Whether figures for ``wider`` already contain those for ``narrower``."""
        at: str | None = narrower
        while at is not None and at != wider:
            at = self.groups[at].kind_of if at in self.groups else None
        return at == wider

    @cached_property
    def words(self) -> dict[tuple[str, ...], PeopleWord]:
        """Every word and phrase for people in singular and plural, by its tokens (hyphens apart)."""
        found: dict[tuple[str, ...], PeopleWord] = {}
        for name, group in self.groups.items():
            for word in group.words:
                plural = self.irregular.get(word, f"{word}s")
                found.setdefault(_tokens(plural), PeopleWord(name, plural=True))
                if word.endswith("person"):
                    found.setdefault(_tokens(f"{word}s"), PeopleWord(name, plural=True))
                found.setdefault(_tokens(word), PeopleWord(name, plural=word in _MASS))
        return found

    @cached_property
    def openers(self) -> frozenset[str]:
        """The tokens that the phrases begin with."""
        return frozenset(phrase[0] for phrase in self.words)

    @cached_property
    def longest(self) -> int:
        """How many tokens the longest phrase has."""
        return max(map(len, self.words))


_MASS = frozenset({"people", "police", "staff", "personnel"})


def _tokens(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.replace("-", " - ").split())


@cache
def load_groups() -> Groups:
    """Load and validate ``groups.yaml``."""
    content = files("according.vocabulary").joinpath("groups.yaml").read_bytes()
    groups = msgspec.yaml.decode(content, type=Groups)
    unknown = {group.kind_of for group in groups.groups.values() if group.kind_of} - set(groups.groups)
    if unknown:
        raise ValueError(f"groups.yaml: kind_of names no group: {sorted(unknown)}")
    return groups
