"""Hatched areas around reported towns: inferred, never reported, and so only drawn where somebody asks for them.

An area reaches no farther than the distance asked for, not over the sea, and never nearer to another reported town than
to its own. Its colour is the town's holder; a town that is contested, or whose holder is not known, has none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import msgspec

from according.maps.data import MapData, TownMark
from according.maps.land import Polygon, on_land

KM_PER_DEGREE = 111.195
CORNERS = 48
Point = tuple[float, float]


class Area(msgspec.Struct, frozen=True):
    """The surroundings of one town: its mark's id, the ring of longitudes and latitudes, closed, and the land in it."""

    town: str
    ring: tuple[Point, ...]
    land: tuple[Polygon, ...]


def areas_of(data: MapData, km: float) -> list[Area]:
    """The surroundings of every town within so many kilometres; a town has the same on every day."""
    rings = ((town.id, _ring(town, data.towns, km)) for town in data.towns)
    return [Area(town, ring, on_land(ring)) for town, ring in rings]


def holder_of(town: TownMark) -> str | None:
    """Whose area it is around a town: that of one undisputed holder."""
    return town.holders[0] if town.state == "held" and len(town.holders) == 1 else None


def _ring(town: TownMark, towns: Iterable[TownMark], km: float) -> tuple[Point, ...]:
    across = KM_PER_DEGREE * math.cos(math.radians(town.spot.latitude))
    steps = [2 * math.pi * corner / CORNERS for corner in range(CORNERS)]
    ring: list[Point] = [(km * math.cos(step), km * math.sin(step)) for step in steps]
    for other in towns:
        x = (other.spot.longitude - town.spot.longitude) * across
        y = (other.spot.latitude - town.spot.latitude) * KM_PER_DEGREE
        if 0 < math.hypot(x, y) < 2 * km:
            ring = _nearer(ring, (x, y))
    found = [(town.spot.longitude + x / across, town.spot.latitude + y / KM_PER_DEGREE) for x, y in ring]
    return tuple((round(longitude, 4), round(latitude, 4)) for longitude, latitude in [*found, *found[:1]])


def _nearer(ring: Sequence[Point], other: Point) -> list[Point]:
    """The part of a ring that is nearer to 0, 0 than to the other place."""
    limit = (other[0] ** 2 + other[1] ** 2) / 2

    def beyond(point: Point) -> float:
        return point[0] * other[0] + point[1] * other[1] - limit

    found: list[Point] = []
    for start, end in zip(ring, [*ring[1:], ring[0]], strict=True):
        if beyond(start) <= 0:
            found.append(start)
        if (beyond(start) <= 0) != (beyond(end) <= 0):
            share = beyond(start) / (beyond(start) - beyond(end))
            found.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
    return found
