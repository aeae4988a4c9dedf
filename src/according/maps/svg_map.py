"""The basemap and the names of one map as elements of SVG, from the same tiles and in the same colours as the style.

Land and lakes are drawn with the margin that tiles have, so that no seam shows between them; lines are cut at the edge
of their tile, where the next tile goes on. Names stand where the marks leave room.
"""

from __future__ import annotations

import gzip
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape

import msgspec

from according.maps import basemap
from according.maps.marks import LINE_PX, TEXT_PX, TOWARD, Label, Layout
from according.maps.room import Box, Room
from according.maps.style import THEMES, marked
from according.maps.symbols import HatchLook
from according.maps.type import ARABIC, Face
from according.maps.vector import Feature, Layer, read_tile
from according.maps.view import View

Point = tuple[float, float]
Rectangle = tuple[float, float, float, float]
PLACE_PX = (14.0, 13.0, 12.0, 11.5, 11.0)  # by rank
AREA_PX = {"country": 14.0, "disputed": 11.0, "province": 10.5}
AREAS_FROM = {"country": 2, "disputed": 4, "province": 6}
SPACED = {"country": 0.14, "disputed": 0.08, "province": 0.08}
DOT_PX, DOT_RIM_PX = 2.2, 1.0
SIDES = ("left", "right", "top", "bottom")
WIDEST_LINE = 9.0  # of a name, in sizes of type, before it breaks
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
Lines = list[tuple[str, float]]
HALO = ' paint-order="stroke" stroke-linejoin="round" stroke="{}" stroke-width="{}"'


class _Tile(msgspec.Struct, frozen=True):
    """One tile: its layers, its left and top on the map, and the map's pixels in one of its own units."""

    layers: dict[str, Layer]
    left: float
    top: float
    side: float

    def at(self, point: Point, extent: int) -> Point:
        return self.left + point[0] * self.side / extent, self.top + point[1] * self.side / extent


def map_markup(layout: Layout, view: View, theme: str, covered: Iterable[Rectangle] = ()) -> Iterator[str]:
    """Everything of the map below its symbols: ground, lines, names, dots; no name in a covered box; logical pixels."""
    paint = THEMES[theme]
    tiles = list(_tiles(view))
    yield f'<rect width="{view.width:.0f}" height="{view.height:.0f}" fill="{paint["water"]}"/>'
    yield from _areas(tiles, "land", paint["land"], paint["shore"])
    yield from _hatches(layout, view)
    yield from _areas(tiles, "lakes", paint["water"], paint["shore"])
    yield from _lines(tiles, "province", f'stroke="{paint["province"]}" stroke-width="0.8"')
    yield from _lines(tiles, "country", f'stroke="{paint["country"]}" stroke-width="1.2"')
    yield from _lines(tiles, "disputed", f'stroke="{paint["disputed"]}" stroke-width="1.2" stroke-dasharray="3.6 2.6"')
    room = Room((1.0,), (0.0, 0.0, view.width, view.height))
    for left, top, right, bottom in covered:
        room.take(Box(((left + right) / 2, (top + bottom) / 2), (0, 0), ((right - left) / 2, (bottom - top) / 2)))
    for symbol in layout.symbols:
        room.take(Box(view.pixel(symbol.longitude, symbol.latitude), symbol.shift, (symbol.look.reach,) * 2))
    names = [line for label in layout.labels for line in _name(label, view, room, paint)]
    yield from _ground_names(tiles, marked(layout), room, paint, math.floor(view.zoom))
    for dot in layout.dots:
        x, y = view.pixel(dot.longitude, dot.latitude)
        rim = f'stroke="{paint["halo"]}" stroke-width="1.2"'
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.2" fill="{paint["mark"]}" {rim}/>'
    yield from names


def _hatches(layout: Layout, view: View) -> Iterator[str]:
    """The hatched areas; each look's pattern has the same name wherever it stands."""
    for look in sorted({hatch.look for hatch in layout.hatches}, key=_hatch_name):
        side = 2 * look.reach
        stroke = f'stroke="{look.colour}" stroke-width="{look.width:.2f}" stroke-linecap="round" fill="none"'
        moved = ([(x + look.reach, y + look.reach) for x, y in ends] for ends in look.strokes())
        lines = "".join(_path(ends) for ends in moved)
        size = f'width="{side:.2f}" height="{side:.2f}" patternUnits="userSpaceOnUse"'
        yield f'<pattern id="{_hatch_name(look)}" {size}><path d="{lines}" {stroke}/></pattern>'
    for hatch in layout.hatches:
        rings = (ring for polygon in hatch.land for ring in polygon)
        drawn = "".join(_path([view.pixel(*point) for point in ring]) + "Z" for ring in rings)
        yield f'<path d="{drawn}" fill="url(#{_hatch_name(hatch.look)})" fill-rule="evenodd"/>'


def _hatch_name(look: HatchLook) -> str:
    return f"hatch-{look.colour[1:]}-{look.pattern}"


def _tiles(view: View) -> Iterator[_Tile]:
    zoom = max(0, min(basemap.MAX_ZOOM, math.floor(view.zoom)))
    side = 512 * 2 ** (view.zoom - zoom)
    left, top, _, _ = view.frame()
    for x, y in basemap.covering(view.bounds(), zoom):
        content = basemap.tiles().get(zoom, x, y)
        if content:
            yield _Tile(read_tile(gzip.decompress(content)), x * side - left, y * side - top, side)


def _features(tiles: Iterable[_Tile], layer: str) -> Iterator[tuple[_Tile, int, Feature]]:
    for tile in tiles:
        found = tile.layers.get(layer)
        for feature in found.features if found else ():
            yield tile, found.extent if found else 0, feature


def _areas(tiles: Sequence[_Tile], layer: str, fill: str, shore: str) -> Iterator[str]:
    """Filled areas, and their edges where they are not merely the tile's."""
    for tile, extent, feature in _features(tiles, layer):
        drawn = "".join(_path([tile.at(point, extent) for point in line]) + "Z" for line in feature.lines)
        yield f'<path d="{drawn}" fill="{fill}" fill-rule="evenodd"/>'
    for tile, extent, feature in _features(tiles, layer):
        cut = "".join(_cut(line, tile, extent) for line in feature.lines)
        if cut:
            yield f'<path d="{cut}" fill="none" stroke="{shore}" stroke-width="0.8"/>'


def _lines(tiles: Sequence[_Tile], kind: str, stroke: str) -> Iterator[str]:
    drawn = "".join(
        _cut(line, tile, extent)
        for tile, extent, feature in _features(tiles, "lines")
        if feature.properties.get("kind") == kind
        for line in feature.lines
    )
    if drawn:
        yield f'<path d="{drawn}" fill="none" stroke-linejoin="round" {stroke}/>'


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _cut(line: Sequence[Point], tile: _Tile, extent: int) -> str:
    """A line as far as it lies within its tile."""
    pieces: list[list[Point]] = []
    for start, end in pairwise(line):
        kept = _within(start, end, extent)
        if kept is None:
            continue
        if pieces and pieces[-1][-1] == kept[0]:
            pieces[-1].append(kept[1])
        else:
            pieces.append(list(kept))
    return "".join(_path([tile.at(point, extent) for point in piece]) for piece in pieces)


def _within(start: Point, end: Point, extent: int) -> tuple[Point, Point] | None:
    """The part of a stretch inside the tile (Liang and Barsky's way of cutting)."""
    first, last = 0.0, 1.0
    run = (end[0] - start[0], end[1] - start[1])
    for axis in (0, 1):
        for slope, gap in ((-run[axis], start[axis]), (run[axis], extent - start[axis])):
            if slope == 0:
                if gap < 0:
                    return None
            elif slope < 0:
                first = max(first, gap / slope)
            else:
                last = min(last, gap / slope)
    if first >= last:
        return None

    def at(share: float) -> Point:
        return start[0] + share * run[0], start[1] + share * run[1]

    return (start if first == 0 else at(first)), (end if last == 1 else at(last))


def _name(label: Label, view: View, room: Room, paint: dict[str, str]) -> Iterator[str]:
    """The name of a mark, at the place that the layout gave it."""
    lines = [(label.name, TEXT_PX * 1.0), *([(label.local, TEXT_PX * 0.92)] if label.local else [])]
    half_x = max(_width(text, size, bold=True) for text, size in lines) / 2 + 2
    half = (half_x, LINE_PX * len(lines) / 2)
    x, y = view.pixel(label.longitude, label.latitude)
    toward = TOWARD[label.anchor]
    middle = (label.shift[0] + toward[0] * half[0], label.shift[1] + toward[1] * half[1])
    room.take(Box((x, y), middle, half))
    side = next((side for side in ("left", "right") if label.anchor.endswith(side)), "middle")
    yield from _set(lines, (x + middle[0], y + middle[1]), half, side, paint["mark"], paint["halo"], bold=True)


def _ground_names(
    tiles: Sequence[_Tile], named: Iterable[int], room: Room, paint: dict[str, str], zoom: int
) -> Iterator[str]:
    """The names of countries, disputed areas, places and provinces, in the order in which they take their room."""
    taken = set(named)
    areas = sorted(_points(tiles, "areas"), key=lambda each: ("country", "disputed", "province").index(each[1]["kind"]))
    for at, properties in areas:
        kind = properties["kind"]
        if kind != "province" and zoom >= AREAS_FROM[kind]:
            yield from _area_name(at, properties, room, paint)
    for at, properties in sorted(_points(tiles, "places"), key=lambda each: (each[1]["rank"], each[1]["name"])):
        if properties.get("id") not in taken:
            yield from _place_name(at, properties, room, paint)
    for at, properties in areas:
        if properties["kind"] == "province" and zoom >= AREAS_FROM["province"]:
            yield from _area_name(at, properties, room, paint)


def _points(tiles: Iterable[_Tile], layer: str) -> Iterator[tuple[Point, dict[str, Any]]]:
    """The points of a layer, each from the tile it lies in."""
    for tile, extent, feature in _features(tiles, layer):
        x, y = feature.lines[0][0]
        if 0 <= x < extent and 0 <= y < extent:
            yield tile.at((x, y), extent), feature.properties


def _area_name(at: Point, properties: dict[str, Any], room: Room, paint: dict[str, str]) -> Iterator[str]:
    kind, name = properties["kind"], properties["name"]
    size = AREA_PX[kind]
    words = name.upper() if kind == "country" else name
    lines = [(line, size) for line in _broken(words, size)]
    lines += [(properties["local"], size * 0.92)] if properties.get("local") else []
    spaced = SPACED[kind] * size
    half = _half(lines, spaced)
    if room.is_free(Box(at, (0, 0), half)):
        room.take(Box(at, (0, 0), half))
        colour = paint["area"] if kind == "province" else paint["quiet"]
        yield from _set(lines, at, half, "middle", colour, paint["halo"], spaced=spaced)


def _place_name(at: Point, properties: dict[str, Any], room: Room, paint: dict[str, str]) -> Iterator[str]:
    size = PLACE_PX[min(int(properties["rank"]), len(PLACE_PX) - 1)]
    lines = [(line, size) for line in _broken(properties["name"], size)]
    lines += [(properties["local"], size * 0.92)] if properties.get("local") else []
    half = _half(lines, 0.0)
    for side in SIDES:
        toward = TOWARD[side]
        gap = 0.45 * size
        middle = (toward[0] * (half[0] + gap), toward[1] * (half[1] + gap))
        box = Box(at, middle, (half[0] + 4, half[1] + 4))
        if room.is_free(box) and room.is_free(Box(at, (0, 0), (DOT_PX + 1, DOT_PX + 1))):
            room.take(box)
            rim = f'stroke="{paint["halo"]}" stroke-width="{DOT_RIM_PX}"'
            yield f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{DOT_PX}" fill="{paint["place"]}" {rim}/>'
            placed = (at[0] + middle[0], at[1] + middle[1])
            justified = side if side in ("left", "right") else "middle"
            yield from _set(lines, placed, half, justified, paint["place"], paint["halo"])
            return


def clean(text: str) -> str:
    """Text as it may stand in a document."""
    return escape(NOT_XML.sub("", text))


def _half(lines: Lines, spaced: float) -> Point:
    across = max(_width(text, size) + spaced * len(text) for text, size in lines) / 2
    return across + 2, sum(size * 1.2 for _, size in lines) / 2


def _broken(words: str, size: float) -> list[str]:
    """A name in as many lines as it needs."""
    return Face(round(size * 8), "").wrap(words, WIDEST_LINE * size * 8) or [words]


def _width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide type of a broken size is, measured at eight times the size."""
    return Face(round(size * 8), "", bold=bold).width(text) / 8


def _set(  # noqa: PLR0913
    lines: Lines,
    middle: Point,
    half: Point,
    side: str,
    colour: str,
    halo: str,
    *,
    bold: bool = False,
    spaced: float = 0,
) -> Iterator[str]:
    """Lines of a name around a middle, flush with the side that is nearest to the mark."""
    each = 2 * half[1] / len(lines)
    anchor = {"left": "start", "right": "end"}.get(side, "middle")
    x = {"left": middle[0] - half[0] + 2, "right": middle[0] + half[0] - 2}.get(side, middle[0])
    weight = ' font-weight="bold"' if bold else ""
    edge = HALO.format(halo, 3.2 if bold else 2.4)
    for index, (text, size) in enumerate(lines):
        baseline = middle[1] - half[1] + each * (index + 0.5) + size * 0.36
        is_arabic = ARABIC.search(text) is not None
        fit = (
            ""
            if spaced or is_arabic
            else f' textLength="{_width(text, size, bold=bold):.1f}" lengthAdjust="spacingAndGlyphs"'
        )
        tracking = f' letter-spacing="{spaced:.2f}"' if spaced and not is_arabic else ""
        place = f'x="{x:.1f}" y="{baseline:.1f}" font-size="{size:.2f}" text-anchor="{anchor}"'
        yield f'<text {place}{weight}{fit}{tracking}{edge} fill="{colour}">{clean(text)}</text>'
