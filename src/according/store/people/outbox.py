"""Letters to send: written in the transaction that causes them, sent by the mailer, tried again when that fails."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from according.store.people.clock import now
from according.store.people.engine import TABLES, creates

TRIES = 8
LEASE_SECONDS = 300

LETTER = sa.Table(
    "letter",
    TABLES,
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("recipient", sa.String(254), nullable=False, index=True),
    sa.Column("subject", sa.String(300), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("headers", sa.Text, nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("queued", sa.String(24), nullable=False),
    sa.Column("due", sa.String(24), index=True),
    sa.Column("tries", sa.Integer, nullable=False),
    sa.Column("ended", sa.String(24)),
    sa.Column("trouble", sa.String(300), nullable=False),
)
"""``due`` is null once a letter was sent or given up; its text is forgotten then."""
creates("0004_outbox", LETTER)


@dataclass(frozen=True)
class Letter:
    """A letter that is due; ``tries`` counts this one."""

    number: int
    recipient: str
    subject: str
    text: str
    headers: dict[str, str]
    kind: str
    tries: int


def queue(  # a letter is these five things
    connection: sa.Connection,
    to: str,
    subject: str,
    text: str,
    kind: str,
    headers: Mapping[str, str] | None = None,
) -> None:
    """Send a letter when this transaction is committed; never when it is rolled back.

    ``kind`` says what it is for (``password-reset``, ``comment-reply``); ``headers`` are more of its header lines,
    such as List-Unsubscribe.
    """
    connection.execute(
        LETTER.insert().values(
            recipient=to,
            subject=" ".join(subject.split())[:300],
            text=text,
            headers=json.dumps(dict(headers or {})),
            kind=kind,
            queued=now(),
            due=now(),
            tries=0,
            trouble="",
        )
    )


def is_any_due(connection: sa.Connection) -> bool:
    """Whether there is a letter to send now."""
    return connection.execute(sa.select(LETTER.c.number).where(LETTER.c.due <= now()).limit(1)).first() is not None


def take_due(connection: sa.Connection, most: int = 20) -> list[Letter]:
    """Letters to send now; nobody else takes them for five minutes."""
    due = (
        sa.select(LETTER.c.number)
        .where(LETTER.c.due <= now())
        .order_by(LETTER.c.due)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    numbers: list[int] = list(connection.scalars(due))
    taken = LETTER.c.number.in_(numbers)
    connection.execute(LETTER.update().where(taken).values(due=now(LEASE_SECONDS), tries=LETTER.c.tries + 1))
    rows = connection.execute(sa.select(LETTER).where(taken).order_by(LETTER.c.number))
    return [
        Letter(row.number, row.recipient, row.subject, row.text, json.loads(row.headers), row.kind, row.tries)
        for row in rows
    ]


def sent(connection: sa.Connection, letter: Letter) -> None:
    """Note that a letter was handed over, and forget what it said."""
    _end(connection, letter, "")


def failed(connection: sa.Connection, letter: Letter, trouble: str, *, for_good: bool = False) -> bool:
    """Note that a letter was not handed over; gives whether it will be tried again, each time after a longer wait."""
    if for_good or letter.tries >= TRIES:
        _end(connection, letter, trouble or "refused")
        return False
    wait = 30 * 4 ** (letter.tries - 1)
    one = LETTER.c.number == letter.number
    connection.execute(LETTER.update().where(one).values(due=now(wait), trouble=trouble[:300]))
    return True


def forget_letters(connection: sa.Connection, days: int = 30) -> None:
    """Delete the record of letters that ended so many days ago."""
    connection.execute(LETTER.delete().where(LETTER.c.ended < now(-days * 86_400)))


def _end(connection: sa.Connection, letter: Letter, trouble: str) -> None:
    one = LETTER.c.number == letter.number
    values = {"due": None, "ended": now(), "text": "", "headers": "{}", "trouble": trouble[:300]}
    connection.execute(LETTER.update().where(one).values(**values))
