"""Which room on the map is taken, so that squares and names stand clear of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

CELL_PX = 160.0
Point = tuple[float, float]


class Box(msgspec.Struct, frozen=True):
    """A rectangle on the page: where its place is on the ground, its shift from there, half its width and height."""

    ground: Point
    shift: Point
    half: Point


class Room:
    """The boxes that are taken. ``scales`` are the enlargements of the ground at which nothing may overlap."""

    def __init__(self, scales: Sequence[float] = (1.0,)) -> None:
        self._scales = scales
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def is_free(self, box: Box, besides: Box | None = None) -> bool:
        """Whether nothing taken overlaps the box, one taken box aside."""
        return not any(other != besides and self._overlap(box, other) for other in self._near(box))

    def take(self, box: Box) -> None:
        """Take this room."""
        reach_x, reach_y = abs(box.shift[0]) + box.half[0], abs(box.shift[1]) + box.half[1]
        for cell in _cells(box.ground, reach_x, reach_y):
            self._cells[cell].append(box)

    def _near(self, box: Box) -> Iterator[Box]:
        reach_x, reach_y = abs(box.shift[0]) + box.half[0], abs(box.shift[1]) + box.half[1]
        for cell in _cells(box.ground, reach_x, reach_y):
            yield from self._cells[cell]

    def _overlap(self, one: Box, other: Box) -> bool:
        for scale in self._scales:
            gaps = (
                abs((one.ground[axis] - other.ground[axis]) * scale + one.shift[axis] - other.shift[axis])
                - one.half[axis]
                - other.half[axis]
                for axis in (0, 1)
            )
            if all(gap < 0 for gap in gaps):
                return True
        return False


def _cells(ground: Point, reach_x: float, reach_y: float) -> Iterator[tuple[int, int]]:
    """The cells within reach of a place."""
    x, y = ground
    for column in range(int((x - reach_x) // CELL_PX), int((x + reach_x) // CELL_PX) + 1):
        for row in range(int((y - reach_y) // CELL_PX), int((y + reach_y) // CELL_PX) + 1):
            yield column, row
