"""A small picture of the map that leads to the full-size one."""

from __future__ import annotations

import base64
import html
import io
from pathlib import Path
from urllib.parse import quote

from PIL import Image

from according.errors import UsageError
from according.maps.crowding import share_of
from according.maps.data import MapData
from according.maps.draw import THUMBNAILS
from according.maps.marks import layout_in
from according.maps.native import draw_map_pixels
from according.maps.view import fit

SIZE = (480, 360)
DRAWN_WIDER = 1.5  # drawn at this many times its size, then reduced: marks at full size would leave no map
PADDING_PX = 60


def write_thumbnail(data: MapData, picture: Path, path: Path) -> None:
    """Write the small picture, or with ``.html`` a piece of a page in which it leads to ``picture``.

    Raises UsageError for another suffix.
    """
    wanted = THUMBNAILS.get(path.suffix.lower())
    if wanted is None:
        raise UsageError(f"a thumbnail is written as {', '.join(THUMBNAILS)}, not {path.name}")
    small = _draw(data)
    if wanted == "HTML":
        path.write_text(_figure(data, small, picture, path), encoding="utf-8")
    else:
        small.save(path, wanted, quality=85)


def _draw(data: MapData) -> Image.Image:
    points = [(spot.longitude, spot.latitude) for spot in data.spots()]
    view = fit(points, SIZE[0] * DRAWN_WIDER, SIZE[1] * DRAWN_WIDER, PADDING_PX)
    pixels = draw_map_pixels(layout_in(view, data, share_of(data)), view, 2.0)
    return pixels.resize(SIZE, Image.Resampling.LANCZOS)


def _figure(data: MapData, small: Image.Image, picture: Path, path: Path) -> str:
    out = io.BytesIO()
    small.save(out, "WEBP", quality=80)
    source = f"data:image/webp;base64,{base64.b64encode(out.getvalue()).decode()}"
    near = picture.resolve().parent == path.resolve().parent
    address = quote(picture.name if near else picture.resolve().as_posix())
    said = f"Map: {data.title}. {len(data.incidents)} incidents, {len(data.towns)} towns."
    image = f'<img src="{source}" width="{SIZE[0]}" height="{SIZE[1]}" alt="{html.escape(said)}">'
    caption = "Click to see the full-size map"
    return f'<figure><a href="{html.escape(address)}">{image}<figcaption>{caption}</figcaption></a></figure>\n'
