"""What the desk shows of a report, and since when: drafts, schedules, publications and retractions.

The record of each change is only added to; how a report stands is what its last change left. A report that the desk
never touched has no record: it is a third party's, and only quotes from it and its address are shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

from according.errors import UsageError
from according.records import Record
from according.store.people.clock import now
from according.store.people.engine import STEPS, TABLES

PublicationStatus = Literal["draft", "scheduled", "published", "retracted", "replaced", "dropped"]
Rights = Literal["quotes", "whole"]
Action = Literal[
    "begin", "save", "publish", "schedule", "unschedule", "retract", "reinstate", "replace", "drop", "restore", "undo"
]

PUBLICATION = sa.Table(
    "publication",
    TABLES,
    sa.Column("report", sa.String(64), primary_key=True),
    sa.Column("status", sa.String(16), nullable=False, index=True),
    sa.Column("owner", sa.String(32), index=True),
    sa.Column("at", sa.String(24)),
    sa.Column("changed", sa.String(24), nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
)
CHANGE = sa.Table(
    "publication_change",
    TABLES,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("report", sa.String(64), nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("action", sa.String(16), nullable=False),
    sa.Column("time", sa.String(24), nullable=False),
    sa.Column("account", sa.String(32)),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.UniqueConstraint("report", "version"),
)
"""``state`` is how the report stood after the change; ``version`` counts the changes of one report."""

_GUARDS = {
    "sqlite": (
        """CREATE TRIGGER publication_change_stays BEFORE UPDATE ON publication_change
           BEGIN SELECT raise(ABORT, 'the record of publications is never changed'); END""",
        """CREATE TRIGGER publication_change_is_kept BEFORE DELETE ON publication_change
           BEGIN SELECT raise(ABORT, 'the record of publications is never deleted'); END""",
    ),
    "postgresql": (
        """CREATE FUNCTION publication_change_stays() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN RAISE EXCEPTION 'the record of publications is never changed or deleted'; END $$""",
        """CREATE TRIGGER publication_change_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON publication_change
           FOR EACH STATEMENT EXECUTE FUNCTION publication_change_stays()""",
    ),
}


def _create(connection: sa.Connection) -> None:
    TABLES.create_all(connection, tables=[PUBLICATION, CHANGE])
    for statement in _GUARDS[connection.dialect.name]:
        connection.exec_driver_sql(statement)


STEPS["0006_publications"] = _create


class Publication(Record, frozen=True):
    """How one report stands. ``at`` is when it was published, or is due; times are UTC.

    ``rights`` says whether the whole text may be shown or quotes only; ``policy`` is a JSON object of what is shown
    more coarsely or later, and ``hidden`` the words that it hides, each with the mark that stands for them; ``notice``
    says to readers why a report was retracted. ``thread`` is that of its discussion, kept whatever becomes of its text;
    empty is that of its address. ``version`` counts its changes.
    """

    report: str
    status: PublicationStatus = "draft"
    title: str = ""
    headline: str = ""
    lead: str = ""
    rights: Rights = "quotes"
    policy: str = "{}"
    hidden: tuple[tuple[str, str], ...] = ()
    thread: str = ""
    notice: str = ""
    at: str | None = None
    owner: str | None = None
    author: str = ""
    changed: str = ""
    version: int = 0

    def is_out(self, moment: str) -> bool:
        """Whether readers are told of it at a moment: published or due by then, retracted with its notice, replaced."""
        return self.status in ("published", "retracted", "replaced") or (
            self.status == "scheduled" and self.at is not None and self.at <= moment
        )


class PublicationChange(Record, frozen=True):
    """One change: who did what when, and how the report stood after it."""

    number: int
    action: Action
    time: str
    author: str
    state: Publication
    account: str | None = None


class Editor(Record, frozen=True):
    """Who changes something, by name and account; the schedule itself has no account."""

    name: str
    account: str | None = None


EDITED = ("headline", "lead", "rights", "policy", "hidden")
"""What an editor sets of a publication, beside the steps that it goes through."""
SCHEDULE = Editor(name="the schedule")
_STATE = msgspec.json.Decoder(Publication)
_STEPS_FROM: dict[Action, tuple[PublicationStatus, ...]] = {
    "publish": ("draft", "scheduled"),
    "schedule": ("draft", "scheduled"),
    "unschedule": ("scheduled",),
    "retract": ("published",),
    "reinstate": ("retracted",),
    "replace": ("published",),
    "drop": ("draft",),
    "restore": ("dropped",),
}


def publication(connection: sa.Connection, report: str) -> Publication | None:
    """How a report stands, or None when the desk never touched it."""
    state: str | None = connection.scalar(sa.select(PUBLICATION.c.state).where(PUBLICATION.c.report == report))
    return _STATE.decode(state) if state else None


def publications(connection: sa.Connection, reports: Sequence[str]) -> dict[str, Publication]:
    """How some reports stand, those that the desk never touched left out."""
    query = sa.select(PUBLICATION.c.state).where(PUBLICATION.c.report.in_(list(reports)))
    return {one.report: one for one in _states(connection, query)}


def every(connection: sa.Connection) -> list[Publication]:
    """How every report stands that the desk ever touched."""
    return _states(connection, sa.select(PUBLICATION.c.state))


def listed(
    connection: sa.Connection, statuses: Sequence[PublicationStatus], owner: str | None = None, limit: int = 200
) -> list[Publication]:
    """Publications of some statuses, the last changed first; of one account when ``owner`` is given."""
    query = sa.select(PUBLICATION.c.state).where(PUBLICATION.c.status.in_(list(statuses)))
    if owner is not None:
        query = query.where(PUBLICATION.c.owner == owner)
    query = query.order_by(PUBLICATION.c.changed.desc(), PUBLICATION.c.report).limit(limit)
    return _states(connection, query)


def begin(connection: sa.Connection, first: Publication, editor: Editor) -> Publication:
    """Put a report on the desk; raises UsageError when it is there already."""
    if publication(connection, first.report) is not None:
        raise UsageError("this report is at the desk already")
    return _note(connection, "begin", msgspec.structs.replace(first, version=0), editor)


def save(connection: sa.Connection, changed: Publication, editor: Editor) -> Publication:
    """Keep headline, lead, rights and policy as edited; ``changed.version`` is the one that was edited.

    Raises UsageError when somebody else changed the publication meanwhile.
    """
    known = _known(connection, changed.report, changed.version)
    wanted = msgspec.structs.replace(known, **{name: getattr(changed, name) for name in EDITED})
    return known if wanted == known else _note(connection, "save", wanted, editor)


def step(connection: sa.Connection, known: Publication, action: Action, editor: Editor, **values: Any) -> Publication:
    """Publish, schedule (``at``), unschedule, retract (``notice``), reinstate or replace a report; drop or restore one.

    Raises UsageError when it does not stand so that this can be done.
    """
    known = _known(connection, known.report, known.version)
    if known.status not in _STEPS_FROM[action]:
        raise UsageError(f"a report that is {known.status} cannot be {_DONE[action]}")
    return _note(connection, action, msgspec.structs.replace(known, **_AFTER[action](known, values)), editor)


_DONE: dict[Action, str] = {
    "publish": "published",
    "schedule": "scheduled",
    "unschedule": "taken off the schedule",
    "retract": "retracted",
    "reinstate": "reinstated",
    "replace": "replaced",
    "drop": "dropped",
    "restore": "restored",
}


def _scheduled(_: Publication, values: dict[str, Any]) -> dict[str, Any]:
    if values["at"] <= now():
        raise UsageError("the time to publish at has passed")
    return {"status": "scheduled", "at": values["at"]}


def _retracted(_: Publication, values: dict[str, Any]) -> dict[str, Any]:
    if not values["notice"].strip():
        raise UsageError("a retraction needs a notice to readers that says why")
    return {"status": "retracted", "notice": values["notice"].strip()}


_AFTER: dict[Action, Any] = {
    "publish": lambda known, _: {"status": "published", "at": now(), "notice": known.notice},
    "schedule": _scheduled,
    "unschedule": lambda _, __: {"status": "draft", "at": None},
    "retract": _retracted,
    "reinstate": lambda _, __: {"status": "published", "notice": ""},
    "replace": lambda _, __: {"status": "replaced"},
    "drop": lambda _, __: {"status": "dropped"},
    "restore": lambda _, __: {"status": "draft"},
}


def publish_due(connection: sa.Connection) -> list[str]:
    """Publish what is due; gives the reports. Their time is the one they were scheduled for."""
    moment = now()
    query = sa.select(PUBLICATION.c.state).where(PUBLICATION.c.status == "scheduled", PUBLICATION.c.at <= moment)
    due = _states(connection, query)
    for one in due:
        _note(connection, "publish", msgspec.structs.replace(one, status="published"), SCHEDULE)
    return [one.report for one in due]


def changes(connection: sa.Connection, report: str | None = None, limit: int = 500) -> list[PublicationChange]:
    """The changes of a report, or of all reports, newest first."""
    query = sa.select(CHANGE).order_by(CHANGE.c.number.desc()).limit(limit)
    if report is not None:
        query = query.where(CHANGE.c.report == report)
    return [
        PublicationChange(
            number=row.number,
            action=row.action,
            time=row.time,
            author=row.author,
            account=row.account,
            state=_STATE.decode(row.state),
        )
        for row in connection.execute(query)
    ]


def undo(connection: sa.Connection, known: Publication, editor: Editor) -> Publication:
    """Take the last change of headline, lead, rights or policy back; what readers were told is never untold."""
    known = _known(connection, known.report, known.version)
    last = changes(connection, known.report, limit=2)
    if len(last) < 2 or last[0].action not in ("save", "undo"):
        raise UsageError("the last change cannot be taken back")
    before = last[1].state
    wanted = msgspec.structs.replace(known, **{name: getattr(before, name) for name in EDITED})
    return _note(connection, "undo", wanted, editor)


def _states(connection: sa.Connection, query: sa.Select[Any]) -> list[Publication]:
    return [_STATE.decode(state) for state in connection.scalars(query)]


def _known(connection: sa.Connection, report: str, version: int) -> Publication:
    query = sa.select(PUBLICATION.c.state).where(PUBLICATION.c.report == report).with_for_update()
    state = connection.scalar(query)
    if state is None:
        raise UsageError("this report is not at the desk")
    known = _STATE.decode(state)
    if known.version != version:
        raise UsageError(f"{known.author} changed this meanwhile; look at it again before you change it")
    return known


def _note(connection: sa.Connection, action: Action, state: Publication, editor: Editor) -> Publication:
    """Keep how a report stands now, and the change that made it so."""
    after = msgspec.structs.replace(state, version=state.version + 1, changed=now(), author=editor.name)
    encoded = msgspec.json.encode(after).decode()
    kept: dict[str, Any] = {"status": after.status, "owner": after.owner, "at": after.at, "changed": after.changed}
    kept |= {"version": after.version, "state": encoded}
    one = PUBLICATION.c.report == after.report
    if state.version:
        connection.execute(PUBLICATION.update().where(one).values(**kept))
    else:
        connection.execute(PUBLICATION.insert().values(report=after.report, **kept))
    connection.execute(
        CHANGE.insert().values(
            report=after.report,
            version=after.version,
            action=action,
            time=after.changed,
            account=editor.account,
            author=editor.name,
            state=encoded,
        )
    )
    return after
