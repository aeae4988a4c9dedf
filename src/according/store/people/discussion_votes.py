"""Votes and flags: one of each per reader and comment, told apart by a hash that names no reader."""

from __future__ import annotations

from typing import Literal, get_args

import sqlalchemy as sa

from according.errors import UsageError
from according.records import Record
from according.store.people.clock import now
from according.store.people.discussion_comments import Comment, touch
from according.store.people.discussion_tables import COMMENT, FLAG, VOTE, insert_new

FlagReason = Literal["abuse", "spam", "false", "dangerous", "private", "off-topic"]
FLAG_REASONS: tuple[FlagReason, ...] = get_args(FlagReason)


class Flag(Record, frozen=True):
    """A reader's word to the moderators about a comment."""

    comment: str
    reason: FlagReason
    note: str
    raised: str


def vote(connection: sa.Connection, comment: Comment, voter: str, *, up: bool) -> int:
    """Give or take back a reader's vote, and return the votes; voting twice changes nothing."""
    if comment.state != "shown":
        raise UsageError("only a comment that is shown can be voted for")
    if up:
        insert_new(connection, VOTE, {"comment": comment.id, "voter": voter})
    else:
        connection.execute(VOTE.delete().where(VOTE.c.comment == comment.id, VOTE.c.voter == voter))
    votes = sa.select(sa.func.count()).where(VOTE.c.comment == comment.id).scalar_subquery()
    changed = COMMENT.update().where(COMMENT.c.id == comment.id).values(votes=votes).returning(COMMENT.c.votes)
    touch(connection, comment.thread)
    return int(connection.execute(changed).scalar_one())


def voted(connection: sa.Connection, voters: dict[str, str]) -> set[str]:
    """Which comments were voted for, of a reader's voter hashes by comment."""
    query = sa.select(VOTE.c.comment, VOTE.c.voter).where(VOTE.c.comment.in_(list(voters)))
    query = query.where(VOTE.c.voter.in_(list(voters.values())))
    return {row.comment for row in connection.execute(query) if voters[row.comment] == row.voter}


def flag(connection: sa.Connection, comment: Comment, flagger: str, reason: str, note: str) -> int:
    """Keep a reader's flag, once per reader, and return how many wait for a moderator."""
    if reason not in FLAG_REASONS:
        raise UsageError(f"a flag's reason is one of {', '.join(FLAG_REASONS)}")
    if comment.state != "shown":
        raise UsageError("only a comment that is shown can be flagged")
    values = {"comment": comment.id, "flagger": flagger, "reason": reason, "note": note, "raised": now()}
    insert_new(connection, FLAG, values)
    return len(open_flags(connection, [comment.id]))


def open_flags(connection: sa.Connection, comments: list[str]) -> list[Flag]:
    """The flags on some comments that no moderator has settled."""
    query = sa.select(FLAG).where(FLAG.c.settled.is_(None), FLAG.c.comment.in_(comments)).order_by(FLAG.c.raised)
    return [
        Flag(comment=row.comment, reason=row.reason, note=row.note, raised=row.raised)
        for row in connection.execute(query)
    ]


def settle_flags(connection: sa.Connection, comment: Comment) -> None:
    """Mark the flags on a comment as seen by a moderator."""
    open_ones = sa.and_(FLAG.c.comment == comment.id, FLAG.c.settled.is_(None))
    connection.execute(FLAG.update().where(open_ones).values(settled=now()))
