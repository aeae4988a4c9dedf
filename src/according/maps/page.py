"""The self-contained page: one HTML file that needs no network, with the map, the list, the table and every quote."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import io
import json
import re
from collections.abc import Iterable
from importlib.metadata import files as package_files
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from according.errors import BrokenAssumptionError, UsageError
from according.maps import basemap, legend, view
from according.maps.areas import areas_of, holder_of
from according.maps.crowding import LEAST_CROWD_RADIUS, share_of
from according.maps.data import IncidentMark, MapData, Quote, TownMark
from according.maps.holding import State
from according.maps.kinds import kinds
from according.maps.marks import (
    Layout,
    Symbol,
    crowd_look,
    incident_look,
    layout_in,
    levels,
    numbered,
    numbers,
    town_look,
)
from according.maps.moment import in_state, with_room_for_all_states
from according.maps.native import draw_map_pixels
from according.maps.picture import boundary_note, credit_lines, told
from according.maps.regions import regions_of
from according.maps.style import area_feature, label_features, plain, sprite_names, sprites, style
from according.maps.symbols import HatchLook, IncidentLook, LeaderLook, Look, TownLook, count_size, has_span

Json = dict[str, Any]
SPRITE_RATIO = 2.0
ROAM_PX = (1100, 600, 250)  # how far from a mark one can pan and still have the basemap of that zoom
MOST_TILE_BYTES = 2_200_000
ALWAYS_BLOCKS = (0, 256, 7680, 8192)
# The first bytes, in UTF-8, of the scripts beside Latin, and the glyph blocks that set them.
SCRIPT_BLOCKS = {
    rb"(?:[\xd8-\xdb][\x80-\xbf]){3}": (1536, 64256, 65024),
    rb"(?:[\xd0-\xd3][\x80-\xbf]){3}": (1024,),
    rb"(?:[\xcd-\xcf][\x80-\xbf]){3}": (768,),
    rb"(?:[\xd4-\xd7][\x80-\xbf]){3}": (1280,),
    rb"(?:\xe1[\x82-\x83][\x80-\xbf]){3}": (4096,),
}
FACES = ("Noto Sans Regular", "Noto Sans Bold")
PICTURE_SIZE = (1200, 900)


def write_page(data: MapData, path: Path) -> None:
    """Write the page for the data."""
    parts = {
        "title": html.escape(data.title),
        "told": html.escape(told(data)),
        "legend": legend.html_legend(data),
        "foot": _foot(data),
        "data": _inline_json(_page_data(data)),
        "rtl": _script(
            f"/*\n{_static('mapbox-gl-rtl-text-LICENSE.txt')}\n*/\n{_static('mapbox-gl-rtl-text-0.4.0.js')}"
        ),
        "map_js": _script(_maplibre("maplibre-gl.js")),
        "page_js": _script(_static("moment.js") + _static("page.js")),
        "map_css": _maplibre("maplibre-gl.css"),
        "page_css": _static("page.css"),
    }
    parts["policy"] = _policy([parts["map_js"], parts["page_js"]], [parts["map_css"], parts["page_css"]])
    page = re.sub(r"\{\{(\w+)\}\}", lambda match: parts[match[1]], _static("page.html"))
    path.write_text(page, encoding="utf-8")


def _policy(scripts: list[str], styles: list[str]) -> str:
    """Nothing may be fetched and nothing run but the page's own scripts and the map's worker."""
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


def _inline_json(value: Json) -> str:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _script(text: str) -> str:
    if re.search(r"</script|<!--", text, re.IGNORECASE):
        raise BrokenAssumptionError("a script of the map page holds text that would end it")
    return text


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


def _page_data(data: MapData) -> Json:
    number = numbers(data)
    laid = [(zoom, numbered(given, number)) for zoom, given in levels(with_room_for_all_states(data))]
    looks = _looks(data, number)
    names = sprite_names(
        [
            *(look for pair in looks.values() for look in pair),
            *(symbol.look for _, given in laid for symbol in _drawn(given)),
            *(HatchLook(paint.colour) for paint in data.actors.values() if data.areas_km),
        ]
    )
    light = style(Layout(referents=laid[0][1].referents), names)
    sheet = sprites(names, "light", SPRITE_RATIO)
    tiles, sea = _tiles(data)
    found = {block for tile in tiles.values() for block in _blocks(gzip.decompress(tile))}
    named = {label.local or "" for _, given in laid for label in given.labels} | {spot.name for spot in data.spots()}
    glyphs = _glyphs(sorted({*ALWAYS_BLOCKS, *found, *_blocks("".join(sorted(named)).encode())}))
    rings = {area.town: area.ring for area in (areas_of(data, data.areas_km) if data.areas_km else ())}

    def hatched(town: TownMark) -> Json:
        """What a town's surroundings are, and their hatching in each of its states, where they are asked for."""
        if not rings:
            return {}
        holders = [holder_of(in_state(town, state)) for state in town.states()]
        looks = [names[HatchLook(data.actors[name].colour)] if name else None for name in holders]
        return {"area": area_feature(rings[town.id], {}), "hatches": looks}

    drawn = {name: [names[plain(look)] for look in each] for name, each in looks.items()}
    return {
        "marks": [
            *(_incident(mark, number, drawn[mark.id]) for mark in data.incidents),
            *(_town(mark, data, drawn[mark.id]) | hatched(mark) for mark in data.towns),
            *(_incident(mark, {}, []) for mark in data.unplaced),
        ],
        "reports": data.out,
        "columns": ["Mark", "When", "Toll or state", "Attribution", "Place known to", "According to"],
        "kinds": [{"kind": kind.kind, "name": kind.name} for kind in kinds()] + [{"kind": "town", "name": "Towns"}],
        **_levels(laid, names),
        "bounds": _bounds(data),
        "regions": [{"name": region.name, "bounds": _bounds(region.data)} for region in regions_of(data)],
        "mostZoom": view.MOST_ZOOM + 1,
        "style": light,
        "darkLayers": style(Layout(referents=laid[0][1].referents), names, "dark")["layers"],
        "sprite": {"png": _base64(sheet.png()), "index": sheet.index()},
        "tiles": {name: _base64(tile) for name, tile in tiles.items()},
        "sea": sea,
        "glyphs": glyphs,
        "noGlyphs": _base64(basemap.NO_GLYPHS),
        "picture": _picture(data),
    }


def _looks(data: MapData, number: dict[tuple[str, ...], int]) -> dict[str, list[Look]]:
    """How each incident looks alone and as the gravest of several, in each version, and each town in each state."""
    share = share_of(data)
    found: dict[str, list[Look]] = {}
    for town in data.towns:
        found[town.id] = [town_look(in_state(town, state), data) for state in town.states()]
    for mark in data.incidents:
        looks: list[Look] = []
        for version in (mark, *(version for _, version in mark.versions)):
            alone = msgspec.structs.replace(incident_look(version, share), number=number.get((mark.id,)))
            looks += [alone, crowd_look([version], max(alone.radius, round(LEAST_CROWD_RADIUS * share, 1)))]
        found[mark.id] = looks
    return found


def _levels(laid: list[tuple[float, Layout]], names: dict[Look, str]) -> Json:
    """The map at every level of zoom; symbols and names that several levels share are given once."""
    symbols: dict[Symbol, int] = {}
    labels: dict[str, int] = {}
    found = []
    for zoom, given in laid:
        found.append({
            "zoom": zoom,
            "symbols": [symbols.setdefault(symbol, len(symbols)) for symbol in _drawn(given)],
            "labels": [labels.setdefault(json.dumps(each), len(labels)) for each in label_features(given.labels)],
            "dots": [[dot.id, dot.under, dot.longitude, dot.latitude] for dot in given.dots],
        })  # fmt: skip
    return {
        "levels": found,
        "symbols": [_symbol(symbol, names) for symbol in symbols],
        "labels": [json.loads(each) for each in labels],
    }


def _drawn(given: Layout) -> list[Symbol]:
    return [*given.leaders, *given.symbols]


def _symbol(symbol: Symbol, names: dict[Look, str]) -> Json:
    look = symbol.look
    drawn: Json = {}
    if isinstance(look, IncidentLook) and look.count > 1:
        drawn = {"size": count_size(look), "spans": has_span(look)}
    return {
        "ids": symbol.ids,
        "at": [symbol.longitude, symbol.latitude],
        "shift": symbol.shift,
        "reach": look.reach,
        "square": isinstance(look, TownLook),
        "leader": isinstance(look, LeaderLook),
        **(drawn or {"sprite": names[look]}),
    }


def _incident(mark: IncidentMark, number: dict[tuple[str, ...], int], sprites: list[str]) -> Json:
    """An incident: what all reports say of it, and after ``versions`` what was known of it before the last of them."""
    place = mark.spot.name if mark.spot.rings >= 0 else f"{mark.spot.name} (not drawn: place too vague)"
    out = [day for day, _ in mark.versions]
    versions = [
        _version(version, sprites[2 * at : 2 * at + 2]) for at, (_, version) in enumerate(mark.versions, start=1)
    ]
    whole = _version(mark, sprites[:2])
    is_always_the_same = all(version == whole for version in versions)
    return {
        "id": mark.id,
        "title": f"{mark.title}, {place}",
        "number": number.get((mark.id,)),
        "kind": mark.kind,
        "earliest": mark.earliest,
        "latest": mark.latest,
        "at": _at(mark),
        "quotes": [_quote(each) for each in mark.quotes],
        "out": out[:1] if is_always_the_same else out,
        **whole,
        "versions": [] if is_always_the_same else versions,
    }


def _version(mark: IncidentMark, sprites: list[str]) -> Json:
    said = [
        f"{mark.when} · {mark.toll}",
        *mark.figures,
        *mark.attribution,
        f"Place known to: {mark.spot.precision} · grade: {mark.grade}",
    ]
    cells = [mark.when, mark.toll, "; ".join(mark.attribution) or "nobody named", mark.spot.precision]
    return {"lines": said, "cells": cells, "least": mark.least, "most": mark.most, "sprites": sprites}


def _town(mark: TownMark, data: MapData, sprites: list[str]) -> Json:
    """A town: its states, and for each epoch which of them it is in from which day (-1: nothing told)."""
    states = mark.states()
    index: dict[State | None, int] = {None: -1, **{state: number for number, state in enumerate(states)}}
    epochs = [
        {
            "out": epoch.published,
            "lines": epoch.lines,
            "now": index[epoch.now],
            "days": [[day, index[state]] for day, state in epoch.states],
        }
        for epoch in mark.epochs
    ]
    return {
        "id": mark.id,
        "kind": "town",
        "at": _at(mark),
        "precision": mark.spot.precision,
        "quotes": [_quote(each) for each in mark.quotes],
        "states": [_state(in_state(mark, state), data, sprite) for state, sprite in zip(states, sprites, strict=True)],
        "epochs": epochs,
    }


def _state(town: TownMark, data: MapData, sprite: str) -> Json:
    paint = data.actors[town.holders[0]] if town.holders else None
    painted = {"colour": paint.colour, "letters": paint.letters, "ink": paint.ink} if paint else None
    return {"title": f"{town.spot.name}: {legend.state_words(town)}", "paint": painted, "sprites": [sprite]}


def _at(mark: IncidentMark | TownMark) -> list[float] | None:
    return [mark.spot.longitude, mark.spot.latitude] if mark.spot.rings >= 0 else None


def _quote(each: Quote) -> Json:
    return {
        "text": each.text,
        "voices": each.voices,
        "source": each.source,
        "url": each.url,
        "published": each.published,
        "out": each.out,
        "against": each.against,
    }


def _points(data: MapData) -> list[tuple[float, float]]:
    return [(spot.longitude, spot.latitude) for spot in data.spots()]


def _bounds(data: MapData) -> basemap.Bounds:
    points = _points(data)
    if not points:
        return view.WHOLE_WORLD
    longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _tiles(data: MapData) -> tuple[dict[str, bytes], list[str]]:
    """The tiles around the marks, and the names of those that are open sea.

    Every zoom gets the widest surroundings that the page's size still allows; a browser draws what it lacks from the
    zoom above.
    """
    spots = {(round(x, 1), round(y, 1)) for x, y in _points(data)} or {(0.0, 0.0)}
    tiles: dict[str, bytes] = {}
    sea: list[str] = []
    left = MOST_TILE_BYTES
    for zoom in range(basemap.MAX_ZOOM + 1):
        for around in ROAM_PX:
            found = _tiles_around(spots, zoom, around)
            stored = {name: tile for name, tile in found.items() if tile}
            size = sum(map(len, stored.values()))
            if size <= left:
                break
        else:
            break
        tiles |= stored
        sea += [name for name, tile in found.items() if not tile]
        left -= size
    return tiles, sea


def _tiles_around(spots: Iterable[tuple[float, float]], zoom: int, pixels: float) -> dict[str, bytes | None]:
    wanted = {tile for x, y in spots for tile in basemap.covering(view.widened((x, y, x, y), zoom, pixels), zoom)}
    return {f"{zoom}/{x}/{y}": basemap.tiles().get(zoom, x, y) for x, y in sorted(wanted)}


def _blocks(text: bytes) -> set[int]:
    return {block for script, blocks in SCRIPT_BLOCKS.items() if re.search(script, text) for block in blocks}


def _glyphs(blocks: list[int]) -> dict[str, str]:
    names = [(face, f"{block}-{block + 255}") for face in FACES for block in blocks]
    return {f"{face}/{name}": _base64(gzip.compress(basemap.glyphs(face, name), 9, mtime=0)) for face, name in names}


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _picture(data: MapData) -> str | None:
    """The map as a picture, for browsers that cannot draw it; none where this machine cannot either."""
    seen = _seen(data)
    try:
        pixels = draw_map_pixels(layout_in(seen, data, share_of(data)), seen, 1.0)
    except UsageError:
        return None
    out = io.BytesIO()
    pixels.save(out, "WEBP", quality=72)
    return f"data:image/webp;base64,{_base64(out.getvalue())}"


def _seen(data: MapData) -> view.View:
    return view.fit(_points(data), *PICTURE_SIZE, 120)


def _foot(data: MapData) -> str:
    lines = credit_lines(data, boundary_note([_seen(data)]))
    return "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
