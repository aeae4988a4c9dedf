"""Words that tell one incident from another, and words that do not."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib import resources

import msgspec

_OPENING = re.compile(r"(?:^|[.!?:\n“\"])[\s“\"]*")
_WORD = re.compile(r"[^\W\d_][\w'’-]*[^\W_]")


class LinkingWords(msgspec.Struct, frozen=True, kw_only=True):
    """Sites and victims by the words for them; words too common to count; words of running totals."""

    sites: dict[str, tuple[str, ...]]
    victims: dict[str, tuple[str, ...]]
    common: frozenset[str]
    running_total: tuple[str, ...]


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


def spot_kinds(text: str, which: str) -> frozenset[str]:
    """The sites (or victims) that a text names, by kind; ``which`` is "sites" or "victims"."""
    index, phrases = _kinds_of_words(which)
    lowered = text.lower()
    found = {index[match.group()] for match in phrases.finditer(lowered)}
    rest = phrases.sub(" ", lowered)
    return frozenset(found | {index[word] for word in _WORD.findall(rest) if word in index})


def telling_names(text: str) -> frozenset[str]:
    """Capitalised words inside a text's sentences, folded: names of people, places and groups."""
    opening = {match.end() for match in _OPENING.finditer(text)}
    words = ((match.start(), match.group()) for match in _WORD.finditer(text))
    names = {fold(word) for start, word in words if word[0].isupper() and start not in opening and len(word) > 2}
    return frozenset(names - load_linking().common)


def names_of(text: str) -> frozenset[str]:
    """The capitalised words of a name, folded."""
    return frozenset(fold(word) for word in _WORD.findall(text) if word[0].isupper()) - load_linking().common


def telling_words(text: str) -> frozenset[str]:
    """Lower-case content words of a text that are not common to all such reports."""
    words = {fold(word) for word in _WORD.findall(text) if len(word) > 3 and word[0].islower()}
    return frozenset(words - load_linking().common)


def fold_words(text: str) -> list[str]:
    """The words of a name, folded, in order."""
    return [fold(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A word without case, accents, apostrophes and possessive endings, so that spellings meet."""
    plain = unicodedata.normalize("NFKD", word.lower().removesuffix("'s").removesuffix("’s"))
    return "".join(letter for letter in plain if letter.isalnum())
