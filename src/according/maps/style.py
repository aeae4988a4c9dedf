"""The one style of the map: the same for the picture and for the page, in a light and a dark theme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from according.maps.basemap import GEONAMES, MAX_ZOOM
from according.maps.land import Polygon
from according.maps.marks import TEXT_PX, Hatch, Label, Layout, Symbol
from according.maps.symbols import (
    INCIDENT_COLOUR,
    SPAN_SCALE,
    IncidentLook,
    Look,
    PlaceLook,
    Sheet,
    count_size,
    has_span,
    names_of,
    sheet,
)

Json = dict[str, Any]
SCHEME = "according"
THEMES: dict[str, dict[str, str]] = {
    "light": {
        "land": "#f6f4ee",
        "water": "#d3dfe6",
        "shore": "#a9bcc7",
        "country": "#8d8a86",
        "province": "#d2cec5",
        "disputed": "#6d6a66",
        "quiet": "#83807a",
        "place": "#55534f",
        "area": "#9a968e",
        "mark": "#171715",
        "halo": "#fbfaf6",
    },
    "dark": {
        "land": "#26282b",
        "water": "#15181c",
        "shore": "#3b434c",
        "country": "#77797d",
        "province": "#3a3d41",
        "disputed": "#97999d",
        "quiet": "#85878b",
        "place": "#b3b5b8",
        "area": "#6f7277",
        "mark": "#f3f3f1",
        "halo": "#1b1d20",
    },
}
LOCAL_ON_OWN_LINE = [
    "case",
    ["has", "local"],
    ["format", ["get", "name"], {}, "\n", {}, ["get", "local"], {"font-scale": 0.92}],
    ["get", "name"],
]
COUNT_OVER_SPAN = [
    "case",
    ["has", "span"],
    ["format", ["get", "count"], {}, "\n", {}, ["get", "span"], {"font-scale": SPAN_SCALE}],
    ["get", "count"],
]


def style(layout: Layout, names: dict[Look, str], theme: str = "light", sprite: str = "sprite") -> Json:
    """The style document; its addresses are all of the package's own scheme, which each renderer is given.

    ``names`` are the sprites by look (see :func:`sprite_names`).
    """
    paint = THEMES[theme]
    dots = [_point(dot.longitude, dot.latitude, {}) for dot in layout.dots if not dot.under]
    return {
        "version": 8,
        "sprite": f"{SCHEME}://{sprite}",
        "glyphs": f"{SCHEME}://glyphs/{{fontstack}}/{{range}}",
        "sources": {
            "world": {"type": "vector", "tiles": [f"{SCHEME}://tiles/{{z}}/{{x}}/{{y}}"], "maxzoom": MAX_ZOOM},
            "marks": {"type": "geojson", "data": collection(symbol_features(layout.symbols, names))},
            "leaders": {"type": "geojson", "data": collection(symbol_features(layout.leaders, names))},
            "labels": {"type": "geojson", "data": collection(label_features(layout.labels))},
            "dots": {"type": "geojson", "data": collection(dots)},
            "areas": {"type": "geojson", "data": collection(area_features(layout.hatches, names))},
        },
        "layers": [
            {"id": "sea", "type": "background", "paint": {"background-color": paint["water"]}},
            *_ground("land", "shore", paint["land"], paint["shore"]),
            {"id": "areas", "type": "fill", "source": "areas", "paint": {"fill-pattern": ["get", "sprite"]}},
            *_ground("lakes", "lakeshore", paint["water"], paint["shore"]),
            *_lines(paint),
            *_names(paint, marked(layout)),
            *_mark_layers(paint),
        ],
    }


def without_names_in(whole: Json, blank: str, points: Iterable[tuple[float, float]]) -> Json:
    """The style with blanks at some points, which take their room before any name of the basemap does."""
    layout = {"icon-image": blank, "icon-allow-overlap": True, "icon-padding": 0}
    return {
        **whole,
        "sources": {
            **whole["sources"],
            "blanks": {"type": "geojson", "data": collection([_point(*point, {}) for point in points])},
        },
        "layers": [*whole["layers"], {"id": "blanks", "type": "symbol", "source": "blanks", "layout": layout}],
    }


def sprite_names(looks: Iterable[Look]) -> dict[Look, str]:
    """A sprite name for every different look; how many a mark stands for is set as text, not in the sprite."""
    return names_of(plain(look) for look in looks)


def sprites(names: dict[Look, str], theme: str, ratio: float) -> Sheet:
    """The sprite sheet of the style."""
    looks: dict[str, Look] = {"place": PlaceLook(THEMES[theme]["place"], THEMES[theme]["halo"])}
    return sheet(looks | {name: look for look, name in names.items()}, ratio)


def collection(features: list[Json]) -> Json:
    """Features as GeoJSON."""
    return {"type": "FeatureCollection", "features": features}


def symbol_features(symbols: Iterable[Symbol], names: dict[Look, str]) -> list[Json]:
    """The symbols as features, in drawing order."""
    found = []
    for order, symbol in enumerate(symbols):
        look = symbol.look
        shown: Json = {"sprite": names[plain(look)], "shift": list(symbol.shift), "order": order}
        if isinstance(look, IncidentLook) and look.count > 1:
            shown |= {"count": f"×{look.count}", "size": count_size(look)}
            shown |= {"span": look.toll} if has_span(look) else {}
        found.append(_point(symbol.longitude, symbol.latitude, shown))
    return found


def area_features(hatches: Iterable[Hatch], names: dict[Look, str]) -> list[Json]:
    """The hatched areas as features."""
    return [area_feature(each.land, {"sprite": names[each.look]}) for each in hatches]


def area_feature(land: Iterable[Polygon], properties: Json) -> Json:
    """One area as a feature."""
    pieces = [[[list(point) for point in ring] for ring in polygon] for polygon in land]
    geometry = {"type": "MultiPolygon", "coordinates": pieces}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def label_features(labels: Iterable[Label]) -> list[Json]:
    """The names as features."""
    found = []
    for label in labels:
        shift = [round(pixels / TEXT_PX, 3) for pixels in label.shift]
        named: Json = {
            "ids": list(label.ids),
            "name": label.name,
            "anchor": label.anchor,
            "shift": shift,
            "justify": _justified(label.anchor),
        }
        found.append(_point(label.longitude, label.latitude, named | ({"local": label.local} if label.local else {})))
    return found


def _justified(anchor: str) -> str:
    return next((side for side in ("left", "right") if anchor.endswith(side)), "center")


def plain(look: Look) -> Look:
    """The look without what is set on it as text."""
    return msgspec.structs.replace(look, count=1, toll="") if isinstance(look, IncidentLook) else look


def _point(longitude: float, latitude: float, properties: Json) -> Json:
    geometry = {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def marked(layout: Layout) -> list[int]:
    """The GeoNames ids of the places that have marks, which need no second name."""
    ids = (name.removeprefix(GEONAMES) for name in layout.referents if name.startswith(GEONAMES))
    return [int(number) for number in ids if number.isdigit()]


def _ground(name: str, shore: str, fill: str, line: str) -> list[Json]:
    """A layer of land or of lakes, and its edge."""
    source = {"source": "world", "source-layer": name}
    return [
        {"id": name, "type": "fill", **source, "paint": {"fill-color": fill}},
        {"id": shore, "type": "line", **source, "paint": {"line-color": line, "line-width": 0.8}},
    ]


def _lines(paint: dict[str, str]) -> list[Json]:
    def line(kind: str, colour: str, width: float, **more: Any) -> Json:
        return {
            "id": f"line-{kind}",
            "type": "line",
            "source": "world",
            "source-layer": "lines",
            "filter": ["==", ["get", "kind"], kind],
            "layout": {"line-join": "round"},
            "paint": {"line-color": colour, "line-width": width, **more},
        }

    return [
        line("province", paint["province"], 0.8),
        line("country", paint["country"], 1.2),
        line("disputed", paint["disputed"], 1.2, **{"line-dasharray": [3, 2.2]}),
    ]


def _names(paint: dict[str, str], marked: list[int]) -> list[Json]:
    halo = {"text-halo-color": paint["halo"], "text-halo-width": 1.2}
    place_size = ["match", ["get", "rank"], 0, 14, 1, 13, 2, 12, 3, 11.5, 11]
    places = {
        "id": "places",
        "type": "symbol",
        "source": "world",
        "source-layer": "places",
        "filter": ["!", ["in", ["get", "id"], ["literal", marked]]],
        "layout": {
            "text-field": LOCAL_ON_OWN_LINE,
            "text-font": ["Noto Sans Regular"],
            "text-size": place_size,
            "text-variable-anchor": ["left", "right", "top", "bottom"],
            "text-radial-offset": 0.45,
            "text-justify": "auto",
            "text-padding": 6,
            "text-max-width": 9,
            "icon-image": "place",
            "symbol-sort-key": ["get", "rank"],
        },
        "paint": {"text-color": paint["place"], **halo},
    }
    return [
        _area_names("province", paint["area"], {"text-size": 10.5, "text-letter-spacing": 0.08}, halo, min_zoom=6),
        places,
        _area_names("country", paint["quiet"], {"text-size": 14, "text-letter-spacing": 0.14}, halo, min_zoom=2),
        _area_names("disputed", paint["quiet"], {"text-size": 11, "text-letter-spacing": 0.08}, halo, min_zoom=4),
    ]


def _area_names(kind: str, colour: str, sizes: Json, halo: Json, *, min_zoom: int) -> Json:
    return {
        "id": f"names-{kind}",
        "type": "symbol",
        "source": "world",
        "source-layer": "areas",
        "minzoom": min_zoom,
        "filter": ["==", ["get", "kind"], kind],
        "layout": {
            "text-field": LOCAL_ON_OWN_LINE,
            "text-font": ["Noto Sans Regular"],
            "text-transform": "uppercase" if kind == "country" else "none",
            "text-max-width": 8,
            "text-padding": 8,
            **sizes,
        },
        "paint": {"text-color": colour, **halo},
    }


def _mark_layers(paint: dict[str, str]) -> list[Json]:
    label = {
        "text-field": LOCAL_ON_OWN_LINE,
        "text-font": ["Noto Sans Bold"],
        "text-size": TEXT_PX,
        "text-anchor": ["get", "anchor"],
        "text-offset": ["get", "shift"],
        "text-justify": ["get", "justify"],
        "text-max-width": 40,
        "text-allow-overlap": True,
    }
    icon = {
        "icon-image": ["get", "sprite"],
        "icon-offset": ["get", "shift"],
        "icon-allow-overlap": True,
        "icon-padding": 1,
        "symbol-sort-key": ["get", "order"],
    }
    count = {
        "text-field": COUNT_OVER_SPAN,
        "text-line-height": 0.95,
        "text-font": ["Noto Sans Bold"],
        "text-size": ["get", "size"],
        "text-allow-overlap": True,
        "text-ignore-placement": True,
    }
    halo = {"text-color": paint["mark"], "text-halo-color": paint["halo"], "text-halo-width": 1.6}
    dot = {
        "circle-radius": 2.6,
        "circle-color": paint["mark"],
        "circle-stroke-color": paint["halo"],
        "circle-stroke-width": 1.2,
    }
    return [
        {"id": "leaders", "type": "symbol", "source": "leaders", "layout": {**icon, "icon-ignore-placement": True}},
        {"id": "dots", "type": "circle", "source": "dots", "paint": dot},
        {"id": "names", "type": "symbol", "source": "labels", "layout": label, "paint": halo},
        {
            "id": "marks",
            "type": "symbol",
            "source": "marks",
            "layout": icon,
        },
        {
            "id": "counts",
            "type": "symbol",
            "source": "marks",
            "filter": ["has", "count"],
            "layout": count,
            "paint": {"text-color": "#ffffff", "text-halo-color": INCIDENT_COLOUR, "text-halo-width": 1.6},
        },
    ]
