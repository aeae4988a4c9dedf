"""What the map of the front page is made of, all of it served here: style, tiles, glyphs, sprites, library."""

from __future__ import annotations

import gzip
from functools import cache
from importlib.metadata import files as package_files
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Request
from fastapi import Path as InPath
from fastapi.responses import JSONResponse, Response

from according.errors import BrokenAssumptionError
from according.maps import basemap
from according.maps.marks import Layout
from according.maps.style import sprites, style
from according.web.room import room_of

router = APIRouter(tags=["map"], include_in_schema=False)
Theme = Literal["light", "dark"]
Number = Annotated[int, InPath(ge=0, le=1 << basemap.MAX_ZOOM)]
KEPT = {"Cache-Control": "public, max-age=86400"}
OWN = ("sea", "land", "shore", "lakes", "lakeshore", "line-", "places", "names-")
"""Beginnings of the names of the layers that are the world's and not marks."""
LIBRARY = {
    "maplibre-gl.js": "text/javascript",
    "maplibre-gl.css": "text/css",
    "rtl-text.js": "text/javascript",
}


@router.get("/map/world/{zoom}/{x}/{y}.pbf")
def world_tile(request: Request, zoom: Number, x: Number, y: Number) -> Response:
    """One tile of the world; open sea is empty."""
    found = basemap.tiles().get(zoom, x, y) if zoom <= basemap.MAX_ZOOM and max(x, y) < 1 << zoom else None
    if found is None:
        return Response(status_code=204, headers=KEPT)
    return _packed_answer(request, found, "application/x-protobuf")


@router.get("/map/glyphs/{face}/{block}.pbf")
def world_glyphs(face: str, block: str) -> Response:
    """The glyphs of one face for one block of characters."""
    return Response(basemap.glyphs(face, block), media_type="application/x-protobuf", headers=KEPT)


@router.get("/map/sprite-{theme}.json")
@router.get("/map/sprite-{theme}@2x.json")
def world_sprites(request: Request, theme: Theme) -> Response:
    """Where the symbols of the world stand in their picture."""
    index, _ = _sheet(theme, 2.0 if request.url.path.endswith("@2x.json") else 1.0)
    return JSONResponse(index, headers=KEPT)


@router.get("/map/sprite-{theme}.png")
@router.get("/map/sprite-{theme}@2x.png")
def world_sprite_picture(request: Request, theme: Theme) -> Response:
    """The symbols of the world."""
    _, png = _sheet(theme, 2.0 if request.url.path.endswith("@2x.png") else 1.0)
    return Response(png, media_type="image/png", headers=KEPT)


@router.get("/map/{theme}.json")
def world_style(request: Request, theme: Theme) -> Response:
    """The style of the world without any mark."""
    address = room_of(request).address
    made: dict[str, Any] = style(Layout(), {}, theme)
    world = {**made["sources"]["world"], "tiles": [f"{address}/map/world/{{z}}/{{x}}/{{y}}.pbf"]}
    layers = [layer for layer in made["layers"] if layer["id"].startswith(OWN)]
    shown = {
        "version": 8,
        "sprite": f"{address}/map/sprite-{theme}",
        "glyphs": f"{address}/map/glyphs/{{fontstack}}/{{range}}.pbf",
        "sources": {"world": world},
        "layers": layers,
    }
    return JSONResponse(shown, headers=KEPT)


@router.get("/map/{name}")
def library(request: Request, name: str) -> Response:
    """A file of the library that draws the map."""
    if name not in LIBRARY:
        raise HTTPException(404)
    return _packed_answer(request, _packed(name), LIBRARY[name])


def _packed_answer(request: Request, packed: bytes, kind: str) -> Response:
    """What is kept gzipped, as it is for whoever takes it so."""
    headers = {**KEPT, "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, media_type=kind, headers={**headers, "Content-Encoding": "gzip"})
    return Response(gzip.decompress(packed), media_type=kind, headers=headers)


@cache
def _sheet(theme: str, ratio: float) -> tuple[dict[str, dict[str, float]], bytes]:
    sheet = sprites({}, theme, ratio)
    return sheet.index(), sheet.png()


def _library(name: str) -> bytes:
    """MapLibre GL JS out of the installed `maplibre` package; the shaping of Arabic and Hebrew out of our own."""
    if name == "rtl-text.js":
        return files("according.maps").joinpath("static", "mapbox-gl-rtl-text-0.4.0.js").read_bytes()
    found = next((file for file in package_files("maplibre") or [] if str(file).endswith(f"srcjs/{name}")), None)
    if found is None:
        raise BrokenAssumptionError(f"the installed maplibre package has no {name}")
    return Path(str(found.locate())).read_bytes().replace(b"//# sourceMappingURL=maplibre-gl.js.map", b"")


@cache
def _packed(name: str) -> bytes:
    return gzip.compress(_library(name), 6)
