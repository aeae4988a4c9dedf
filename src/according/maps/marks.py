"""Where the symbols stand: on their place, and where several share one place, in a row over it.

No symbol is moved on the ground. A row is shifted on the page only, by the same number of pixels at every zoom, and its
place keeps a mark of its own under the row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from according.maps.data import IncidentMark, MapData, TownMark
from according.maps.symbols import IncidentLook, Look, TownLook, radius_of

MOST_NUMBERED = 60  # beyond that numbers would cover the map
MOST_IN_ROW = 5  # more incidents at one place become one symbol with their number
# With more symbols each is drawn smaller, all by the same share, so that areas still compare.
SHRINK = ((1000, 0.45), (400, 0.55), (150, 0.7), (60, 0.85))
GAP = 3.0
DOT_REACH = 3.0


class Symbol(msgspec.Struct, frozen=True):
    """One symbol at a place: what it stands for, how it looks, and its shift on the page in logical pixels."""

    ids: tuple[str, ...]
    look: Look
    longitude: float
    latitude: float
    shift: tuple[float, float]


class Site(msgspec.Struct, frozen=True):
    """A place with marks, for its label. ``reach`` is how far its lowest symbol goes, in logical pixels."""

    name: str
    local: str | None
    referent: str
    longitude: float
    latitude: float
    reach: float
    has_row: bool


class Layout(msgspec.Struct, frozen=True):
    """Every symbol and every labelled place of a map."""

    symbols: tuple[Symbol, ...]
    sites: tuple[Site, ...]


def layout(data: MapData) -> Layout:
    """Lay out all marks of a map, larger symbols first so that smaller ones lie over them."""
    numbered = numbers(data)
    groups: dict[tuple[float, float], list[IncidentMark | TownMark]] = defaultdict(list)
    every: tuple[IncidentMark | TownMark, ...] = (*data.towns, *data.incidents)
    for mark in every:
        groups[round(mark.spot.longitude, 3), round(mark.spot.latitude, 3)].append(mark)
    symbols: list[Symbol] = []
    sites: list[Site] = []
    for marks in groups.values():
        here = _site_symbols(marks, data, numbered)
        symbols += here
        sites.append(_site(marks, here))
    symbols = [_shrunk(symbol, share_of(len(symbols))) for symbol in symbols]
    symbols.sort(key=lambda symbol: (-symbol.look.reach, symbol.ids))
    return Layout(tuple(symbols), tuple(sites))


def numbers(data: MapData) -> dict[str, int]:
    """The number of each incident in the list, by id; none when there are too many to show."""
    if len(data.incidents) > MOST_NUMBERED:
        return {}
    return {mark.id: number for number, mark in enumerate(data.incidents, start=1)}


def share_of(count: int) -> float:
    """The share of their full radius that discs have on a map with so many symbols."""
    return next((share for least, share in SHRINK if count > least), 1.0)


def _shrunk(symbol: Symbol, share: float) -> Symbol:
    look = symbol.look
    if share == 1.0 or not isinstance(look, IncidentLook):
        return symbol
    smaller = msgspec.structs.replace(look, radius=round(look.radius * share, 1))
    return msgspec.structs.replace(symbol, look=smaller)


def _site_symbols(marks: Sequence[IncidentMark | TownMark], data: MapData, numbered: dict[str, int]) -> list[Symbol]:
    spot = marks[0].spot
    town = next((mark for mark in marks if isinstance(mark, TownMark)), None)
    incidents = [mark for mark in marks if isinstance(mark, IncidentMark)]
    looks = _row(incidents, numbered)
    symbols: list[Symbol] = []
    base = DOT_REACH
    if town:
        holders = tuple(data.actors[name] for name in town.holders[:2])
        besiegers = tuple(data.actors[name] for name in town.besiegers)
        square = TownLook(town.state, holders, besiegers)
        symbols.append(Symbol((town.id,), square, spot.longitude, spot.latitude, (0, 0)))
        base = square.reach
    if len(looks) == 1 and not town:
        return [Symbol(looks[0][0], looks[0][1], spot.longitude, spot.latitude, (0, 0))]
    top = max((look.reach for _, look in looks), default=0)
    x = -(sum(2 * look.reach for _, look in looks) + GAP * (len(looks) - 1)) / 2
    for ids, look in looks:
        shift = (round(x + look.reach, 1), -round(base + GAP + top, 1))
        symbols.append(Symbol(ids, look, spot.longitude, spot.latitude, shift))
        x += 2 * look.reach + GAP
    return symbols


def _row(incidents: Sequence[IncidentMark], numbered: dict[str, int]) -> list[tuple[tuple[str, ...], IncidentLook]]:
    if len(incidents) <= MOST_IN_ROW:
        return [
            (
                (mark.id,),
                IncidentLook(
                    mark.kind, radius_of(mark.size), mark.status, mark.spot.rings, number=numbered.get(mark.id)
                ),
            )
            for mark in incidents
        ]
    rings = max(mark.spot.rings for mark in incidents)
    size = max((mark.size for mark in incidents if mark.size is not None), default=None)
    look = IncidentLook("other", max(15.0, radius_of(size)), "unclear", rings, len(incidents))
    return [(tuple(mark.id for mark in incidents), look)]


def _site(marks: Iterable[IncidentMark | TownMark], symbols: Sequence[Symbol]) -> Site:
    spot = next(iter(marks)).spot
    centred = [symbol.look.reach for symbol in symbols if symbol.shift == (0, 0)]
    return Site(
        name=spot.name,
        local=spot.local,
        referent=spot.key,
        longitude=spot.longitude,
        latitude=spot.latitude,
        reach=max(centred, default=DOT_REACH),
        has_row=len(centred) < len(symbols),
    )
