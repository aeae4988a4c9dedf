"""Where judgements are kept: rows that are only ever added, in SQLite and in PostgreSQL alike.

Triggers refuse to change or delete a row, whoever asks. A file that an earlier version wrote is given the columns that
it lacks; its rows stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from according.store.people.engine import STEPS, TABLES, People

JUDGEMENT = sa.Table(
    "judgement",
    TABLES,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("subjects", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("time", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("undoes", sa.Text, sa.ForeignKey("judgement.id")),
    sa.Column("report", sa.Text),
    sa.Column("told", sa.Text),
    sa.Column("account", sa.Text),
    sa.Column("coding", sa.Text),
)
_LATER = ("report", "told", "account", "coding")
_COLUMNS = tuple(column.name for column in JUDGEMENT.columns)

_SQLITE_GUARDS = (
    """CREATE TRIGGER IF NOT EXISTS judgement_stays BEFORE UPDATE ON judgement
       BEGIN SELECT raise(ABORT, 'judgements are never changed'); END""",
    """CREATE TRIGGER IF NOT EXISTS judgement_is_kept BEFORE DELETE ON judgement
       BEGIN SELECT raise(ABORT, 'judgements are never deleted'); END""",
)
_POSTGRES_GUARDS = (
    """CREATE OR REPLACE FUNCTION judgement_stays() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'judgements are never changed or deleted'; END $$""",
    """CREATE TRIGGER judgement_stays BEFORE UPDATE OR DELETE ON judgement
       FOR EACH ROW EXECUTE FUNCTION judgement_stays()""",
    """CREATE TRIGGER judgement_is_kept BEFORE TRUNCATE ON judgement
       FOR EACH STATEMENT EXECUTE FUNCTION judgement_stays()""",
)

Row = dict[str, Any]


def _create(connection: sa.Connection) -> None:
    if sa.inspect(connection).has_table("judgement"):
        known = {column["name"] for column in sa.inspect(connection).get_columns("judgement")}
        for name in (name for name in _LATER if name not in known):
            connection.exec_driver_sql(f"ALTER TABLE judgement ADD COLUMN {name} TEXT")
    else:
        TABLES.create_all(connection, tables=[JUDGEMENT])
    connection.exec_driver_sql("CREATE INDEX IF NOT EXISTS judgement_report ON judgement (report)")
    for statement in _POSTGRES_GUARDS if connection.dialect.name == "postgresql" else _SQLITE_GUARDS:
        connection.exec_driver_sql(statement)


STEPS["0001_judgements"] = _create


def rows(people: People, report: str | None = None) -> list[Row]:
    """Every judgement, oldest first, or those about one report's claims."""
    query = sa.select(JUDGEMENT).order_by(JUDGEMENT.c.number)
    if report is not None:
        query = query.where(JUDGEMENT.c.report == report)
    with people.read() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def rows_beginning(people: People, beginning: str) -> list[Row]:
    """The judgements whose ids begin so, two of them at most."""
    query = sa.select(JUDGEMENT).where(JUDGEMENT.c.id.startswith(beginning, autoescape=True)).limit(2)
    with people.read() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def newest(people: People) -> int:
    """The number of the newest judgement; it grows with each."""
    with people.read() as connection:
        return connection.scalar(sa.select(sa.func.max(JUDGEMENT.c.number))) or 0


def next_number(connection: sa.Connection) -> int:
    """The number of the judgement to be added next; nobody else adds one until the transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE judgement IN SHARE ROW EXCLUSIVE MODE")
    return (connection.scalar(sa.select(sa.func.max(JUDGEMENT.c.number))) or 0) + 1


def insert(connection: sa.Connection, added: Iterable[Row]) -> None:
    """Add judgements."""
    connection.execute(JUDGEMENT.insert(), [{name: row.get(name) for name in _COLUMNS} for row in added])
