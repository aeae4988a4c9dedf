"""Finding the phrases of a closed list in a parsed sentence, by first word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from according.vocabulary.written import openers, written

if TYPE_CHECKING:
    from according.extract.tokens import Stretch


def find_phrases(stretch: Stretch, phrases: tuple[str, ...]) -> list[Stretch]:
    """Where phrases of a list stand in a stretch of a parse, as stretches, in text order."""
    doc, first, listed = stretch[0].doc, stretch[0].idx, _compiled(phrases)
    if listed.openers.isdisjoint(written(doc.text)):
        return []
    text = doc.text[first : stretch[-1].end].lower()
    return [doc.around(first + m.start(), first + m.end()) for m in listed.pattern.finditer(text)]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A list's first words, and its pattern."""

    openers: frozenset[str]
    pattern: re.Pattern[str]


@cache
def _compiled(phrases: tuple[str, ...]) -> _Compiled:
    longest_first = sorted(phrases, key=len, reverse=True)
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])")
    return _Compiled(openers(phrases), pattern)
