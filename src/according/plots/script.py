"""Lines of text in more than one script: which way they run, and their pieces from left to right."""

from __future__ import annotations

import re
import unicodedata

_ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
_PIECE = re.compile(rf"[{_ARABIC}]+(?:\s+[{_ARABIC}]+)*|[^\s{_ARABIC}]+(?:\s+[^\s{_ARABIC}]+)*|\s+")
_LEFTWARDS = frozenset({"R", "AL"})


def runs_leftwards(text: str) -> bool:
    """Whether a line begins in a script that is written from right to left."""
    strong = (kind for letter in text if (kind := unicodedata.bidirectional(letter)) in {"L", *_LEFTWARDS})
    return next(strong, "L") in _LEFTWARDS


def is_arabic(piece: str) -> bool:
    """Whether a piece of a line is of the Arabic script."""
    return re.match(f"[{_ARABIC}]", piece) is not None


def pieces(text: str) -> list[str]:
    """A line cut where its script changes, as its pieces stand from left to right; each is still in reading order."""
    found = _PIECE.findall(text)
    return found[::-1] if runs_leftwards(text) else found


def isolated(text: str) -> str:
    """A line in reading order whose pieces, when its script changes, do not turn one another round in a browser."""
    found = _PIECE.findall(text)
    mixed = any(map(is_arabic, found)) and len(found) > 1
    return "".join(f"\u2068{piece}\u2069" if mixed and piece.strip() else piece for piece in found)
