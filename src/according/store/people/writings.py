"""Reports that came in at the desk: pasted, uploaded, written or fetched. What is read from them is kept elsewhere."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from according.errors import UsageError
from according.records import Record, Report
from according.store.people.clock import now
from according.store.people.engine import TABLES, creates

WritingKind = Literal["pasted", "uploaded", "written", "fetched"]

WRITING = sa.Table(
    "writing",
    TABLES,
    sa.Column("report", sa.String(64), primary_key=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("record", sa.Text, nullable=False),
    sa.Column("owner", sa.String(32), index=True),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("time", sa.String(24), nullable=False),
    sa.Column("supersedes", sa.String(64), index=True),
)
"""``body`` is the text as it was given, to go on writing; ``record`` the report as it is read."""
creates("0005_writings", WRITING)

_REPORT = msgspec.json.Decoder(Report)


class Writing(Record, frozen=True):
    """One report as it came in. ``owner`` is the account of who brought it, ``author`` their name."""

    report: Report
    kind: WritingKind
    body: str
    author: str
    owner: str | None = None
    time: str = ""
    supersedes: str | None = None


def keep(connection: sa.Connection, writing: Writing) -> Writing:
    """Keep a report that came in; raises UsageError when the very same one is here already."""
    kept = msgspec.structs.replace(writing, time=now())
    if find(connection, writing.report.id) is not None:
        raise UsageError("this report is at the desk already")
    connection.execute(
        WRITING.insert().values(
            report=kept.report.id,
            kind=kept.kind,
            body=kept.body,
            record=msgspec.json.encode(kept.report).decode(),
            owner=kept.owner,
            author=kept.author,
            time=kept.time,
            supersedes=kept.supersedes,
        )
    )
    return kept


def find(connection: sa.Connection, report: str) -> Writing | None:
    """A report that came in at the desk, by its id."""
    row = connection.execute(sa.select(WRITING).where(WRITING.c.report == report)).mappings().first()
    return _writing({name: row[name] for name in row if name != "report"}) if row else None


def rewritten(connection: sa.Connection, report: str) -> list[str]:
    """The reports that this one was rewritten to, the newest first."""
    newer = sa.select(WRITING.c.report).where(WRITING.c.supersedes == report).order_by(WRITING.c.time.desc())
    return list(connection.scalars(newer))


def _writing(row: dict[str, Any]) -> Writing:
    report = _REPORT.decode(row.pop("record"))
    return Writing(**row, report=report)
