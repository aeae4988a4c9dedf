"""Ticks: days of a calendar and round numbers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

_ROUND = (1, 2, 5)


def date_ticks(first: date, last: date, most: int = 9) -> list[tuple[date, str]]:
    """Some days between two with the words for them: years, months or days, whichever gives no more than ``most``."""
    for months in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600):
        if (last - first).days / 30.4 <= 2 and months == 1:
            step = max(1, -(-(last - first).days // most))
            days = [first + timedelta(days=step * number) for number in range((last - first).days // step + 1)]
            return [(day, day.isoformat()) for day in days]
        found = list(_months(first, last, months))
        if len(found) <= most:
            return [(day, f"{day.year}" if months >= 12 else day.isoformat()[:7]) for day in found]
    return [(first, first.isoformat()), (last, last.isoformat())]


def _months(first: date, last: date, step: int) -> Iterator[date]:
    number = -(-(first.year * 12 + first.month - 1 + (first.day > 1)) // step) * step
    while (day := date(number // 12, number % 12 + 1, 1)) <= last:
        yield day
        number += step


def number_ticks(most: float, count: int = 6) -> list[int]:
    """Round numbers from 0 to a little beyond ``most``."""
    step = next(one * 10**power for power in range(12) for one in _ROUND if one * 10**power * count >= most)
    return list(range(0, int(most) + step, step))
