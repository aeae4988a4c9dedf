"""The signs in the discs of incidents, one a kind, drawn in white around the middle of a disc."""

from __future__ import annotations

import math
from collections.abc import Callable

from according.maps.pen import Pen, Points

PAPER = "#ffffff"


def _scaled(points: Points, unit: float) -> list[tuple[float, float]]:
    return [(x * unit, y * unit) for x, y in points]


def _air(pen: Pen, unit: float) -> None:
    half = [
        (0, -9),
        (1.3, -6),
        (1.5, -2.5),
        (9, 2.4),
        (9, 4.4),
        (1.5, 2.4),
        (1.2, 6.2),
        (3.8, 8.2),
        (3.8, 9.4),
        (0, 8.4),
    ]
    pen.area(_scaled([*half, *((-x, y) for x, y in reversed(half))], unit), PAPER)


def _shelling(pen: Pen, unit: float) -> None:
    pen.area(_scaled([(0, -9), (2.6, -5.6), (3.2, -1), (3.2, 5), (-3.2, 5), (-3.2, -1), (-2.6, -5.6)], unit), PAPER)
    pen.area(_scaled([(-4.8, 9), (-3.2, 6.2), (3.2, 6.2), (4.8, 9)], unit), PAPER)


def _blast(pen: Pen, unit: float) -> None:
    star = [
        (math.sin(step * math.pi / 8) * far, -math.cos(step * math.pi / 8) * far)
        for step in range(16)
        for far in ((9.5 if step % 2 == 0 else 4.4),)
    ]
    pen.area(_scaled(star, unit), PAPER)


def _clash(pen: Pen, unit: float) -> None:
    for side in (-1, 1):
        pen.line(_scaled([(7 * side, -7), (-5 * side, 6)], unit), PAPER, 2.6 * unit)
        pen.line(_scaled([(-1.6 * side, 6.6), (-6.6 * side, 1.4)], unit), PAPER, 2.0 * unit)


def _killing(pen: Pen, unit: float) -> None:
    pen.ring(6.2 * unit, PAPER, 1.9 * unit)
    for x, y in ((0, -1), (0, 1), (-1, 0), (1, 0)):
        pen.line([(x * 3.2 * unit, y * 3.2 * unit), (x * 9 * unit, y * 9 * unit)], PAPER, 1.9 * unit)


def _capture(pen: Pen, unit: float) -> None:
    pen.arc((0, -3.55 * unit), (4.4 * unit, 5.05 * unit), (180, 360), PAPER, 2.2 * unit)
    pen.line([(-3.4 * unit, -3.4 * unit), (-3.4 * unit, -1 * unit)], PAPER, 2.1 * unit)
    pen.line([(3.4 * unit, -3.4 * unit), (3.4 * unit, -1 * unit)], PAPER, 2.1 * unit)
    pen.area(_scaled([(-6.4, -1.2), (6.4, -1.2), (6.4, 8), (-6.4, 8)], unit), PAPER)


def _unrest(pen: Pen, unit: float) -> None:
    pen.area(_scaled([(-8, -2.6), (-3, -2.6), (6, -7.6), (6, 6.6), (-3, 2.2), (-8, 2.2)], unit), PAPER)
    pen.line(_scaled([(-4.6, 3), (-3.2, 7.6)], unit), PAPER, 2.6 * unit)
    pen.line(_scaled([(8.6, -2.6), (8.6, 2)], unit), PAPER, 1.6 * unit)


def _none(_pen: Pen, _unit: float) -> None:
    """No sign: the plain disc of the legend."""


def _other(pen: Pen, unit: float) -> None:
    pen.line(_scaled([(0, -7), (0, 1.6)], unit), PAPER, 3.0 * unit)
    pen.line(_scaled([(0, 6.6), (0, 6.7)], unit), PAPER, 3.2 * unit)


SIGNS: dict[str, Callable[[Pen, float], None]] = {
    "air": _air,
    "shelling": _shelling,
    "blast": _blast,
    "clash": _clash,
    "killing": _killing,
    "capture": _capture,
    "unrest": _unrest,
    "other": _other,
    "none": _none,
}
