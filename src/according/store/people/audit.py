"""Who did what to whom and when: entries are only ever added."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from according.store.people.clock import now
from according.store.people.engine import STEPS, TABLES

ENTRY = sa.Table(
    "audit_entry",
    TABLES,
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("at", sa.String(24), nullable=False),
    sa.Column("who", sa.String(32), index=True),
    sa.Column("what", sa.String(80), nullable=False, index=True),
    sa.Column("about", sa.String(200), nullable=False, index=True),
    sa.Column("detail", sa.Text, nullable=False),
)
"""``who`` is an account's id, null for the command line, the machine and readers without an account."""


@dataclass(frozen=True)
class Entry:
    """One thing that was done."""

    number: int
    at: str
    who: str | None
    what: str
    about: str
    detail: str


def record(connection: sa.Connection, who: str | None, what: str, about: str = "", detail: str = "") -> None:
    """Note what is being done, in the transaction that does it.

    ``what`` is a short name such as ``account.sign_in``; ``about`` is the id of what it was done to. ``detail`` must
    hold no password, token or whole address.
    """
    connection.execute(ENTRY.insert().values(at=now(), who=who, what=what[:80], about=about[:200], detail=detail))


def entries(
    connection: sa.Connection, *, who: str | None = None, what: str = "", about: str = "", before: int | None = None
) -> list[Entry]:
    """Up to 100 entries, the newest first: of an account, of names that begin so, about something, before a number."""
    wanted = sa.select(ENTRY).order_by(ENTRY.c.number.desc()).limit(100)
    if who is not None:
        wanted = wanted.where(ENTRY.c.who == who)
    if what:
        wanted = wanted.where(ENTRY.c.what.startswith(what, autoescape=True))
    if about:
        wanted = wanted.where(ENTRY.c.about == about)
    if before is not None:
        wanted = wanted.where(ENTRY.c.number < before)
    return [Entry(**row) for row in connection.execute(wanted).mappings()]


_REFUSAL = "the audit log is only ever added to"
_ONLY_ADDED = {
    "sqlite": tuple(
        f"""CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry
            BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"""
        for verb in ("UPDATE", "DELETE")
    ),
    "postgresql": (
        f"""CREATE FUNCTION audit_entry_only_added() RETURNS trigger LANGUAGE plpgsql AS
            $$BEGIN RAISE EXCEPTION '{_REFUSAL}'; END$$""",
        """CREATE TRIGGER audit_entry_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
            FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_only_added()""",
    ),
}


def _create(connection: sa.Connection) -> None:
    TABLES.create_all(connection, tables=[ENTRY])
    for statement in _ONLY_ADDED[connection.dialect.name]:
        connection.exec_driver_sql(statement)


STEPS["0003_audit"] = _create
