"""Which places share one mark at a scale: those whose discs would overlap, never others.

The mark stands on the gravest of its places, not somewhere between them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from according.maps.data import IncidentMark, MapData, Spot, TownMark
from according.maps.symbols import RIM, radius_of, stepped
from according.maps.view import ground

LEAST_CROWD_RADIUS = 18.0  # room for a number and a span of tolls
# With more places each disc is drawn smaller, all by the same share, so that areas still compare.
SHRINK = ((1000, 0.45), (400, 0.55), (150, 0.7), (60, 0.85))
Point = tuple[float, float]
_AROUND = tuple((dx, dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))


class Place(msgspec.Struct, frozen=True):
    """A place with its marks, gravest incident first; ``at`` is where it falls on the ground in pixels of the scale."""

    spot: Spot
    at: Point
    incidents: tuple[IncidentMark, ...]
    town: TownMark | None

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its marks."""
        incidents = tuple(mark.id for mark in self.incidents)
        return (*incidents, self.town.id) if self.town else incidents


class Crowd(msgspec.Struct):
    """Incidents drawn as one mark on the first of its places, where the gravest of them happened."""

    places: list[Place]
    gravest: IncidentMark
    count: int
    radius: float

    @property
    def incidents(self) -> list[IncidentMark]:
        """Its incidents, gravest first."""
        if len(self.places) == 1:
            return list(self.places[0].incidents)
        return sorted((mark for place in self.places for mark in place.incidents), key=gravity)


def gravity(mark: IncidentMark) -> tuple[int, str, str]:
    """Sorts incidents: the highest toll first, unknown tolls last, then by date."""
    return -1 - mark.size if mark.size is not None else 0, mark.earliest or "9", mark.id


def places_of(data: MapData) -> list[Place]:
    """The places of a map, each with all its marks, on the ground of zoom 0."""
    incidents: dict[Point, list[IncidentMark]] = defaultdict(list)
    towns: dict[Point, TownMark] = {}
    spots: dict[Point, Spot] = {}
    for town in data.towns:
        towns.setdefault(_key(town.spot), town)
    for mark in data.incidents:
        incidents[_key(mark.spot)].append(mark)
    for spot in data.spots():
        spots.setdefault(_key(spot), spot)
    return [
        Place(
            spot,
            ground(spot.longitude, spot.latitude, 0),
            tuple(sorted(incidents[key], key=gravity)),
            towns.get(key),
        )
        for key, spot in spots.items()
    ]


def at_zoom(places: Iterable[Place], zoom: float) -> list[Place]:
    """The places of zoom 0 on the ground of another zoom."""
    scale = 2.0**zoom
    return [
        Place(place.spot, (place.at[0] * scale, place.at[1] * scale), place.incidents, place.town) for place in places
    ]


def crowds_of(places: Iterable[Place], share: float) -> list[Crowd]:
    """The discs of a map at a scale; ``share`` is that of their full radius."""
    told = [_alone(place, share) for place in places if place.incidents]
    while True:
        merged = _merged(sorted(told, key=_rank), share)
        if len(merged) == len(told):
            return merged
        told = merged


def share_of(data: MapData) -> float:
    """The share of their full radius that discs have on a map with so many places."""
    count = len({_key(spot) for spot in data.spots()})
    return next((share for least, share in SHRINK if count > least), 1.0)


def _key(spot: Spot) -> Point:
    return round(spot.longitude, 3), round(spot.latitude, 3)


def _alone(place: Place, share: float) -> Crowd:
    gravest, count = place.incidents[0], len(place.incidents)
    return Crowd([place], gravest, count, _radius(gravest, count, share))


def _radius(gravest: IncidentMark, count: int, share: float) -> float:
    full = radius_of(gravest.size)
    return stepped((max(full, LEAST_CROWD_RADIUS) if count > 1 else full) * share)


def _rank(crowd: Crowd) -> tuple[tuple[int, str, str], int, str]:
    return gravity(crowd.gravest), -len(crowd.places), crowd.places[0].spot.name


def _merged(ranked: Sequence[Crowd], share: float) -> list[Crowd]:
    """Each crowd joined to the nearest graver one that it would overlap."""
    cell_px = 2 * max((crowd.radius for crowd in ranked), default=0.0) + RIM
    cells: dict[tuple[int, int], list[Crowd]] = defaultdict(list)
    kept: list[Crowd] = []
    for crowd in ranked:
        x, y = crowd.places[0].at
        column, row = int(x // cell_px), int(y // cell_px)
        nearest = _nearest(crowd, (cells.get((column + dx, row + dy), ()) for dx, dy in _AROUND))
        if nearest is None:
            kept.append(crowd)
            cells[column, row].append(crowd)
            continue
        nearest.places += crowd.places
        nearest.count += crowd.count
        nearest.radius = _radius(nearest.gravest, nearest.count, share)
    return kept


def _nearest(crowd: Crowd, around: Iterable[Iterable[Crowd]]) -> Crowd | None:
    """The nearest of the crowds that this one would overlap."""
    x, y = crowd.places[0].at
    found, least = None, math.inf
    for cell in around:
        for other in cell:
            other_x, other_y = other.places[0].at
            far = math.hypot(x - other_x, y - other_y)
            if far < least and far < crowd.radius + other.radius + RIM:
                found, least = other, far
    return found
