"""The bar timeline of holders as lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from according.plots.bars import Bar, Line
from according.records import SpellState

SIGNS: dict[SpellState, str] = {"held": "█", "contested": "▒", "besieged": "▄", "unknown": "·"}
NOT_CERTAIN = "░"
KEY = "█ held  ▒ contested  ▄ besieging  ░ date not certain  ? not told  ▶ goes on  ! disputed"


def holder_lines(line: Line, width: int = 100) -> list[str]:
    """One line a spell, under its holder's name, over an axis of dates; as wide as asked for."""
    label = min(30, max(len(holder or "unknown") for holder in line.rows)) + 1
    room = max(20, width - label - 2)
    lines: list[str] = []
    for holder in line.rows:
        for number, bar in enumerate(one for one in line.bars if one.holder == holder):
            name = _shortened(holder or "unknown", label - 1) if number == 0 else ""
            lines.append(f"{name:<{label}}{_drawn(bar, line, room)}".rstrip())
    return [*lines, *_axis(line, label, room), KEY, *_undated(line)]


def _shortened(name: str, room: int) -> str:
    return name if len(name) <= room else f"{name[: room - 1].rstrip()}…"


def _drawn(bar: Bar, line: Line, room: int) -> str:
    cells = [" "] * (room + 2)

    def cell(share: float) -> int:
        return min(room - 1, max(0, round(share * (room - 1))))

    start = bar.start or None
    first = cell(line.share(start[0])) if start else max(0, cell(line.share((bar.end or (line.first,))[0])) - 4)
    last = cell(line.share(bar.end[1])) if bar.end else cell(1.0) if bar.ongoing else min(room - 1, first + 4)
    certain = cell(line.share(start[1])) if start else first, cell(line.share(bar.end[0])) if bar.end else last
    for at in range(first, max(last, first) + 1):
        cells[at] = SIGNS[bar.state] if certain[0] <= at <= max(certain[1], certain[0]) else NOT_CERTAIN
    if start is None:
        cells[first] = "?"
    if bar.end is None:
        cells[last] = "▶" if bar.ongoing else "?"
    if bar.disputed:
        cells[min(last + 1, room + 1)] = "!"
    return "".join(cells)


def _axis(line: Line, label: int, room: int) -> list[str]:
    first, last = line.first.isoformat(), line.last.isoformat()
    middle = (line.first + (line.last - line.first) / 2).isoformat()
    gap = room - len(first) - len(last)
    dates = f"{first}{middle:^{gap}}{last}" if gap > len(middle) + 2 else f"{first}{last:>{room - len(first)}}"
    return [" " * label + "─" * room, " " * label + dates]


def _undated(line: Line) -> Sequence[str]:
    return ["no dates are told for: " + "; ".join(line.undated)] if line.undated else []
