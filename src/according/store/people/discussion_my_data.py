"""What the discussion keeps of one person, to hand out or to remove: by account, by mailbox, or by browser."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from according.records import Record
from according.store.people.discussion_anchors import anchors_of
from according.store.people.discussion_comments import Comment, comments_where, remove
from according.store.people.discussion_subscriptions import subscriptions_of
from according.store.people.discussion_tables import ANCHOR, COMMENT, SUBSCRIPTION, SUGGESTION

_MOST = 100_000


class Person(Record, frozen=True):
    """By what somebody's data is found; at least one is given. ``mail`` and ``reader`` are hashes."""

    account: str | None = None
    mail: str | None = None
    reader: str | None = None


def comments_of(connection: sa.Connection, person: Person) -> list[Comment]:
    """Every comment of a person that still has its words, oldest first."""
    return comments_where(connection, _theirs(person), COMMENT.c.state != "removed", limit=_MOST)


def export_of(connection: sa.Connection, person: Person) -> dict[str, Any]:
    """All that is kept of a person, as JSON can hold it. Votes are not: they name nobody, not even to the site."""
    comments = comments_of(connection, person)
    anchors = anchors_of(connection, [comment.id for comment in comments])
    subscriptions = subscriptions_of(connection, person.mail) if person.mail else []
    suggestions = sa.select(SUGGESTION).where(SUGGESTION.c.comment.in_([comment.id for comment in comments]))
    return {
        "comments": [
            {
                "id": one.id, "report": one.report, "in_answer_to": one.parent, "name": one.name, "text": one.text,
                "quote": anchors[one.id].exact if one.id in anchors else None, "state": one.state,
                "votes": one.votes, "written": one.written, "edited": one.edited,
            }
            for one in comments
        ],
        "subscriptions": [
            {"thread": one.thread, "kind": one.kind, "address": one.address, "asked": one.asked,
             "confirmed": one.confirmed}
            for one in subscriptions
        ],
        "suggestions": [
            {"comment": row.comment, "change": row.change, "credit": row.credit, "state": row.state}
            for row in connection.execute(suggestions)
        ],
    }  # fmt: skip


def erase(connection: sa.Connection, person: Person) -> int:
    """Remove a person's comments and end their subscriptions; gives how many comments were removed.

    What readers answered stays, under "removed by its author"; a credit in the log of judgements becomes nameless here.
    """
    comments = comments_of(connection, person)
    ids = [comment.id for comment in comments]
    for comment in comments:
        remove(connection, comment)
    connection.execute(ANCHOR.delete().where(ANCHOR.c.comment.in_(ids)))
    connection.execute(SUGGESTION.update().where(SUGGESTION.c.comment.in_(ids)).values(credit="a reader"))
    if person.mail:
        connection.execute(SUBSCRIPTION.delete().where(SUBSCRIPTION.c.mail == person.mail))
    return len(comments)


def _theirs(person: Person) -> sa.ColumnElement[bool]:
    columns = {"account": COMMENT.c.account, "mail": COMMENT.c.mail, "reader": COMMENT.c.reader}
    given = [column == value for name, column in columns.items() if (value := getattr(person, name))]
    return sa.or_(sa.false(), *given)
