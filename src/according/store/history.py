"""What changed from one run to the next, field by field, and where the addresses of former incidents lead.

Kept in the ledger's file beside the readings: what was known after the last run, and every change since the first.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal, Self

import msgspec

from according.records import Incident, Record, Spell, Tie, TimeReading
from according.store.ledger import Ledger
from according.store.tolls import shown_bounds
from according.vocabulary.dates import partial

KnownKind = Literal["incident", "place", "actor"]


class Known(Record, frozen=True):
    """What is known of one incident, place or actor: a name for people, and values in words by field."""

    id: str
    kind: KnownKind
    name: str
    fields: dict[str, str]
    claims: tuple[str, ...] = ()


class Change(Record, frozen=True):
    """One field of one thing that changed in a run; ``at`` is UTC, no old value means it is new."""

    run: str
    at: str
    kind: KnownKind
    id: str
    name: str
    field: str
    old: str | None
    new: str | None


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Known)
_CLAIMS = msgspec.msgpack.Decoder(tuple[str, ...])


class History:
    """The runs over one ledger and what each of them changed."""

    def __init__(self, ledger: Path) -> None:
        """Open the history kept in a ledger's file."""
        Ledger(ledger).close()
        self._connection = sqlite3.connect(ledger, isolation_level=None, timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def record(self, run: str, at: str, reports: int, now: Iterable[Known]) -> list[Change]:
        """Keep what is known now as the outcome of a run, and give what it changed; nothing is kept of no change."""
        now = list(now)
        before = self._before()
        changes = [
            Change(run=run, at=at, kind=kind, id=name, name=title, field=field, old=old, new=new)
            for kind, name, title, field, old, new in differences(before, now)
        ]
        if not changes:
            return []
        self._connection.execute("BEGIN IMMEDIATE")
        with self._connection:
            self._connection.execute("INSERT INTO run (id, at, reports) VALUES (?, ?, ?)", (run, at, reports))
            self._connection.execute("DELETE FROM known")
            rows = [(one.id, one.kind, one.name, _ENCODER.encode(one)) for one in now]
            self._connection.executemany("INSERT INTO known (id, kind, name, body) VALUES (?, ?, ?, ?)", rows)
            self._connection.executemany(
                "INSERT INTO change (run, at, kind, id, name, field, old, new) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [msgspec.structs.astuple(change) for change in changes],
            )
            here = {one.id for one in now}
            self._connection.executemany(
                "INSERT OR REPLACE INTO former (id, claims) VALUES (?, ?)",
                [(one.id, _ENCODER.encode(one.claims)) for one in before if one.claims and one.id not in here],
            )
        return changes

    def changes(self, since: str | None = None) -> Iterator[Change]:
        """Every change after a run, or on a day or at a moment (ISO) and later; all of them when nothing is given."""
        columns = "run, at, kind, id, name, field, old, new"
        run = self._connection.execute("SELECT rowid FROM run WHERE id = ?", (since,)).fetchone()
        where, value = ("at >= ?", since or "")
        if run:
            where, value = "run IN (SELECT id FROM run WHERE rowid > ?)", run[0]
        rows = self._connection.execute(f"SELECT {columns} FROM change WHERE {where} ORDER BY rowid", (value,))  # noqa: S608
        return (Change(**dict(zip(columns.split(", "), row, strict=True))) for row in rows)

    def runs(self) -> list[tuple[str, str]]:
        """Every run that changed anything, by id and time."""
        return self._connection.execute("SELECT id, at FROM run ORDER BY rowid").fetchall()

    def former_claims(self, beginning: str) -> tuple[str, ...]:
        """The claims of a former incident by the beginning of its id, or none."""
        rows = self._connection.execute(
            "SELECT claims FROM former WHERE id >= ? AND id < ? LIMIT 2", (beginning, beginning + "\U0010ffff")
        ).fetchall()
        return _CLAIMS.decode(rows[0][0]) if len(rows) == 1 else ()

    def known(self, kind: KnownKind) -> list[Known]:
        """What was known after the last recorded run of all incidents, places or actors, in the order of their ids."""
        rows = self._connection.execute("SELECT body FROM known WHERE kind = ? ORDER BY id", (kind,))
        return [_DECODER.decode(body) for (body,) in rows]

    def _before(self) -> list[Known]:
        return [_DECODER.decode(body) for (body,) in self._connection.execute("SELECT body FROM known ORDER BY id")]


def known_of(incidents: Iterable[Incident], spells: Iterable[Spell], ties: Iterable[Tie]) -> list[Known]:
    """What incidents, spells and ties say, in fields to compare."""
    places: dict[str, Known] = {}
    for spell in spells:
        place = places.setdefault(spell.place, Known(id=spell.place, kind="place", name=spell.place_name, fields={}))
        _add(place.fields, f"{spell.state} by {spell.holder_name or 'unknown'}", _stretch(spell))
    actors: dict[str, Known] = {}
    for tie in ties:
        actor = actors.setdefault(tie.source, Known(id=tie.source, kind="actor", name=tie.source_name, fields={}))
        standing = f"{tie.since or '?'} – {tie.until or ''}" + (" (disputed)" if tie.claims_against else "")
        _add(actor.fields, f"{tie.kind.replace('_', ' ')} {tie.target_name}", standing)
    return [*map(_known_incident, incidents), *places.values(), *actors.values()]


def _add(fields: dict[str, str], field: str, value: str) -> None:
    fields[field] = f"{fields[field]}; {value}" if field in fields else value


def _stretch(spell: Spell) -> str:
    disputed = " (disputed)" if spell.claims_against else ""
    return f"{spell.start or '?'} – {'' if spell.ongoing else spell.end or '?'}{disputed}"


def _known_incident(incident: Incident) -> Known:
    place = incident.place.place.name if incident.place and incident.place.place else "place unknown"
    fields = {
        "kind": incident.predicate,
        "place": place,
        "time": _when(incident.time),
        "reports": str(len(incident.reports)),
        "independent voices": str(incident.independent_voices),
        "grade": incident.grade,
    }
    for tally in incident.tallies:
        fields[f"{tally.group} {tally.effect}"] = f"{_range(*shown_bounds(tally))}, best {tally.best}"
    fields |= {f"attribution to {one.name}": one.status for one in incident.attribution}
    name = f"{incident.predicate.replace('_', ' ')}, {place}, {fields['time']}"
    return Known(id=incident.id, kind="incident", name=name, fields=fields, claims=incident.claims)


def _range(low: int | None, high: int | None) -> str:
    if low is None:
        return "unknown" if high is None else f"up to {high}"
    return f"{low} or more" if high is None else f"{low} to {high}"


def _when(time: TimeReading | None) -> str:
    if time is None or not (time.earliest or time.latest):
        return partial(time.partial or "" if time else "") or "date unknown"
    return time.earliest or "" if time.earliest == time.latest else f"{time.earliest or ''} to {time.latest or ''}"


_Row = tuple[KnownKind, str, str, str, str | None, str | None]


def differences(before: Sequence[Known], now: Sequence[Known]) -> Iterator[_Row]:
    """Every field that differs: kind, id, name, field, old and new value.

    Incidents are matched by the claims they share, since their ids follow from these.
    """
    current = {one.id: one for one in now}
    heirs = _heirs(before, now)
    first: dict[str, Known] = {}
    for old in sorted(before, key=lambda one: (-heirs.get(one.id, ("", 0))[1], one.id)):
        heir = heirs.get(old.id, ("", 0))[0]
        if heir and heir not in first:
            first[heir] = old
    for old in before:
        heir = heirs.get(old.id, ("", 0))[0]
        if not heir:
            yield old.kind, old.id, old.name, old.kind, old.name, None
        elif first[heir] is not old:
            yield old.kind, old.id, old.name, "merged into", old.id, heir
    for new in now:
        if new.id not in first:
            yield new.kind, new.id, new.name, new.kind, None, new.name
        else:
            yield from _fields(first[new.id], current[new.id])


def _fields(old: Known, new: Known) -> Iterator[_Row]:
    if old.id != new.id:
        yield new.kind, new.id, new.name, "id", old.id, new.id
    for field in dict.fromkeys([*old.fields, *new.fields]):
        values = old.fields.get(field), new.fields.get(field)
        if values[0] != values[1]:
            yield new.kind, new.id, new.name, field, *values


def _heirs(before: Iterable[Known], now: Sequence[Known]) -> Mapping[str, tuple[str, int]]:
    """For each old thing the new one that it lives on in, and how many of its claims that has."""
    ids = {one.id for one in now}
    home = {claim: one.id for one in now for claim in one.claims}
    heirs: dict[str, tuple[str, int]] = {}
    for old in before:
        shared = Counter(home[claim] for claim in old.claims if claim in home)
        if shared:
            heir = min(shared, key=lambda one: (-shared[one], one))
            heirs[old.id] = heir, shared[heir]
        elif old.id in ids and not old.claims:
            heirs[old.id] = old.id, 1
    return heirs
