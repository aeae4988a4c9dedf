"""What moderators decide: the site's policy, threads closed or moderated apart, what waits for them, who is blocked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

import msgspec
import sqlalchemy as sa

from according.errors import UsageError
from according.records import Record
from according.store.people.clock import now
from according.store.people.discussion_comments import Author, Comment, comments_where, touch
from according.store.people.discussion_tables import BLOCK, COMMENT, FLAG, POLICY, THREAD, insert_new

Moderation = Literal["before", "after"]
BlockKind = Literal["held", "refused", "mail", "net"]
"""Words that hold a comment, words that refuse it, and the hashes of mailboxes and nets that may not write."""

WORD_KINDS: tuple[BlockKind, ...] = ("held", "refused")


class Policy(Record, frozen=True):
    """How the site moderates. ``before`` holds every comment, ``after`` only those with a reason to.

    ``edit_minutes`` is how long words can be changed by who wrote them; ``flags_to_hold`` is how many readers' flags
    take a comment off the page until a moderator has seen it, 0 for never.
    """

    moderation: Moderation = "after"
    hold_links: bool = True
    hold_first: bool = True
    edit_minutes: int = 10
    flags_to_hold: int = 5


class ThreadRules(Record, frozen=True):
    """What holds for one thread: when it was closed, and its own moderation; None is as the site's.

    ``report`` is the newest version of its report that was shown; ``version`` grows with every change of the thread.
    """

    report: str | None = None
    version: int = 0
    closed: str | None = None
    moderation: Moderation | None = None


class Block(Record, frozen=True):
    """One entry of the block lists."""

    kind: BlockKind
    value: str
    reason: str
    by: str
    since: str


def policy(connection: sa.Connection) -> Policy:
    """The site's policy."""
    said = connection.scalar(sa.select(POLICY.c.value).where(POLICY.c.name == "policy"))
    return msgspec.json.decode(said, type=Policy) if said else Policy()


def set_policy(connection: sa.Connection, new: Policy) -> None:
    """Change the site's policy. Raises UsageError for numbers that make no sense."""
    if not 0 <= new.edit_minutes <= 1440 or not 0 <= new.flags_to_hold <= 1000:
        raise UsageError("minutes to edit lie between 0 and 1440, flags that hold a comment between 0 and 1000")
    value = msgspec.json.encode(new).decode()
    if not insert_new(connection, POLICY, {"name": "policy", "value": value}):
        connection.execute(POLICY.update().where(POLICY.c.name == "policy").values(value=value))


def thread_rules(connection: sa.Connection, thread: str) -> ThreadRules:
    """What holds for a thread."""
    row = connection.execute(sa.select(THREAD).where(THREAD.c.thread == thread)).one_or_none()
    if row is None:
        return ThreadRules()
    return ThreadRules(report=row.report, version=row.version, closed=row.closed, moderation=row.moderation)


def note_report(connection: sa.Connection, thread: str, report: str) -> None:
    """Note that a thread is now under this version of its report."""
    touch(connection, thread)
    connection.execute(THREAD.update().where(THREAD.c.thread == thread).values(report=report))


def set_thread(connection: sa.Connection, thread: str, *, closed: bool, moderation: Moderation | None) -> None:
    """Close a thread or open it again, and moderate it apart from the site."""
    touch(connection, thread)
    since = sa.func.coalesce(THREAD.c.closed, now()) if closed else None
    connection.execute(THREAD.update().where(THREAD.c.thread == thread).values(closed=since, moderation=moderation))


def reasons_to_hold(connection: sa.Connection, thread: str, author: Author, words: str, html: str) -> tuple[str, ...]:
    """Why a comment waits for a moderator: before, links, first, words; nothing when it can be shown at once."""
    site = policy(connection)
    moderation = thread_rules(connection, thread).moderation or site.moderation
    reasons = {
        "before": moderation == "before",
        "links": site.hold_links and _outward(html),
        "first": site.hold_first and not _known(connection, author),
        "words": _has_word(words, _words(connection, "held")),
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def refuse_blocked(connection: sa.Connection, author: Author, words: str) -> None:
    """Raise UsageError when the author's mailbox or net is blocked, or the words have one that is never taken."""
    pairs = [("net", author.net), ("mail", author.mail)]
    blocked = sa.or_(*(sa.and_(BLOCK.c.kind == kind, BLOCK.c.value == value) for kind, value in pairs if value))
    if connection.scalar(sa.select(sa.func.count()).select_from(BLOCK).where(blocked)):
        raise UsageError("comments from here are not taken; write to the desk if that is a mistake")
    if _has_word(words, _words(connection, "refused")):
        raise UsageError("these words are on the list of what this site does not take")


def _outward(html: str) -> bool:
    return 'href="http' in html


def _known(connection: sa.Connection, author: Author) -> bool:
    """Whether a moderator or the policy has let something by this author through; a name or mail proves nobody."""
    same = [COMMENT.c.reader == author.reader]
    if author.account:
        same.append(COMMENT.c.account == author.account)
    query = sa.select(COMMENT.c.id).where(sa.or_(*same), COMMENT.c.state == "shown").limit(1)
    return connection.scalar(query) is not None


def _words(connection: sa.Connection, kind: BlockKind) -> tuple[str, ...]:
    return tuple(connection.scalars(sa.select(BLOCK.c.value).where(BLOCK.c.kind == kind).order_by(BLOCK.c.value)))


def _has_word(said: str, words: tuple[str, ...]) -> bool:
    return bool(words) and _pattern(words).search(" ".join(said.casefold().split())) is not None


@lru_cache(maxsize=8)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")


def blocks(connection: sa.Connection) -> list[Block]:
    """The block lists."""
    rows = connection.execute(sa.select(BLOCK).order_by(BLOCK.c.kind, BLOCK.c.value))
    return [Block(kind=row.kind, value=row.value, reason=row.reason, by=row.by, since=row.since) for row in rows]


def block(connection: sa.Connection, kind: BlockKind, value: str, by: str, reason: str) -> None:
    """Block a mailbox or a net by its hash."""
    insert_new(connection, BLOCK, {"kind": kind, "value": value, "reason": reason, "by": by, "since": now()})


def unblock(connection: sa.Connection, kind: BlockKind, value: str) -> None:
    """Take an entry off the block lists."""
    connection.execute(BLOCK.delete().where(BLOCK.c.kind == kind, BLOCK.c.value == value))


def set_words(connection: sa.Connection, kind: BlockKind, words: Iterable[str], by: str) -> None:
    """Replace a list of words; entries that stay keep who added them and when."""
    wanted = {" ".join(word.casefold().split()) for word in words} - {""}
    if len(wanted) > 2000 or any(len(word) > 100 for word in wanted):
        raise UsageError("a list has at most 2,000 entries of at most 100 characters")
    had = set(_words(connection, kind))
    for word in had - wanted:
        unblock(connection, kind, word)
    for word in sorted(wanted - had):
        block(connection, kind, word, by, "")


def waiting(connection: sa.Connection, after: int = 0, limit: int = 50) -> list[Comment]:
    """Held comments numbered beyond ``after``, oldest first."""
    return comments_where(connection, COMMENT.c.state == "held", COMMENT.c.number > after, limit=limit)


def flagged(connection: sa.Connection, limit: int = 50) -> list[Comment]:
    """Shown comments with flags that nobody has settled, oldest first."""
    with_flags = sa.select(FLAG.c.comment).where(FLAG.c.settled.is_(None))
    return comments_where(connection, COMMENT.c.state == "shown", COMMENT.c.id.in_(with_flags), limit=limit)


def waiting_count(connection: sa.Connection) -> int:
    """How many comments wait for a moderator: held ones and flagged ones."""
    held = connection.scalar(sa.select(sa.func.count()).where(COMMENT.c.state == "held")) or 0
    query = sa.select(sa.func.count(sa.distinct(FLAG.c.comment))).select_from(FLAG)
    flags = connection.scalar(
        query.join(COMMENT, COMMENT.c.id == FLAG.c.comment).where(FLAG.c.settled.is_(None), COMMENT.c.state == "shown")
    )
    return int(held) + int(flags or 0)
