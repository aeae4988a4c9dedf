"""What all reports say together, in tables of the ledger's file that pages, searches and maps read from.

These tables hold what may be shown: whoever fills them applies the publication policies first. A change is one
transaction, so that a reader sees the old or the new and never half; :meth:`LinkedTables.snapshot` holds several
questions to one state.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar

import msgspec

from according.records import Incident, Reading, Spell, Tie
from according.store.linked_filter import Filter, Page, conditions, cursor, cursor_values, marks
from according.store.linked_rows import (
    delete_incident,
    delete_reading,
    insert_incident,
    insert_reading,
    insert_spells,
    insert_ties,
    insert_towns,
    place_of,
)
from according.store.linked_search import KINDS, SNIPPET, Hit, SearchKind, marked, match_of
from according.store.linked_shapes import Change, Named, ReportLine, Whole
from according.store.linked_tables import LinkedTables
from according.store.shown_history import note_change, note_whole

__all__ = ["Change", "LinkedLedger", "Named", "ReportLine", "Whole"]

T = TypeVar("T")
Progress = Callable[[int], None]
_INCIDENT = msgspec.msgpack.Decoder(Incident)
_SPELL = msgspec.msgpack.Decoder(Spell)
_TIE = msgspec.msgpack.Decoder(Tie)
_READING = msgspec.msgpack.Decoder(Reading)
_CLAIMS = msgspec.msgpack.Decoder(tuple[str, ...])
_CURRENT = "SELECT body FROM reading WHERE superseded_by IS NULL ORDER BY report"
_LINE = "report, published, source, title, url"
_MARK = "number, longitude, latitude, predicate, precision, day, last, grade, status, least, most"
_TABLES = "incident box member blamed spell tie report mention claim entry text version town".split()


class LinkedLedger(LinkedTables):
    """What the linked tables of a ledger's file tell: incidents, spells, ties, reports, places, actors, their words."""

    def replace(
        self,
        incidents: Iterable[Incident],
        spells: Iterable[Spell],
        ties: Iterable[Tie],
        readings: Iterable[Reading] | None = None,
    ) -> str:
        """Let this be all the content, in one transaction; ``readings`` None are the ledger's own. The new version."""
        own = None if readings is None else tuple(readings)
        return self.replace_all(Whole(incidents=incidents, spells=tuple(spells), ties=tuple(ties), readings=own))

    def replace_all(
        self, whole: Whole, notes: Mapping[str, str] | None = None, progress: Progress | None = None
    ) -> str:
        """Let this be all the content, in one transaction, with ``notes`` beside it (see :meth:`state`).

        Former incidents are remembered, so that their addresses lead on. ``progress`` is told how many are in.
        """
        tell = progress or (lambda _: None)
        incidents = tuple(whole.incidents) if whole.noted else whole.incidents  # noting goes over them once more
        with self._writing() as connection:
            self._remember(connection)
            note_whole(connection, msgspec.structs.replace(whole, incidents=incidents))
            for table in _TABLES:
                connection.execute(f"DELETE FROM linked_{table}")  # noqa: S608 - our own names
            own = (_READING.decode(body) for (body,) in connection.execute(_CURRENT))
            for reading in own if whole.readings is None else whole.readings:
                insert_reading(connection, reading, as_kept=whole.readings is None or _is_kept(connection, reading))
            for count, incident in enumerate(incidents, start=1):
                insert_incident(connection, incident, whole.versions.get(incident.id, ()))
                tell(count)
            insert_spells(connection, whole.spells)
            insert_ties(connection, whole.ties)
            insert_towns(connection, whole.towns)
            return self._noted(connection, notes or {})

    def change(self, change: Change, notes: Mapping[str, str] | None = None) -> str:
        """Put some content in the place of other, in one transaction, with ``notes`` beside it. The new version."""
        with self._writing() as connection:
            note_change(connection, change)
            for name in (*change.gone, *(one.id for one in change.made)):
                delete_incident(connection, name)
            for report in (*change.withdrawn, *(one.report.id for one in change.readings)):
                delete_reading(connection, report)
            for reading in change.readings:
                insert_reading(connection, reading, as_kept=_is_kept(connection, reading))
            for incident in change.made:
                insert_incident(connection, incident, change.versions.get(incident.id, ()))
            insert_towns(connection, change.towns)
            places = [(place,) for place in change.places]
            connection.executemany("DELETE FROM linked_spell WHERE place = ?", places)
            insert_spells(connection, change.spells)
            actors = [(actor,) for actor in change.actors]
            connection.executemany("DELETE FROM linked_tie WHERE source = ?", actors)
            insert_ties(connection, change.ties)
            return self._noted(connection, notes or {})

    def incidents(self, asked: Filter | None = None, after: str | None = None, limit: int = 50) -> Page[Incident]:
        """Incidents, the newest first and those without a date last; raises UsageError on a filter that is none."""
        where, values = _where(asked or Filter())
        if after:
            day, name = cursor_values(after, str, str)
            where, values = f"{where} AND (day, id) < (?, ?)", (*values, day, name)
        rows = self._all(
            f"SELECT day, id, body FROM linked_incident WHERE {where} ORDER BY day DESC, id DESC LIMIT ?",  # noqa: S608
            *values,
            limit + 1,
        )
        return _page([(_INCIDENT.decode(body), (day, name)) for day, name, body in rows], limit)

    def count(self, asked: Filter | None = None, most: int = 10_000) -> int:
        """How many incidents there are, counted up to ``most``."""
        where, values = _where(asked or Filter())
        counted = f"SELECT count(*) FROM (SELECT 1 FROM linked_incident WHERE {where} LIMIT ?)"  # noqa: S608
        found: int = self._all(counted, *values, most)[0][0]
        return found

    def incident(self, name: str) -> Incident | None:
        """One incident by its id, or by one that it had."""
        found = self._all("SELECT body FROM linked_incident WHERE id = ?", name)
        if not found and (now := self.redirect(name)):
            found = self._all("SELECT body FROM linked_incident WHERE id = ?", now)
        return _INCIDENT.decode(found[0][0]) if found else None

    def redirect(self, name: str) -> str | None:
        """The id of the incident that a former id leads to: the one that has most of the claims it had."""
        former = self._all("SELECT claims FROM former WHERE id = ?", name)
        claims = _CLAIMS.decode(former[0][0]) if former else self._claims_of_part(name)
        found = self._all(
            "SELECT id, count(*) FROM linked_member JOIN linked_incident USING (number)"
            " WHERE claim IN (SELECT value FROM json_each(?)) GROUP BY id ORDER BY 2 DESC, 1 LIMIT 1",
            json.dumps(claims),
        )
        return found[0][0] if found and found[0][0] != name else None

    def incidents_of(self, report: str) -> tuple[Incident, ...]:
        """The incidents that a report tells of, oldest first."""
        rows = self._all(
            "SELECT body FROM linked_incident WHERE number IN (SELECT number FROM linked_member WHERE report = ?)"
            " ORDER BY day = '', day, id",
            report,
        )
        return tuple(_INCIDENT.decode(body) for (body,) in rows)

    def holding(self, claims: Iterable[str], reports: Iterable[str] = ()) -> tuple[str, ...]:
        """The incidents that have any of these claims, or any claim of these reports."""
        rows = self._all(
            "SELECT id FROM linked_incident WHERE number IN (SELECT number FROM linked_member WHERE claim IN"
            " (SELECT value FROM json_each(?)) OR report IN (SELECT value FROM json_each(?))) ORDER BY id",
            json.dumps(list(claims)),
            json.dumps(list(reports)),
        )
        return tuple(name for (name,) in rows)

    def reports_of(self, incident: str) -> tuple[ReportLine, ...]:
        """The reports that tell of an incident, oldest first."""
        rows = self._all(
            f"SELECT {_LINE} FROM linked_report WHERE report IN (SELECT report FROM linked_member WHERE number ="  # noqa: S608
            " (SELECT number FROM linked_incident WHERE id = ?)) ORDER BY published = '', published, report",
            incident,
        )
        return tuple(ReportLine(*row) for row in rows)

    def reports(self, after: str | None = None, limit: int = 50) -> Page[ReportLine]:
        """Reports, the newest first and those without a date last."""
        where, values = "1", tuple[object, ...]()
        if after:
            where, values = "(published, report) < (?, ?)", cursor_values(after, str, str)
        rows = self._all(
            f"SELECT {_LINE} FROM linked_report WHERE {where} ORDER BY published DESC, report DESC LIMIT ?",  # noqa: S608
            *values,
            limit + 1,
        )
        return _page([(ReportLine(*row), (row[1], row[0])) for row in rows], limit)

    def reports_about(self, referent: str, limit: int = 50) -> tuple[ReportLine, ...]:
        """The reports that name a place or an actor, the newest first."""
        rows = self._all(
            f"SELECT {_LINE} FROM linked_report WHERE report IN"  # noqa: S608 - our own names
            " (SELECT report FROM linked_mention WHERE kind IN ('place', 'actor') AND referent = ?)"
            " ORDER BY published DESC, report DESC LIMIT ?",
            referent,
            limit,
        )
        return tuple(ReportLine(*row) for row in rows)

    def reading(self, report: str) -> Reading | None:
        """A report's reading as it may be shown, by the report's id."""
        rows = self._all(
            "SELECT coalesce(linked_report.body, reading.body) FROM linked_report LEFT JOIN reading USING (report)"
            " WHERE report = ?",
            report,
        )
        return _READING.decode(rows[0][0]) if rows and rows[0][0] is not None else None

    def readings_of(self, incident: str) -> tuple[Reading, ...]:
        """The readings of the reports that tell of an incident, oldest first."""
        found = (self.reading(line.id) for line in self.reports_of(incident))
        return tuple(reading for reading in found if reading)

    def spells(self, place: str | None = None) -> tuple[Spell, ...]:
        """Who held a place when; of all places when none is given."""
        where, values = ("place = ?", (place,)) if place is not None else ("1", ())
        rows = self._all(f"SELECT body FROM linked_spell WHERE {where} ORDER BY place, number", *values)  # noqa: S608
        return tuple(_SPELL.decode(body) for (body,) in rows)

    def ties(self, actor: str | None = None) -> tuple[Tie, ...]:
        """The ties that an actor has on either side; all of them when none is given."""
        where, values = ("source = ? OR target = ?", (actor, actor)) if actor is not None else ("1", ())
        rows = self._all(f"SELECT body FROM linked_tie WHERE {where} ORDER BY number", *values)  # noqa: S608
        return tuple(_TIE.decode(body) for (body,) in rows)

    def place(self, referent: str) -> Named | None:
        """A place by its referent, when a report names it."""
        return self._named("place", referent)

    def actor(self, referent: str) -> Named | None:
        """An actor by its referent, when a report names it."""
        return self._named("actor", referent)

    def names(self, kind: Literal["place", "actor"], limit: int = 200) -> tuple[Named, ...]:
        """The places or actors that most reports name, those first."""
        rows = self._all(
            "SELECT referent FROM linked_mention WHERE kind = ? GROUP BY referent ORDER BY count(*) DESC, 1 LIMIT ?",
            kind,
            limit,
        )
        return tuple(found for (referent,) in rows if (found := self._named(kind, referent)))

    def search(
        self, typed: str, kinds: Sequence[SearchKind] = KINDS, after: str | None = None, limit: int = 20
    ) -> Page[Hit]:
        """What the words of a query are found in, the best first; a query without words finds nothing.

        Raises UsageError on a place in the list that was not given out.
        """
        match = match_of(typed)
        if not match or not kinds:
            return Page(())
        start, number = cursor_values(after, float, int) if after else (-1e9, -1)
        rows = self._all(
            f"SELECT kind, id, title, {SNIPPET}, report, bm25(linked_text, 4.0, 1.0) AS score, number"  # noqa: S608
            " FROM linked_text JOIN linked_entry ON number = linked_text.rowid"
            f" WHERE linked_text MATCH ? AND kind IN ({marks(kinds)}) AND (score, number) > (?, ?)"
            " ORDER BY score, number LIMIT ?",
            *(match, *kinds, start, number, limit + 1),
        )
        hits = [
            Hit(kind, name, title, marked(text), report, score) for kind, name, title, text, report, score, _ in rows
        ]
        return _page(list(zip(hits, [(row[5], row[6]) for row in rows], strict=True)), limit)

    def marks(self) -> Iterator[tuple[Any, ...]]:
        """Every incident that has coordinates, for maps.

        Number, longitude, latitude, predicate, precision, day, last, grade, status, lowest and highest toll, and the
        day by which a report of it was certainly out.
        """
        return self._connection().execute(f"SELECT {_MARK}, out FROM linked_incident WHERE longitude IS NOT NULL")  # noqa: S608

    def versions(self) -> dict[int, list[tuple[Any, ...]]]:
        """For incidents, by number, what was known of them from each day on: the day, grade, status and toll."""
        found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
        for number, *known in self._connection().execute("SELECT * FROM linked_version ORDER BY number, out"):
            found[number].append(tuple(known))
        return found

    def towns(self) -> dict[str, bytes]:
        """What a map keeps of places, by referent."""
        return dict(self._all("SELECT place, body FROM linked_town ORDER BY place"))

    def numbers(self, asked: Filter) -> list[int]:
        """The numbers of incidents, which hold for one version of the tables."""
        where, values = _where(asked)
        return [number for (number,) in self._all(f"SELECT number FROM linked_incident WHERE {where}", *values)]  # noqa: S608

    def numbered(self, numbers: Iterable[int]) -> dict[int, tuple[str, str | None]]:
        """The ids and places of incidents by their numbers, which hold for one version of the tables."""
        rows = self._all(
            "SELECT number, id, place FROM linked_incident WHERE number IN (SELECT value FROM json_each(?))",
            json.dumps(list(numbers)),
        )
        return {number: (name, place) for number, name, place in rows}

    def _named(self, kind: str, referent: str) -> Named | None:
        rows = self._all(
            "SELECT name, place, count(*) FROM linked_mention WHERE kind = ? AND referent = ? GROUP BY name, place"
            " ORDER BY 3 DESC, 1",
            kind,
            referent,
        )
        if not rows:
            return None
        count = sum(number for *_, number in rows)
        return Named(referent=referent, name=rows[0][0], reports=count, place=place_of([place for _, place, _ in rows]))

    def _claims_of_part(self, name: str) -> tuple[str, ...]:
        """The claims of an incident as one report alone tells it, by the id that its reading gives it."""
        rows = self._all("SELECT report FROM incident WHERE id = ? LIMIT 1", name)
        reading = self.reading(rows[0][0]) if rows else None
        parts = reading.incidents if reading else ()
        return next((one.claims for one in parts if one.id == name), ())

    @staticmethod
    def _remember(connection: sqlite3.Connection) -> None:
        """Note the claims of every incident, so that its address leads on when it is gone."""
        encode = msgspec.msgpack.Encoder().encode
        rows = connection.execute("SELECT id, body FROM linked_incident")
        former = ((name, encode(_INCIDENT.decode(body).claims)) for name, body in rows)
        connection.executemany("INSERT OR REPLACE INTO former (id, claims) VALUES (?, ?)", former)


def _where(asked: Filter) -> tuple[str, tuple[object, ...]]:
    told = list(conditions(asked))
    if asked.words:
        match = match_of(asked.words)
        found = "SELECT id FROM linked_entry WHERE kind = 'incident' AND number IN (SELECT rowid FROM linked_text(?))"
        told.append((f"id IN ({found})", (match,)) if match else ("0", ()))
    return " AND ".join(clause for clause, _ in told) or "1", tuple(value for _, values in told for value in values)


def _page(found: Sequence[tuple[T, tuple[object, ...]]], limit: int) -> Page[T]:
    """The first ``limit`` of what was found, and where the next ones begin."""
    shown = found[:limit]
    return Page(tuple(item for item, _ in shown), cursor(*shown[-1][1]) if len(found) > limit else None)


def _is_kept(connection: sqlite3.Connection, reading: Reading) -> bool:
    """Whether a reading is just the one that the ledger keeps."""
    row = connection.execute("SELECT body FROM reading WHERE report = ?", (reading.report.id,)).fetchone()
    return row is not None and _READING.decode(row[0]) == reading
