"""Tiles read back by the specification's own schema."""

from __future__ import annotations

from typing import Any

from according.maps.vector import tile_message


def read(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """The points of each layer: where they lie (``x``, ``y``) and what is said of them."""
    tile = tile_message().FromString(content)
    return {layer.name: [_point(feature, layer) for feature in layer.features] for layer in tile.layers}


def _point(feature: Any, layer: Any) -> dict[str, Any]:
    pairs = zip(feature.tags[::2], feature.tags[1::2], strict=True)
    said = {layer.keys[key]: _value(layer.values[value]) for key, value in pairs}
    move, x, y = feature.geometry
    assert (move, feature.type, layer.version, layer.extent) == (9, 1, 2, 4096)
    return {**said, "x": _signed(x), "y": _signed(y)}


def _value(message: Any) -> Any:
    ((_, value),) = message.ListFields()
    return value


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)
