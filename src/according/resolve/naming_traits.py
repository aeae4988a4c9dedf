"""How a text names a place: the words before and behind a name that speak for it as a scene, or against it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from according.resolve.place_phrases import (
    DIVISION_BEHIND,
    LIE_OF,
    NEARBY,
    OFFSET,
    SETTLEMENT_BEFORE,
    SETTLEMENT_BEHIND,
)

_LOCATED = re.compile(
    r"\b(?:in|at|inside|on|near|outside|over|around|across|close to)(?: the| an?)?(?: [a-z-]+){0,3} $", re.IGNORECASE
)
_LOCATED_AT_ONCE = re.compile(
    r"\b(?:in|at|inside|on|near|outside|around)(?: the| an?)?(?: [a-z-]+){0,2} ?$", re.IGNORECASE
)
_NEAR = re.compile(r"\b(?:near|outside|close to)(?: the)? $", re.IGNORECASE)
_JOURNEY = re.compile(r"\b(?:to|from|towards?|for|via)(?: the)? $", re.IGNORECASE)
_LIES = re.compile(
    r"(?:, [A-Z]\w+)*(?:,? and [A-Z]\w+)?,? (?:in|near|outside) (?:the )?(?:[a-z-]+ ){0,3}[A-Z]|"
    r", an? [a-z -]*(?:village|town|city)\b"
)
_FREE = re.compile(
    r" (?:on|in|at|was|were|after|when|that|and|by|is|has|had|for|with|to|from|which|where|near|as|before|during|"
    r"while|late|early|said|yesterday|today)\b"
)
_WORD = re.compile(r" [a-z]+")
_OWNS = re.compile(r"['’]s?\b")


def named_traits(before: str, behind: str) -> Iterator[str]:
    """The traits of a name with these words of its sentence before and behind it."""
    if DIVISION_BEHIND.match(behind):
        yield "division"
    settlement = SETTLEMENT_BEFORE.search(before)
    if settlement or SETTLEMENT_BEHIND.match(behind):
        yield "settlement"
    if _LOCATED.search(before) or (settlement and _LOCATED_AT_ONCE.search(before[: settlement.start()])):
        yield "located"
    for trait, pattern in (("near", _NEAR), ("journey", _JOURNEY), ("nearby", NEARBY), ("lie", OFFSET)):
        if pattern.search(before):
            yield trait
    if LIE_OF.search(before) and not _JOURNEY.search(before):
        yield "lie"
    yield from _behind(behind)


def _behind(words: str) -> Iterator[str]:
    """What follows a name: the end of a phrase, where it lies, what is its own, or what it only describes."""
    if words[:1] in {",", "."}:
        yield "ends"
    if _LIES.match(words):
        yield "lies"
    if _OWNS.match(words):
        yield "possessive"
    if _FREE.match(words):
        yield "free"
    elif _WORD.match(words):
        yield "describes"
