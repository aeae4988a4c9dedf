"""The patterns that tell actors apart where colours do not: in print without colour, and for colour-blind readers."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

import msgspec

Point = tuple[float, float]
Stroke = tuple[float, float, float, float]
"""From x, y to x, y; a dot where both are one."""


class Pattern(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Strokes of one piece that repeats, in shares of it; ``piece`` and ``width`` in shares of a square's side."""

    piece: float
    width: float
    strokes: tuple[Stroke, ...]


@cache
def patterns() -> dict[str, Pattern]:
    """All patterns by name."""
    content = files("according.maps").joinpath("patterns.yaml").read_bytes()
    return msgspec.yaml.decode(content, type=dict[str, Pattern])


@cache
def strokes_in(name: str, corners: tuple[Point, ...]) -> tuple[Stroke, ...]:
    """The strokes of a pattern over the unit square as far as they lie in a convex part of it.

    ``corners`` go clockwise, y downwards.
    """
    pattern = patterns()[name]
    inset = pattern.width / 2  # the ends of strokes are round
    found = (_cut(stroke, corners, inset) for stroke in _repeated(pattern))
    return tuple(stroke for stroke in found if stroke)


def _repeated(pattern: Pattern) -> Iterator[Stroke]:
    """The strokes of all pieces, laid out from the middle of the square."""
    count = math.ceil(1 / pattern.piece) + 1
    start = 0.5 - count * pattern.piece / 2
    for column in range(count):
        for row in range(count):
            left, top = start + column * pattern.piece, start + row * pattern.piece
            for x1, y1, x2, y2 in pattern.strokes:
                yield _placed((x1, y1, x2, y2), left, top, pattern.piece)


def _placed(stroke: Stroke, left: float, top: float, side: float) -> Stroke:
    x1, y1, x2, y2 = stroke
    return left + x1 * side, top + y1 * side, left + x2 * side, top + y2 * side


def _cut(stroke: Stroke, corners: Sequence[Point], inset: float) -> Stroke | None:
    """The part of a stroke that lies so far inside all edges (Cyrus and Beck's way of cutting)."""
    x, y, end_x, end_y = stroke
    across, down = end_x - x, end_y - y
    first, last = 0.0, 1.0
    for (x1, y1), (x2, y2) in zip(corners, (*corners[1:], corners[0]), strict=True):
        length = math.hypot(x2 - x1, y2 - y1)
        inward = (y1 - y2) / length, (x2 - x1) / length
        depth = (x - x1) * inward[0] + (y - y1) * inward[1] - inset
        slope = across * inward[0] + down * inward[1]
        if abs(slope) < 1e-9:
            if depth < 0:
                return None
        elif slope > 0:
            first = max(first, -depth / slope)
        else:
            last = min(last, -depth / slope)
    if first > last:
        return None
    return x + first * across, y + first * down, x + last * across, y + last * down
