"""Who codes what: assignments, and blind rounds whose coders do not see what the others say until all are done."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from according.errors import UsageError
from according.records import Record
from according.store.people.clock import now
from according.store.people.engine import TABLES, creates

CODING = sa.Table(
    "coding",
    TABLES,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("report", sa.String(64), nullable=False, index=True),
    sa.Column("blind", sa.Boolean, nullable=False),
    sa.Column("made_by", sa.String(32), nullable=False),
    sa.Column("time", sa.String(24), nullable=False),
)
CODER = sa.Table(
    "coding_coder",
    TABLES,
    sa.Column("coding", sa.String(32), sa.ForeignKey("coding.id"), primary_key=True),
    sa.Column("account", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("done", sa.String(24)),
)
creates("0007_coding", CODING, CODER)


class Coder(Record, frozen=True):
    """One coder of a round; ``done`` is when they finished."""

    account: str
    name: str
    done: str | None = None


class Coding(Record, frozen=True):
    """A report to be coded by some people, each for themselves when it is blind."""

    id: str
    report: str
    blind: bool
    made_by: str
    time: str
    coders: tuple[Coder, ...]

    @property
    def is_done(self) -> bool:
        """Whether every coder has finished."""
        return all(one.done for one in self.coders)

    def is_open_to(self, account: str) -> bool:
        """Whether somebody has yet to finish their part."""
        return any(one.account == account and not one.done for one in self.coders)


def assign(connection: sa.Connection, report: str, coders: Mapping[str, str], by: str, *, blind: bool) -> Coding:
    """Give a report to coders, by account and name. Raises UsageError when the round could not be."""
    if len(coders) < (2 if blind else 1):
        raise UsageError("a blind round needs two coders" if blind else "choose who codes the report")
    if blind and any(one.blind and not one.is_done for one in of_report(connection, report)):
        raise UsageError("this report is in a blind round already")
    name = secrets.token_hex(6)
    connection.execute(CODING.insert().values(id=name, report=report, blind=blind, made_by=by, time=now()))
    rows = [{"coding": name, "account": account, "name": coder} for account, coder in coders.items()]
    connection.execute(CODER.insert(), rows)
    return _whole(connection, CODING.c.id == name)[0]


def finish(connection: sa.Connection, coding: str, account: str) -> None:
    """Note that a coder has finished; raises UsageError when there was nothing to finish."""
    one = sa.and_(CODER.c.coding == coding, CODER.c.account == account, CODER.c.done.is_(None))
    if not connection.execute(CODER.update().where(one).values(done=now())).rowcount:
        raise UsageError("you have no open part in this round")


def coding(connection: sa.Connection, name: str) -> Coding | None:
    """A round by its id."""
    return next(iter(_whole(connection, CODING.c.id == name)), None)


def of_report(connection: sa.Connection, report: str) -> list[Coding]:
    """The rounds of a report, oldest first."""
    return _whole(connection, CODING.c.report == report)


def of_coder(connection: sa.Connection, account: str) -> list[Coding]:
    """The rounds that somebody has a part in, oldest first."""
    return _whole(connection, CODING.c.id.in_(sa.select(CODER.c.coding).where(CODER.c.account == account)))


def blind_rounds(connection: sa.Connection) -> list[Coding]:
    """Every blind round, oldest first."""
    return _whole(connection, CODING.c.blind.is_(True))


def _whole(connection: sa.Connection, which: sa.ColumnElement[bool]) -> list[Coding]:
    rows = connection.execute(sa.select(CODING).where(which).order_by(CODING.c.time, CODING.c.id)).all()
    coders = _coders(connection, [row.id for row in rows])
    return [
        Coding(
            id=row.id,
            report=row.report,
            blind=row.blind,
            made_by=row.made_by,
            time=row.time,
            coders=tuple(one for coding, one in coders if coding == row.id),
        )
        for row in rows
    ]


def _coders(connection: sa.Connection, codings: Sequence[str]) -> list[tuple[str, Coder]]:
    query = sa.select(CODER).where(CODER.c.coding.in_(list(codings))).order_by(CODER.c.name, CODER.c.account)
    return [(row.coding, Coder(account=row.account, name=row.name, done=row.done)) for row in connection.execute(query)]
