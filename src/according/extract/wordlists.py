"""Finding the phrases of a closed list in a parsed sentence, by first word."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from according.extract.tokens import Stretch


def find_phrases(stretch: Stretch, phrases: tuple[str, ...]) -> list[Stretch]:
    """Where phrases of a list stand in a stretch of a parse, as stretches, in text order."""
    doc, first = stretch[0].doc, stretch[0].idx
    text = doc.text[first : stretch[-1].end].lower()
    return [doc.around(first + m.start(), first + m.end()) for m in _pattern(phrases).finditer(text)]


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])")
