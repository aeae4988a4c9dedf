"""Towns for the tiles of a map: who holds them on a day, as known on a day, by the rule that pictures follow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np

from according.infer.control_history import Known, histories
from according.maps.data import RINGS
from according.maps.holding import Epoch, State, epoch_on, epochs_of, last_day
from according.maps.sayings import Saying, Sayings, Speaker
from according.maps.tiles import CELLS_BITS, FINEST, Asked, Tile, world
from according.maps.vector import EXTENT, Point
from according.records import Claim, Report, Resolution, Spell

Json = dict[str, Any]
BETWEEN = " · "
"""Between the names of several holders in a tile."""
_ENCODER = msgspec.msgpack.Encoder()


class Town(msgspec.Struct, frozen=True):
    """A place that somebody held, contested or besieged; so many ``claims`` tell of that."""

    place: str
    name: str
    longitude: float
    latitude: float
    rings: int
    claims: int
    epochs: tuple[Epoch, ...]


_DECODER = msgspec.msgpack.Decoder(Town)


def towns_of(
    claims: Sequence[Claim], resolutions: Sequence[Resolution], reports: Mapping[str, Report]
) -> dict[str, bytes]:
    """The towns that claims of control tell of, by referent, to keep; places coarser than a district are none."""
    places = {one.referent: one for one in resolutions if one.role == "place" and one.referent and one.place}
    out = {claim.report: last_day(reports[claim.report].published) for claim in claims}
    sayings = Sayings(_sayings(claims, resolutions, reports))
    found = {}
    for group, roles in _apart(claims, resolutions):
        for place, known in histories(group, roles, out).items():
            where = places.get(place)
            town = _town(where, known, sayings) if where else None
            if town is not None:
                found[place] = _ENCODER.encode(town)
    return found


def read_town(body: bytes) -> Town:
    """A town that was kept."""
    return _DECODER.decode(body)


def _sayings(
    claims: Iterable[Claim], resolutions: Iterable[Resolution], reports: Mapping[str, Report]
) -> dict[str, Saying]:
    """What claims say of who says them."""
    spoken = {(one.claim, one.index): one for one in resolutions if one.role == "voice"}
    return {claim.id: _saying(claim, spoken, reports[claim.report]) for claim in claims}


def _saying(claim: Claim, spoken: Mapping[tuple[str, int], Resolution], report: Report) -> Saying:
    speakers = []
    for index, voice in enumerate(claim.voices):
        found = spoken.get((claim.id, index))
        words = (found.name if found else None) or voice.name or (voice.span.text if voice.span else None)
        if voice.voice_class != "outlet":
            speakers.append(Speaker(voice.voice_class, found.referent if found else None, words))
    return Saying(report.published, tuple(speakers), claim.hedge, report.source, report.url)


def _apart(
    claims: Iterable[Claim], resolutions: Iterable[Resolution]
) -> Iterator[tuple[list[Claim], list[Resolution]]]:
    """Claims by the names of their places, with what their roles refer to: places of one name may be one."""
    roles: dict[str, list[Resolution]] = defaultdict(list)
    for one in resolutions:
        roles[one.claim].append(one)
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        named = [one.place.name for one in roles[claim.id] if one.role == "place" and one.place]
        if named:
            groups[named[0].casefold()].append(claim)
    for group in groups.values():
        yield group, [one for claim in group for one in roles[claim.id]]


def _town(where: Resolution, known: Sequence[Known], sayings: Sayings) -> Town | None:
    place = where.place
    if place is None or place.longitude is None or place.latitude is None:
        return None
    if RINGS.get(place.precision, 9) > RINGS["district"]:
        return None
    whole = known[-1].whole
    return Town(
        place=where.referent or place.name,
        name=place.name,
        longitude=place.longitude,
        latitude=place.latitude,
        rings=RINGS[place.precision],
        claims=len({claim for spell in whole for claim in spell.claims_for}),
        epochs=epochs_of([_course(each) for each in known], sayings),
    )


def _course(known: Known) -> Json:
    """What was known of a place, in the shape of the interface; on a day only what is told with a date counts."""

    def written(spells: Iterable[Spell], *, dated: bool) -> list[Json]:
        told = (spell for spell in spells if not dated or not known.dateless.issuperset(spell.claims_for))
        return [_spell(spell) for spell in told]

    return {
        "published": known.published,
        "days": [[day, written(spells, dated=True)] for day, spells in known.days],
        "whole": written(known.whole, dated=False),
    }


def _spell(spell: Spell) -> Json:
    """A spell in the shape of the interface, without its place."""
    holder = {"referent": spell.holder, "name": spell.holder_name} if spell.holder or spell.holder_name else None
    told = {"claims_for": list(spell.claims_for), "claims_against": list(spell.claims_against)}
    times = {"from": spell.start, "to": spell.end, "ongoing": spell.ongoing, "as_of": spell.as_of}
    return {"holder": holder, "state": spell.state, **told, **times}


class Towns:
    """All towns of a map."""

    def __init__(self, towns: Iterable[Town]) -> None:
        """Take towns in; where two would share a cell, the one that more is told of has the mark."""
        self._towns = sorted(towns, key=lambda town: (-town.claims, town.name, town.place))
        across = np.array([town.longitude for town in self._towns], dtype=np.float64)
        down = np.array([town.latitude for town in self._towns], dtype=np.float64)
        self._x, self._y = world(across, down)

    def points(self, tile: Tile, asked: Asked) -> list[Point]:
        """The towns of a tile of whose state something is known, at most one for each of its cells."""
        zoom, x, y = tile
        shift = FINEST - zoom
        inside = np.flatnonzero((self._x >> shift == x) & (self._y >> shift == y)).tolist()
        found: dict[tuple[int, int], Point] = {}
        for at in inside:
            left, down = int(self._x[at]) - (x << shift), int(self._y[at]) - (y << shift)
            cell = (left >> max(0, shift - CELLS_BITS), down >> max(0, shift - CELLS_BITS))
            state = None if cell in found else _state(self._towns[at], asked)
            if state is not None:
                unit = EXTENT / (1 << shift)
                found[cell] = Point(round(left * unit), round(down * unit), _said(self._towns[at], state))
        return list(found.values())

    def names(self) -> set[str]:
        """Everybody who ever held, contested or besieged any of them, as known on any day."""
        states = [state for town in self._towns for epoch in town.epochs for _, state in epoch.states if state]
        states += [epoch.now for town in self._towns for epoch in town.epochs]
        return {name for state in states for name in (*state.holders, *state.besiegers)}


def _state(town: Town, asked: Asked) -> State | None:
    epoch = epoch_on(town.epochs, asked.known)
    return epoch.on(asked.day) if epoch else None


def _said(town: Town, state: State) -> dict[str, str | int | float | bool | None]:
    return {
        "place": town.place,
        "name": town.name,
        "state": state.state,
        "holders": BETWEEN.join(state.holders),
        "besiegers": BETWEEN.join(state.besiegers),
        "claimed": BETWEEN.join(state.claimed),
        "denied": state.denied,
        "rings": town.rings,
        "claims": town.claims,
    }
