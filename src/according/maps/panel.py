"""What stands beside the map on the picture: who holds what, the incidents in words, and how to read the symbols."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec
from PIL import Image, ImageDraw

from according.maps import legend
from according.maps.data import IncidentMark, MapData
from according.maps.marks import numbers
from according.maps.symbols import Look, TownLook, draw
from according.maps.type import Face

INK, QUIET, RULE = "#1d1d1b", "#5f5c57", "#cfcbc3"
MAP_RATIO = 2.5  # pixels to a logical one on a full-size picture
MOST_LISTED = 40  # more never fit, and setting them takes time
Painter = Callable[[Image.Image, int, int], None]


class Item(msgspec.Struct, frozen=True):
    """One thing in the panel: its height, how to draw it at a place, and whether the next one must follow it."""

    height: int
    paint: Painter
    keeps_next: bool = False


class Column(msgspec.Struct, frozen=True):
    """A column of the panel, in pixels."""

    x: int
    y: int
    width: int
    height: int


def fill(image: Image.Image, data: MapData, columns: Sequence[Column], unit: float) -> None:
    """Draw the panel into its columns; where the incidents do not all fit, those with the lowest tolls are left out."""
    setter = _Setter(columns[0].width, unit)
    towns, reading = [*setter.towns(data), *setter.histories(data)], list(setter.reading(data))
    gravest = sorted(data.incidents, key=lambda mark: -1 if mark.size is None else mark.size, reverse=True)
    chosen = [mark.id for mark in gravest[:MOST_LISTED]]
    placed = _place_all(setter, data, [*towns], reading, columns)
    incidents = {mark.id: item for mark, item in setter.incidents(data, set(chosen), quote_lines=1)}
    for count in range(len(chosen), -1, -1) if placed is None else ():
        shown = [item for name, item in incidents.items() if name in set(chosen[:count])]
        listed = setter.incident_list(shown, len(data.incidents) - count)
        placed = _flow([*setter.towns(data), *listed, *reading], columns)
        if placed is not None:
            break
    for item, x, y in placed or _flow(reading, columns) or []:
        item.paint(image, x, y)


def _place_all(
    setter: _Setter, data: MapData, towns: Sequence[Item], reading: Sequence[Item], columns: Sequence[Column]
) -> list[tuple[Item, int, int]] | None:
    """Everything with as much of the quotes as fits; None when not even one line of each does."""
    if len(data.incidents) > MOST_LISTED:
        return None
    every = {mark.id for mark in data.incidents}
    for quote_lines in (4, 2, 1):
        items = [item for _, item in setter.incidents(data, every, quote_lines=quote_lines)]
        placed = _flow([*towns, *setter.incident_list(items, 0), *reading], columns)
        if placed is not None:
            return placed
    return None


def _flow(items: Sequence[Item], columns: Sequence[Column]) -> list[tuple[Item, int, int]] | None:
    """Where each item goes, column by column; None when they do not fit."""
    placed: list[tuple[Item, int, int]] = []
    rest = list(columns)
    column = rest.pop(0)
    y = column.y
    for index, item in enumerate(items):
        needed = item.height + (items[index + 1].height if item.keeps_next and index + 1 < len(items) else 0)
        if y + needed > column.y + column.height:
            if not rest:
                return None
            column = rest.pop(0)
            y = column.y
        placed.append((item, column.x, y))
        y += item.height
    return placed


def _nothing(_image: Image.Image, _x: int, _y: int) -> None:
    """Draw nothing."""


class _Setter:
    """Makes the items of the panel for one column width."""

    def __init__(self, width: int, unit: float) -> None:
        self.width, self.unit = width, unit
        self.ratio = 2.0 * unit
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
        for name, paint in sorted(data.actors.items()):
            held = [town for town in data.towns if name in town.holders and town.state == "held"]
            contested = [town for town in data.towns if name in town.holders and town.state == "contested"]
            besieged = [town for town in data.towns if name in town.besiegers]
            said = [
                f"{verb} {', '.join(town.spot.name for town in towns)}"
                for verb, towns in (("holds", held), ("contests", contested), ("besieges", besieged))
                if towns
            ]
            yield self.row(TownLook("held", (paint,), ()), [(self.strong, name), (self.plain, "; ".join(said))])
        yield self.space(18)

    def histories(self, data: MapData) -> Iterator[Item]:
        """What the reports tell of each town's past."""
        for town in data.towns:
            past = [line for line in town.lines if "since" not in line and "at the time" not in line]
            if past:
                words = f"{town.spot.name} before: {'; '.join(past)}"
                yield self.lines([(self.quiet, line) for line in self.quiet.wrap(words, self.width, 4)], 0, 26)

    def incidents(self, data: MapData, chosen: set[str], *, quote_lines: int) -> Iterator[tuple[IncidentMark, Item]]:
        """The chosen incidents in words, by number."""
        numbered = numbers(data)
        for mark in data.incidents:
            if mark.id in chosen:
                yield mark, self.incident(mark, str(numbered.get(mark.id, "")), quote_lines)

    def incident_list(self, shown: Sequence[Item], left_out: int) -> Iterator[Item]:
        """The heading, the incidents there is room for, and how many there is none for."""
        if not shown and not left_out:
            return
        yield self.heading("What is reported to have happened")
        yield from shown
        if left_out:
            words = f"and {left_out} more with lower tolls or none" if shown else f"{left_out} incidents"
            yield self.lines([(self.quiet, words)], 0, 12)
        yield self.space(18)

    def incident(self, mark: IncidentMark, number: str, quote_lines: int) -> Item:
        indent = self.px(62)
        room = self.width - indent
        texts = [(self.strong, line) for line in self.strong.wrap(f"{mark.title}, {mark.spot.name}", room, 2)]
        toll = f"{mark.toll[0].upper()}{mark.toll[1:]}"
        facts = ". ".join([mark.when, toll, *mark.attribution[:2]]) + "."
        texts += [(self.plain, line) for line in self.plain.wrap(facts, room, 3)]
        if mark.quotes:
            said = "  ".join(f"{quote.source}: “{quote.text}”" for quote in mark.quotes)
            texts += [(self.quiet, line) for line in self.quiet.wrap(said, room, quote_lines)]
        item = self.lines(texts, indent, 16)

        def paint(image: Image.Image, x: int, y: int) -> None:
            item.paint(image, x, y)
            Face(self.strong.size, "#b3261e", bold=True).draw(ImageDraw.Draw(image), x, y + self.strong.size, number)

        return Item(item.height, paint)

    def reading(self, data: MapData) -> Iterator[Item]:
        """How to read the symbols."""
        if not data.incidents and not data.towns:
            yield self.heading("Nothing to show")
            words = "These reports give no incident with a place finer than a country, and no town that anybody holds."
            yield self.lines([(self.plain, line) for line in self.plain.wrap(words, self.width)], 0, 12)
        if data.incidents:
            yield self.heading("How to read the incidents")
            yield from self.grid(legend.kind_looks(data))
            yield self.caption(legend.ABOUT_TOLL)
            yield self.sizes(legend.toll_looks(data))
            yield self.caption(legend.ABOUT_OUTLINE)
            yield from self.grid(legend.outline_looks(data, 10))
            yield self.caption(legend.ABOUT_RINGS)
            yield from self.grid(legend.ring_looks(data, 7))
        if any(town.besiegers for town in data.towns) or any(town.state == "contested" for town in data.towns):
            yield self.caption(legend.ABOUT_TOWNS)

    def heading(self, text: str) -> Item:
        def paint(image: Image.Image, x: int, y: int) -> None:
            canvas = ImageDraw.Draw(image)
            canvas.line([(x, y), (x + self.width, y)], fill=INK, width=self.px(3))
            self.head.draw(canvas, x, y + self.px(54), text)

        return Item(self.px(80), paint, keeps_next=True)

    def caption(self, text: str) -> Item:
        return self.lines([(self.quiet, line) for line in self.quiet.wrap(text, self.width)], 0, 8, before=10)

    def space(self, height: float) -> Item:
        return Item(self.px(height), _nothing)

    def lines(self, texts: Sequence[tuple[Face, str]], indent: int, after: float, before: float = 0) -> Item:
        """Lines of type under each other."""

        def paint(image: Image.Image, x: int, y: int) -> None:
            canvas = ImageDraw.Draw(image)
            y += self.px(before)
            for face, text in texts:
                face.draw(canvas, x + indent, y + face.size, text)
                y += round(face.size * 1.3)

        return Item(sum(round(face.size * 1.3) for face, _ in texts) + self.px(after + before), paint)

    def row(self, look: Look, texts: Sequence[tuple[Face, str]]) -> Item:
        """A symbol with wrapped type beside it."""
        indent = self.px(92)
        wrapped = [(face, line) for face, text in texts if text for line in face.wrap(text, self.width - indent, 3)]
        item = self.lines(wrapped, indent, 16)
        symbol = draw(look, self.ratio)

        def paint(image: Image.Image, x: int, y: int) -> None:
            image.paste(symbol, (x + self.px(34) - symbol.width // 2, y + self.px(34) - symbol.height // 2), symbol)
            item.paint(image, x, y)

        return Item(max(item.height, self.px(76)), paint)

    def grid(self, cells: Sequence[tuple[Look, str]]) -> Iterator[Item]:
        """Symbols with one line of type each, two to a row."""
        half = self.width // 2
        drawn = [(draw(look, self.ratio), text) for look, text in cells]
        for first in range(0, len(drawn), 2):
            pair = drawn[first : first + 2]
            height = max(self.px(54), *(symbol.height + self.px(4) for symbol, _ in pair))
            yield Item(height, self._pair_painter(pair, half, height))

    def _pair_painter(self, pair: Sequence[tuple[Image.Image, str]], half: int, height: int) -> Painter:
        def paint(image: Image.Image, x: int, y: int) -> None:
            canvas = ImageDraw.Draw(image)
            for index, (symbol, text) in enumerate(pair):
                left, middle = x + index * half, y + height // 2
                image.paste(symbol, (left + self.px(38) - symbol.width // 2, middle - symbol.height // 2), symbol)
                lines = self.quiet.wrap(text, half - self.px(92), 2)
                top = middle - round(len(lines) * self.quiet.size * 1.15 / 2)
                for number, line in enumerate(lines):
                    baseline = top + round((number + 0.8) * self.quiet.size * 1.15)
                    self.quiet.draw(canvas, left + self.px(84), baseline, line)

        return paint

    def sizes(self, looks: Sequence[tuple[Look, str]]) -> Item:
        """Discs for some tolls, each with its number."""
        drawn = [(draw(look, MAP_RATIO * self.unit), words.replace(" or more", "+")) for look, words in looks]
        height = max(symbol.height for symbol, _ in drawn) + self.px(8)

        def paint(image: Image.Image, x: int, y: int) -> None:
            canvas = ImageDraw.Draw(image)
            for symbol, text in drawn:
                image.paste(symbol, (x, y + (height - symbol.height) // 2), symbol)
                x += symbol.width + self.px(4)
                self.quiet.draw(canvas, x, y + height // 2 + round(self.quiet.size * 0.35), text)
                x += round(self.quiet.width(text)) + self.px(26)

        return Item(height, paint)
