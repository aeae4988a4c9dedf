"""What is put into the linked tables, and what is read from them beside records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from according.records import Incident, PlaceReading, Reading, Record, Spell, Tie

Versions = Mapping[str, tuple[tuple[str, Incident], ...]]
"""For incidents, by id, what they were known to be from each day on which a report of them came out, oldest first."""


class ReportLine(Record, frozen=True):
    """One report as a list shows it. ``published`` is an ISO date, possibly partial; empty when it is not known."""

    id: str
    published: str
    source: str | None
    title: str | None
    url: str | None


class Named(Record, frozen=True):
    """A place or an actor by the name most reports give it; ``place`` says where a place is, when that is known."""

    referent: str
    name: str
    reports: int
    place: PlaceReading | None = None


class Noted(Record, frozen=True):
    """That what a change makes different is noted as of ``at`` (ISO, UTC).

    ``forgets`` is whether a policy is other than before, so that what was noted earlier is forgotten.
    """

    at: str
    forgets: bool = False


class Change(Record, frozen=True):
    """What goes and what takes its place; ``places`` and ``actors`` are those whose spells and ties are given anew.

    ``towns`` are what a map keeps of places, by referent; None takes it away.
    """

    gone: tuple[str, ...] = ()
    made: tuple[Incident, ...] = ()
    places: tuple[str, ...] = ()
    spells: tuple[Spell, ...] = ()
    actors: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    withdrawn: tuple[str, ...] = ()
    readings: tuple[Reading, ...] = ()
    versions: Versions = msgspec.field(default_factory=dict)
    towns: Mapping[str, bytes | None] = msgspec.field(default_factory=dict)
    noted: Noted | None = None


class Whole(Record, frozen=True):
    """All that the linked tables are to hold; ``readings`` None are the ledger's own."""

    incidents: Iterable[Incident] = ()
    spells: tuple[Spell, ...] = ()
    ties: tuple[Tie, ...] = ()
    readings: tuple[Reading, ...] | None = None
    versions: Versions = msgspec.field(default_factory=dict)
    towns: Mapping[str, bytes | None] = msgspec.field(default_factory=dict)
    noted: Noted | None = None
