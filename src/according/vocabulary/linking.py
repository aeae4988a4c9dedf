"""Words that tell one incident from another, and words that do not."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import msgspec

_OPENING = re.compile(r"(?:^|[.!?:\n“\"])[\s“\"]*")
_WORD = re.compile(r"[^\W\d_][\w'’-]*[^\W_]")


class LinkingWords(msgspec.Struct, frozen=True, kw_only=True):
    """Sites and victims by the words for them; words too common to count, and those that recall what is past."""

    sites: dict[str, tuple[str, ...]]
    victims: dict[str, tuple[str, ...]]
    common: frozenset[str]
    recalling: tuple[str, ...]


@cache
def load_linking() -> LinkingWords:
    """Load and validate ``linking.yaml``."""
    content = resources.files("according.vocabulary").joinpath("linking.yaml").read_bytes()
    return msgspec.yaml.decode(content, type=LinkingWords)


@cache
def _kinds_of_words(which: str) -> tuple[dict[str, str], re.Pattern[str]]:
    table: dict[str, tuple[str, ...]] = getattr(load_linking(), which)
    index = {word: kind for kind, words in table.items() for word in words}
    phrases = sorted((word for word in index if " " in word), key=lambda word: (-len(word), word))
    return index, re.compile("|".join(map(re.escape, phrases)) or r"(?!)")


class Wording(NamedTuple):
    """What the words of a text offer for comparison.

    ``sites`` and ``victims`` by kind; ``names``, the capitalised words inside sentences; ``words``, the lower-case ones
    that are not common to all such reports. Names and words are folded.
    """

    sites: frozenset[str]
    victims: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]


@lru_cache(maxsize=8_192)
def wording_of(text: str) -> Wording:
    """The wording of a text; kept for a while, because outlets copy one another."""
    opening = {match.end() for match in _OPENING.finditer(text)}
    found = [(match.start(), match.group()) for match in _WORD.finditer(text)]
    names = {_told(word) for start, word in found if len(word) > 2 and word[0].isupper() and start not in opening}
    words = {_told(word) for _, word in found if len(word) > 3 and word[0].islower()}
    lowered = text.lower()
    plain = [word.lower() for _, word in found]
    return Wording(
        sites=_kinds_in(lowered, plain, "sites"),
        victims=_kinds_in(lowered, plain, "victims"),
        names=frozenset(names - {""}),
        words=frozenset(words - {""}),
    )


def _kinds_in(lowered: str, words: list[str], which: str) -> frozenset[str]:
    """The kinds whose words a text has; what is part of a longer phrase counts as that phrase."""
    index, phrases = _kinds_of_words(which)
    found = {index[match.group()] for match in phrases.finditer(lowered)}
    if found:
        words = _WORD.findall(phrases.sub(" ", lowered))
    return frozenset(found | {index[word] for word in words if word in index})


@lru_cache(maxsize=65_536)
def _told(word: str) -> str:
    """A word folded, empty when all reports have it."""
    folded = fold(word)
    return "" if folded in load_linking().common else folded


@lru_cache(maxsize=16_384)
def names_of(text: str) -> frozenset[str]:
    """The capitalised words of a name, folded."""
    return frozenset(fold(word) for word in _WORD.findall(text) if word[0].isupper()) - load_linking().common


def fold_words(text: str) -> list[str]:
    """The words of a name, folded, in order."""
    return [fold(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A word without case, accents, apostrophes and possessive endings, so that spellings meet."""
    plain = unicodedata.normalize("NFKD", word.lower().removesuffix("'s").removesuffix("’s"))
    return "".join(letter for letter in plain if letter.isalnum())
