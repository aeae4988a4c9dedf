"""Which room on the map is taken, so that squares and names stand clear of each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

CELL_PX = 96.0
Point = tuple[float, float]
Frame = tuple[float, float, float, float]


class Box(msgspec.Struct, frozen=True):
    """A rectangle on the page: where its place is on the ground, its shift from there, half its width and height."""

    ground: Point
    shift: Point
    half: Point


# A box as numbers, which are compared very often: its place, its shift, half its width and height, and itself.
_Taken = tuple[float, float, float, float, float, float, Box]


class Room:
    """The boxes that are taken.

    ``scales`` are the enlargements of the ground at which nothing may overlap; ``frame`` (left, top, right, bottom on
    the ground) is the edge of the map, where it has one.
    """

    def __init__(self, scales: Sequence[float] = (1.0,), frame: Frame | None = None) -> None:
        self._scales, self._frame = scales, frame
        self._cells: dict[tuple[int, int], list[_Taken]] = defaultdict(list)

    def emptied(self) -> Room:
        """Room under the same rules with nothing taken."""
        return Room(self._scales, self._frame)

    def is_free(self, box: Box, besides: Box | None = None) -> bool:
        """Whether nothing taken overlaps the box, one taken box aside, and the map's edge does not cut it."""
        if self._frame and not _inside(box, self._frame):
            return False
        x, y, right, down, half_x, half_y, _ = _flat(box)
        for cell in _cells(box):
            for other_x, other_y, other_right, other_down, across, along, other in self._cells.get(cell, ()):
                for scale in self._scales:
                    if (
                        abs((x - other_x) * scale + right - other_right) < half_x + across
                        and abs((y - other_y) * scale + down - other_down) < half_y + along
                        and other != besides
                    ):
                        return False
        return True

    def take(self, box: Box) -> None:
        """Take this room."""
        taken = _flat(box)
        for cell in _cells(box):
            self._cells[cell].append(taken)


def _flat(box: Box) -> _Taken:
    return (*box.ground, *box.shift, *box.half, box)


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
