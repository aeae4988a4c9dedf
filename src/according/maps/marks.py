"""Where everything stands at one scale: discs on their places, towns' squares on or beside theirs, names beside both.

No disc is moved. A square that finds its place covered moves on the page, by as little as it must, and a line leads
from its place to it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from according.maps.areas import areas_of, holder_of
from according.maps.crowding import Crowd, Place, at_zoom, crowds_of, places_of, share_of
from according.maps.data import IncidentMark, MapData, TownMark
from according.maps.land import Polygon
from according.maps.paint import Paint
from according.maps.room import Box, Point, Room
from according.maps.symbols import HatchLook, IncidentLook, LeaderLook, Look, TownLook, radius_of, stepped
from according.maps.type import Face
from according.maps.view import View
from according.maps.words import toll_span

TEXT_PX = 13
LINE_PX = 16.0
UNSURE = ("weak", "discounted")
"""Grades of incidents that a single voice tells of, or that were found not credible."""
MOST_NUMBERED = 30  # beyond that numbers would cover neighbours
GAP_PX = 3.0
DOT_PX = 4.0
MOVES_PX = (0.0, 12.0, 26.0, 44.0, 66.0, 92.0)  # how far a square moves, tried in turn
FAR_MOVES_PX = (130.0, 180.0, 250.0, 350.0)  # tried when no neighbour's square can stand for it
NEIGHBOUR_PX = 120.0
DIRECTIONS: tuple[Point, ...] = ((0, 1), (1, 0), (-1, 0), (0, -1), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7))
# Which way a name lies from its symbol, by the corner or side of the name that is nearest to it; tried in turn.
TOWARD: dict[str, Point] = {
    "left": (1, 0),
    "top": (0, 1),
    "right": (-1, 0),
    "bottom": (0, -1),
    "top-left": (1, 1),
    "bottom-left": (1, -1),
    "top-right": (-1, 1),
    "bottom-right": (-1, -1),
}
SLANT = 0.5  # a name at a corner stands half beside its symbol
PAGE_LEVELS = tuple(level / 2 for level in range(2, 25))  # the page's zooms at which marks are laid out anew
LEVEL_GROWTH = 2**0.5  # how much the ground grows before the next level
Incidents = Sequence[IncidentMark]
Rectangle = tuple[float, float, float, float]


class Symbol(msgspec.Struct, frozen=True):
    """One symbol at a place: what it stands for, how it looks, and its shift on the page in logical pixels."""

    ids: tuple[str, ...]
    look: Look
    longitude: float
    latitude: float
    shift: Point = (0.0, 0.0)


class Label(msgspec.Struct, frozen=True):
    """A name beside a symbol: ``anchor`` is the side of the name that is nearest to it, as MapLibre calls it.

    ``ids`` are the marks it names.
    """

    ids: tuple[str, ...]
    name: str
    local: str | None
    longitude: float
    latitude: float
    anchor: str
    shift: Point


class Dot(msgspec.Struct, frozen=True):
    """The place of a town whose square had to move; ``under`` are the incidents of the disc that covers it, if any."""

    id: str
    longitude: float
    latitude: float
    under: tuple[str, ...] = ()


class Hatch(msgspec.Struct, frozen=True):
    """The hatched surroundings of a town in its holder's colour."""

    id: str
    look: HatchLook
    land: tuple[Polygon, ...]


class Layout(msgspec.Struct, frozen=True):
    """Every symbol, name, line and dot at one scale; ``referents`` are the places that need no name of the basemap."""

    symbols: tuple[Symbol, ...] = ()
    labels: tuple[Label, ...] = ()
    leaders: tuple[Symbol, ...] = ()
    dots: tuple[Dot, ...] = ()
    referents: tuple[str, ...] = ()
    hatches: tuple[Hatch, ...] = ()


def layout_in(view: View, data: MapData, share: float, covered: Iterable[Rectangle] = ()) -> Layout:
    """Lay out the map of a picture; ``share`` is that of their full radius that discs have.

    Squares and names keep off the ``covered`` boxes, which are in pixels of the view.
    """
    room = Room((1.0,), view.frame())
    x, y, _, _ = view.frame()
    for left, top, right, bottom in covered:
        middle = x + (left + right) / 2, y + (top + bottom) / 2
        room.take(Box(middle, (0, 0), ((right - left) / 2, (bottom - top) / 2)))
    return _Table(data, at_zoom(places_of(data), view.zoom), room, share).laid_out()


def levels(data: MapData, zooms: Sequence[float] = PAGE_LEVELS) -> list[tuple[float, Layout]]:
    """The map at every level of the page's zoom, without edges; a layout that stays as it was is given once.

    Nothing overlaps while the ground grows up to the next level.
    """
    places, share = places_of(data), share_of(data)
    found: list[tuple[float, Layout]] = []
    for zoom in zooms:
        here = _Table(data, at_zoom(places, zoom), Room((1.0, LEVEL_GROWTH)), share).laid_out()
        if not found or here != found[-1][1]:
            found.append((zoom, here))
    return found


def numbers(data: MapData) -> dict[tuple[str, ...], int]:
    """The number of each incident in the page's list; none when there are too many to show."""
    if len(data.incidents) > MOST_NUMBERED:
        return {}
    return {(mark.id,): number for number, mark in enumerate(data.incidents, start=1)}


def numbered(given: Layout, number: dict[tuple[str, ...], int]) -> Layout:
    """The layout with the numbers that lead to the list."""
    symbols = []
    for symbol in given.symbols:
        look = symbol.look
        if isinstance(look, IncidentLook):
            look = msgspec.structs.replace(look, number=number.get(symbol.ids))
        symbols.append(msgspec.structs.replace(symbol, look=look))
    return msgspec.structs.replace(given, symbols=tuple(symbols))


def incident_look(mark: IncidentMark, share: float) -> IncidentLook:
    """How an incident alone looks."""
    radius = stepped(radius_of(mark.size) * share)
    return IncidentLook(mark.kind, radius, mark.status, mark.spot.rings, pale=mark.grade in UNSURE)


def crowd_look(incidents: Incidents, radius: float) -> IncidentLook:
    """How several incidents in one mark look, the gravest first; their number is set on it by the style."""
    rings = max(mark.spot.rings for mark in incidents)
    toll = toll_span((mark.least, mark.most) for mark in incidents)
    return IncidentLook("none", radius, "unclear", rings, len(incidents), toll=toll, pale=incidents[0].grade in UNSURE)


def town_look(town: TownMark, data: MapData) -> TownLook:
    """How a town looks."""
    holders, besiegers, claimed = (
        tuple(data.actors[name] for name in names) for names in (town.holders[:2], town.besiegers, town.claimed)
    )
    return TownLook(town.state, holders, besiegers, claimed=claimed, denied=town.denied)


def hatch_look(paint: Paint) -> HatchLook:
    """How the surroundings of an actor's towns look."""
    return HatchLook(paint.colour, paint.pattern)


def hatches_of(data: MapData) -> tuple[Hatch, ...]:
    """The hatched areas of a map, where it is to have any."""
    if data.areas_km is None:
        return ()
    lands = {area.town: area.land for area in areas_of(data, data.areas_km)}
    held = [(town, holder_of(town)) for town in data.towns]
    return tuple(Hatch(town.id, hatch_look(data.actors[name]), lands[town.id]) for town, name in held if name)


class _Square(msgspec.Struct):
    """The square of one town, or of several that find no room of their own."""

    towns: list[Place]
    shift: Point
    look: TownLook

    @property
    def place(self) -> Place:
        return self.towns[0]


class _Table:
    """Lays things out in the order of what must not move."""

    def __init__(self, data: MapData, places: list[Place], room: Room, share: float) -> None:
        self.data, self.places, self.share = data, places, share
        self.room, self.dots = room, room.emptied()
        self.crowds = crowds_of(places, self.share)
        self.squares: list[_Square] = []

    def laid_out(self) -> Layout:
        discs = [(crowd, self.disc(crowd)) for crowd in self.crowds]
        for crowd, disc in discs:
            self.room.take(Box(crowd.places[0].at, (0, 0), (disc.look.reach, disc.look.reach)))
        towns = [place for place in self.places if place.town]
        for place in towns:
            self.dots.take(_dot(place))
        heads = {id(crowd.places[0]): disc.look.reach for crowd, disc in discs}
        for place in sorted(towns, key=lambda place: (id(place) not in heads, place.spot.name)):
            self.put_square(place, heads.get(id(place), 0.0))
        symbols = [disc for _, disc in discs] + [self.square_symbol(square) for square in self.squares]
        symbols.sort(key=lambda symbol: (-symbol.look.reach, symbol.ids))
        moved = [square for square in self.squares if square.shift != (0, 0)]
        return Layout(
            symbols=tuple(symbols),
            labels=tuple(self.labels(discs)),
            leaders=tuple(map(_leader, moved)),
            dots=tuple(self.dots_of(heads)),
            referents=tuple(dict.fromkeys(place.spot.key for place in self.places)),
            hatches=hatches_of(self.data),
        )

    def dots_of(self, heads: Container[int]) -> Iterator[Dot]:
        """The dots of all towns but those whose square stands on its place."""
        for square in self.squares:
            for place in square.towns:
                if place.town and (square.shift != (0, 0) or place is not square.place):
                    under = tuple(mark.id for mark in place.incidents) if id(place) in heads else ()
                    yield Dot(place.town.id, place.spot.longitude, place.spot.latitude, under)

    def disc(self, crowd: Crowd) -> Symbol:
        incidents, spot = crowd.incidents, crowd.places[0].spot
        look = incident_look(incidents[0], self.share)
        if len(incidents) > 1:
            look = crowd_look(incidents, crowd.radius)
        return Symbol(tuple(mark.id for mark in incidents), look, spot.longitude, spot.latitude)

    def square_symbol(self, square: _Square) -> Symbol:
        ids = tuple(place.town.id for place in square.towns if place.town)
        spot = square.place.spot
        return Symbol(ids, square.look, spot.longitude, spot.latitude, square.shift)

    def put_square(self, place: Place, disc: float) -> None:
        """Put a town's square where it covers nothing, else with the nearest square that has room for its count."""
        if place.town is None:
            return
        look = town_look(place.town, self.data)
        shift = self.free_shift(place, look.reach, _shifts(disc, look.reach, MOVES_PX))
        nearest = min(self.squares, key=lambda square: _distance(square.place.at, place.at), default=None)
        if shift is None and (nearest is None or _distance(nearest.place.at, place.at) > NEIGHBOUR_PX):
            shift = self.free_shift(place, look.reach, _shifts(disc, look.reach, FAR_MOVES_PX))
        if shift is None and nearest is not None:
            nearest.towns.append(place)
            nearest.look = msgspec.structs.replace(nearest.look, count=len(nearest.towns))
            return
        shift = shift or (0.0, disc + look.reach + GAP_PX)
        self.room.take(Box(place.at, shift, (look.reach, look.reach)))
        self.squares.append(_Square([place], shift, look))

    def free_shift(self, place: Place, reach: float, shifts: Iterable[Point]) -> Point | None:
        """The first of the shifts at which a square covers nothing, not even another town's dot."""
        for shift in shifts:
            box = Box(place.at, shift, (reach, reach))
            if self.room.is_free(box) and self.dots.is_free(box, besides=_dot(place)):
                return shift
        return None

    def labels(self, discs: Iterable[tuple[Crowd, Symbol]]) -> Iterator[Label]:
        """The names, towns first; a name without room is left out."""
        squared = {id(place) for square in self.squares for place in square.towns}
        for square in self.squares:
            yield from self.label(square.place, square.towns, square.shift, square.look.reach)
        for crowd, disc in discs:
            named = [place for place in crowd.places if id(place) not in squared]
            yield from self.label(crowd.places[0], named, (0, 0), disc.look.reach)

    def label(self, at: Place, named: Sequence[Place], shift: Point, reach: float) -> Iterator[Label]:
        if not named:
            return
        name = _joined([place.spot.name for place in named])
        ids = tuple(name for place in named for name in place.ids)
        local = named[0].spot.local if len(named) == 1 else None
        for under in dict.fromkeys((local, None)):
            for anchor, offset, half in _label_spots(name, under, reach):
                centre = (shift[0] + offset[0], shift[1] + offset[1])
                box = Box(at.at, centre, half)
                if self.room.is_free(box):
                    self.room.take(box)
                    edge = (centre[0] - TOWARD[anchor][0] * half[0], centre[1] - TOWARD[anchor][1] * half[1])
                    yield Label(ids, name, under, at.spot.longitude, at.spot.latitude, anchor, edge)
                    return


def _dot(place: Place) -> Box:
    return Box(place.at, (0, 0), (DOT_PX, DOT_PX))


def _shifts(disc: float, reach: float, moves: Iterable[float]) -> Iterator[Point]:
    """Where a square may stand: on its place when no disc is there, else nearer before farther."""
    if not disc and moves is MOVES_PX:
        yield (0.0, 0.0)
    nearest = max(disc, DOT_PX) + reach + GAP_PX
    for move in moves:
        for x, y in DIRECTIONS:
            yield round(x * (nearest + move), 1), round(y * (nearest + move), 1)


def _leader(square: _Square) -> Symbol:
    """The line from a town's place to its square."""
    x, y = square.shift
    spot = square.place.spot
    ids = tuple(place.town.id for place in square.towns if place.town)
    return Symbol(ids, LeaderLook(x, y), spot.longitude, spot.latitude, (x / 2, y / 2))


def _joined(names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    if len(distinct) <= 2:
        return ", ".join(distinct)
    return f"{distinct[0]} and {len(distinct) - 1} more"


def _label_spots(name: str, local: str | None, reach: float) -> Iterator[tuple[str, Point, Point]]:
    """For each side: the anchor, the middle of the name from the symbol's, and half the name's size."""
    half_x = max(_width(name), _width(local) if local else 0) / 2 + 2
    half_y = LINE_PX * (2 if local else 1) / 2
    for anchor, (x, y) in TOWARD.items():
        slant = SLANT if x and y else 1.0
        yield anchor, (x * (reach + 4 + half_x), y * (slant * reach + 2 + half_y)), (half_x, half_y)


@lru_cache(maxsize=20_000)
def _width(text: str) -> float:
    return Face(TEXT_PX, "", bold=True).width(text)


def _distance(one: Point, other: Point) -> float:
    return float(((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2) ** 0.5)
