"""Incidents for the tiles of a map: clustered at every zoom, with counts and ranges of tolls that are never added up.

All incidents lie in memory in the order in which a space-filling curve passes them, so that a tile, and each of its
cells, is one stretch of the arrays; what is asked of a tile (a day, what was known on it, kinds) is a mask over its
stretch. A million incidents take some 60 MB. Marks stand where their places are: nothing is moved apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any, NamedTuple

import msgspec
import numpy as np

from according.maps.kinds import kinds
from according.maps.vector import EXTENT, Point
from according.records import AttributionStatus, Grade

FINEST = 24
"""The zoom at which positions are kept: some 2 m at the equator."""
MAX_ZOOM = 14
"""The last zoom that tiles are made for; maps draw finer ones from it."""
CELLS_BITS = 4
"""A tile has 16 cells a side, each with one mark at most: 32 pixels of a tile of 512."""
GRADES: tuple[Grade, ...] = ("confirmed", "fair", "weak", "contested", "discounted")
STATUSES: tuple[AttributionStatus, ...] = ("acknowledged", "claimed", "disputed", "alleged", "denied", "unclear")
PRECISIONS = ("exact", "neighbourhood", "town", "district", "province")
"""Whose places have marks, from the finest; a country is too coarse for one."""
_MERCATOR_EDGE = 85.0511287798066
KINDS = tuple(kind.kind for kind in kinds())
_KIND = {predicate: at for at, kind in enumerate(kinds()) for predicate in kind.predicates}
_GRADE, _STATUS, _PRECISION = ({name: at for at, name in enumerate(each)} for each in (GRADES, STATUSES, PRECISIONS))
_CHUNK = 50_000
"""Rows that become arrays at a time."""
_UNTOLD = _OPEN = _UNDATED = NEVER = int(np.iinfo(np.int32).max)
"""Above all figures and days, so that the least of any is one that was told."""
_NO_MOST = -1
Array = np.ndarray[Any, np.dtype[Any]]
Tile = tuple[int, int, int]
"""Zoom, column, row."""


class Row(NamedTuple):
    """One incident as it was known from ``out`` until before ``over`` (days as :func:`ordinal` counts them).

    ``whole`` says that it is also what all reports say, undated ones included; ``NEVER`` is no end, or never out.
    """

    number: int
    longitude: float
    latitude: float
    predicate: str
    precision: str
    day: int
    last: int
    grade: str
    status: str
    least: int | None
    most: int | None
    out: int
    over: int
    whole: bool


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What of the incidents a map shows: of the days from ``since`` to ``day``, as known on a day; of some kinds.

    Days are ISO dates. With ``day`` or ``since``, incidents without a date are left out.
    """

    day: str | None = None
    since: str | None = None
    known: str | None = None
    kinds: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()


class Mark(msgspec.Struct, frozen=True):
    """One mark of a tile; ``number`` is the incident's, or of one of the incidents when they are several."""

    number: int
    point: Point


class Incidents:
    """All incidents with a place that has marks."""

    def __init__(self, rows: Iterable[Row]) -> None:
        """Take rows in; those of kinds without marks and of places that are too coarse are left out."""
        kept = (row for row in rows if row.predicate in _KIND and row.precision in _PRECISION)
        parts = [_columns([])]
        while part := list(islice(kept, _CHUNK)):
            parts.append(_columns(part))
        columns = [np.concatenate(each) for each in zip(*parts, strict=True)]
        x, y = world(columns[0], columns[1])
        code = _interleaved(x, y)
        order = np.argsort(code, kind="stable")
        self._code, self._x, self._y = code[order], x[order], y[order]
        in_order = (column[order] for column in columns[2:])
        self._number, self._kind, self._precision, self._grade, self._status, *rest = in_order
        self._day, self._last, self._least, self._most, self._out, self._over, self._whole = rest

    def __len__(self) -> int:
        return len(self._code)

    def only(self, numbers: Iterable[int]) -> Array:
        """Which rows are of these incidents, for :meth:`marks`."""
        return np.isin(self._number, np.fromiter(numbers, dtype=np.int64))

    def marks(self, tile: Tile, asked: Asked, only: Array | None = None) -> list[Mark]:
        """The marks of a tile, at most one for each of its cells; of some incidents alone when they are given."""
        zoom, x, y = tile
        depth = min(zoom + CELLS_BITS, FINEST)
        first = int(_interleaved(np.array([x << (FINEST - zoom)]), np.array([y << (FINEST - zoom)]))[0])
        step = 1 << 2 * (FINEST - depth)
        edges = first + step * np.arange((1 << 2 * (depth - zoom)) + 1, dtype=np.int64)
        ends = np.searchsorted(self._code, edges)
        inside = slice(int(ends[0]), int(ends[-1]))
        filled = np.flatnonzero(np.diff(ends))
        if not len(filled):
            return []
        starts = ends[filled] - ends[0]
        one_spot = self._code[ends[filled]] == self._code[ends[filled + 1] - 1]
        shown = self._shown(inside, asked)
        if only is not None:
            shown &= only[inside]
        cells = _Cells(starts, int(ends[-1] - ends[0]), None if shown.all() else shown)
        return list(self._clusters(inside, cells, one_spot, tile))

    def _shown(self, inside: slice, asked: Asked) -> Array:
        """Which rows of a stretch are asked for."""
        if asked.known is None:
            shown = self._whole[inside].copy()
        else:
            day = ordinal(asked.known)
            shown = (self._out[inside] <= day) & (day < self._over[inside])
        if asked.day:
            shown &= self._day[inside] <= ordinal(asked.day)
        if asked.since:
            shown &= self._last[inside] >= ordinal(asked.since)
        for column, order, wanted in (
            (self._kind, KINDS, asked.kinds),
            (self._grade, GRADES, asked.grades),
            (self._status, STATUSES, asked.statuses),
        ):
            if wanted:
                shown &= np.array([name in wanted for name in order])[column[inside]]
        return shown

    def _clusters(self, inside: slice, cells: _Cells, one_spot: Array, tile: Tile) -> Iterator[Mark]:
        """A mark for each cell with anything to show: the incident, or their count and range."""
        count, told = cells.count(), cells.count(self._least[inside] != _UNTOLD)
        least, most = cells.least(self._least[inside]), cells.most(self._most[inside])
        first, last = cells.least(self._day[inside]), cells.most(self._last[inside])
        number = cells.most(self._number[inside])
        looks = [
            (cells.least(column[inside]), cells.most(column[inside]))
            for column in (self._kind, self._grade, self._status)
        ]
        coarsest = cells.most(self._precision[inside])
        x, y = cells.total(self._x[inside]), cells.total(self._y[inside])
        for at in np.flatnonzero(count).tolist():
            several = int(count[at])
            said: dict[str, Any] = {"count": several, "told": int(told[at]), "rings": max(0, int(coarsest[at]) - 1)}
            said["one_spot"] = several == 1 or bool(one_spot[at])
            if told[at]:
                said["least"] = int(least[at])
                said |= {"open": True} if most[at] == _OPEN else {"most": int(most[at])}
            said |= _in_common([(int(low[at]), int(high[at])) for low, high in looks])
            said |= _between(int(first[at]), int(last[at]))
            yield Mark(int(number[at]), Point(*_within(x[at] / several, y[at] / several, tile), said))


class _Cells:
    """The cells of a tile, as stretches of its rows; ``shown`` says which rows count, None that all do."""

    def __init__(self, starts: Array, rows: int, shown: Array | None) -> None:
        self._starts, self._rows, self._shown = starts, rows, shown

    def count(self, which: Array | None = None) -> Array:
        """How many rows count, of those that are some."""
        rows = [one for one in (self._shown, which) if one is not None]
        if not rows:
            return np.diff(np.append(self._starts, self._rows))
        counted: Array = np.add.reduceat(rows[0] & rows[-1], self._starts, dtype=np.int32)
        return counted

    def least(self, values: Array) -> Array:
        """The least value in each cell."""
        found: Array = np.minimum.reduceat(self._only(values, np.iinfo(values.dtype).max), self._starts)
        return found

    def most(self, values: Array) -> Array:
        """The greatest value in each cell."""
        found: Array = np.maximum.reduceat(self._only(values, np.iinfo(values.dtype).min), self._starts)
        return found

    def total(self, values: Array) -> Array:
        """The sum of the values in each cell."""
        sums: Array = np.add.reduceat(self._only(values, 0), self._starts)
        return sums

    def _only(self, values: Array, otherwise: int) -> Array:
        return values if self._shown is None else np.where(self._shown, values, values.dtype.type(otherwise))


def _in_common(looks: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Kind, grade and status, where all incidents of a mark have the same."""
    names = ("kind", KINDS), ("grade", GRADES), ("status", STATUSES)
    return {name: order[low] for (name, order), (low, high) in zip(names, looks, strict=True) if low == high}


def _between(first: int, last: int) -> dict[str, Any]:
    """The days between which the dated incidents of a mark lie."""
    if last <= 0:
        return {}
    return {"first": date.fromordinal(first).isoformat(), "last": date.fromordinal(last).isoformat()}


def _columns(rows: Sequence[Row]) -> list[Array]:
    """Rows as arrays: longitude, latitude, number, four looks, day, last, least, most, out, over, whole."""
    told: list[tuple[Iterable[Any], Any]] = [
        ((row.longitude for row in rows), np.float64),
        ((row.latitude for row in rows), np.float64),
        ((row.number for row in rows), np.int64),
        ((_KIND[row.predicate] for row in rows), np.int8),
        ((_PRECISION[row.precision] for row in rows), np.int8),
        ((_GRADE[row.grade] for row in rows), np.int8),
        ((_STATUS[row.status] for row in rows), np.int8),
        ((row.day or _UNDATED for row in rows), np.int32),
        ((row.last for row in rows), np.int32),
        ((_UNTOLD if row.least is None else min(row.least, _UNTOLD - 1) for row in rows), np.int32),
        ((_highest(row) for row in rows), np.int32),
        ((row.out for row in rows), np.int32),
        ((row.over for row in rows), np.int32),
        ((row.whole for row in rows), np.bool_),
    ]
    return [np.fromiter(values, dtype=kind, count=len(rows)) for values, kind in told]


def world(longitude: Array, latitude: Array) -> tuple[Array, Array]:
    """Positions on the square of the Mercator projection, in units of the finest tiles."""
    size = 1 << FINEST
    flat = np.radians(np.clip(latitude, -_MERCATOR_EDGE, _MERCATOR_EDGE))
    x = (longitude + 180.0) / 360.0 * size
    y = (1.0 - np.arcsinh(np.tan(flat)) / math.pi) / 2.0 * size
    return _whole_units(x, size), _whole_units(y, size)


def _whole_units(values: Array, size: int) -> Array:
    units: Array = np.clip(np.floor(values), 0, size - 1).astype(np.int64)
    return units


def _interleaved(x: Array, y: Array) -> Array:
    """The place of positions on the curve: the bits of both, in turns."""
    places: Array = _spread(x) | (_spread(y) << 1)
    return places


def _spread(values: Array) -> Array:
    spread = values.astype(np.int64) & 0xFFFFFFFF
    for shift, mask in ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F)):
        spread = (spread | (spread << shift)) & mask
    spread = (spread | (spread << 2)) & 0x3333333333333333
    return (spread | (spread << 1)) & 0x5555555555555555


def _within(x: float, y: float, tile: Tile) -> tuple[int, int]:
    """A position in the units of a tile."""
    zoom, left, top = tile
    unit = EXTENT / (1 << (FINEST - zoom))
    return round((x - (left << (FINEST - zoom))) * unit), round((y - (top << (FINEST - zoom))) * unit)


def _highest(row: Row) -> int:
    if row.least is None:
        return _NO_MOST
    return _OPEN if row.most is None else min(row.most, _OPEN - 1)


def ordinal(day: str | None) -> int:
    """A day as a number; 0 for none, and for what is no ISO date."""
    try:
        return date.fromisoformat(day[:10]).toordinal() if day else 0
    except ValueError:
        return 0


def is_tile(tile: Tile) -> bool:
    """Whether there is a tile of that address."""
    zoom, x, y = tile
    return 0 <= zoom <= MAX_ZOOM and 0 <= x < 1 << zoom and 0 <= y < 1 << zoom
