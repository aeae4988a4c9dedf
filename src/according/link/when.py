"""How the times of two claims or incidents compare: days apart, or what partial dates allow."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache

from according.records import TimeReading

_WEEK = 7


def is_bounded(time: TimeReading | None) -> bool:
    """Whether a reading has both of its ends."""
    return time is not None and time.earliest is not None and time.latest is not None


def days_apart(left: TimeReading, right: TimeReading) -> int | None:
    """Days between two readings, 0 when they meet; ``None`` when the words do not say.

    Partial dates ("--10-31") are compared within one year, the short way round; a weekday ("-W-5") is compared with a
    day by its weekday, and never says more than whether it fits (0) or not.
    """
    ends = _ends(left), _ends(right)
    if ends[0] and ends[1]:
        return _gap(ends[0], ends[1])
    return _partial_gap(left, right)


def length_days(time: TimeReading) -> int | None:
    """How many days a reading covers, or ``None`` when an end is open."""
    ends = _ends(time)
    return (ends[1] - ends[0]).days + 1 if ends else None


def _ends(time: TimeReading) -> tuple[date, date] | None:
    if time.earliest is None or time.latest is None:
        return None
    return _day(time.earliest), _day(time.latest)


@lru_cache(maxsize=16_384)
def _day(said: str) -> date:
    return date.fromisoformat(said)


def _gap(left: tuple[date, date], right: tuple[date, date]) -> int:
    return max((right[0] - left[1]).days, (left[0] - right[1]).days, 0)


def _partial_gap(left: TimeReading, right: TimeReading) -> int | None:
    weekdays = _weekday(left), _weekday(right)
    if weekdays[0] is not None and weekdays[1] is not None:
        return min((weekdays[0] - weekdays[1]) % _WEEK, (weekdays[1] - weekdays[0]) % _WEEK)
    days = _day_of_year(left), _day_of_year(right)
    if days[0] is not None and days[1] is not None:
        apart = abs(days[0] - days[1])
        return min(apart, 365 - apart)
    return None


def _weekday(time: TimeReading) -> int | None:
    if time.partial and time.partial.startswith("-W-"):
        return int(time.partial[3:]) - 1
    if time.earliest and time.earliest == time.latest:
        return date.fromisoformat(time.earliest).weekday()
    return None


def _day_of_year(time: TimeReading) -> int | None:
    said = time.partial if time.partial and time.partial.startswith("--") else (time.latest if _is_day(time) else None)
    if said is None or len(said) < len("--10-31") or not said[-2:].isdigit() or "/" in said:
        return None
    month, day = (int(part) for part in said[-5:].split("-"))
    return date(2001, month, min(day, 28 if month == 2 else day)).timetuple().tm_yday


def _is_day(time: TimeReading) -> bool:
    return time.precision == "day" and time.latest is not None


def days_since(time: TimeReading, published: str) -> int | None:
    """Days from an event to a report of it, as few as their precision allows; negative when it came out before."""
    event, told = _last_day(time), month_end(published)
    if event is None or told is None:
        return None
    return (told - event).days


def _last_day(time: TimeReading) -> date | None:
    said = time.earliest or time.latest
    return month_end(said) if said else None


@lru_cache(maxsize=65_536)
def month_end(said: str) -> date | None:
    """The last day that an ISO date, possibly partial, may mean."""
    pieces = [int(piece) for piece in said[:10].split("-") if piece.isdigit()]
    match pieces:
        case [year]:
            return date(year, 12, 31)
        case [year, month]:
            return date(year, month, monthrange(year, month)[1])
        case [year, month, day]:
            return date(year, month, day)
    return None
