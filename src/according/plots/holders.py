"""The bar timeline of a place's holders as a picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from according.plots.axis import date_ticks
from according.plots.bars import Bar, Line
from according.plots.fills import fills_of
from according.plots.scene import INK, QUIET, RULE, Box, Fill, Item, Scene, Shape, Stroke, Words, shorten
from according.records import SpellState

WIDTH, LABEL, RIGHT = 1000.0, 260.0, 40.0
TOP, ROW, AXIS = 74.0, 46.0, 34.0
HEIGHTS: dict[SpellState, float] = {"held": 20.0, "contested": 8.0, "besieged": 6.0, "unknown": 6.0}
STUB = 30.0  # how long a bar is drawn where an end is not told


def holder_picture(line: Line, title: str, note: str = "") -> Scene:
    """Draw a place's holders over time, a row each; what is not certain is drawn open, what is not told not at all."""
    rows = {holder: TOP + ROW * index for index, holder in enumerate(line.rows)}
    bottom = TOP + ROW * len(rows)
    items: list[Item] = [Words(20, 30, title, size=18, bold=True), Words(20, 50, note, size=12, colour=QUIET)]
    items += _grid(line, bottom)
    fills = fills_of(line.rows)
    for holder, top in rows.items():
        items.append(Words(LABEL - 14, top + 25, shorten(holder or "unknown", LABEL - 30), anchor="end"))
    for bar in line.bars:
        items += _bar(bar, line, rows[bar.holder], fills)
    items += _key(bottom + AXIS + 12)
    texts = [f"No dates told: {'; '.join(line.undated)}"] if line.undated else []
    items += [Words(20, bottom + AXIS + 58, shorten(text, WIDTH - 40, 12), size=12, colour=QUIET) for text in texts]
    height = bottom + AXIS + (74 if texts else 44)
    return Scene(WIDTH, height, title, tuple(items))


def _x(share: float) -> float:
    return LABEL + (WIDTH - LABEL - RIGHT) * share


def _grid(line: Line, bottom: float) -> list[Item]:
    items: list[Item] = []
    for day, words in date_ticks(line.first, line.last):
        x = _x(line.share(day))
        items += [Stroke(((x, TOP - 4), (x, bottom)), RULE), Words(x, bottom + 18, words, 12, "middle", QUIET)]
    return [*items, Stroke(((LABEL, bottom), (WIDTH - RIGHT, bottom)), QUIET)]


def _bar(bar: Bar, line: Line, top: float, fills: Mapping[str | None, Fill]) -> Iterator[Item]:
    height = HEIGHTS[bar.state]
    y = top + {"held": 10.0, "contested": 32.0, "besieged": 2.0}.get(bar.state, 32.0)
    left, right = _ends(bar, line)
    certain = (
        _x(line.share(bar.start[1])) if bar.start else left,
        _x(line.share(bar.end[0])) if bar.end else right,
    )
    fill = fills[bar.holder]
    solid = min(max(certain[0], left), right), max(min(certain[1], right), left)
    for start, end in ((left, solid[0]), (solid[1], right)):
        if end - start > 1.5:
            yield Box(start, y, end - start, height, fill, dashed=True)
    if solid[1] - solid[0] > 0 or right - left < 3:
        inner = fill if bar.state == "held" else Fill(fill.colour, "rising" if bar.state == "contested" else "solid")
        yield Box(solid[0], y, max(solid[1] - solid[0], 3.0), height, inner)
    yield from _marks(bar, left, right, y + height / 2)


def _ends(bar: Bar, line: Line) -> tuple[float, float]:
    """From where to where a bar is drawn; a stub towards an end that is not told."""
    end = _x(line.share(bar.end[1])) if bar.end else None
    start = _x(line.share(bar.start[0])) if bar.start else (end or LABEL) - STUB
    if end is None:
        known = _x(line.share(bar.start[1])) if bar.start else start
        end = _x(1.0) if bar.ongoing else min(_x(1.0), known + STUB)
    return start, max(end, start + 3)


def _marks(bar: Bar, left: float, right: float, middle: float) -> Iterator[Item]:
    if bar.start is None:
        yield Words(left - 4, middle + 5, "?", anchor="end")
    if bar.end is None and bar.ongoing:
        yield Shape(((right, middle - 6), (right + 9, middle), (right, middle + 6)), INK)
    elif bar.end is None:
        yield Words(right + 4, middle + 5, "?")
    if bar.disputed:
        yield Words(right + (12 if bar.ongoing else 5), middle + 5, "!", bold=True)


def _key(y: float) -> list[Item]:
    sample = Fill(INK)
    items: list[Item] = [
        Box(20, y, 26, 14, sample), Words(52, y + 12, "held", 12),
        Box(100, y + 2, 26, 10, Fill(INK, "rising")), Words(132, y + 12, "contested", 12),
        Box(212, y + 4, 26, 6, sample), Words(244, y + 12, "besieging", 12),
        Box(324, y, 26, 14, sample, dashed=True), Words(356, y + 12, "date not certain", 12),
        Words(478, y + 12, "?", 13), Words(490, y + 12, "not told", 12),
        Shape(((558, y + 1), (567, y + 7), (558, y + 13))), Words(573, y + 12, "goes on", 12),
        Words(640, y + 12, "!", 13, bold=True), Words(650, y + 12, "disputed", 12),
    ]  # fmt: skip
    return items
