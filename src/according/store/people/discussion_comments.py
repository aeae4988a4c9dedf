"""Comments: written, edited and removed. A comment is never deleted; what is removed loses its words."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import sqlalchemy as sa

from according.errors import UsageError
from according.records import Record, Report
from according.store.people.clock import now
from according.store.people.discussion_tables import COMMENT, THREAD, insert_new
from according.store.people.publications import publication

CommentState = Literal["shown", "held", "refused", "removed"]
MAX_TEXT = 5_000
MAX_NAME = 60


class Comment(Record, frozen=True):
    """One comment. ``mail``, ``reader`` and ``net`` are hashes, ``html`` is safe to show.

    ``root`` is the comment that began the conversation, its own id for the first; the first's ``replies`` counts all
    shown ones.
    """

    number: int
    id: str
    thread: str
    report: str
    parent: str | None
    root: str
    name: str
    account: str | None
    mail: str | None
    reader: str
    net: str
    text: str
    html: str
    state: CommentState
    held_for: tuple[str, ...]
    votes: int
    replies: int
    written: str
    edited: str | None
    announced: str | None


class Author(Record, frozen=True):
    """Who writes: a name, and the hashes by which the same reader, mailbox and net are known again."""

    name: str
    reader: str
    net: str
    account: str | None = None
    mail: str | None = None


class Draft(Record, frozen=True):
    """A comment about to be posted: on which thread and version of the report, in answer to what."""

    thread: str
    report: str
    text: str
    html: str
    parent: str | None = None


def post(connection: sa.Connection, draft: Draft, author: Author, held_for: Sequence[str] = ()) -> Comment:
    """Add a comment, held when there are reasons to. Raises UsageError when the thread is closed or the parent gone."""
    if is_closed(connection, draft.thread):
        raise UsageError("this discussion is closed")
    parent = _parent(connection, draft)
    name = secrets.token_hex(6)
    values = {
        "id": name, "thread": draft.thread, "report": draft.report, "parent": draft.parent,
        "root": parent.root if parent else name, "name": author.name, "account": author.account, "mail": author.mail,
        "reader": author.reader, "net": author.net, "text": draft.text, "html": draft.html,
        "state": "held" if held_for else "shown", "held_for": " ".join(held_for), "votes": 0, "replies": 0,
        "written": now(),
    }  # fmt: skip
    row = connection.execute(COMMENT.insert().values(values).returning(COMMENT)).one()
    comment = comment_of_row(row)
    if comment.state == "shown":
        count_reply(connection, comment, 1)
    touch(connection, draft.thread)
    return comment


def _parent(connection: sa.Connection, draft: Draft) -> Comment | None:
    if draft.parent is None:
        return None
    parent = find(connection, draft.parent)
    if parent is None or parent.thread != draft.thread or parent.state != "shown":
        raise UsageError("the comment that this answers is not there any more")
    return parent


def find(connection: sa.Connection, comment: str, *, lock: bool = False) -> Comment | None:
    """A comment by its id, whatever its state; ``lock`` keeps others from changing it in this transaction."""
    query = sa.select(COMMENT).where(COMMENT.c.id == comment)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return comment_of_row(row) if row else None


def names_of(connection: sa.Connection, comments: Iterable[str]) -> dict[str, str]:
    """The authors' names of some comments, by comment."""
    rows = connection.execute(sa.select(COMMENT.c.id, COMMENT.c.name).where(COMMENT.c.id.in_(list(comments))))
    return {row.id: row.name for row in rows}


def edit(connection: sa.Connection, comment: Comment, text: str, html: str, held_for: Sequence[str] = ()) -> Comment:
    """Give a comment other words; reasons to hold it take it off the page until a moderator has seen it."""
    values = {"text": text, "html": html, "edited": now()}
    if held_for and comment.state == "shown":
        values |= {"state": "held", "held_for": " ".join(held_for)}
        count_reply(connection, comment, -1)
    return _change(connection, comment, values)


def remove(connection: sa.Connection, comment: Comment) -> Comment:
    """Take a comment's words and name away for good; its place stays while there are replies to it."""
    if comment.state == "shown":
        count_reply(connection, comment, -1)
    gone = {"text": "", "html": "", "name": "", "account": None, "mail": None, "reader": "", "net": "", "held_for": ""}
    return _change(connection, comment, {"state": "removed", **gone})


def set_state(
    connection: sa.Connection, comment: Comment, state: CommentState, held_for: Sequence[str] = ()
) -> Comment:
    """Show, hold or refuse a comment."""
    if (comment.state == "shown") != (state == "shown"):
        count_reply(connection, comment, 1 if state == "shown" else -1)
    return _change(connection, comment, {"state": state, "held_for": " ".join(held_for)})


def announced(connection: sa.Connection, comment: Comment) -> bool:
    """Mark that subscribers were told of a comment; False when they had been."""
    changed = connection.execute(
        COMMENT.update().where(COMMENT.c.id == comment.id, COMMENT.c.announced.is_(None)).values(announced=now())
    )
    return bool(changed.rowcount)


def count_reply(connection: sa.Connection, comment: Comment, by: int) -> None:
    """Keep the number of replies that a conversation shows."""
    if comment.id != comment.root:
        connection.execute(COMMENT.update().where(COMMENT.c.id == comment.root).values(replies=COMMENT.c.replies + by))


def _change(connection: sa.Connection, comment: Comment, values: Mapping[str, object]) -> Comment:
    row = connection.execute(COMMENT.update().where(COMMENT.c.id == comment.id).values(values).returning(COMMENT)).one()
    touch(connection, comment.thread)
    return comment_of_row(row)


def touch(connection: sa.Connection, thread: str) -> None:
    """Note that what a thread shows has changed."""
    changed = THREAD.update().where(THREAD.c.thread == thread).values(version=THREAD.c.version + 1)
    if connection.execute(changed).rowcount:
        return
    if not insert_new(connection, THREAD, {"thread": thread, "version": 1}):
        connection.execute(changed)


def thread_of(report: Report) -> str:
    """The thread of a report as it came: that of its address, so that a corrected version keeps what was said."""
    if report.url is None:
        return report.id
    return hashlib.sha256(report.url.encode()).hexdigest()[:20]


def thread_for(connection: sa.Connection, report: Report) -> str:
    """The thread of a report as it is shown: a policy may hide its address, and its text may have been rewritten."""
    known = publication(connection, report.id)
    return known.thread if known and known.thread else thread_of(report)


def is_closed(connection: sa.Connection, thread: str) -> bool:
    """Whether a thread takes no more comments."""
    return connection.scalar(sa.select(THREAD.c.closed).where(THREAD.c.thread == thread)) is not None


def comments_where(connection: sa.Connection, *conditions: sa.ColumnElement[bool], limit: int = 100) -> list[Comment]:
    """The comments of which something holds, oldest first."""
    query = sa.select(COMMENT).where(*conditions).order_by(COMMENT.c.number).limit(limit)
    return [comment_of_row(row) for row in connection.execute(query)]


def comment_of_row(row: sa.Row[tuple[object, ...]]) -> Comment:
    """A comment from a row that has all of COMMENT's columns."""
    values = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
    return Comment(**{**values, "held_for": tuple(values["held_for"].split())})
