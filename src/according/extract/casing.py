"""Re-casing of headlines, capitals and lower-case text, so that the parser sees ordinary prose of the same length."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from according.vocabulary.names import NameMention

WORD = re.compile(r"[^\W\d_][\w’']*")
CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)
SMALL = frozenset("a an the of in on at by to for from with and or but as is are was were has have had not".split())
WHOLLY = 1.0
MOSTLY = 0.7
"""Share of longer words with a capital above which a text is in title case, not prose with many names."""


def recase(text: str, names: Iterable[NameMention], offset: int) -> str:
    """The text in sentence case if it is in title case, in capitals or all lower case; otherwise as it is.

    Words of known names keep (or get) their capital; the first word gets none, since the parser takes a capital there
    for a name when the rest is a headline. The length never changes.
    """
    words = list(WORD.finditer(text))
    named = _positions(names, offset)
    style = _style(words, named, sentence=text.rstrip("\"”’' ").endswith("."))
    if style == "prose":
        return text
    letters = list(text)
    for word in words:
        start, end = word.span()
        capital = start in named or word.group().lower() in CALENDAR - {"may"}
        _rewrite(letters, start, end, _cased(word.group(), style=style, capital=capital))
    return "".join(letters)


def _style(words: list[re.Match[str]], named: set[int], *, sentence: bool) -> str:
    """Which of prose, title, upper or lower case the words are in, names and the first word aside for title case.

    What ends like a ``sentence`` may be full of names and is in title case only where no word is small that may be big.
    """
    content = [w for w in words if w.group().lower() not in SMALL and len(w.group()) > 1]
    if len(content) < 3:
        return "prose"
    if sum(w.group().isupper() for w in content) >= MOSTLY * len(content):
        return "upper"
    if not any(w.group()[0].isupper() for w in content):
        return "lower"
    common = [w.group() for w in content[1:] if w.start() not in named and w.group().lower() not in CALENDAR]
    capital = sum(w[0].isupper() for w in common)
    share = WHOLLY if sentence else MOSTLY
    return "title" if len(common) > 1 and capital >= share * len(common) else "prose"


def _positions(names: Iterable[NameMention], offset: int) -> set[int]:
    return {
        m.start - offset + w.start() for m in names for w in WORD.finditer(m.text) if w.group().lower() not in SMALL
    }


def _cased(word: str, *, style: str, capital: bool) -> str:
    if style == "title" and word.isupper() and len(word) > 1:
        return word
    low = word.lower()
    return low[:1].upper() + low[1:] if capital else low


def _rewrite(letters: list[str], start: int, end: int, word: str) -> None:
    if len(word) == end - start:
        letters[start:end] = word
