"""Who is told of new comments: asked for by anyone, begun only by who reads that mailbox, ended with one click."""

from __future__ import annotations

import secrets
from typing import Literal, get_args

import sqlalchemy as sa

from according.errors import UsageError
from according.records import Record
from according.store.people.clock import now
from according.store.people.discussion_comments import Comment, find
from according.store.people.discussion_tables import SUBSCRIPTION, insert_new

SubscriptionKind = Literal["all", "replies"]
KINDS: tuple[SubscriptionKind, ...] = get_args(SubscriptionKind)
_ASK_AGAIN_SECONDS = 86_400
_MOST_PENDING = 5
_FORGET_SECONDS = 7 * 86_400


class Subscription(Record, frozen=True):
    """A wish to be told: of ``all`` new comments of a thread, or of ``replies`` to what this mailbox wrote there."""

    id: str
    thread: str
    kind: SubscriptionKind
    mail: str
    address: str
    asked: str
    confirmed: str | None


def ask(connection: sa.Connection, thread: str, kind: str, mail: str, address: str) -> Subscription | None:
    """Keep a wish; gives the subscription when a letter asking to confirm it is due, None when none is to be sent.

    None is due for what is confirmed already, was asked within a day, or when the mailbox has five unanswered letters:
    nobody can flood another's mailbox from here.
    """
    if kind not in KINDS:
        raise UsageError("subscribe to all comments or to replies")
    _forget_unanswered(connection)
    found = _find(connection, thread, kind, mail)
    if found and (found.confirmed or found.asked > now(-_ASK_AGAIN_SECONDS)):
        return None
    if found is None and _pending(connection, mail) >= _MOST_PENDING:
        return None
    name = found.id if found else secrets.token_hex(12)
    values = {"id": name, "thread": thread, "kind": kind, "mail": mail, "address": address, "asked": now()}
    if found:
        connection.execute(SUBSCRIPTION.update().where(SUBSCRIPTION.c.id == name).values(asked=now()))
    elif not insert_new(connection, SUBSCRIPTION, values):
        return None
    return subscription(connection, name)


def _pending(connection: sa.Connection, mail: str) -> int:
    query = sa.select(sa.func.count()).where(SUBSCRIPTION.c.mail == mail, SUBSCRIPTION.c.confirmed.is_(None))
    return connection.scalar(query) or 0


def subscription(connection: sa.Connection, name: str) -> Subscription | None:
    """A subscription by its id."""
    row = connection.execute(sa.select(SUBSCRIPTION).where(SUBSCRIPTION.c.id == name)).one_or_none()
    return _subscription(row) if row else None


def subscriptions_of(connection: sa.Connection, mail: str) -> list[Subscription]:
    """Everything that a mailbox is subscribed to or was asked to confirm."""
    rows = connection.execute(sa.select(SUBSCRIPTION).where(SUBSCRIPTION.c.mail == mail).order_by(SUBSCRIPTION.c.asked))
    return [_subscription(row) for row in rows]


def confirm(connection: sa.Connection, name: str) -> Subscription | None:
    """Begin a subscription; None when it was ended meanwhile."""
    one = sa.and_(SUBSCRIPTION.c.id == name, SUBSCRIPTION.c.confirmed.is_(None))
    connection.execute(SUBSCRIPTION.update().where(one).values(confirmed=now()))
    return subscription(connection, name)


def end(connection: sa.Connection, name: str) -> None:
    """End a subscription and forget its address; ending it twice is fine."""
    connection.execute(SUBSCRIPTION.delete().where(SUBSCRIPTION.c.id == name))


def _forget_unanswered(connection: sa.Connection) -> None:
    """Forget the addresses that did not confirm within a week."""
    old = sa.and_(SUBSCRIPTION.c.confirmed.is_(None), SUBSCRIPTION.c.asked < now(-_FORGET_SECONDS))
    connection.execute(SUBSCRIPTION.delete().where(old))


def to_tell(connection: sa.Connection, comment: Comment) -> list[Subscription]:
    """Who is told of a comment that is shown now, each mailbox once, its author never."""
    query = sa.select(SUBSCRIPTION).where(
        SUBSCRIPTION.c.thread == comment.thread, SUBSCRIPTION.c.confirmed.is_not(None)
    )
    parent = find(connection, comment.parent) if comment.parent else None
    answered = parent.mail if parent else None
    wanted = sa.or_(
        SUBSCRIPTION.c.kind == "all", sa.and_(SUBSCRIPTION.c.kind == "replies", SUBSCRIPTION.c.mail == answered)
    )
    told: dict[str, Subscription] = {}
    for row in connection.execute(query.where(wanted).order_by(SUBSCRIPTION.c.kind.desc())):
        told.setdefault(row.mail, _subscription(row))
    told.pop(comment.mail or "", None)
    return list(told.values())


def _find(connection: sa.Connection, thread: str, kind: str, mail: str) -> Subscription | None:
    same = sa.and_(SUBSCRIPTION.c.thread == thread, SUBSCRIPTION.c.kind == kind, SUBSCRIPTION.c.mail == mail)
    row = connection.execute(sa.select(SUBSCRIPTION).where(same)).one_or_none()
    return _subscription(row) if row else None


def _subscription(row: sa.Row[tuple[object, ...]]) -> Subscription:
    return Subscription(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row as a mapping
