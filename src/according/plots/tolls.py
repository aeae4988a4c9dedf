"""Every source's figure of a toll in the order it was reported, with what the named rules make of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from according.plots.axis import number_ticks
from according.plots.scene import INK, PAPER, QUIET, RULE, Box, Disc, Fill, Item, Scene, Shape, Stroke, Words, shorten
from according.records import Figure, Report, Tally

WIDTH, LABEL, RIGHT = 1000.0, 330.0, 160.0
TOP, ROW = 104.0, 26.0
BLUE, ORANGE = "#0072b2", "#c25700"
_RULES = {"acled": "ACLED, the lowest", "ucdp": "UCDP, low – best – high", "two_sources": "two independent sources"}
_RULES |= {"airwars": "Airwars, minimum – maximum"}


def toll_picture(tally: Tally, title: str, reports: Mapping[str, Report]) -> Scene:
    """Draw a tally: a dot for an exact figure, a bar for a range, an arrow where it is open; then the rules."""
    figures = sorted(tally.figures, key=lambda one: (_day(one, reports) or "9", one.report, one.voice or "", one.claim))
    rules = [row for name in _RULES if (row := _rule(name, tally)) is not None]
    numbers = [number for one in figures for number in (one.low, one.high) if number is not None]
    ticks = number_ticks(max([*numbers, *(n for row in rules for n in row[1:] if isinstance(n, int)), 1]))
    bottom = TOP + ROW * (len(figures) + len(rules)) + 22
    heading = f"{tally.group} {tally.effect}, by source in the order of reports"
    items: list[Item] = [
        Words(20, 30, shorten(title, WIDTH - 40, 18), size=18, bold=True),
        Words(20, 52, heading, colour=QUIET),
        Words(20, TOP - 14, "reported", 12, colour=QUIET),
        Words(114, TOP - 14, "according to", 12, colour=QUIET),
    ]
    items += _grid(ticks, bottom)
    for index, figure in enumerate(figures):
        items += _figure(figure, TOP + ROW * index + 14, ticks[-1], reports)
    for index, (name, *bounds) in enumerate(rules):
        y = TOP + ROW * (len(figures) + index) + 36
        items += [Words(20, y + 5, name, 12, bold=True), *_range(bounds, y, ticks[-1])]
    return Scene(WIDTH, bottom + 40, f"{title}: {heading}", tuple(items))


def _day(figure: Figure, reports: Mapping[str, Report]) -> str | None:
    report = reports.get(figure.report)
    return report.published if report else None


def _rule(name: str, tally: Tally) -> tuple[str, int | None, int | None, int | None] | None:
    """A named rule's outcome, when it has one."""
    match tally.rules.get(name):
        case int(number):
            return _RULES[name], number, number, number
        case [low, best, high]:
            return (_RULES[name], low, best, high) if best is not None else None
        case [low, high]:
            return (_RULES[name], low, None, high) if low is not None else None
    return None


def _x(number: float, most: int) -> float:
    return LABEL + (WIDTH - LABEL - RIGHT) * number / most


def _grid(ticks: Sequence[int], bottom: float) -> Iterator[Item]:
    for tick in ticks:
        x = _x(tick, ticks[-1])
        yield Stroke(((x, TOP - 6), (x, bottom)), RULE)
        yield Words(x, bottom + 18, f"{tick:,}", 12, "middle", QUIET)


def _figure(figure: Figure, y: float, most: int, reports: Mapping[str, Report]) -> Iterator[Item]:
    yield Words(20, y + 5, _day(figure, reports) or "undated", 12, colour=QUIET)
    yield Words(114, y + 5, shorten(figure.voice or "the outlet", LABEL - 130), 13)
    low, high = figure.low, figure.high
    if low is None and high is None:
        yield Words(_x(0, most) + 4, y + 5, "number not told", 12, colour=QUIET)
        return
    left, right = _x(low or 0, most), _x(high if high is not None else low or 0, most)
    if high is None:
        yield Stroke(((left, y), (left + 34, y)), BLUE, 3)
        yield Shape(((left + 34, y - 6), (left + 44, y), (left + 34, y + 6)), BLUE)
    elif right > left:
        yield Stroke(((left, y), (right, y)), BLUE, 3)
    for number, x in ((low, left), (high, right)):
        if number is not None:
            yield Disc(x, y, 5, BLUE if low == high else PAPER, BLUE)
    end = left + 44 if high is None else right
    yield Words(end + 10, y + 5, _words(low, high), 12, backed=True)


def _words(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return f"up to {high:,}" if high is not None else f"{low or 0:,} or more"
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _range(bounds: Sequence[int | None], y: float, most: int) -> Iterator[Item]:
    low, best, high = bounds
    left, right = _x(low or 0, most), _x(high if high is not None else low or 0, most)
    yield Box(left, y - 4, max(right - left, 2), 8, Fill(ORANGE, "solid" if low == high else "rising"))
    if best is not None:
        x = _x(best, most)
        yield Shape(((x, y - 8), (x + 7, y), (x, y + 8), (x - 7, y)), INK)
    said = _words(low, high) if best is None or low == high else f"{_words(low, high)}, best {best:,}"
    yield Words(max(right, _x(best or 0, most)) + 12, y + 5, said, 12, backed=True)
