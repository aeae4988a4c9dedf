"""Vector tiles of points, in the open format that map libraries read (Mapbox Vector Tile 2.1).

The wire format is the protobuf library's; the schema that the specification gives is stated here. The one library that
writes such tiles wants an older protobuf than the reader's encoder, and polygons' libraries that points do not need.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

EXTENT = 4096
"""Units along each side of a tile."""
Value = str | int | float | bool
_POINT = 1
_MOVE_ONCE = 9
"""The command "move to", once."""
_FIELDS: dict[str, tuple[tuple[str, int, str], ...]] = {
    "Value": (("string", 1, "string"), ("double", 3, "double"), ("int", 4, "int64"), ("bool", 7, "bool")),
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
_TYPES = {"double": 1, "int64": 3, "uint64": 4, "bool": 8, "string": 9, "uint32": 13}


class Point(msgspec.Struct, frozen=True):
    """A point of a tile, in its units from the north-west corner, with what is said of it; None is left out."""

    x: int
    y: int
    said: Mapping[str, Value | None]


def encode(layers: Mapping[str, Sequence[Point]]) -> bytes:
    """A tile of some layers, by their names; empty ones are left out."""
    tile = tile_message()()
    for name, points in layers.items():
        if points:
            _write(tile.layers.add(version=2, name=name, extent=EXTENT), points)
    content: bytes = tile.SerializeToString()
    return content


@cache
def tile_message() -> Any:
    """The class of messages that are tiles."""
    file = descriptor_pb2.FileDescriptorProto(name="vector_tile.proto", package="vector_tile", syntax="proto2")
    for message, fields in _FIELDS.items():
        described = file.message_type.add(name=message)
        for name, number, kind in fields:
            _describe(described.field.add(name=name, number=number), kind)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("vector_tile.Tile"))


def _describe(field: Any, kind: str) -> None:
    plain = kind.removesuffix("*")
    field.label = 3 if kind != plain else 1
    if plain in _TYPES:
        field.type = _TYPES[plain]
        field.options.packed = plain == "uint32" and kind != plain
    else:
        field.type, field.type_name = 11, f".vector_tile.{plain}"


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
