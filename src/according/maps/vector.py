"""Vector tiles in the open format that map libraries read (Mapbox Vector Tile 2.1): points written, anything read.

The one library that writes such tiles wants an older protobuf than the reader's encoder, and polygons' libraries that
points do not need; so the schema that the specification gives is stated here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from according.maps.messages import Field, message_class

EXTENT = 4096
"""Units along each side of a tile."""
Value = str | int | float | bool
Place = tuple[int, int]
_POINT, _POLYGON = 1, 3
_MOVE_TO, _LINE_TO = 1, 2
_MOVE_ONCE = 9
"""The command "move to", once."""
_FIELDS: dict[str, tuple[Field, ...]] = {
    "Value": (
        ("string", 1, "string"),
        ("float", 2, "float"),
        ("double", 3, "double"),
        ("int", 4, "int64"),
        ("uint", 5, "uint64"),
        ("sint", 6, "sint64"),
        ("bool", 7, "bool"),
    ),
    "Feature": (("id", 1, "uint64"), ("tags", 2, "uint32*"), ("type", 3, "uint32"), ("geometry", 4, "uint32*")),
    "Layer": (
        ("version", 15, "uint32"),
        ("name", 1, "string"),
        ("features", 2, "Feature*"),
        ("keys", 3, "string*"),
        ("values", 4, "Value*"),
        ("extent", 5, "uint32"),
    ),
    "Tile": (("layers", 3, "Layer*"),),
}


class Point(msgspec.Struct, frozen=True):
    """A point of a tile, in its units from the north-west corner, with what is said of it; None is left out."""

    x: int
    y: int
    said: Mapping[str, Value | None]


class Feature(msgspec.Struct, frozen=True):
    """One feature as read: its properties, and its lines in units of the tile; a polygon's end where they began."""

    properties: dict[str, Any]
    lines: tuple[tuple[Place, ...], ...]


class Layer(msgspec.Struct, frozen=True):
    """One layer as read: how many units wide the tile is, and its features."""

    extent: int
    features: tuple[Feature, ...]


def encode(layers: Mapping[str, Sequence[Point]]) -> bytes:
    """A tile of some layers, by their names; empty ones are left out."""
    tile = tile_message()()
    for name, points in layers.items():
        if points:
            _write(tile.layers.add(version=2, name=name, extent=EXTENT), points)
    content: bytes = tile.SerializeToString()
    return content


def read_tile(content: bytes) -> dict[str, Layer]:
    """The layers of a tile by name."""
    return {
        layer.name: Layer(layer.extent or EXTENT, tuple(_features(layer)))
        for layer in tile_message().FromString(content).layers
    }


def words_in(content: bytes) -> Iterator[str]:
    """Every text that is said of anything in a tile."""
    for layer in tile_message().FromString(content).layers:
        yield from (value.string for value in layer.values if value.string)


@cache
def tile_message() -> Any:
    """The class of messages that are tiles."""
    return message_class("vector_tile", _FIELDS, "Tile")


def _features(layer: Any) -> Iterator[Feature]:
    values = [value for each in layer.values for _, value in each.ListFields()]
    for feature in layer.features:
        pairs = zip(feature.tags[::2], feature.tags[1::2], strict=True)
        lines = _lines(feature.geometry)
        if feature.type == _POLYGON:
            lines = [[*line, line[0]] for line in lines]
        yield Feature({layer.keys[key]: values[value] for key, value in pairs}, tuple(map(tuple, lines)))


def _lines(geometry: Iterable[int]) -> list[list[Place]]:
    numbers = iter(geometry)
    lines: list[list[Place]] = []
    x = y = 0
    for command in numbers:
        kind, count = command & 7, command >> 3
        for _ in range(count if kind in (_MOVE_TO, _LINE_TO) else 0):
            x, y = x + _signed(next(numbers)), y + _signed(next(numbers))
            if kind == _MOVE_TO:
                lines.append([])
            lines[-1].append((x, y))
    return lines


def _write(layer: Any, points: Iterable[Point]) -> None:
    keys: dict[str, int] = {}
    values: dict[tuple[type, Value], int] = {}
    for number, point in enumerate(points, start=1):
        tags: list[int] = []
        for key, value in point.said.items():
            if value is not None:
                tags += [keys.setdefault(key, len(keys)), values.setdefault((type(value), value), len(values))]
        geometry = (_MOVE_ONCE, _zigzag(point.x), _zigzag(point.y))
        layer.features.add(id=number, tags=tags, type=_POINT, geometry=geometry)
    layer.keys.extend(keys)
    for kind, value in values:
        layer.values.add(**{_field_of(kind): value})


def _field_of(kind: type) -> str:
    return {str: "string", bool: "bool", int: "int", float: "double"}[kind]


def _zigzag(number: int) -> int:
    return (number << 1) ^ (number >> 31)


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)
