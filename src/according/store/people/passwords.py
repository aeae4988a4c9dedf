"""Passwords: checking and changing them, and the links of one use by which somebody without one gets one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from according.store.people.accounts import ACCOUNT, Account, account_of_row, is_called
from according.store.people.clock import now
from according.store.people.engine import TABLES, creates
from according.store.people.sessions import end_sessions, token_hash

Purpose = Literal["reset", "invitation"]
SECONDS: dict[Purpose, int] = {"reset": 3600, "invitation": 7 * 86_400}

LINK = sa.Table(
    "password_link",
    TABLES,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("account", sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("purpose", sa.String(16), nullable=False),
    sa.Column("expires", sa.String(24), nullable=False),
)
creates("0005_password_links", LINK)


@dataclass(frozen=True)
class Known:
    """What is needed to sign somebody in: the account, the hash of its password and the seed of its second step."""

    account: Account
    password: str | None
    seed: str | None


def known(connection: sa.Connection, name: str) -> Known | None:
    """What is kept of the account of a name or address that may sign in."""
    return _known(connection, is_called(name))


def known_by_id(connection: sa.Connection, account_id: str) -> Known | None:
    """What is kept of an account that may sign in."""
    return _known(connection, ACCOUNT.c.id == account_id)


def set_password(connection: sa.Connection, account_id: str, hashed: str) -> None:
    """Change a password: every session of the account ends, and every link to set it."""
    one = ACCOUNT.c.id == account_id
    connection.execute(ACCOUNT.update().where(one).values(password=hashed))
    end_sessions(connection, account_id)
    connection.execute(LINK.delete().where(LINK.c.account == account_id))


def renew_hash(connection: sa.Connection, account_id: str, hashed: str) -> None:
    """Keep a better hash of the same password."""
    connection.execute(ACCOUNT.update().where(ACCOUNT.c.id == account_id).values(password=hashed))


def make_link(connection: sa.Connection, account_id: str, purpose: Purpose) -> str:
    """A token with which an account's password may be set once; earlier ones stop working."""
    connection.execute(LINK.delete().where((LINK.c.account == account_id) | (LINK.c.expires <= now())))
    token = secrets.token_urlsafe(32)
    expires = now(SECONDS[purpose])
    connection.execute(
        LINK.insert().values(token_hash=token_hash(token), account=account_id, purpose=purpose, expires=expires)
    )
    return token


def account_of_link(connection: sa.Connection, token: str) -> Account | None:
    """Whose password a token may set, if it still may."""
    wanted = sa.select(ACCOUNT).join_from(LINK, ACCOUNT).where(_live(token), sa.not_(ACCOUNT.c.disabled))
    row = connection.execute(wanted).first()
    return None if row is None else account_of_row(row)


def use_link(connection: sa.Connection, token: str) -> bool:
    """Use a token up; false when somebody else just did or it is too late."""
    return connection.execute(LINK.delete().where(_live(token))).rowcount == 1


def _live(token: str) -> sa.ColumnElement[bool]:
    return sa.and_(LINK.c.token_hash == token_hash(token), LINK.c.expires > now())


def _known(connection: sa.Connection, which: sa.ColumnElement[bool]) -> Known | None:
    row = connection.execute(sa.select(ACCOUNT).where(which, sa.not_(ACCOUNT.c.disabled))).first()
    return None if row is None else Known(account_of_row(row), row.password, row.totp_seed)
