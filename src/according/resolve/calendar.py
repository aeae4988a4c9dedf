"""Stretches of days, and how expressions of time move, narrow and bound them."""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

import msgspec

from according.records import TimePrecision, TimeReading

_FRAME = 2000
"""A leap year that stands in for the year a date was said without; no such year ever leaves this module."""

UNIT_DAYS = {"minute": 0, "hour": 0, "day": 1, "weekend": 7, "week": 7, "fortnight": 14, "month": 30, "year": 365}


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """Days from ``first`` to ``last``, both included; an open end is ``None``.

    ``yearless`` says that the year was not told: the days then stand in a year that means nothing.
    """

    first: date | None
    last: date | None
    precision: TimePrecision
    yearless: bool = False

    @property
    def is_day(self) -> bool:
        """Whether both ends are known and lie within a night of each other."""
        return self.first is not None and self.last is not None and (self.last - self.first).days <= 1


def day(year: int | None, month: int, number: int) -> Stretch | None:
    """One day, or ``None`` when the calendar has no such day."""
    if number > monthrange(year or _FRAME, month)[1]:
        return None
    one = date(year or _FRAME, month, number)
    return Stretch(first=one, last=one, precision="day", yearless=year is None)


def month(year: int | None, number: int) -> Stretch:
    """A whole month."""
    frame = year or _FRAME
    last = date(frame, number, monthrange(frame, number)[1])
    return Stretch(first=date(frame, number, 1), last=last, precision="month", yearless=year is None)


def year(number: int) -> Stretch:
    """A whole year."""
    return Stretch(first=date(number, 1, 1), last=date(number, 12, 31), precision="year")


def season(number: int, months: list[int]) -> Stretch:
    """A season by its first and last month; one that runs into the next year is named by the year it begins in."""
    last_year = number + (months[1] < months[0])
    last = date(last_year, months[1], monthrange(last_year, months[1])[1])
    return Stretch(first=date(number, months[0], 1), last=last, precision="season")


def narrowed(stretch: Stretch, twelfths: list[int]) -> Stretch:
    """The part of a month, season or year between two of its twelfths: "late 2014", "mid-April"."""
    if stretch.first is None or stretch.last is None or stretch.is_day:
        return stretch
    if stretch.precision == "year":
        first = date(stretch.first.year, twelfths[0] + 1, 1)
        return msgspec.structs.replace(
            stretch, first=first, last=month(stretch.first.year, twelfths[1]).last, precision="season"
        )
    days = (stretch.last - stretch.first).days + 1
    first = stretch.first + timedelta(days=days * twelfths[0] // 12)
    last = stretch.first + timedelta(days=days * twelfths[1] // 12 - 1)
    return msgspec.structs.replace(stretch, first=first, last=last)


def through_night(stretch: Stretch) -> Stretch:
    """A night belongs to two dates."""
    if stretch.precision != "day" or stretch.last is None or stretch.first != stretch.last:
        return stretch
    return msgspec.structs.replace(stretch, last=stretch.last + timedelta(days=1))


def spanning(first: Stretch, last: Stretch) -> Stretch:
    """From the beginning of one stretch to the end of another."""
    return msgspec.structs.replace(first, last=last.last, yearless=first.yearless or last.yearless)


def moved(stretch: Stretch, amount: int, unit: str) -> Stretch:
    """A stretch so many units later, or earlier when the amount is negative; as coarse as the unit."""
    if stretch.first is None or stretch.last is None:
        return Stretch(first=None, last=None, precision="none")
    if unit in {"day", "hour", "minute"}:
        by = timedelta(days=amount if unit == "day" else 0)
        return msgspec.structs.replace(stretch, first=stretch.first + by, last=stretch.last + by)
    if unit in {"week", "weekend", "fortnight"}:
        return _week(stretch.first + timedelta(days=amount * UNIT_DAYS[unit]), yearless=stretch.yearless)
    if unit == "month":
        index = stretch.first.year * 12 + stretch.first.month - 1 + amount
        found = month(_within(index // 12), index % 12 + 1)
        return msgspec.structs.replace(found, yearless=stretch.yearless)
    moved_year = year(_within(stretch.first.year + amount * (10 if unit == "decade" else 1)))
    return msgspec.structs.replace(moved_year, yearless=stretch.yearless)


def anniversary(stretch: Stretch, years: int) -> Stretch:
    """The same day of the year so many years before, or the same month."""
    if stretch.first is None or not stretch.is_day:
        return moved(stretch, -12 * years, "month") if stretch.precision == "month" else moved(stretch, -years, "year")
    same = day(_within(stretch.first.year - years), stretch.first.month, stretch.first.day)
    return same or moved(stretch, -years, "year")


def run_up(stretch: Stretch, amount: int, unit: str) -> Stretch:
    """The stretch of so many units that ends with this one: "over the past three days"."""
    if stretch.last is None:
        return stretch
    first = stretch.last - timedelta(days=max(1, amount * UNIT_DAYS.get(unit, 3650)))
    precision: TimePrecision = "day" if unit in {"hour", "minute", "day"} else "week" if unit == "week" else "month"
    return Stretch(first=first, last=stretch.last, precision=precision, yearless=stretch.yearless)


def weekday_by(stretch: Stretch, number: int, *, way: int) -> Stretch:
    """The weekday on or before the end of a stretch (``way`` -1), on or after it (1), or nearest to it (0)."""
    if stretch.last is None:
        return stretch
    back = (stretch.last.weekday() - number) % 7
    steps = -back if way < 0 else (7 - back) % 7 if way > 0 else (-back if back <= 3 else 7 - back)
    one = stretch.last + timedelta(days=steps)
    return Stretch(first=one, last=one, precision="day", yearless=stretch.yearless)


def lies_within(inner: Stretch, outer: Stretch) -> bool:
    """Whether one stretch of known ends lies in another."""
    if inner.first is None or inner.last is None or outer.first is None or outer.last is None:
        return False
    return outer.first <= inner.first and inner.last <= outer.last


def published_stretch(published: str | None) -> Stretch | None:
    """The days a report may have been published on, from an ISO date as precise as it is known."""
    pieces = [int(piece) for piece in (published or "")[:10].split("-") if piece.isdigit()]
    match pieces:
        case [number]:
            return year(number)
        case [number, which] if 1 <= which <= 12:
            return month(number, which)
        case [number, which, one] if 1 <= which <= 12:
            return day(number, which, one)
    return None


def reading(stretch: Stretch, partial: str | None) -> TimeReading:
    """A stretch as the record says it; without a year there are no bounds, only the partial date."""
    if stretch.yearless:
        return TimeReading(earliest=None, latest=None, partial=partial, precision=stretch.precision)
    return TimeReading(
        earliest=stretch.first.isoformat() if stretch.first else None,
        latest=stretch.last.isoformat() if stretch.last else None,
        partial=partial,
        precision=stretch.precision,
    )


def partial_of(stretch: Stretch) -> str:
    """A stretch as a partial date: "2017-10-31", "2017-10", "--10-31", "2014-04-11/2014-04-20"."""
    if stretch.first is None or stretch.last is None:
        known = stretch.first or stretch.last
        said = known.isoformat() if known else ""
        return f"{said}/.." if stretch.first else f"../{said}"
    ends = _short(stretch.first, stretch.last, yearless=stretch.yearless)
    return ends or (
        f"{_said(stretch.first, yearless=stretch.yearless)}/{_said(stretch.last, yearless=stretch.yearless)}"
    )


def open_partial(partial: str, bound: str) -> str:
    """A partial date as its preposition leaves it: "2023-04/..", "../2014", "2024-07-17~"."""
    match bound:
        case "since" | "after":
            return f"{partial.split('/', maxsplit=1)[0]}/.."
        case "by" | "until" | "before":
            return f"../{partial.rsplit('/', maxsplit=1)[-1]}"
        case "around":
            return f"{partial}~"
    return partial


def _short(first: date, last: date, *, yearless: bool) -> str | None:
    if first == last:
        return _said(first, yearless=yearless)
    if (first.year, first.month) == (last.year, last.month) and first.day == 1 and (last + timedelta(days=1)).day == 1:
        return _said(first, yearless=yearless)[:-3]
    if first == date(first.year, 1, 1) and last == date(first.year, 12, 31) and not yearless:
        return str(first.year)
    return None


def _said(one: date, *, yearless: bool) -> str:
    return f"--{one.month:02d}-{one.day:02d}" if yearless else one.isoformat()


def _week(one: date, *, yearless: bool) -> Stretch:
    first = one - timedelta(days=one.weekday())
    return Stretch(first=first, last=first + timedelta(days=6), precision="week", yearless=yearless)


def _within(number: int) -> int:
    return min(max(number, MINYEAR), MAXYEAR)
