"""Which places share one mark at a scale: those whose discs would overlap, never others.

The mark stands on the gravest of its places, not somewhere between them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from according.maps.data import IncidentMark, MapData, Spot, TownMark
from according.maps.symbols import RIM, radius_of
from according.maps.view import ground

CELL_PX = 100.0  # more than the largest two discs need
LEAST_CROWD_RADIUS = 18.0  # room for a number and a span of tolls
# With more places each disc is drawn smaller, all by the same share, so that areas still compare.
SHRINK = ((1000, 0.45), (400, 0.55), (150, 0.7), (60, 0.85))
Point = tuple[float, float]


class Place(msgspec.Struct, frozen=True):
    """A place with its marks; ``at`` is where it falls on the ground in pixels of the scale."""

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
        return sorted((mark for place in self.places for mark in place.incidents), key=gravity)


def gravity(mark: IncidentMark) -> tuple[int, str, str]:
    """Sorts incidents: the highest toll first, unknown tolls last, then by date."""
    return -1 - mark.size if mark.size is not None else 0, mark.earliest or "9", mark.id


def places_of(data: MapData, zoom: float) -> list[Place]:
    """The places of a map, each with all its marks."""
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
        Place(spot, ground(spot.longitude, spot.latitude, zoom), tuple(incidents[key]), towns.get(key))
        for key, spot in spots.items()
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
    gravest, count = min(place.incidents, key=gravity), len(place.incidents)
    return Crowd([place], gravest, count, _radius(gravest, count, share))


def _radius(gravest: IncidentMark, count: int, share: float) -> float:
    full = radius_of(gravest.size)
    return round((max(full, LEAST_CROWD_RADIUS) if count > 1 else full) * share, 1)


def _rank(crowd: Crowd) -> tuple[tuple[int, str, str], int, str]:
    return gravity(crowd.gravest), -len(crowd.places), crowd.places[0].spot.name


def _merged(ranked: Sequence[Crowd], share: float) -> list[Crowd]:
    """Each crowd joined to the nearest graver one that it would overlap."""
    cells: dict[tuple[int, int], list[Crowd]] = defaultdict(list)
    kept: list[Crowd] = []
    for crowd in ranked:
        x, y = crowd.places[0].at
        column, row = int(x // CELL_PX), int(y // CELL_PX)
        around = [
            (_apart(crowd, other), other)
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in cells[column + dx, row + dy]
        ]
        overlapping = [(far, other) for far, other in around if far < crowd.radius + other.radius + RIM]
        if overlapping:
            nearest = min(overlapping, key=lambda each: each[0])[1]
            nearest.places += crowd.places
            nearest.count += crowd.count
            nearest.radius = _radius(nearest.gravest, nearest.count, share)
        else:
            kept.append(crowd)
            cells[column, row].append(crowd)
    return kept


def _apart(one: Crowd, other: Crowd) -> float:
    (x, y), (other_x, other_y) = one.places[0].at, other.places[0].at
    return float(((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5)
