"""What changed when in what may be shown, kept with the tables that pages read from.

It is made of what these tables held and hold, and so tells nothing that a publication policy hides. When a policy
changes, what was noted before of everything that it touches is forgotten.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from according.records import Incident, Spell, Tie
from according.store.history import Change as Changed
from according.store.history import Known, differences, known_of
from according.store.linked_shapes import Change, Whole

_INCIDENT = msgspec.msgpack.Decoder(Incident)
_SPELL = msgspec.msgpack.Decoder(Spell)
_TIE = msgspec.msgpack.Decoder(Tie)
_COLUMNS = "at, kind, id, name, field, old, new"
_LINE = """WITH RECURSIVE line (id) AS (
    VALUES (?1) UNION SELECT old FROM linked_change JOIN line ON new = line.id WHERE field = 'id'
)"""
"""An incident and the ids that it had before."""


def note_change(connection: sqlite3.Connection, change: Change) -> None:
    """Note what a change is about to make different, in its transaction, before it is made."""
    if change.noted is None:
        return
    names = dict.fromkeys((*change.gone, *(one.id for one in change.made)))
    before = known_of(
        (one for name in names for one in _incidents(connection, "WHERE id = ?", name)),
        (one for name in change.places for one in _spells(connection, "WHERE place = ?", name)),
        (one for name in change.actors for one in _ties(connection, "WHERE source = ?", name)),
    )
    if change.noted.forgets:
        _forget(connection, [*names, *change.places, *change.actors])
        before = []
    _note(connection, change.noted.at, before, known_of(change.made, change.spells, change.ties))


def note_whole(connection: sqlite3.Connection, whole: Whole) -> None:
    """The same, when all of the tables is about to be made anew."""
    if whole.noted is None:
        return
    before = known_of(_incidents(connection), _spells(connection), _ties(connection))
    if whole.noted.forgets:
        connection.execute("DELETE FROM linked_change")
        before = []
    _note(connection, whole.noted.at, before, known_of(whole.incidents, whole.spells, whole.ties))


def _note(connection: sqlite3.Connection, at: str, before: Sequence[Known], now: Sequence[Known]) -> None:
    rows = [(at, *row) for row in differences(before, now)]
    connection.executemany(f"INSERT INTO linked_change ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", rows)  # noqa: S608


def _forget(connection: sqlite3.Connection, names: Iterable[str]) -> None:
    """Forget what was noted of some things, and of what they were before."""
    query = f"{_LINE} DELETE FROM linked_change WHERE id IN line OR (field = 'merged into' AND new IN line)"  # noqa: S608
    connection.executemany(query, [(name,) for name in names])


def _incidents(connection: sqlite3.Connection, where: str = "", *values: str) -> Iterator[Incident]:
    rows = connection.execute(f"SELECT body FROM linked_incident {where}", values)  # noqa: S608 - our own words
    return (_INCIDENT.decode(body) for (body,) in rows)


def _spells(connection: sqlite3.Connection, where: str = "", *values: str) -> Iterator[Spell]:
    rows = connection.execute(f"SELECT body FROM linked_spell {where} ORDER BY number", values)  # noqa: S608
    return (_SPELL.decode(body) for (body,) in rows)


def _ties(connection: sqlite3.Connection, where: str = "", *values: str) -> Iterator[Tie]:
    rows = connection.execute(f"SELECT body FROM linked_tie {where} ORDER BY number", values)  # noqa: S608
    return (_TIE.decode(body) for (body,) in rows)


def changes_about(ledger: Path, name: str) -> list[Changed]:
    """Every change of one incident, place or actor, oldest first, also from when it had another id."""
    query = (
        f"{_LINE} SELECT {_COLUMNS} FROM linked_change"  # noqa: S608 - our own names
        " WHERE id IN line OR (field = 'merged into' AND new IN line) ORDER BY number"
    )
    with closing(sqlite3.connect(ledger, timeout=30)) as connection:
        rows = connection.execute(query, (name,)).fetchall()
    return [Changed(run=row[0], **dict(zip(_COLUMNS.split(", "), row, strict=True))) for row in rows]


def last_changed(ledger: Path, names: Sequence[str]) -> dict[str, str]:
    """When each of some incidents, places or actors last changed (ISO, UTC); those never noted are left out."""
    marks = ",".join("?" * len(names))
    query = f"SELECT id, max(at) FROM linked_change WHERE id IN ({marks}) GROUP BY id"  # noqa: S608 - only marks
    with closing(sqlite3.connect(ledger, timeout=30)) as connection:
        return dict(connection.execute(query, list(names)).fetchall())
