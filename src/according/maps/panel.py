"""What stands beside the map on the picture: who holds what, the incidents in words, and how to read the symbols."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from according.maps import legend, words
from according.maps.crowding import gravity
from according.maps.data import IncidentMark, MapData, TownMark
from according.maps.marks import Symbol
from according.maps.surface import Surface
from according.maps.symbols import IncidentLook, Look, TownLook, side_of
from according.maps.type import Face

INK, QUIET, RULE = "#1d1d1b", "#5f5c57", "#cfcbc3"
MAP_RATIO = 2.5  # pixels to a logical one on a full-size picture
FEW_ACTORS = 4  # more are listed in two columns
CELLS_ABREAST = 3
LEAST_TYPE = 0.84
# What is tried in turn until everything fits: the size of type, the lines of quotes (0: none; -1: of those who are
# blamed, claim it or deny it only the names), and whether the towns' past is told.
FULL_TYPE = ((1.0, 8, True), (1.0, 4, True), (1.0, 2, True), (1.0, 1, True), (1.0, 1, False), (1.0, 0, False))
SMALL_TYPE = tuple((share, lines, False) for lines in (0, -1) for share in (0.96, 0.92, 0.88, LEAST_TYPE))
MOST_LISTED = 40  # more never fit, and setting them takes time
Painter = Callable[[Surface, int, int], None]


class Item(msgspec.Struct, frozen=True):
    """One thing in the panel: its height, how to draw it at a place, and whether the next one must follow it."""

    height: int
    paint: Painter
    keeps_next: bool = False


Placed = list[tuple[Item, int, int]]
"""Items with the places of their upper left corners."""


class Entry(msgspec.Struct, frozen=True):
    """One mark's entry: its number on the map, and its incidents, gravest first."""

    number: int | None
    incidents: tuple[IncidentMark, ...]


class Column(msgspec.Struct, frozen=True):
    """A column of the panel, in pixels."""

    x: int
    y: int
    width: int
    height: int


def fill(surface: Surface, data: MapData, symbols: Sequence[Symbol], columns: Sequence[Column], unit: float) -> None:
    """Draw the panel into its columns: everything, else ever less of the quotes, else the gravest incidents only."""
    entries = _entries(data, symbols)
    placed = _whole(data, entries, columns, unit) if len(data.incidents) <= MOST_LISTED else None
    if placed is None:
        placed = _gravest(_Setter(columns[0].width, unit, LEAST_TYPE), data, entries, columns)
    for item, x, y in placed or ():
        item.paint(surface, x, y)


def _whole(data: MapData, entries: Sequence[Entry], columns: Sequence[Column], unit: float) -> Placed | None:
    """Every incident, with as much of what is told of it as there is room for; None where there is no room for all."""

    def set_in(share: float, quote_lines: int, *, has_past: bool) -> Placed | None:
        setter = _Setter(columns[0].width, unit, share)
        told = [*setter.towns(data), *(setter.histories(data) if has_past else ())]
        listed = [item for entry in entries for item in setter.entry(entry, quote_lines)]
        return _flow([*told, *setter.incident_list(listed, 0), *_together(setter.reading(data))], columns)

    least = FULL_TYPE[-1]
    is_roomy = set_in(least[0], least[1], has_past=least[2]) is not None
    for share, quote_lines, has_past in FULL_TYPE if is_roomy else SMALL_TYPE:
        placed = set_in(share, quote_lines, has_past=has_past)
        if placed is not None:
            return placed
    return None


def _gravest(setter: _Setter, data: MapData, entries: Sequence[Entry], columns: Sequence[Column]) -> Placed | None:
    """As many of the gravest incidents as there is room for, each in few lines."""
    towns, reading = list(setter.towns(data)), _together(setter.reading(data))
    items = [(entry, list(setter.entry(entry, -1))) for entry in entries[:MOST_LISTED]]
    for count in range(len(items), -1, -1):
        listed = [item for _, group in items[:count] for item in group]
        left_out = len(data.incidents) - sum(len(entry.incidents) for entry, _ in items[:count])
        placed = _flow([*towns, *setter.incident_list(listed, left_out), *reading], columns)
        if placed is not None:
            return placed
    return _flow(reading, columns) or _flow(list(setter.reading(data)), columns)


def _entries(data: MapData, symbols: Sequence[Symbol]) -> list[Entry]:
    """What each mark of incidents stands for, the gravest first."""
    marks = {mark.id: mark for mark in data.incidents}
    entries = [
        Entry(symbol.look.number, tuple(marks[name] for name in symbol.ids))
        for symbol in symbols
        if isinstance(symbol.look, IncidentLook)
    ]
    return sorted(entries, key=lambda entry: gravity(entry.incidents[0]))


def _flow(items: Sequence[Item], columns: Sequence[Column]) -> Placed | None:
    """Where each item goes, column by column; None when they do not fit."""
    placed: Placed = []
    rest = list(columns)
    column = rest.pop(0)
    y = column.y
    for index, item in enumerate(items):
        needed = item.height
        for before, after in pairwise(items[index:]):
            if not before.keeps_next:
                break
            needed += after.height
        if y + needed > column.y + column.height:
            if not rest:
                return None
            column = rest.pop(0)
            y = column.y
        placed.append((item, column.x, y))
        y += item.height
    return placed


def _together(items: Iterable[Item]) -> list[Item]:
    """Items that stay in one column."""
    found = list(items)
    return [msgspec.structs.replace(item, keeps_next=True) for item in found[:-1]] + found[-1:]


def _facts(mark: IncidentMark) -> str:
    return " ".join(f"{text[0].upper()}{text[1:]}." for text in (mark.when, mark.toll))


def _told_of(name: str, towns: Iterable[TownMark]) -> str:
    """What a party is said to hold, claims, contests and besieges."""
    told: dict[str, list[str]] = {"holds": [], "claims": [], "contests": [], "besieges": []}
    for town in towns:
        here = f"{town.spot.name} (others say otherwise)" if town.denied else town.spot.name
        if name in town.besiegers:
            told["besieges"].append(town.spot.name)
        elif name in town.holders:
            held = "claims" if name in town.claimed else "holds"
            told["contests" if town.state == "contested" else held].append(here)
    return "; ".join(f"{verb} {', '.join(names)}" for verb, names in told.items() if names)


def _nothing(_surface: Surface, _x: int, _y: int) -> None:
    """Draw nothing."""


class _Setter:
    """Makes the items of the panel for one column width."""

    def __init__(self, width: int, unit: float, share: float) -> None:
        self.width, self.unit = width, unit * share
        self.ratio = 2.0 * self.unit
        self.map_ratio = MAP_RATIO * unit  # the discs of the scale of tolls are as large as the map's
        self.head = Face(self.px(40), INK, bold=True)
        self.strong = Face(self.px(31), INK, bold=True)
        self.plain = Face(self.px(29), INK)
        self.quiet = Face(self.px(27), QUIET)

    def px(self, size: float) -> int:
        return max(1, round(size * self.unit))

    def towns(self, data: MapData) -> Iterator[Item]:
        """Who holds, besieges and contests what."""
        if not data.towns:
            return
        yield self.heading("Who is said to hold which town")
        across = 2 if len(data.actors) > FEW_ACTORS else 1
        rows = []
        for name, paint in sorted(data.actors.items()):
            said = _told_of(name, data.towns)
            if not said:
                continue  # a party of another day
            texts = [(self.strong, name), (self.plain, said)]
            rows.append(self.row(TownLook("held", (paint,), ()), texts, self.width // across))
        for first in range(0, len(rows), across):
            yield self.abreast(rows[first : first + across])
        yield self.space(18)

    def histories(self, data: MapData) -> Iterator[Item]:
        """What the reports tell of each town's past."""
        for town in data.towns:
            past = [line for line in town.lines if "since" not in line and "at the time" not in line]
            if past:
                told = f"{town.spot.name} before: {'; '.join(past)}"
                yield self.lines([(self.quiet, line) for line in self.quiet.wrap(told, self.width, 4)], 0, 26)

    def entry(self, entry: Entry, quote_lines: int) -> Iterator[Item]:
        """A mark's incidents in words; several have a line that says so."""
        indent = self.px(62)
        if len(entry.incidents) > 1:
            names = dict.fromkeys(mark.spot.name for mark in entry.incidents)
            told = words.tolls(((mark.least, mark.most) for mark in entry.incidents), len(entry.incidents))
            text = f"{', '.join(names)}: {told}"
            lines = [(self.strong, line) for line in self.strong.wrap(text, self.width - indent, 2)]
            yield msgspec.structs.replace(self.with_number(self.lines(lines, indent, 6), entry.number), keeps_next=True)
        if len(entry.incidents) > 1 and quote_lines < 0:
            room = self.width - indent
            said = [(f"{mark.title}, {mark.spot.name}: {_facts(mark)}", mark) for mark in entry.incidents]
            brief = [line for each, mark in said for line in self.brief(each, mark, room)]
            yield self.lines([(self.plain, self.plain.cut(line, room)) for line in brief], indent, 8)
            return
        for mark in entry.incidents:
            yield self.incident(mark, entry.number if len(entry.incidents) == 1 else None, quote_lines)

    def incident_list(self, shown: Sequence[Item], left_out: int) -> Iterator[Item]:
        """The heading, the incidents there is room for, and how many there is none for."""
        if not shown and not left_out:
            return
        yield self.heading("What is reported to have happened")
        yield from shown
        if left_out:
            more = f"and {left_out} more with lower tolls or none" if shown else f"{left_out} incidents"
            yield self.lines([(self.quiet, more)], 0, 12)
        yield self.space(18)

    def incident(self, mark: IncidentMark, number: int | None, quote_lines: int) -> Item:
        """One incident; with ``quote_lines`` below 0 in two lines, or in one where there is room."""
        indent = self.px(62)
        room = self.width - indent
        title = f"{mark.title}, {mark.spot.name}"
        if quote_lines < 0:
            lines = [self.plain.cut(line, room) for line in self.brief(_facts(mark), mark, room)]
            beside = self.strong.width(f"{title}  ")
            if len(lines) == 1 and beside + self.plain.width(lines[0]) <= room:
                return self.with_number(self.beside(title, lines[0], indent), number)
            texts = [(self.strong, self.strong.cut(title, room)), *((self.plain, line) for line in lines)]
            return self.with_number(self.lines(texts, indent, 8), number)
        texts = [(self.strong, line) for line in self.strong.wrap(title, room, 2)]
        facts = " ".join([_facts(mark), *(f"{each}." for each in mark.attribution[:2])])
        texts += [(self.plain, line) for line in self.plain.wrap(facts, room, 3)]
        if quote_lines > 0:
            figures = "; ".join(mark.figures[:2])
            texts += [(self.plain, line) for line in self.plain.wrap(figures, room, 1 + quote_lines) if figures]
            said = "  ".join(f"{quote.source}: “{quote.text}”" for quote in mark.quotes)
            texts += [(self.quiet, line) for line in self.quiet.wrap(said, room, quote_lines)]
        return self.with_number(self.lines(texts, indent, 16), number)

    def brief(self, told: str, mark: IncidentMark, room: int) -> list[str]:
        """What is told in a line, and behind it or in a second one who is said to have done it."""
        if not mark.parties:
            return [told]
        parties = "; ".join(mark.parties)
        parties = f"{parties[0].upper()}{parties[1:]}."
        whole = f"{told} {parties}"
        return [whole] if self.plain.width(whole) <= room else [told, parties]

    def beside(self, title: str, told: str, indent: int) -> Item:
        """A title, and what is told behind it in the same line."""
        start = indent + self.strong.width(f"{title}  ")

        def paint(surface: Surface, x: int, y: int) -> None:
            surface.text(self.strong, x + indent, y + self.strong.size, title)
            surface.text(self.plain, x + start, y + self.strong.size, told)

        return Item(round(self.strong.size * 1.3) + self.px(8), paint)

    def with_number(self, item: Item, number: int | None) -> Item:
        """The item with a mark's number before it."""

        def paint(surface: Surface, x: int, y: int) -> None:
            item.paint(surface, x, y)
            face = Face(self.strong.size, "#b3261e", bold=True)
            surface.text(face, x, y + face.size, "" if number is None else str(number))

        return Item(item.height, paint)

    def reading(self, data: MapData) -> Iterator[Item]:
        """How to read the symbols."""
        if not data.incidents and not data.towns:
            yield self.heading("Nothing to show")
            told = "These reports give no incident with a place finer than a country, and no town that anybody holds."
            yield self.lines([(self.plain, line) for line in self.plain.wrap(told, self.width)], 0, 12)
        if data.incidents:
            yield self.heading("How to read the incidents")
            yield from self.grid(legend.kind_looks(data))
            yield self.caption(legend.ABOUT_TOLL)
            yield self.sizes(legend.toll_looks(data))
            yield self.caption(f"{legend.ABOUT_OUTLINE}. {legend.ABOUT_RINGS}. {legend.ABOUT_SURE}")
            looks = [*legend.outline_looks(data, 10), *legend.ring_looks(data, 7), *legend.sure_looks(data, 10)]
            yield from self.grid(looks)
        if data.towns:
            yield self.caption(legend.ABOUT_HOLDS)
            yield from self.grid(legend.hold_looks(data.towns))
        if data.areas_km is not None:
            yield self.caption(legend.ABOUT_AREAS.format(km=data.areas_km))

    def heading(self, text: str) -> Item:
        def paint(surface: Surface, x: int, y: int) -> None:
            surface.line([(x, y), (x + self.width, y)], INK, self.px(3))
            surface.text(self.head, x, y + self.px(54), text)

        return Item(self.px(80), paint, keeps_next=True)

    def caption(self, text: str) -> Item:
        return self.lines([(self.quiet, line) for line in self.quiet.wrap(text, self.width)], 0, 8, before=10)

    def space(self, height: float) -> Item:
        return Item(self.px(height), _nothing)

    def lines(self, texts: Sequence[tuple[Face, str]], indent: int, after: float, before: float = 0) -> Item:
        """Lines of type under each other."""

        def paint(surface: Surface, x: int, y: int) -> None:
            y += self.px(before)
            for face, text in texts:
                surface.text(face, x + indent, y + face.size, text)
                y += round(face.size * 1.3)

        return Item(sum(round(face.size * 1.3) for face, _ in texts) + self.px(after + before), paint)

    def abreast(self, items: Sequence[Item]) -> Item:
        """Items beside each other, in equal parts of the width."""

        def paint(surface: Surface, x: int, y: int) -> None:
            for index, item in enumerate(items):
                item.paint(surface, x + index * self.width // len(items), y)

        return Item(max(item.height for item in items), paint)

    def row(self, look: Look, texts: Sequence[tuple[Face, str]], width: int) -> Item:
        """A symbol with wrapped type beside it."""
        indent = self.px(92)
        room = width - indent - self.px(16)
        wrapped = [(face, line) for face, text in texts if text for line in face.wrap(text, room, 3)]
        item = self.lines(wrapped, indent, 12)

        def paint(surface: Surface, x: int, y: int) -> None:
            surface.symbol(look, self.ratio, x + self.px(34), y + self.px(34))
            item.paint(surface, x, y)

        return Item(max(item.height, self.px(76)), paint)

    def grid(self, cells: Sequence[tuple[Look, str]]) -> Iterator[Item]:
        """Symbols with one line of type each, three to a row."""
        part = self.width // CELLS_ABREAST
        for first in range(0, len(cells), CELLS_ABREAST):
            cells_here = cells[first : first + CELLS_ABREAST]
            height = max([self.px(68), *(side_of(look, self.ratio) + self.px(4) for look, _ in cells_here)])
            yield Item(height, self._cells_painter(cells_here, part, height))

    def _cells_painter(self, cells: Sequence[tuple[Look, str]], part: int, height: int) -> Painter:
        def paint(surface: Surface, x: int, y: int) -> None:
            for index, (look, text) in enumerate(cells):
                left, middle = x + index * part, y + height // 2
                surface.symbol(look, self.ratio, left + self.px(38), middle)
                aside = max(self.px(84), self.px(46) + side_of(look, self.ratio) // 2)
                lines = self.quiet.wrap(text, part - aside - self.px(8), 2)
                top = middle - round(len(lines) * self.quiet.size * 1.15 / 2)
                for number, line in enumerate(lines):
                    baseline = top + round((number + 0.8) * self.quiet.size * 1.15)
                    surface.text(self.quiet, left + aside, baseline, line)

        return paint

    def sizes(self, looks: Sequence[tuple[Look, str]]) -> Item:
        """Discs for some tolls, each with its number."""
        drawn = [(look, side_of(look, self.map_ratio), text.replace(" or more", "+")) for look, text in looks]
        rows: list[list[tuple[Look, int, str]]] = [[]]
        taken = 0
        for look, side, text in drawn:
            width = side + round(self.quiet.width(text)) + self.px(26)
            if rows[-1] and taken + width > self.width:
                rows.append([])
                taken = 0
            rows[-1].append((look, side, text))
            taken += width
        heights = [max(side for _, side, _ in row) + self.px(8) for row in rows]

        def paint(surface: Surface, x: int, y: int) -> None:
            for row, height in zip(rows, heights, strict=True):
                left = x
                for look, side, text in row:
                    surface.symbol(look, self.map_ratio, left + side // 2, y + height // 2)
                    left += side + self.px(4)
                    surface.text(self.quiet, left, y + height // 2 + round(self.quiet.size * 0.35), text)
                    left += round(self.quiet.width(text)) + self.px(26)
                y += height

        return Item(sum(heights), paint)
