"""A tally's bounds as they are shown: inclusive like those of its figures, where the rules give numbers as printed.

"More than 180 were killed" is a figure of 181 or more. The rules code what is printed, as the projects do that named
them: 180. A reader who sees both needs one of them to be said of the whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from according.records import Tally

Bounds = tuple[int | None, int | None]


def shown_bounds(tally: Tally) -> Bounds:
    """The lowest and the highest number that a tally's figures allow; None is open or unknown."""
    high = None if tally.open_ended else tally.high
    return _inclusive((tally.low, high), [(one.low, one.high) for one in tally.figures])


def shown_bounds_of_json(tally: dict[str, Any]) -> Bounds:
    """The same of a tally in the shape of the interface."""
    high = None if tally["open_ended"] else tally["high"]
    return _inclusive((tally["low"], high), [(one["low"], one["high"]) for one in tally.get("figures", ())])


def _inclusive(bounds: Bounds, figures: Iterable[Bounds]) -> Bounds:
    """Bounds without a number that only stands in "more than" or "fewer than" it."""
    low, high = bounds
    told = [one for one in figures if one != (None, None)]
    if low is not None and (low + 1, None) in told and not any(_allows(one, low) for one in told):
        low += 1
    if high is not None and (None, high - 1) in told and not any(_allows(one, high) for one in told):
        high -= 1
    return low, high


def _allows(figure: Bounds, number: int) -> bool:
    low, high = figure
    return (low is None or low <= number) and (high is None or number <= high)
