"""A comment that asks for a change of the record: promoted by the desk, decided by it, credited to who wrote it."""

from __future__ import annotations

import secrets
from typing import Literal, get_args

import msgspec
import sqlalchemy as sa

from according.errors import UsageError
from according.records import Claim, Polarity, Quantity, Reading, Realis, Record, Span, Voice, with_id
from according.store.judgements import Told
from according.store.people.clock import now
from according.store.people.discussion_anchors import cut_anchor
from according.store.people.discussion_comments import Comment, touch
from according.store.people.discussion_tables import SUGGESTED_CLAIM, SUGGESTION

SuggestionState = Literal["open", "accepted", "declined"]
ChangeKind = Literal["reject", "correct"]
ChangeField = Literal["polarity", "realis", "quantity", "subject", "object", "place", "time", "voice"]
CHOICES: dict[str, tuple[str, ...]] = {
    "polarity": get_args(Polarity),
    "realis": get_args(Realis),
}
"""The values that a field can be corrected to; the other fields are corrected to words of the report."""
FIELDS: tuple[ChangeField, ...] = get_args(ChangeField)


class Change(Record, frozen=True):
    """What is asked of a claim: to reject it, or to correct one field.

    ``value`` is one of the field's :data:`CHOICES`, or words of the claim's sentence; for ``quantity`` also ``low``
    and ``high``, inclusive, None for open.
    """

    kind: ChangeKind
    field: ChangeField | None = None
    value: str = ""
    low: int | None = None
    high: int | None = None


class Suggestion(Record, frozen=True):
    """A change asked for in a comment. ``credit`` is its author's name; ``judgement`` what accepting it was kept as."""

    id: str
    comment: str
    thread: str
    report: str
    claim: str
    change: Change
    credit: str
    state: SuggestionState
    promoted_by: str
    promoted: str
    decided_by: str | None
    decided: str | None
    reason: str
    judgement: str | None


def promote(connection: sa.Connection, comment: Comment, reading: Reading, change: tuple[str, Change], by: str) -> str:
    """Make a suggestion of a comment: a claim's id and the change to it; gives the suggestion's id.

    Raises UsageError when the comment is not shown, the claim is not of the report, or the change cannot be made.
    """
    if comment.state != "shown":
        raise UsageError("only a comment that is shown can become a suggestion")
    claim, wanted = change
    told = claim_in(reading, claim)
    if wanted.kind == "correct":
        corrected(reading, claim, wanted)
    name = secrets.token_hex(6)
    connection.execute(
        SUGGESTION.insert().values(
            id=name, comment=comment.id, thread=comment.thread, report=reading.report.id, claim=claim,
            change=msgspec.json.encode(wanted).decode(), credit=comment.name, state="open", promoted_by=by,
            promoted=now(), reason="",
        )
    )  # fmt: skip
    anchor = cut_anchor(reading.report.text, told.evidence.start, told.evidence.end)
    connection.execute(
        SUGGESTED_CLAIM.insert().values(
            suggestion=name, told=msgspec.json.encode(told).decode(), prefix=anchor.prefix, suffix=anchor.suffix
        )
    )
    touch(connection, comment.thread)
    return name


def suggestions_for(connection: sa.Connection, about: str, state: SuggestionState | None = None) -> list[Suggestion]:
    """The suggestions on a report, by the report's id or its thread's, oldest first."""
    query = sa.select(SUGGESTION).where(sa.or_(SUGGESTION.c.report == about, SUGGESTION.c.thread == about))
    query = query.order_by(SUGGESTION.c.promoted)
    rows = connection.execute(query.where(SUGGESTION.c.state == state) if state else query)
    return [_suggestion(row) for row in rows]


def open_suggestions(connection: sa.Connection, limit: int = 100) -> list[Suggestion]:
    """Suggestions on any report that nobody decided, oldest first."""
    query = sa.select(SUGGESTION).where(SUGGESTION.c.state == "open").order_by(SUGGESTION.c.promoted).limit(limit)
    return [_suggestion(row) for row in connection.execute(query)]


def suggestions_of(connection: sa.Connection, comments: list[str]) -> dict[str, list[Suggestion]]:
    """The suggestions that came of some comments, by comment."""
    found: dict[str, list[Suggestion]] = {}
    query = sa.select(SUGGESTION).where(SUGGESTION.c.comment.in_(comments)).order_by(SUGGESTION.c.promoted)
    for row in connection.execute(query):
        found.setdefault(row.comment, []).append(_suggestion(row))
    return found


def suggestion(connection: sa.Connection, name: str, *, lock: bool = False) -> Suggestion | None:
    """A suggestion by its id; ``lock`` keeps others from deciding it in this transaction."""
    query = sa.select(SUGGESTION).where(SUGGESTION.c.id == name)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _suggestion(row) if row else None


def decide(
    connection: sa.Connection, name: str, state: SuggestionState, by: str, reason: str, judgement: str | None = None
) -> None:
    """Keep what the desk decided, once. Raises UsageError when it is decided already."""
    one = sa.and_(SUGGESTION.c.id == name, SUGGESTION.c.state == "open")
    values = {"state": state, "decided_by": by, "decided": now(), "reason": reason, "judgement": judgement}
    thread = connection.scalar(SUGGESTION.update().where(one).values(values).returning(SUGGESTION.c.thread))
    if thread is None:
        raise UsageError("this suggestion is decided already")
    touch(connection, thread)


def claim_in(reading: Reading, claim: str) -> Claim:
    """A claim of a reading by its id; raises UsageError when the reading has none."""
    found = next((one for one in reading.claims if one.id == claim), None)
    if found is None:
        raise UsageError("the report has no such claim any more")
    return found


def corrected(reading: Reading, claim: str, change: Change) -> Told:
    """The claim as a change makes it, with what its unchanged roles refer to.

    Raises UsageError when the change cannot be made: an unknown value, words that are not in the claim's sentence.
    """
    found = claim_in(reading, claim)
    if change.field is None:
        raise UsageError("say which field is to be corrected")
    part = "voices" if change.field == "voice" else change.field
    value = _value(reading, found, change)
    new = with_id(msgspec.structs.replace(found, **{part: value}, method="person", confidence=1.0))
    if new.id == found.id:
        raise UsageError("the claim says that already")
    kept = [
        msgspec.structs.replace(one, claim=new.id)
        for one in reading.resolutions
        if one.claim == claim and one.role != change.field
    ]
    return Told(claim=new, resolutions=tuple(kept))


def _value(reading: Reading, claim: Claim, change: Change) -> str | Span | Quantity | tuple[Voice, ...]:
    if change.field in CHOICES:
        if change.value not in CHOICES[change.field]:
            raise UsageError(f"{change.field} is one of {', '.join(CHOICES[change.field])}")
        return change.value
    span = _words(reading, claim, change.value)
    if change.field == "voice":
        return (Voice(voice_class=claim.voices[-1].voice_class if claim.voices else "unnamed", span=span),)
    if change.field != "quantity":
        return span
    if change.low is not None and change.high is not None and change.low > change.high:
        raise UsageError("the lower bound is above the upper one")
    return Quantity(span=span, low=change.low, high=change.high, rule="person")


def _words(reading: Reading, claim: Claim, words: str) -> Span:
    """Words in the claim's sentence, else the first such words of the report."""
    text, said = reading.report.text, words.strip()
    at = text.find(said, claim.evidence.start, claim.evidence.end) if said else -1
    at = at if at >= 0 or not said else text.find(said)
    if at < 0:
        raise UsageError("quote the words of the report that say so")
    return Span.cut(text, at, at + len(said))


def _suggestion(row: sa.Row[tuple[object, ...]]) -> Suggestion:
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    return Suggestion(**{**values, "change": msgspec.json.decode(values["change"], type=Change)})
