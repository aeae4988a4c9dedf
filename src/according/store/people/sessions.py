"""Who is signed in: a session is known by the hash of a token that only the reader's browser has."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from according.store.people.accounts import ACCOUNT, Account, account_of_row
from according.store.people.clock import now
from according.store.people.engine import TABLES, creates

IDLE_SECONDS = 7 * 86_400
LIFE_SECONDS = 30 * 86_400
SEEN_EVERY_SECONDS = 600

SESSION = sa.Table(
    "session",
    TABLES,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("account", sa.ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("started", sa.String(24), nullable=False),
    sa.Column("seen", sa.String(24), nullable=False),
    sa.Column("expires", sa.String(24), nullable=False),
    sa.Column("address", sa.String(48), nullable=False),
    sa.Column("browser", sa.String(120), nullable=False),
)
"""``address`` is truncated; ``expires`` is the end whatever happens, idleness ends a session sooner."""
creates("0002_sessions", SESSION)


@dataclass(frozen=True)
class Session:
    """A browser that is signed in; ``id`` is what is kept of its token, not the token."""

    id: str
    started: str
    seen: str
    address: str
    browser: str


def token_hash(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def start_session(connection: sa.Connection, account_id: str, address: str, browser: str) -> str:
    """Begin a session and give its token; ``address`` must be truncated already."""
    token = secrets.token_urlsafe(32)
    connection.execute(
        SESSION.insert().values(
            token_hash=token_hash(token),
            account=account_id,
            started=now(),
            seen=now(),
            expires=now(LIFE_SECONDS),
            address=address,
            browser=browser[:120],
        )
    )
    return token


def account_in_session(connection: sa.Connection, token: str) -> tuple[Account, Session] | None:
    """Whose session a token is, when it is one that has not ended."""
    row = connection.execute(
        sa.select(ACCOUNT, SESSION)
        .join_from(SESSION, ACCOUNT)
        .where(
            SESSION.c.token_hash == token_hash(token),
            SESSION.c.expires > now(),
            SESSION.c.seen > now(-IDLE_SECONDS),
            sa.not_(ACCOUNT.c.disabled),
        )
    ).first()
    if row is None:
        return None
    return account_of_row(row), _session(row)


def note_seen(connection: sa.Connection, session: Session) -> None:
    """Put off the end by idleness."""
    connection.execute(SESSION.update().where(SESSION.c.token_hash == session.id).values(seen=now()))


def is_stale(session: Session) -> bool:
    """Whether it is worth a write to say that a session was seen."""
    return session.seen < now(-SEEN_EVERY_SECONDS)


def sessions_of(connection: sa.Connection, account_id: str) -> list[Session]:
    """The sessions of an account that have not ended, the last seen first."""
    rows = connection.execute(
        sa.select(SESSION)
        .where(SESSION.c.account == account_id, SESSION.c.expires > now(), SESSION.c.seen > now(-IDLE_SECONDS))
        .order_by(SESSION.c.seen.desc())
    )
    return [_session(row) for row in rows]


def end_session(connection: sa.Connection, token: str) -> None:
    """End the session of a token."""
    connection.execute(SESSION.delete().where(SESSION.c.token_hash == token_hash(token)))


def end_sessions(connection: sa.Connection, account_id: str, *, only: str | None = None, but: str | None = None) -> int:
    """End an account's sessions: all, only the one of an id, or all but that; gives how many."""
    ended = SESSION.delete().where(SESSION.c.account == account_id)
    if only is not None:
        ended = ended.where(SESSION.c.token_hash == only)
    if but is not None:
        ended = ended.where(SESSION.c.token_hash != but)
    return connection.execute(ended).rowcount


def forget_ended(connection: sa.Connection) -> None:
    """Delete what is kept of sessions that have ended."""
    connection.execute(SESSION.delete().where((SESSION.c.expires <= now()) | (SESSION.c.seen <= now(-IDLE_SECONDS))))


def _session(row: sa.Row[tuple[object, ...]]) -> Session:
    at = row._mapping  # noqa: SLF001  # SQLAlchemy's public name for columns by key
    return Session(
        id=at["token_hash"], started=at["started"], seen=at["seen"], address=at["address"], browser=at["browser"]
    )
