"""A quick look whether a phrase of a closed list may stand in a text at all, before a pattern is tried all along it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=256)
def written(text: str) -> frozenset[str]:
    """The runs of letters and digits in a text, in lower case; kept, for many lists are looked for in one text."""
    return frozenset(_WORD.findall(text.lower()))


def openers(phrases: Iterable[str]) -> frozenset[str]:
    """The first word of each phrase: a text with none of them has no phrase of the list as words of its own."""
    return frozenset(_WORD.findall(phrase.lower())[0] for phrase in phrases)
