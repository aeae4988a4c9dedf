"""The self-contained page: one HTML file that needs no network, with the map, the list, the table and every quote.

What it shows, the basemap around it and the library that draws it stand in the file packed (gzip), and are unpacked by
the browser.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import files as package_files
from importlib.resources import files
from pathlib import Path
from typing import Any

from according.errors import BrokenAssumptionError, UsageError
from according.maps import basemap, legend, view
from according.maps.crowding import share_of
from according.maps.data import MapData
from according.maps.marks import Layout, layout_in
from according.maps.native import draw_map_pixels
from according.maps.page_content import content_of, points_of
from according.maps.page_world import glyphs_for, world_around
from according.maps.picture import boundary_note, credit_lines, told
from according.maps.style import sprites, style

Json = dict[str, Any]
SPRITE_RATIO = 2.0
PICTURE_SIZE = (1200, 900)
PICTURE_WORDS = "The map as a picture; the list and the table give every mark in words."
SQUEEZE = 6


def write_page(data: MapData, path: Path) -> None:
    """Write the page for the data."""
    parts = {
        "title": html.escape(data.title),
        "told": html.escape(told(data)),
        "legend": legend.html_legend(data),
        "foot": _foot(data),
        **_parts_of(data),
        "rtl": _library("rtl"),
        "map_js": _library("map"),
        "page_js": _script(_static("moment.js") + _static("page.js")),
        "map_css": _maplibre("maplibre-gl.css"),
        "page_css": _static("page.css"),
    }
    parts["policy"] = _policy([parts["page_js"]], [parts["map_css"], parts["page_css"]])
    page = re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], _static("page.html"))
    path.write_text(page, encoding="utf-8")


def _policy(scripts: list[str], styles: list[str]) -> str:
    """Nothing may be fetched and nothing run but the page's own scripts, the library it unpacks and its worker."""
    rules = {
        "default-src": ["'none'"],
        "script-src": [*map(_hash, scripts), "blob:", "'wasm-unsafe-eval'"],
        "style-src": [*map(_hash, styles)],
        "img-src": ["data:", "blob:"],
        "worker-src": ["blob:"],
        "connect-src": ["blob:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in rules.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _packed(text: str) -> str:
    """Text as letters that cannot end the element they stand in."""
    return _base64(gzip.compress(text.encode(), SQUEEZE, mtime=0))


def _script(text: str) -> str:
    if re.search(r"</script|<!--", text, re.IGNORECASE):
        raise BrokenAssumptionError("a script of the map page holds text that would end it")
    return text


@cache
def _library(name: str) -> str:
    """A library of the page, packed: what draws the map, or what joins Arabic letters, with its licence."""
    if name == "map":
        return _packed(_maplibre("maplibre-gl.js"))
    return _packed(f"/*\n{_static('mapbox-gl-rtl-text-LICENSE.txt')}\n*/\n{_static('mapbox-gl-rtl-text-0.4.0.js')}")


def _static(name: str) -> str:
    return files("according.maps").joinpath("static", name).read_text(encoding="utf-8")


def _maplibre(name: str) -> str:
    """A file of MapLibre GL JS, out of the installed `maplibre` package (which is not imported: it only warns)."""
    found = [file for file in package_files("maplibre") or [] if str(file).endswith(f"srcjs/{name}")]
    if not found:
        raise BrokenAssumptionError(f"the installed maplibre package has no {name}")
    return (
        Path(str(found[0].locate())).read_text(encoding="utf-8").replace("//# sourceMappingURL=maplibre-gl.js.map", "")
    )


def _parts_of(data: MapData) -> dict[str, str]:
    """What the page shows, packed, and the map as a picture."""
    with ThreadPoolExecutor(1) as beside:
        picture = beside.submit(_picture, data)  # drawn outside Python, while everything else is laid out
        packed = _packed(json.dumps(_page_data(data), ensure_ascii=False, separators=(",", ":")))
    return {"data": packed, "picture": picture.result()}


def _page_data(data: MapData) -> Json:
    content = content_of(data)
    bare = Layout(referents=tuple(dict.fromkeys(spot.key for spot in data.spots())))
    sheet = sprites(content.sprites, "light", SPRITE_RATIO)
    world = world_around(points_of(data))
    return {
        **content.json,
        "style": style(bare, content.sprites),
        "darkLayers": style(bare, content.sprites, "dark")["layers"],
        "sprite": {"picture": _base64(sheet.webp()), "index": sheet.index()},
        "tiles": {name: _base64(tile) for name, tile in world.tiles.items()},
        "sea": world.sea,
        "glyphs": {name: _base64(letters) for name, letters in glyphs_for(world, content.names).items()},
        "noGlyphs": _base64(basemap.NO_GLYPHS),
    }


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _picture(data: MapData) -> str:
    """The map as a picture, which stands there until the map is drawn, and in browsers that cannot draw it.

    Empty where this machine cannot draw it either.
    """
    seen = _seen(data)
    try:
        pixels = draw_map_pixels(layout_in(seen, data, share_of(data)), seen, 1.0)
    except UsageError:
        return ""
    out = io.BytesIO()
    pixels.save(out, "WEBP", quality=72)
    return f'<img id="picture" alt="{PICTURE_WORDS}" src="data:image/webp;base64,{_base64(out.getvalue())}">'


def _seen(data: MapData) -> view.View:
    return view.fit(points_of(data), *PICTURE_SIZE, 120)


def _foot(data: MapData) -> str:
    lines = credit_lines(data, boundary_note([_seen(data)]))
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
