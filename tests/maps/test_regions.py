"""Parts of a map: places belong together along chains without wide gaps, over the date line and at the poles too."""

from __future__ import annotations

import time
from random import Random

import pytest
from tests.maps import sample

from according.maps.data import map_data
from according.maps.regions import MOST_REGIONS, regions_of

Point = tuple[float, float]


def groups(points: list[Point]) -> list[list[str]]:
    """Which of some incidents at these longitudes and latitudes are in one region."""
    regions = regions_of(map_data(sample.shells(points)))
    return sorted(sorted(mark.id for mark in region.data.incidents) for region in regions)


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([(0, 0), (7, 0), (14, 0), (40, 0)], [["i0", "i1", "i2"], ["i3"]]),
        ([(179, 10), (-179, 10), (0, 10)], [["i0", "i1"], ["i2"]]),
        ([(0, 88), (180, 88), (0, 60)], [["i0", "i1"], ["i2"]]),
        ([(0, 0), (0, 8.0), (0, 16.2)], [["i0", "i1"], ["i2"]]),  # 890 km, then 912
    ],
)
def test_a_chain_without_wide_gaps_is_one_region(points: list[Point], expected: list[list[str]]) -> None:
    assert groups(points) == expected


def test_there_are_never_more_regions_than_panels_find_room() -> None:
    luck = Random(1)
    points = [(luck.uniform(-180, 180), luck.uniform(-60, 70)) for _ in range(40)]
    found = groups(points)
    assert len(found) <= MOST_REGIONS
    assert sorted(one for group in found for one in group) == sorted(f"i{number}" for number in range(40))


def test_many_places_far_apart_take_no_longer_than_they_have_to() -> None:
    luck = Random(2)
    centres = [(-100, 20), (-60, -10), (0, 15), (40, 30), (100, 15)]
    points = [(luck.gauss(x, 1), luck.gauss(y, 1)) for x, y in centres for _ in range(1000)]
    data = map_data(sample.shells(points))
    began = time.process_time()
    assert len(regions_of(data)) == len(centres)
    assert time.process_time() - began < 3
