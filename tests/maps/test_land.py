"""What of an area is land: all of it inland, none of it at sea, and no more than the coast leaves."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from according.maps.land import Point, Polygon, on_land


def around(longitude: float, latitude: float, degrees: float) -> list[Point]:
    turns = [2 * math.pi * step / 24 for step in range(25)]
    return [(longitude + degrees * math.cos(turn), latitude + degrees * math.sin(turn)) for turn in turns]


def area(ring: tuple[Point, ...]) -> float:
    return abs(sum(one[0] * other[1] - other[0] * one[1] for one, other in pairwise(ring))) / 2


def covered(land: tuple[Polygon, ...]) -> float:
    return sum(area(outline) - sum(map(area, holes)) for outline, *holes in land)


@pytest.mark.parametrize("turned", [1, -1])
def test_inland_everything_is_land_over_as_many_tiles_as_it_reaches(turned: int) -> None:
    ring = around(18.0, 25.3, 1.5)[::turned]
    land = on_land(ring)
    assert len(land) > 1
    assert covered(land) == pytest.approx(area(tuple(ring)), rel=1e-3)
    assert all(polygon[0][0] == polygon[0][-1] for polygon in land)


def test_at_sea_nothing_is() -> None:
    assert on_land(around(18.0, 34.5, 0.3)) == ()


def test_on_a_coast_the_land_ends_at_the_water() -> None:
    ring = around(22.64, 32.77, 0.3)
    land = on_land(ring)
    points = [point for polygon in land for ring in polygon for point in ring]
    assert 0.4 < covered(land) / area(tuple(ring)) < 0.75
    assert max(latitude for _, latitude in points) < 32.96, "the coast at Derna, north of which is sea"
    assert min(latitude for _, latitude in points) == pytest.approx(32.47, abs=0.01)
