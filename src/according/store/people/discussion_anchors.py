"""Comments on exactly these words: found again by quote, prefix and suffix when the text around them has changed.

The selector is that of the W3C Web Annotation model (TextQuoteSelector). Finding it again is honest: words that stand
elsewhere are *moved*, other words in their place are *reworded*, and what is not there any more is *orphaned*.
"""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from rapidfuzz import fuzz

from according.errors import UsageError
from according.records import Record
from according.store.people.discussion_tables import ANCHOR

AnchorState = Literal["here", "moved", "reworded", "orphaned"]
AROUND = 48
"""Characters kept before and after a quote."""
MAX_QUOTE = 600
_LIKE_AROUND = 60.0
_LIKE_QUOTE = 78.0
_TELLING = 40
"""A quote this long (characters) is not found somewhere by chance; a shorter one needs its surroundings too."""


class Anchor(Record, frozen=True):
    """Words that a comment is on. ``start`` is where they stood, in code points; ``claim`` the claim read from them."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int = 0
    claim: str | None = None


class Placement(Record, frozen=True):
    """Where an anchor is in a text now; no ``start`` and ``end`` when it is orphaned. ``likeness`` is 0 to 100."""

    state: AnchorState
    start: int | None = None
    end: int | None = None
    likeness: float = 0.0


def cut_anchor(text: str, start: int, end: int, claim: str | None = None) -> Anchor:
    """The anchor for ``text[start:end]``."""
    return Anchor(
        exact=text[start:end],
        prefix=text[max(0, start - AROUND) : start],
        suffix=text[end : end + AROUND],
        start=start,
        claim=claim,
    )


def quoted(text: str, exact: str, prefix: str = "", suffix: str = "") -> Anchor:
    """The anchor for words that a reader quotes; white space may differ from the text's.

    Raises UsageError when the text does not have these words, or the quote is empty or too long.
    """
    if not exact.strip():
        raise UsageError("select the words that the comment is on")
    if len(exact) > MAX_QUOTE:
        raise UsageError(f"a quote has at most {MAX_QUOTE} characters; select fewer words")
    plain, places = _squeezed(text)
    wanted = " ".join(exact.split())
    starts = _occurrences(plain, wanted)
    if not starts:
        raise UsageError("these words are not in the report; quote them as they stand there")
    before, after = " ".join(prefix.split()), " ".join(suffix.split())
    best = max(starts, key=lambda start: _likeness_around(plain, start, start + len(wanted), before, after))
    return cut_anchor(text, places[best], places[best + len(wanted) - 1] + 1)


def find_anchor(text: str, anchor: Anchor) -> Placement:
    """Find an anchor's words in a text, which may be another version of the one they were selected in."""
    end = anchor.start + len(anchor.exact)
    if text[anchor.start : end] == anchor.exact and _around(text, anchor.start, end, anchor) == 100.0:
        return Placement(state="here", start=anchor.start, end=end, likeness=100.0)
    return _moved(text, anchor) or _reworded(text, anchor) or Placement(state="orphaned")


def _moved(text: str, anchor: Anchor) -> Placement | None:
    length = len(anchor.exact)
    starts = _occurrences(text, anchor.exact)
    if not starts:
        return None
    best = max(starts, key=lambda at: (_around(text, at, at + length, anchor), -abs(at - anchor.start)))
    alone = len(starts) == 1 and length >= _TELLING
    if not alone and _around(text, best, best + length, anchor) < _LIKE_AROUND:
        return None
    state: AnchorState = "here" if best == anchor.start else "moved"
    return Placement(state=state, start=best, end=best + length, likeness=100.0)


def _reworded(text: str, anchor: Anchor) -> Placement | None:
    """Words like the quote, in surroundings like its own: a corrected name or number, not another sentence."""
    found = fuzz.partial_ratio_alignment(anchor.exact, text, score_cutoff=_LIKE_QUOTE)
    if found is None or found.dest_end <= found.dest_start:
        return None
    start, end = _whole_words(text, found.dest_start, found.dest_end)
    if _around(text, start, end, anchor) < _LIKE_AROUND:
        return None
    return Placement(state="reworded", start=start, end=end, likeness=round(found.score, 1))


def _around(text: str, start: int, end: int, anchor: Anchor) -> float:
    return _likeness_around(text, start, end, anchor.prefix, anchor.suffix)


def _likeness_around(text: str, start: int, end: int, prefix: str, suffix: str) -> float:
    """How like the surroundings are, 0 to 100: the better of both sides, since one may be what has changed."""
    sides = []
    if prefix:
        sides.append(fuzz.ratio(prefix, text[max(0, start - len(prefix)) : start]))
    if suffix:
        sides.append(fuzz.ratio(suffix, text[end : end + len(suffix)]))
    return max(sides, default=100.0)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _occurrences(text: str, words: str) -> list[int]:
    starts, at = [], text.find(words)
    while at >= 0:
        starts.append(at)
        at = text.find(words, at + 1)
    return starts


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The text with every run of white space as one space, and where each character of it stands in the text."""
    characters: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        plain = " " if character.isspace() else character
        if plain == " " and characters and characters[-1] == " ":
            continue
        characters.append(plain)
        places.append(at)
    return "".join(characters), places


def keep_anchor(connection: sa.Connection, comment: str, anchor: Anchor) -> None:
    """Keep what a comment is on."""
    connection.execute(
        ANCHOR.insert().values(
            comment=comment, claim=anchor.claim, exact=anchor.exact, prefix=anchor.prefix, suffix=anchor.suffix,
            start=anchor.start,
        )
    )  # fmt: skip


def anchors_of(connection: sa.Connection, comments: list[str]) -> dict[str, Anchor]:
    """The anchors of some comments, by comment; most comments have none."""
    rows = connection.execute(sa.select(ANCHOR).where(ANCHOR.c.comment.in_(comments)))
    return {row.comment: _anchor(row) for row in rows}


def _anchor(row: sa.Row[tuple[object, ...]]) -> Anchor:
    return Anchor(exact=row.exact, prefix=row.prefix, suffix=row.suffix, start=row.start, claim=row.claim)
