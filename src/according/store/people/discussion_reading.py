"""Comments as pages read them: by pages of conversations, by conversation, the newest of all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import sqlalchemy as sa

from according.errors import UsageError
from according.records import Record
from according.store.people.discussion_comments import Comment, comment_of_row
from according.store.people.discussion_tables import COMMENT, THREAD

Order = Literal["newest", "oldest", "most-voted"]


class Conversation(Record, frozen=True):
    """A comment with those of its replies that fit on the page; ``more`` replies do not."""

    first: Comment
    replies: tuple[Comment, ...]
    more: int


class ThreadPage(Record, frozen=True):
    """One page of a thread. ``next`` continues it, None on the last page; ``total`` counts all shown comments."""

    conversations: tuple[Conversation, ...]
    next: str | None
    total: int


def version(connection: sa.Connection, thread: str) -> int:
    """A number that changes whenever what a thread shows does."""
    return connection.scalar(sa.select(THREAD.c.version).where(THREAD.c.thread == thread)) or 0


def count(connection: sa.Connection, thread: str) -> int:
    """How many comments a thread shows."""
    found = connection.scalar(sa.select(sa.func.count()).where(COMMENT.c.thread == thread, COMMENT.c.state == "shown"))
    return int(found or 0)


def counts(connection: sa.Connection, threads: Sequence[str]) -> dict[str, int]:
    """How many comments some threads show; threads without any are left out."""
    rows = connection.execute(
        sa.select(COMMENT.c.thread, sa.func.count())
        .where(COMMENT.c.thread.in_(threads), COMMENT.c.state == "shown")
        .group_by(COMMENT.c.thread)
    )
    return {str(row[0]): int(row[1]) for row in rows}


def held_of(connection: sa.Connection, thread: str, reader: str) -> list[Comment]:
    """What a reader wrote on a thread and nobody else sees yet, oldest first."""
    query = sa.select(COMMENT).where(COMMENT.c.reader == reader, COMMENT.c.thread == thread, COMMENT.c.state == "held")
    return [comment_of_row(row) for row in connection.execute(query.order_by(COMMENT.c.number))]


def latest(connection: sa.Connection, thread: str | None = None, limit: int = 50) -> list[Comment]:
    """The newest shown comments of a thread, or of all, newest first."""
    query = sa.select(COMMENT).where(COMMENT.c.state == "shown")
    if thread is not None:
        query = query.where(COMMENT.c.thread == thread)
    return [comment_of_row(row) for row in connection.execute(query.order_by(COMMENT.c.number.desc()).limit(limit))]


def page_of(
    connection: sa.Connection, thread: str, order: Order = "newest", after: str | None = None, limit: int = 20
) -> ThreadPage:
    """One page of a thread's conversations; ``after`` is the ``next`` of the page before.

    Raises UsageError when ``after`` is not of this order. Replies come oldest first, at most five to a conversation.
    """
    shown = sa.or_(COMMENT.c.state == "shown", COMMENT.c.replies > 0)
    query = sa.select(COMMENT).where(COMMENT.c.thread == thread, COMMENT.c.parent.is_(None), shown)
    if after is not None:
        query = query.where(_beyond(order, after))
    rows = connection.execute(query.order_by(*_ordered(order)).limit(limit + 1)).all()
    firsts = [comment_of_row(row) for row in rows[:limit]]
    beyond = _cursor(order, firsts[-1]) if len(rows) > limit else None
    return ThreadPage(conversations=_with_replies(connection, firsts), next=beyond, total=count(connection, thread))


def conversation(connection: sa.Connection, root: Comment, after: int = 0, limit: int = 50) -> Conversation:
    """A comment with its shown replies numbered beyond ``after``, oldest first."""
    query = _replies([root.id]).where(COMMENT.c.number > after).order_by(COMMENT.c.number)
    replies = tuple(comment_of_row(row) for row in connection.execute(query.limit(limit)))
    last = replies[-1].number if replies else after
    more = connection.scalar(
        sa.select(sa.func.count()).select_from(_replies([root.id]).where(COMMENT.c.number > last).subquery())
    )
    return Conversation(first=root, replies=replies, more=int(more or 0))


def page_start(connection: sa.Connection, comment: Comment, limit: int = 50) -> int:
    """The ``after`` of the page of its conversation that a reply is on."""
    before = _replies([comment.root]).where(COMMENT.c.number < comment.number).order_by(COMMENT.c.number)
    numbers: Sequence[int] = connection.scalars(before.with_only_columns(COMMENT.c.number)).all()
    whole = len(numbers) // limit * limit
    return numbers[whole - 1] if whole else 0


_REPLIES_ON_PAGE = 5


def _replies(roots: Sequence[str]) -> sa.Select[tuple[object, ...]]:
    return sa.select(COMMENT).where(
        COMMENT.c.root.in_(roots), COMMENT.c.state == "shown", COMMENT.c.parent.is_not(None)
    )


def _with_replies(connection: sa.Connection, firsts: Sequence[Comment]) -> tuple[Conversation, ...]:
    rank = sa.func.row_number().over(partition_by=COMMENT.c.root, order_by=COMMENT.c.number).label("rank")
    talked = [first.id for first in firsts if first.replies]
    ranked = _replies(talked).add_columns(rank).subquery()
    query = sa.select(*[ranked.c[column.name] for column in COMMENT.c]).where(ranked.c.rank <= _REPLIES_ON_PAGE)
    found: dict[str, list[Comment]] = {first.id: [] for first in firsts}
    for row in connection.execute(query.order_by(ranked.c.number)) if talked else ():
        found[row.root].append(comment_of_row(row))
    return tuple(
        Conversation(first=one, replies=tuple(found[one.id]), more=max(0, one.replies - len(found[one.id])))
        for one in firsts
    )


def _ordered(order: Order) -> list[sa.ColumnElement[object]]:
    by_number = COMMENT.c.number if order == "oldest" else COMMENT.c.number.desc()
    return [COMMENT.c.votes.desc(), by_number] if order == "most-voted" else [by_number]


def _cursor(order: Order, comment: Comment) -> str:
    return f"{comment.votes}.{comment.number}" if order == "most-voted" else str(comment.number)


def _beyond(order: Order, after: str) -> sa.ColumnElement[bool]:
    parts = after.split(".")
    if len(parts) != (2 if order == "most-voted" else 1) or not all(_is_number(part) for part in parts):
        raise UsageError("this page of the discussion is not there; start from its beginning")
    number = int(parts[-1])
    if order == "oldest":
        return COMMENT.c.number > number
    if order == "newest":
        return COMMENT.c.number < number
    votes = int(parts[0])
    tied = sa.and_(COMMENT.c.votes == votes, COMMENT.c.number < number)
    return sa.or_(COMMENT.c.votes < votes, tied)


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 9
