"""Spells as bars on a line of time: what is certain of each, what is not, and what has no place on the line."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

import msgspec

from according.records import Spell, SpellState


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One spell on the line. Each end is an interval of days, as precise as it is known; ``None`` is not told.

    Between ``start[1]`` and ``end[0]`` it is certain. ``ongoing`` has no end that was told.
    """

    holder: str | None
    state: SpellState
    start: tuple[date, date] | None
    end: tuple[date, date] | None
    ongoing: bool
    disputed: bool
    words: str


class Line(msgspec.Struct, frozen=True):
    """Bars by row, the first and last day of the line, and the spells that no date puts on it, in words."""

    bars: tuple[Bar, ...]
    first: date
    last: date
    undated: tuple[str, ...]

    @property
    def rows(self) -> list[str | None]:
        """The holders, in the order in which they first appear on the line."""
        return list(dict.fromkeys(bar.holder for bar in self.bars))

    def share(self, day: date) -> float:
        """Where a day stands on the line, from 0 to 1."""
        return (day - self.first) / max(self.last - self.first, timedelta(days=1))


def line_of(spells: Iterable[Spell], until: str | None = None) -> Line | None:
    """The bars of some spells, up to the day ``until`` at least; nothing when none of them has a date."""
    bars: list[Bar] = []
    undated: list[Bar] = []
    for spell in spells:
        bar = _bar(spell)
        (bars if bar.start or bar.end else undated).append(bar)
    days = [day for bar in bars for end in (bar.start, bar.end) if end for day in end]
    if not days:
        return None
    told = days_of(until) if until else None
    last = max([*days, told[1]] if told else days)
    margin = max((last - min(days)) / 12, timedelta(days=10))
    first = min(days) - (margin if any(bar.start is None for bar in bars) else margin / 6)
    if told is None and any(bar.ongoing for bar in bars):
        last += margin
    bars.sort(key=lambda bar: ((bar.start or bar.end or (first, first))[0], bar.holder or "", bar.state))
    return Line(tuple(bars), first, last, tuple(dict.fromkeys(bar.words for bar in undated)))


def days_of(said: str | None) -> tuple[date, date] | None:
    """The first and last day that an ISO date, possibly partial, may mean; nothing for one without a year."""
    pieces = (said or "").split("-")
    if not all(piece.isdigit() for piece in pieces) or len(pieces[0]) != 4:
        return None
    numbers = [int(piece) for piece in pieces]
    match numbers:
        case [year]:
            return date(year, 1, 1), date(year, 12, 31)
        case [year, month]:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        case [year, month, day]:
            return date(year, month, day), date(year, month, day)
    return None


def _bar(spell: Spell) -> Bar:
    ends = f"{spell.start or '?'} – {'…' if spell.ongoing else spell.end or '?'}"
    against = len(spell.claims_against)
    disputed = f", disputed by {against} claim{'s' if against > 1 else ''}" if against else ""
    return Bar(
        holder=spell.holder_name,
        state=spell.state,
        start=days_of(spell.start),
        end=days_of(spell.end),
        ongoing=spell.ongoing,
        disputed=bool(spell.claims_against),
        words=f"{spell.state} by {spell.holder_name or 'unknown'}, {ends}{disputed}",
    )
