"""What a vector tile of the basemap holds, for drawing it as lines (the renderers read tiles themselves).

Only what reading needs of Mapbox's vector tile format (version 2) is here; it is a page of protocol buffers, and the
libraries for it bring geometry engines along.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Any

import msgspec

Point = tuple[int, int]
VARINT, EIGHT_BYTES, BYTES, FOUR_BYTES = 0, 1, 2, 5
MOVE_TO, LINE_TO = 1, 2
POLYGON = 3


class Feature(msgspec.Struct, frozen=True):
    """One feature: its properties, and its lines in units of the tile; those of a polygon end where they began."""

    properties: dict[str, Any]
    lines: tuple[tuple[Point, ...], ...]


class Layer(msgspec.Struct, frozen=True):
    """One layer: how many units wide the tile is, and its features."""

    extent: int
    features: tuple[Feature, ...]


def read_tile(content: bytes) -> dict[str, Layer]:
    """The layers of a tile by name."""
    return dict(_layer(value) for number, value in _fields(content) if number == 3)


def _layer(content: bytes) -> tuple[str, Layer]:
    name, extent = "", 4096
    keys: list[str] = []
    values: list[Any] = []
    raw: list[bytes] = []
    for number, value in _fields(content):
        match number:
            case 1:
                name = value.decode()
            case 2:
                raw.append(value)
            case 3:
                keys.append(value.decode())
            case 4:
                values.append(_value(value))
            case 5:
                extent = value
    return name, Layer(extent, tuple(_feature(each, keys, values) for each in raw))


def _feature(content: bytes, keys: list[str], values: list[Any]) -> Feature:
    fields = dict(_fields(content))
    tags = list(_varints(fields.get(2, b"")))
    properties = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
    lines = _lines(fields.get(4, b""))
    if fields.get(3) == POLYGON:
        lines = [[*line, line[0]] for line in lines]
    return Feature(properties, tuple(tuple(line) for line in lines))


def _lines(content: bytes) -> list[list[Point]]:
    numbers = _varints(content)
    lines: list[list[Point]] = []
    x = y = 0
    for command in numbers:
        kind, count = command & 7, command >> 3
        for _ in range(count if kind in (MOVE_TO, LINE_TO) else 0):
            x, y = x + _signed(next(numbers)), y + _signed(next(numbers))
            if kind == MOVE_TO:
                lines.append([])
            lines[-1].append((x, y))
    return lines


def _value(content: bytes) -> Any:
    ((number, value),) = _fields(content)
    match number:
        case 1:
            return value.decode()
        case 2:
            return struct.unpack("<f", value)[0]
        case 3:
            return struct.unpack("<d", value)[0]
        case 6:
            return _signed(value)
        case 7:
            return bool(value)
    return value


def _fields(content: bytes) -> Iterator[tuple[int, Any]]:
    """The fields of a message: numbers as they are, everything else as bytes."""
    at = 0
    while at < len(content):
        key, at = _varint(content, at)
        number, kind = key >> 3, key & 7
        if kind == VARINT:
            value, at = _varint(content, at)
            yield number, value
            continue
        length = {EIGHT_BYTES: 8, FOUR_BYTES: 4}.get(kind)
        if length is None:
            length, at = _varint(content, at)
        yield number, content[at : at + length]
        at += length


def _varints(content: bytes) -> Iterator[int]:
    at = 0
    while at < len(content):
        value, at = _varint(content, at)
        yield value


def _varint(content: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = content[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _signed(value: int) -> int:
    return (value >> 1) ^ -(value & 1)
