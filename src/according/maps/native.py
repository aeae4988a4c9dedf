"""MapLibre Native: draws the map's style to pixels, without a screen or a graphics card."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import math
import os
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from PIL import Image

from according.errors import UsageError
from according.maps import basemap
from according.maps.style import SCHEME, sprite_names, sprites, style, without_names_in
from according.maps.symbols import BlankLook

if TYPE_CHECKING:
    from according.maps.marks import Layout
    from according.maps.symbols import Sheet
    from according.maps.view import View

Rectangle = tuple[float, float, float, float]
MOST_WORKERS = 4
DEBIAN_PACKAGES = "libegl1 libgl1-mesa-dri libcurl4"
_numbers = itertools.count(1)
_sheets: dict[str, Sheet] = {}


def draw_map_pixels(
    layout: Layout, view: View, ratio: float, theme: str = "light", covered: Sequence[Rectangle] = ()
) -> Image.Image:
    """The map alone, ``ratio`` pixels to a logical one; no name is cut by its edge or runs under a covered box."""
    name = f"sprite-{next(_numbers)}"
    drawn = [symbol.look for symbol in (*layout.symbols, *layout.leaders)]
    names = sprite_names([*drawn, *(hatch.look for hatch in layout.hatches), BlankLook()])
    _sheets[name] = sprites(names, theme, ratio)
    try:
        pool = _pool()
        whole = without_names_in(style(layout, names, theme, name), names[BlankLook()], blank_points(view, covered))
        pool.register_style(name, json=json.dumps(whole))
        png = pool.render(
            name,
            lon=view.longitude,
            lat=view.latitude,
            zoom=view.zoom,
            width=round(view.width),
            height=round(view.height),
            pixel_ratio=ratio,
        )
    finally:
        del _sheets[name]
    return Image.open(io.BytesIO(png)).convert("RGB")


def blank_points(view: View, covered: Sequence[Rectangle]) -> Iterator[tuple[float, float]]:
    """Where blanks stand that keep names off the edge and the covered boxes, as longitudes and latitudes."""
    step = 2 * BlankLook().reach
    edges: list[Rectangle] = [(0, 0, view.width, 0), (0, view.height, view.width, view.height)]
    edges += [(0, 0, 0, view.height), (view.width, 0, view.width, view.height)]
    for left, top, right, bottom in [*edges, *covered]:
        for column in range(math.ceil((right - left) / step) + 1):
            for row in range(math.ceil((bottom - top) / step) + 1):
                yield view.place(min(left + column * step, right), min(top + row * step, bottom))


@cache
def _pool() -> Any:
    os.environ.setdefault("EGL_PLATFORM", "surfaceless")
    try:
        import mapli  # noqa: PLC0415 - only pictures need it, and it may lack its system libraries
    except ImportError as error:
        raise _missing(error) from error
    try:
        pool = mapli.RenderPool(workers=workers(), max_renderers_per_worker=1)
    except mapli.GraphicsUnavailableError as error:
        raise _missing(error) from error
    mapli.register_scheme_handler(SCHEME, _serve)
    return pool


def workers() -> int:
    """How many maps are drawn at a time."""
    return min(MOST_WORKERS, os.cpu_count() or 1)


def _missing(error: Exception) -> UsageError:
    cause = " ".join(str(error).split())
    return UsageError(f"map pictures need system libraries: apt-get install {DEBIAN_PACKAGES} ({cause})")


def _serve(request: Any) -> Any:
    """Answer one request of the renderer: a tile, a block of glyphs, or the sprites."""
    import mapli  # noqa: PLC0415 - see _pool

    kind, *rest = request.url.removeprefix(f"{SCHEME}://").split("/")
    if kind == "tiles":
        zoom, x, y = map(int, rest)
        tile = basemap.tiles().get(zoom, x, y)
        return gzip.decompress(tile) if tile else mapli.Response.no_content()
    if kind == "glyphs":
        return basemap.glyphs(unquote(rest[0]), rest[1])
    name, _, suffix = kind.partition("@2x") if "@2x" in kind else kind.rpartition(".")
    sheet = _sheets[name]
    return json.dumps(sheet.index()).encode() if suffix.endswith("json") else sheet.png()
