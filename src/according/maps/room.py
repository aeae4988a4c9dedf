"""Which room on the map is taken, so that squares and names stand clear of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

CELL_PX = 160.0
Point = tuple[float, float]
Frame = tuple[float, float, float, float]


class Box(msgspec.Struct, frozen=True):
    """A rectangle on the page: where its place is on the ground, its shift from there, half its width and height."""

    ground: Point
    shift: Point
    half: Point


class Room:
    """The boxes that are taken.

    ``scales`` are the enlargements of the ground at which nothing may overlap; ``frame`` (left, top, right, bottom on
    the ground) is the edge of the map, where it has one.
    """

    def __init__(self, scales: Sequence[float] = (1.0,), frame: Frame | None = None) -> None:
        self._scales, self._frame = scales, frame
        self._cells: dict[tuple[int, int], list[Box]] = defaultdict(list)

    def emptied(self) -> Room:
        """Room under the same rules with nothing taken."""
        return Room(self._scales, self._frame)

    def is_free(self, box: Box, besides: Box | None = None) -> bool:
        """Whether nothing taken overlaps the box, one taken box aside, and the map's edge does not cut it."""
        if self._frame and not _inside(box, self._frame):
            return False
        for cell in _cells(box):
            for other in self._cells.get(cell, ()):
                if self._overlap(box, other) and other != besides:
                    return False
        return True

    def take(self, box: Box) -> None:
        """Take this room."""
        for cell in _cells(box):
            self._cells[cell].append(box)

    def _overlap(self, one: Box, other: Box) -> bool:
        across, down = one.half[0] + other.half[0], one.half[1] + other.half[1]
        apart_x, apart_y = one.ground[0] - other.ground[0], one.ground[1] - other.ground[1]
        shift_x, shift_y = one.shift[0] - other.shift[0], one.shift[1] - other.shift[1]
        for scale in self._scales:
            if abs(apart_x * scale + shift_x) < across and abs(apart_y * scale + shift_y) < down:
                return True
        return False


def _inside(box: Box, frame: Frame) -> bool:
    x, y = box.ground[0] + box.shift[0], box.ground[1] + box.shift[1]
    left, top, right, bottom = frame
    across, down = box.half
    return left <= x - across and x + across <= right and top <= y - down and y + down <= bottom


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    """The cells within reach of a box's place, whatever the scale."""
    x, y = box.ground
    reach_x, reach_y = abs(box.shift[0]) + box.half[0], abs(box.shift[1]) + box.half[1]
    for column in range(int((x - reach_x) // CELL_PX), int((x + reach_x) // CELL_PX) + 1):
        for row in range(int((y - reach_y) // CELL_PX), int((y + reach_y) // CELL_PX) + 1):
            yield column, row
