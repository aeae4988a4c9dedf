"""What the page shows, as JSON: every mark with its sentences, and where all of them stand at every zoom.

Sentences, sources, symbols and names that several marks or zooms share are given once; marks go by their place in the
list.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from according.maps import legend, view
from according.maps.areas import areas_of, holder_of
from according.maps.basemap import Bounds
from according.maps.crowding import LEAST_CROWD_RADIUS, share_of
from according.maps.data import IncidentMark, MapData, Quote, TownMark
from according.maps.holding import State
from according.maps.kinds import kinds
from according.maps.marks import (
    Layout,
    Symbol,
    crowd_look,
    hatch_look,
    incident_look,
    levels,
    numbered,
    numbers,
    town_look,
)
from according.maps.moment import in_state, with_room_for_all_states
from according.maps.regions import regions_of
from according.maps.style import area_feature, label_features, plain, sprite_names
from according.maps.symbols import IncidentLook, LeaderLook, Look, TownLook, count_size, has_span, stepped

Json = dict[str, Any]
COLUMNS = ("Mark", "When", "Toll or state", "Attribution", "Place known to", "According to")


class Content(msgspec.Struct, frozen=True):
    """The JSON, the sprites it names by look, and the names that stand on the map."""

    json: Json
    sprites: dict[Look, str]
    names: frozenset[str]


def content_of(data: MapData) -> Content:
    """All of the page's content but the basemap."""
    number = numbers(data)
    laid = [(zoom, numbered(given, number)) for zoom, given in levels(with_room_for_all_states(data))]
    looks = _looks(data, number)
    used = [*(look for each in looks.values() for look in each), *(s.look for _, given in laid for s in _drawn(given))]
    names = sprite_names([*used, *_hatchings(data)])
    sayings, chips = _Sayings(), _Chips()
    drawn = {name: [names[plain(look)] for look in each] for name, each in looks.items()}
    hatched = _hatched(data, names)
    marks = [
        *(_incident(mark, number, drawn[mark.id], sayings) for mark in data.incidents),
        *(_town(mark, data, drawn[mark.id], sayings, chips) | hatched.get(mark.id, {}) for mark in data.towns),
        *(_incident(mark, {}, [], sayings) for mark in data.unplaced),
    ]
    return Content(
        json={
            "marks": marks,
            "quotes": sayings.quotes,
            "sources": sayings.sources,
            "chips": chips.pictures,
            "reports": data.out,
            "columns": COLUMNS,
            "kinds": [{"kind": kind.kind, "name": kind.name} for kind in kinds()] + [{"kind": "town", "name": "Towns"}],
            **_levels(laid, names, {mark["id"]: at for at, mark in enumerate(marks)}),
            "bounds": _bounds(data),
            "regions": [{"name": region.name, "bounds": _bounds(region.data)} for region in regions_of(data)],
            "mostZoom": view.MOST_ZOOM + 1,
        },
        sprites=names,
        names=frozenset(
            {label.name for _, given in laid for label in given.labels} | {spot.local or "" for spot in data.spots()}
        ),
    )


class _Sayings:
    """The sentences that marks rest on and where they were read, each once."""

    def __init__(self) -> None:
        self._quotes: dict[Quote, int] = {}
        self._sources: dict[tuple[str, str | None, str | None, str | None], int] = {}

    def of(self, quotes: Iterable[Quote]) -> list[int]:
        """Where these sentences stand in the list."""
        # The claim's id tells apart what a reader sees no difference in.
        seen = (msgspec.structs.replace(quote, claim="") for quote in quotes)
        return [self._quotes.setdefault(quote, len(self._quotes)) for quote in seen]

    @property
    def quotes(self) -> list[list[str | int]]:
        """Text, voices, the place of the source in its list, and 1 for what says otherwise."""
        return [[quote.text, quote.voices, self._source(quote), int(quote.against)] for quote in self._quotes]

    @property
    def sources(self) -> list[tuple[str, str | None, str | None, str | None]]:
        """Name, address, day of publication as told, day by which it was certainly out."""
        return list(self._sources)

    def _source(self, quote: Quote) -> int:
        key = (quote.source, quote.url, quote.published, quote.out)
        return self._sources.setdefault(key, len(self._sources))


class _Chips:
    """Small pictures of squares, each once."""

    def __init__(self) -> None:
        self._looks: dict[TownLook, int] = {}

    def of(self, look: TownLook) -> int:
        """Where the picture stands in the list."""
        return self._looks.setdefault(look, len(self._looks))

    @property
    def pictures(self) -> list[tuple[str, int]]:
        """Their addresses, and how wide they are."""
        return [legend.picture_of(look) for look in self._looks]


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
            looks += [alone, crowd_look([version], max(alone.radius, stepped(LEAST_CROWD_RADIUS * share)))]
        found[mark.id] = looks
    return found


def _hatchings(data: MapData) -> list[Look]:
    """The hatching of every actor, where areas are asked for."""
    return [] if data.areas_km is None else [hatch_look(paint) for paint in data.actors.values()]


def _hatched(data: MapData, names: dict[Look, str]) -> dict[str, Json]:
    """What each town's surroundings are, and their hatching in each of its states, where they are asked for."""
    if data.areas_km is None:
        return {}
    lands = {area.town: area.land for area in areas_of(data, data.areas_km)}
    found = {}
    for town in data.towns:
        holders = [holder_of(in_state(town, state)) for state in town.states()]
        looks = [names[hatch_look(data.actors[name])] if name else None for name in holders]
        found[town.id] = {"area": area_feature(lands[town.id], {}), "hatches": looks}
    return found


def _levels(laid: list[tuple[float, Layout]], names: dict[Look, str], order: dict[str, int]) -> Json:
    """The map at every level of zoom; symbols and names that several levels share are given once."""
    symbols: dict[Symbol, int] = {}
    labels: dict[str, int] = {}
    found = []
    for zoom, given in laid:
        said = (json.dumps(_ordered(each, order)) for each in label_features(given.labels))
        found.append({
            "zoom": zoom,
            "symbols": [symbols.setdefault(symbol, len(symbols)) for symbol in _drawn(given)],
            "labels": [labels.setdefault(each, len(labels)) for each in said],
            "dots": [
                [order[dot.id], [order[name] for name in dot.under], dot.longitude, dot.latitude] for dot in given.dots
            ],
        })  # fmt: skip
    return {
        "levels": found,
        "symbols": [_symbol(symbol, names, order) for symbol in symbols],
        "labels": [json.loads(each) for each in labels],
    }


def _ordered(feature: Json, order: dict[str, int]) -> Json:
    """A name with the places of its marks in the list."""
    said = feature["properties"]
    return {**feature, "properties": {**said, "ids": [order[name] for name in said["ids"]]}}


def _drawn(given: Layout) -> list[Symbol]:
    return [*given.leaders, *given.symbols]


def _symbol(symbol: Symbol, names: dict[Look, str], order: dict[str, int]) -> Json:
    look = symbol.look
    drawn: Json = {}
    if isinstance(look, IncidentLook) and look.count > 1:
        drawn = {"size": count_size(look), "spans": has_span(look)}
    return {
        "ids": [order[name] for name in symbol.ids],
        "at": [symbol.longitude, symbol.latitude],
        "shift": symbol.shift,
        "reach": look.reach,
        "square": isinstance(look, TownLook),
        "leader": isinstance(look, LeaderLook),
        **(drawn or {"sprite": names[look]}),
    }


def _incident(mark: IncidentMark, number: dict[tuple[str, ...], int], sprites: list[str], sayings: _Sayings) -> Json:
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
        "quotes": sayings.of(mark.quotes),
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


def _town(mark: TownMark, data: MapData, sprites: list[str], sayings: _Sayings, chips: _Chips) -> Json:
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
        "quotes": sayings.of(mark.quotes),
        "states": [
            _state(in_state(mark, state), data, sprite, chips) for state, sprite in zip(states, sprites, strict=True)
        ],
        "epochs": epochs,
    }


def _state(town: TownMark, data: MapData, sprite: str, chips: _Chips) -> Json:
    chip = chips.of(town_look(town, data))
    return {"title": f"{town.spot.name}: {legend.state_words(town)}", "chip": chip, "sprites": [sprite]}


def _at(mark: IncidentMark | TownMark) -> list[float] | None:
    return [mark.spot.longitude, mark.spot.latitude] if mark.spot.rings >= 0 else None


def points_of(data: MapData) -> list[tuple[float, float]]:
    """Where the marks stand: longitudes and latitudes."""
    return [(spot.longitude, spot.latitude) for spot in data.spots()]


def _bounds(data: MapData) -> Bounds:
    points: Sequence[tuple[float, float]] = points_of(data)
    if not points:
        return view.WHOLE_WORLD
    longitudes, latitudes = [x for x, _ in points], [y for _, y in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)
