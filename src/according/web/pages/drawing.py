"""Draws a map to a file, in the shapes that pages use; runs in a process of its own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import msgspec
from PIL import Image

from according.maps import Told, draw_map, map_data
from according.maps.crowding import share_of
from according.maps.data import MapData
from according.maps.marks import layout_in
from according.maps.view import fit

PADDING_PX = 60


class Picture(msgspec.Struct, frozen=True):
    """One shape of picture: its size in logical pixels, how many pixels make one, its look; no size is full size."""

    media_type: str
    size: tuple[int, int] | None = None
    ratio: float = 1.0
    theme: str = "light"


SHAPES = {
    "map.png": Picture("image/png"),
    "map-small.webp": Picture("image/webp", (480, 320), 2.0),
    "map-small-dark.webp": Picture("image/webp", (480, 320), 2.0, "dark"),
    "map-front.webp": Picture("image/webp", (1104, 440), 1.5),
    "map-front-dark.webp": Picture("image/webp", (1104, 440), 1.5, "dark"),
    "map-share.jpg": Picture("image/jpeg", (600, 315), 2.0),
}


def draw(content: bytes, shape: str, path: Path) -> None:
    """Draw what is told, given as JSON of it and a title, to a file that appears whole or not at all."""
    told, title = msgspec.json.decode(content, type=tuple[Told, str | None])
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=path.suffix)
    os.close(handle)
    temporary = Path(name)
    try:
        picture = SHAPES[shape]
        if picture.size is None:
            draw_map(told, temporary, title=title)
        else:
            _map_alone(map_data(told), picture).save(temporary, quality=82)
        temporary.chmod(0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _map_alone(data: MapData, picture: Picture) -> Image.Image:
    from according.maps.native import draw_map_pixels  # noqa: PLC0415 - the renderer is slow to load

    assert picture.size is not None
    points = [(spot.longitude, spot.latitude) for spot in data.spots()]
    view = fit(points, *picture.size, PADDING_PX)
    return draw_map_pixels(layout_in(view, data, share_of(data)), view, picture.ratio, picture.theme)
