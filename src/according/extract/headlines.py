"""Attributions in headlines: "Monitor: strike kills five", "Strike kills five – officials", "… five: officials"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.records import BlockKind

BEFORE = re.compile(r"^\s*(?P<who>[^:.,;!?\n]{2,60}):\s+(?=\S)")
AFTER = re.compile(r"\s+[–—-]{1,2}\s+(?P<who>[^:.,;!?\n–—]{2,60}?)\s*$")
CLOSING = re.compile(r":\s+(?P<who>[^:.;!?\n–—]{2,60}?)\s*$")
SAID = re.compile(r",\s+(?P<who>[^:.,;!?\n–—]{2,60}?)\s+(?:says?|said|claims?|reports?|warns?)\s*$", re.IGNORECASE)
LONGEST = 6
"""Words in an attribution; more is a sentence of its own."""


def headline_voice(text: str, block: BlockKind) -> tuple[int, int] | None:
    """Where a headline names who says it, as character offsets, if it does."""
    found = _attribution(text, block)
    return found.span("who") if found else None


def blank_attributions(text: str, block: BlockKind) -> str:
    """The text with a headline's attribution blanked out, so that the parser sees only what is said."""
    found = _attribution(text, block)
    if not found:
        return text
    start, end = found.span()
    return text[:start] + " " * (end - start) + text[end:]


def _attribution(text: str, block: BlockKind) -> re.Match[str] | None:
    if block not in ("headline", "caption"):
        return None
    for found in (BEFORE.search(text), AFTER.search(text), SAID.search(text)):
        if found and _names_a_voice(found["who"]):
            return found
    last = CLOSING.search(text)
    return last if last and _names_a_voice(last["who"]) and _names_a_voice(last["who"].split()[-1]) else None


def _names_a_voice(words: str) -> bool:
    """Whether some words name somebody who may say something: by a title or noun, or as a short name."""
    parts = words.split()
    return len(parts) <= LONGEST and load_wording().voice_class(words) is not None
