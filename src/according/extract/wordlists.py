"""Finding the phrases of a closed list in a parsed sentence, by first word."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Span as Stretch


def find_phrases(stretch: Stretch, phrases: tuple[str, ...]) -> list[Stretch]:
    """Where phrases of a list stand in a stretch of a parse, as stretches, in text order."""
    text, first = stretch.text.lower(), stretch.start_char
    hits = (
        stretch.doc.char_span(first + m.start(), first + m.end(), alignment_mode="expand")
        for m in _pattern(phrases).finditer(text)
    )
    return [hit for hit in hits if hit is not None]


@cache
def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])")
