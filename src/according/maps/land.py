"""What of a convex area is land, by the coasts of the basemap: cut out of the basemap's own tiles."""

from __future__ import annotations

import gzip
import math
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from according.maps import basemap
from according.maps.vector import read_tile

Point = tuple[float, float]
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]
"""An outline and the holes in it, each closed."""
_DECIMALS = 4


def on_land(ring: Sequence[Point]) -> tuple[Polygon, ...]:
    """The land within a closed convex ring of longitudes and latitudes, in pieces that end where the tiles do."""
    longitudes, latitudes = zip(*ring, strict=True)
    bounds = min(longitudes), min(latitudes), max(longitudes), max(latitudes)
    pieces: list[Polygon] = []
    for x, y in basemap.covering(bounds, basemap.MAX_ZOOM):
        border = _facing_in([_in_tile(point, x, y) for point in ring])
        within = [*pairwise(border), *pairwise([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)])]
        pieces += _polygons(_land(x, y), within, (x, y))
    return tuple(pieces)


@lru_cache(maxsize=256)
def _land(x: int, y: int) -> tuple[Ring, ...]:
    """The outlines of a tile's land, in shares of its side from the north-west; holes turn the other way."""
    content = basemap.tiles().get(basemap.MAX_ZOOM, x, y)
    layer = read_tile(gzip.decompress(content)).get("land") if content else None
    if layer is None:
        return ()
    lines = (line for feature in layer.features for line in feature.lines)
    return tuple(tuple((across / layer.extent, down / layer.extent) for across, down in line) for line in lines)


def _polygons(rings: Sequence[Ring], within: Sequence[tuple[Point, Point]], tile: tuple[int, int]) -> Iterator[Polygon]:
    """What is left of rings within some borders, each outline with the holes that follow it."""
    found: list[list[Ring]] = []
    for ring in rings:
        cut = _cut(ring, within)
        if len(cut) < 3:
            continue
        placed = [_placed(point, *tile) for point in cut]
        closed = (*placed, placed[0])
        if _area(ring) > 0:
            found.append([closed])
        elif found:
            found[-1].append(closed)
    yield from (tuple(polygon) for polygon in found)


def _cut(ring: Ring, within: Sequence[tuple[Point, Point]]) -> list[Point]:
    """The part of a ring on the right side of every border, by Sutherland and Hodgman."""
    left = list(ring[:-1])
    for start, end in within:
        given, left = left, []
        for one, other in pairwise([*given, *given[:1]]):
            beyond, following = _turn(start, end, one), _turn(start, end, other)
            if beyond >= 0:
                left.append(one)
            if (beyond >= 0) != (following >= 0):
                share = beyond / (beyond - following)
                left.append((one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])))
    return left


def _facing_in(ring: list[Point]) -> list[Point]:
    """A ring in the direction in which its inside is on the side that is kept."""
    return ring if _area(ring) > 0 else ring[::-1]


def _area(ring: Sequence[Point]) -> float:
    """Twice the area of a closed ring: above 0 where it turns as outlines do in tiles."""
    return sum(one[0] * other[1] - other[0] * one[1] for one, other in pairwise(ring))


def _turn(start: Point, end: Point, point: Point) -> float:
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def _in_tile(point: Point, x: int, y: int) -> Point:
    side = 2.0**basemap.MAX_ZOOM
    down = (1 - math.asinh(math.tan(math.radians(point[1]))) / math.pi) / 2
    return (point[0] + 180) / 360 * side - x, down * side - y


def _placed(point: Point, x: int, y: int) -> Point:
    side = 2.0**basemap.MAX_ZOOM
    latitude = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * (point[1] + y) / side))))
    return round((point[0] + x) / side * 360 - 180, _DECIMALS), round(latitude, _DECIMALS)
