"""Suggestions on a report that was rewritten go on to the claim that says the same there now, or say that none does."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlalchemy as sa

from according.records import Claim, Reading, Record, Span
from according.store.people.discussion_anchors import Anchor, AnchorState, Placement, find_anchor
from according.store.people.discussion_suggestions import Suggestion
from according.store.people.discussion_tables import SUGGESTED_CLAIM

_CLAIM = msgspec.json.Decoder(Claim)
_ROLES = ("subject", "object", "place", "time")


class Followed(Record, frozen=True):
    """A suggestion on the claim as a reading has it. ``said`` is what the report said when it was made."""

    suggestion: Suggestion
    state: AnchorState
    said: str = ""


def followed(connection: sa.Connection, some: Sequence[Suggestion], reading: Reading) -> list[Followed]:
    """Suggestions as they stand on a reading, which may be of another version of the text that they were made on."""
    query = sa.select(SUGGESTED_CLAIM).where(SUGGESTED_CLAIM.c.suggestion.in_([one.id for one in some]))
    rows = {row.suggestion: row for row in connection.execute(query)}
    return [_followed(one, rows.get(one.id), reading) for one in some]


def _followed(one: Suggestion, row: sa.Row[tuple[str, ...]] | None, reading: Reading) -> Followed:
    if row is None:
        is_there = any(claim.id == one.claim for claim in reading.claims)
        return Followed(suggestion=one, state="here" if is_there else "orphaned")
    before = _CLAIM.decode(row.told)
    said = before.evidence.text
    if any(claim.id == one.claim for claim in reading.claims):
        return Followed(suggestion=one, state="here", said=said)
    anchor = Anchor(exact=said, prefix=row.prefix, suffix=row.suffix, start=before.evidence.start)
    placed = find_anchor(reading.report.text, anchor)
    now = _same(before, reading, placed)
    if now is None:
        return Followed(suggestion=one, state="orphaned", said=said)
    there = msgspec.structs.replace(one, report=reading.report.id, claim=now.id)
    return Followed(suggestion=there, state=placed.state, said=said)


def _same(before: Claim, reading: Reading, placed: Placement) -> Claim | None:
    """The claim of the same kind read from these words now; of several the one with the most words in common."""
    if placed.start is None or placed.end is None:
        return None
    there = [
        one
        for one in reading.claims
        if one.predicate == before.predicate and one.evidence.start < placed.end and placed.start < one.evidence.end
    ]
    return max(there, key=lambda one: _alike(before, one), default=None)


def _alike(one: Claim, other: Claim) -> int:
    return sum(_words(getattr(one, role)) == _words(getattr(other, role)) for role in _ROLES)


def _words(span: Span | None) -> str:
    return span.text if span else ""
