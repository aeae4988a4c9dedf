"""Asides between dashes, set between commas before parsing: after a dash parsers begin a sentence of its own."""

from __future__ import annotations

import re

_ASIDE = re.compile(r"(?<=\w)( ?)[–—-]( ?)(\w+(?:ed|en|id|ght) (?:by|with|to)\b[^–—;:.]{2,80}?)( ?)[–—-]( ?)(?=\w)")
"""As in "The army – backed by Orlesian jets – shelled the town": whoever helps, not whoever acts."""


def commas_for_dashes(text: str) -> str:
    """The text with a participle between dashes set between commas. The length never changes."""
    return _ASIDE.sub(_between_commas, text)


def _between_commas(found: re.Match[str]) -> str:
    before, opens, aside, closes, after = found.groups()
    spaced = bool(before or opens) and bool(closes or after)
    glued = not (before or opens or closes or after) and "—" in found.group()
    return f"{before},{opens}{aside}{closes},{after}" if spaced or glued else found.group()
