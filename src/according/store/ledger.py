"""The ledger: every reading in one SQLite file, rebuildable from the reports it was read from.

One transaction holds one report's reading, so that a process killed at any moment leaves whole readings only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec

from according.errors import BrokenAssumptionError, UsageError
from according.records import Reading
from according.store.database import Database
from according.store.migrations import MIGRATIONS
from according.store.named import Kind, references

Added = Literal["added", "unchanged", "reread"]
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Reading)


class Ledger(Database):
    """Readings by report, and the places, actors, claims and incidents they speak of."""

    def __init__(self, path: Path) -> None:
        """Open or create the ledger at ``path``; raises UsageError when it cannot be one."""
        super().__init__(path, MIGRATIONS, "be used as a ledger")
        self._refer_anew()

    def add(self, reading: Reading, method: str) -> Added:
        """Keep one reading. The same report read by the same ``method`` again changes nothing."""
        known = self._connection.execute("SELECT method FROM reading WHERE report = ?", (reading.report.id,)).fetchone()
        if known and known[0] == method:
            return "unchanged"
        with self._transaction():
            self._connection.execute("DELETE FROM reading WHERE report = ?", (reading.report.id,))
            self._insert(reading, method)
            self._supersede(reading)
        return "reread" if known else "added"

    def has(self, report: str, method: str) -> bool:
        """Whether a report was read by a method."""
        row = self._connection.execute(
            "SELECT 1 FROM reading WHERE report = ? AND method = ?", (report, method)
        ).fetchone()
        return row is not None

    def reading(self, report: str) -> Reading | None:
        """The reading of one report, by the report's id or the id its input gave it."""
        row = self._connection.execute(
            "SELECT body FROM reading WHERE report = ? OR input_id = ? ORDER BY report = ? DESC LIMIT 1",
            (report, report, report),
        ).fetchone()
        return _decode(row[0]) if row else None

    def current(self, report: str) -> Reading | None:
        """The reading of a report that no later version of its page supersedes."""
        row = self._connection.execute(
            "SELECT body FROM reading WHERE report = ? AND superseded_by IS NULL", (report,)
        ).fetchone()
        return _decode(row[0]) if row else None

    def superseded(self, report: str) -> list[str]:
        """The reports that a report took the place of."""
        rows = self._connection.execute("SELECT report FROM reading WHERE superseded_by = ? ORDER BY 1", (report,))
        return [name for (name,) in rows]

    def told_in(self, claims: Iterable[str]) -> set[str]:
        """The reports that make any of these claims."""
        rows = self._connection.execute(
            "SELECT DISTINCT report FROM claim WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(claims)),),
        )
        return {name for (name,) in rows}

    def digest(self) -> str:
        """A word that changes whenever another reading is kept."""
        rows = self._connection.execute("SELECT report, method, superseded_by FROM reading ORDER BY report")
        found = hashlib.sha256()
        for row in rows:
            found.update(json.dumps(row).encode())
        return found.hexdigest()

    def readings(self) -> Iterator[Reading]:
        """Every current reading, in the order of report ids; superseded reports are left out."""
        rows = self._connection.execute("SELECT body FROM reading WHERE superseded_by IS NULL ORDER BY report")
        return (_decode(body) for (body,) in rows)

    def readings_about(self, kind: Kind, referents: Iterable[str]) -> list[Reading]:
        """The current readings that speak of any of these places or actors."""
        wanted = sorted(set(referents))
        marks = ",".join("?" * len(wanted))
        rows = self._connection.execute(
            "SELECT body FROM reading WHERE superseded_by IS NULL AND report IN "  # noqa: S608 - only marks
            f"(SELECT report FROM reference WHERE kind = ? AND referent IN ({marks})) ORDER BY report",
            (kind, *wanted),
        )
        return [_decode(body) for (body,) in rows]

    def referents(self, kind: Kind, name: str) -> dict[str, str]:
        """The referents that readings gave to a name, or the referent itself, each with its own name."""
        rows = self._connection.execute(
            "SELECT DISTINCT referent, name FROM reference WHERE kind = ? AND (name = ? OR referent = ?) ORDER BY 1, 2",
            (kind, name, name),
        )
        return dict(rows.fetchall())

    def names(self, kind: Kind) -> list[str]:
        """Every name that readings use for a place or an actor, in the order of the alphabet."""
        rows = self._connection.execute("SELECT DISTINCT name FROM reference WHERE kind = ? ORDER BY name", (kind,))
        return [name for (name,) in rows]

    def reading_with_claim(self, claim: str) -> Reading | None:
        """The reading that holds a claim, by the claim's id or an unambiguous beginning of it."""
        return self._reading_with("claim", claim)

    def reading_with_incident(self, incident: str) -> Reading | None:
        """The reading that holds an incident, by the incident's id or an unambiguous beginning of it."""
        return self._reading_with("incident", incident)

    def reports_with(self, claims: Iterable[str]) -> dict[str, frozenset[str]]:
        """Each claim's report, by its id and by the id that its input gave it; claims of no report are left out."""
        rows = self._connection.execute(
            "SELECT claim.id, reading.report, reading.input_id FROM json_each(?) AS wanted"
            " JOIN claim ON claim.id = wanted.value JOIN reading ON reading.report = claim.report",
            (json.dumps(list(claims)),),
        )
        return {claim: frozenset(filter(None, names)) for claim, *names in rows}

    def count(self) -> dict[str, int]:
        """How many readings, claims and incidents are kept."""
        tables = ("reading", "claim", "incident")
        counts = [self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]  # noqa: S608
        return dict(zip(tables, counts, strict=True))

    def _reading_with(self, table: str, beginning: str) -> Reading | None:
        rows = self._connection.execute(
            f"SELECT DISTINCT id, report FROM {table} WHERE id >= ? AND id < ? LIMIT 2",  # noqa: S608
            (beginning, beginning + "\U0010ffff"),
        ).fetchall()
        if len({identifier for identifier, _ in rows}) > 1:
            raise UsageError(f"{beginning} is the beginning of several {table} ids; give more of it")
        return self.reading(rows[0][1]) if rows else None

    def _insert(self, reading: Reading, method: str) -> None:
        report = reading.report
        kept = (report.id, report.input_id, report.url, report.title, report.source, report.published)
        self._connection.execute(
            "INSERT INTO reading (report, input_id, url, title, source, published, method, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (*kept, method, _ENCODER.encode(reading)),
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO claim (id, report, predicate, block) VALUES (?, ?, ?, ?)",
            [(claim.id, report.id, claim.predicate, claim.block) for claim in reading.claims],
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO incident (id, report) VALUES (?, ?)",
            [(incident.id, report.id) for incident in reading.incidents],
        )
        self._refer(reading)

    def _refer(self, reading: Reading) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO reference (report, kind, referent, name) VALUES (?, ?, ?, ?)",
            [(reading.report.id, *reference) for reference in references(reading)],
        )

    def _refer_anew(self) -> None:
        """Note what is named in readings that an earlier version kept, which noted less of it."""
        if self._connection.execute("SELECT 1 FROM unreferred LIMIT 1").fetchone() is None:
            return
        with self._transaction():
            rows = self._connection.execute("SELECT body FROM reading JOIN unreferred USING (report)").fetchall()
            for (body,) in rows:
                with suppress(BrokenAssumptionError):  # told when it is read; reading the report again replaces it
                    self._refer(_decode(body))
            self._connection.execute("DELETE FROM unreferred")

    def _supersede(self, reading: Reading) -> None:
        report = reading.report
        if report.url:
            self._connection.execute(
                "UPDATE reading SET superseded_by = ? WHERE url = ? AND report <> ? AND superseded_by IS NULL",
                (report.id, report.url, report.id),
            )


def _decode(body: bytes) -> Reading:
    try:
        return _DECODER.decode(body)
    except msgspec.MsgspecError as error:
        raise BrokenAssumptionError(f"the ledger holds a reading of another shape ({error}); rebuild it") from error
