"""Incidents, spells, ties and readings as rows of the linked tables, to read from and to search."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from according.link.when import month_end
from according.records import Incident, PlaceReading, Reading, Spell, Tie
from according.store.tolls import shown_bounds
from according.vocabulary.dates import partial

Row = tuple[object, ...]
STATUS_ORDER = ("acknowledged", "claimed", "disputed", "alleged", "denied", "unclear")
"""The status that speaks for an incident is the first of these that any attribution of it has."""
_ENCODER = msgspec.msgpack.Encoder()
_PRIVATE = re.compile("[\ue000\ue001]")
_READ_BLOCKS = frozenset({"headline", "byline", "dateline", "body", "caption"})


class Toll(msgspec.Struct, frozen=True):
    """The lowest and highest figure of the killed, else of the injured; a lowest without a highest has an open end."""

    least: int | None
    most: int | None


def toll_of(incident: Incident) -> Toll:
    """The figures that stand for an incident: those of its widest group; groups are never added up."""
    for effect in ("killed", "injured"):
        told = [one for one in incident.tallies if one.effect == effect and (one.best, one.low) != (None, None)]
        if told:
            widest = max(told, key=lambda one: (one.best if one.best is not None else one.low) or 0)
            least, most = shown_bounds(widest)
            return Toll(least if least is not None else most if most is not None else widest.best, most)
    return Toll(None, None)


def status_of(incident: Incident) -> str:
    """The status of the attribution that speaks for an incident."""
    given = {one.status for one in incident.attribution}
    return next((status for status in STATUS_ORDER if status in given), "unclear")


def title_of(incident: Incident) -> str:
    """An incident in a few words: kind, place, day."""
    place = incident.place.place.name if incident.place and incident.place.place else ""
    time = incident.time
    day = time.earliest or time.latest or partial(time.partial or "") if time else ""
    return ", ".join(filter(None, (incident.predicate.replace("_", " "), place, day)))


def insert_incident(
    connection: sqlite3.Connection, incident: Incident, versions: Sequence[tuple[str, Incident]] = ()
) -> None:
    """Add one incident with its members, actors, box, words and what it was known to be day by day."""
    where = incident.place.place if incident.place else None
    toll = toll_of(incident)
    time = incident.time
    ends = (time.earliest or time.latest or "", time.latest or time.earliest or "") if time else ("", "")
    number = connection.execute(
        "INSERT INTO linked_incident (id, predicate, day, last, place, country, precision, longitude, latitude,"
        " grade, status, least, most, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            incident.id, incident.predicate, *ends, incident.place.referent if incident.place else None,
            where.country if where else None, where.precision if where else None,
            where.longitude if where else None, where.latitude if where else None,
            incident.grade, status_of(incident), toll.least, toll.most, _ENCODER.encode(incident),
        ),
    ).lastrowid  # fmt: skip
    if where and where.longitude is not None and where.latitude is not None:
        box = (where.longitude, where.longitude, where.latitude, where.latitude)
        connection.execute("INSERT INTO linked_box VALUES (?, ?, ?, ?, ?)", (number, *box))
    connection.executemany(
        "INSERT OR REPLACE INTO linked_member (claim, number, report)"
        " VALUES (?1, ?2, coalesce((SELECT report FROM claim WHERE id = ?1 LIMIT 1),"
        " (SELECT report FROM linked_claim WHERE claim = ?1), ''))",
        [(claim, number) for claim in incident.claims],
    )
    _insert_versions(connection, number, versions)
    actors = {one.actor for one in incident.attribution if one.actor}
    connection.executemany("INSERT INTO linked_blamed VALUES (?, ?)", [(actor, number) for actor in sorted(actors)])
    insert_entry(connection, ("incident", incident.id, None), title_of(incident), _incident_words(incident))


def _insert_versions(
    connection: sqlite3.Connection, number: int | None, versions: Sequence[tuple[str, Incident]]
) -> None:
    """Note when a report of an incident was first out, and what was known from each day on."""
    published = connection.execute(
        "SELECT published FROM linked_report WHERE report IN (SELECT report FROM linked_member WHERE number = ?)",
        (number,),
    )
    out = min((day for (said,) in published if (day := _out(said))), default=None)
    connection.execute("UPDATE linked_incident SET out = ? WHERE number = ?", (out, number))
    connection.executemany(
        "INSERT INTO linked_version (number, out, grade, status, least, most) VALUES (?, ?, ?, ?, ?, ?)",
        [(number, day, one.grade, status_of(one), *msgspec.structs.astuple(toll_of(one))) for day, one in versions],
    )


def _out(published: str) -> str | None:
    """The day by which something of a publication date was certainly out."""
    try:
        last = month_end(published) if published else None
    except ValueError:
        return None
    return last.isoformat() if last else None


def delete_incident(connection: sqlite3.Connection, incident: str) -> None:
    """Take one incident away with everything that was added for it; its address leads on by the claims it had."""
    row = connection.execute("SELECT number, body FROM linked_incident WHERE id = ?", (incident,)).fetchone()
    if row is None:
        return
    number, body = row
    claims = msgspec.msgpack.decode(body, type=Incident).claims
    connection.execute("INSERT OR REPLACE INTO former VALUES (?, ?)", (incident, _ENCODER.encode(claims)))
    for table in ("linked_incident", "linked_box", "linked_member", "linked_blamed", "linked_version"):
        connection.execute(f"DELETE FROM {table} WHERE number = ?", (number,))  # noqa: S608 - our own names
    _delete_entries(connection, "kind = 'incident' AND id = ?", incident)


def insert_spells(connection: sqlite3.Connection, spells: Iterable[Spell]) -> None:
    """Add spells."""
    rows = ((spell.place, _ENCODER.encode(spell)) for spell in spells)
    connection.executemany("INSERT INTO linked_spell (place, body) VALUES (?, ?)", rows)


def insert_ties(connection: sqlite3.Connection, ties: Iterable[Tie]) -> None:
    """Add ties."""
    rows = ((tie.source, tie.target, _ENCODER.encode(tie)) for tie in ties)
    connection.executemany("INSERT INTO linked_tie (source, target, body) VALUES (?, ?, ?)", rows)


def insert_towns(connection: sqlite3.Connection, towns: Mapping[str, bytes | None]) -> None:
    """Put what a map keeps of places in the place of what it kept of them."""
    connection.executemany("DELETE FROM linked_town WHERE place = ?", [(place,) for place in towns])
    kept = [(place, body) for place, body in towns.items() if body is not None]
    connection.executemany("INSERT INTO linked_town VALUES (?, ?)", kept)


def insert_reading(connection: sqlite3.Connection, reading: Reading, *, as_kept: bool) -> None:
    """Add one reading: its report, whom and what it names, its words and quotes.

    ``as_kept`` says that it is just the one in the ledger, whose body then need not be stored again. Incidents come
    after the readings that their claims are of.
    """
    report = reading.report
    if not as_kept:
        claims = [(claim.id, report.id) for claim in reading.claims]
        connection.executemany("INSERT OR REPLACE INTO linked_claim VALUES (?, ?)", claims)
    body = None if as_kept else _ENCODER.encode(reading)
    connection.execute(
        "INSERT INTO linked_report (report, published, source, title, url, body) VALUES (?, ?, ?, ?, ?, ?)",
        (report.id, report.published or "", report.source, report.title, report.url, body),
    )
    mentions = list(_mentions(reading))
    connection.executemany("INSERT OR IGNORE INTO linked_mention VALUES (?, ?, ?, ?, ?)", mentions)
    insert_entry(connection, ("report", report.id, report.id), report.title or "", _told(reading))
    quotes = {(claim.evidence.start, claim.evidence.end): claim for claim in reversed(reading.claims)}
    for claim in quotes.values():
        insert_entry(connection, ("quote", claim.id, report.id), "", claim.evidence.text)
    for _, kind, referent, *_ in mentions:
        _insert_name(connection, str(kind), str(referent), reading)


def delete_reading(connection: sqlite3.Connection, report: str) -> None:
    """Take a reading away with everything that was added for it."""
    named = connection.execute("SELECT kind, referent FROM linked_mention WHERE report = ?", (report,)).fetchall()
    connection.execute("DELETE FROM linked_report WHERE report = ?", (report,))
    connection.execute("DELETE FROM linked_mention WHERE report = ?", (report,))
    connection.execute("DELETE FROM linked_claim WHERE report = ?", (report,))
    _delete_entries(connection, "report = ?", report)
    for kind, referent in named:
        others = "SELECT 1 FROM linked_mention WHERE kind = ? AND referent = ?"
        if connection.execute(others, (kind, referent)).fetchone() is None:
            _delete_entries(connection, "kind = ? AND id = ?", kind, referent)


def insert_entry(connection: sqlite3.Connection, what: tuple[str, str, str | None], title: str, text: str) -> None:
    """Make something findable: its kind, id and report, its title and its words."""
    number = connection.execute("INSERT INTO linked_entry (kind, id, report) VALUES (?, ?, ?)", what).lastrowid
    connection.execute(
        "INSERT INTO linked_text (rowid, title, text) VALUES (?, ?, ?)",
        (number, _PRIVATE.sub("", title), _PRIVATE.sub("", text)),
    )


def _delete_entries(connection: sqlite3.Connection, condition: str, *values: str) -> None:
    found = f"SELECT number FROM linked_entry WHERE {condition}"  # noqa: S608 - our own conditions
    numbers = connection.execute(found, values).fetchall()
    connection.executemany("DELETE FROM linked_text WHERE rowid = ?", numbers)
    connection.executemany("DELETE FROM linked_entry WHERE number = ?", numbers)


def _incident_words(incident: Incident) -> str:
    place = incident.place.place if incident.place else None
    names = [one.name for one in incident.attribution]
    return " ".join(filter(None, (title_of(incident), place.province if place else None, *names)))


def _told(reading: Reading) -> str:
    """The text of a report without the furniture of its page and its readers' comments."""
    report = reading.report
    parts = [report.text[block.start : block.end] for block in report.blocks if block.kind in _READ_BLOCKS]
    return "\n".join(parts) if report.blocks else report.text


def _mentions(reading: Reading) -> Iterator[Row]:
    """Report, kind, referent, name and for a place where it is, of every place and actor that a reading names."""
    for resolution in reading.resolutions:
        if resolution.referent is None or resolution.role == "time":
            continue
        place = _ENCODER.encode(resolution.place) if resolution.place else None
        kind = "place" if resolution.role == "place" else "actor"
        name = (resolution.place.name if resolution.place else None) or resolution.name or resolution.referent
        yield reading.report.id, kind, resolution.referent, name, place


def _insert_name(connection: sqlite3.Connection, kind: str, referent: str, reading: Reading) -> None:
    """Make a place or an actor findable by every name that readings use for it."""
    said = list(dict.fromkeys(_names(kind, referent, reading)))
    known = connection.execute(
        "SELECT linked_entry.number, title, text FROM linked_entry JOIN linked_text ON linked_text.rowid ="
        " linked_entry.number WHERE kind = ? AND id = ?",
        (kind, referent),
    ).fetchone()
    if known is None:
        insert_entry(connection, (kind, referent, None), said[0], " · ".join(said))
        return
    names = known[2].split(" · ")
    if not set(said) <= set(names):
        text = " · ".join(dict.fromkeys([*names, *said]))
        connection.execute("UPDATE linked_text SET text = ? WHERE rowid = ?", (_PRIVATE.sub("", text), known[0]))


def _names(kind: str, referent: str, reading: Reading) -> Iterator[str]:
    found = [
        one for one in reading.resolutions if one.referent == referent and (one.role == "place") == (kind == "place")
    ]
    yield from (one.place.name for one in found if one.place)
    yield from (one.name for one in found if one.name)
    yield from (one.span.text for one in found if one.span)
    yield referent


def place_of(rows: Sequence[bytes | None]) -> PlaceReading | None:
    """Where a place is, by what readings say of it: the first that knows coordinates."""
    read = [msgspec.msgpack.decode(body, type=PlaceReading) for body in rows if body]
    return next((one for one in read if one.latitude is not None), read[0] if read else None)
