"""The marks of all tiles, made once for each version of the ledger and kept in memory, and the tiles made of them."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import msgspec

from according.maps.paint import Paint, painted
from according.maps.tiles import NEVER, Array, Asked, Incidents, Mark, Row, Tile, ordinal
from according.maps.towns import Towns, read_town
from according.maps.vector import Point, encode
from according.store.linked import LinkedLedger
from according.store.linked_filter import Filter

KEPT_TILES = 4096
KEPT_CHOICES = 32
SQUEEZE = 5


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What a map shows: of which days, as known when, of which looks; ``more`` are what only the tables can tell."""

    asked: Asked
    more: Filter | None = None


class Marks:
    """The marks of one version of the ledger."""

    def __init__(self, ledger: LinkedLedger) -> None:
        """Read all marks, in one state of the tables."""
        with ledger.snapshot():
            self.version = ledger.version()
            self.incidents = Incidents(_rows(ledger))
            self.towns = Towns(map(read_town, ledger.towns().values()))
        self.paints: dict[str, Paint] = painted(self.towns.names())
        self.tile = lru_cache(maxsize=KEPT_TILES)(self._tile)
        self._only = lru_cache(maxsize=KEPT_CHOICES)(self._numbered)
        self._ledger = ledger

    def _tile(self, tile: Tile, choice: Choice) -> bytes | None:
        """A tile, gzipped; None when the tables have moved on to another version meanwhile."""
        with self._ledger.snapshot():
            if self._ledger.version() != self.version:
                return None
            only = self._only(choice.more) if choice.more else None
            marks = self.incidents.marks(tile, choice.asked, only)
            incidents = self._named(marks)
        towns = self.towns.points(tile, choice.asked)
        return gzip.compress(encode({"towns": towns, "incidents": incidents}), SQUEEZE, mtime=0)

    def _numbered(self, more: Filter) -> Array:
        return self.incidents.only(self._ledger.numbers(more))

    def _named(self, marks: list[Mark]) -> list[Point]:
        """The marks, single incidents with their ids, several at one place with the place's."""
        known = self._ledger.numbered(mark.number for mark in marks if mark.point.said["one_spot"])
        return [_with_address(mark, known.get(mark.number)) for mark in marks]


def marks_of(path: Path) -> Marks:
    """The marks of a ledger as it is now."""
    return _shelf(path).current()


class _Shelf:
    """The newest marks of a ledger; made by one thread when the ledger has changed, while others wait for them."""

    def __init__(self, path: Path) -> None:
        self._ledger = LinkedLedger(path)
        self._lock = threading.Lock()
        self._marks: Marks | None = None

    def current(self) -> Marks:
        marks, version = self._marks, self._ledger.version()
        if marks is not None and marks.version == version:
            return marks
        with self._lock:
            if self._marks is None or self._marks.version != self._ledger.version():
                self._marks = Marks(self._ledger)
            return self._marks


@cache
def _shelf(path: Path) -> _Shelf:
    return _Shelf(path)


def _with_address(mark: Mark, known: tuple[str, str | None] | None) -> Point:
    if known is None:
        return mark.point
    name, place = known
    told: dict[str, Any] = {"id": name} if mark.point.said["count"] == 1 else {"place": place}
    return msgspec.structs.replace(mark.point, said={**mark.point.said, **told})


def _rows(ledger: LinkedLedger) -> Iterator[Row]:
    """Every incident as it is, and as it was known before when that was otherwise."""
    versions = ledger.versions()
    for number, *where, day, last, grade, status, least, most, out in ledger.marks():
        known = versions.get(number)
        place, days = (number, *where), (ordinal(day), ordinal(last))
        whole = (grade, status, least, most)
        if not known:
            yield Row._make((*place, *days, *whole, ordinal(out) or NEVER, NEVER, True))
            continue
        ends = [ordinal(first) for first, *_ in known] + [NEVER]
        for at, (_, *said) in enumerate(known):
            yield Row._make((*place, *days, *said, ends[at], ends[at + 1], False))
        yield Row._make((*place, *days, *whole, NEVER, NEVER, True))
