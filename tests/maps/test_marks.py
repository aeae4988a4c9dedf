"""Where marks stand: discs on their places, several in one where they would overlap, squares clear of everything."""

from __future__ import annotations

import itertools

import pytest
from tests.maps import sample

from according.maps import MapData, map_data
from according.maps.crowding import Crowd, at_zoom, crowds_of, places_of
from according.maps.marks import Layout, Symbol, levels
from according.maps.symbols import IncidentLook, TownLook
from according.maps.view import ground


def layout(data: MapData, zoom: float) -> Layout:
    ((_, given),) = levels(data, [zoom])
    return given


def discs(symbols: tuple[Symbol, ...]) -> list[Symbol]:
    return [symbol for symbol in symbols if isinstance(symbol.look, IncidentLook)]


@pytest.mark.parametrize("zoom", [2, 4, 6, 8])
def test_every_disc_stands_on_the_place_of_one_of_its_incidents(zoom: float) -> None:
    data = map_data(sample.coast())
    spots = {mark.id: (mark.spot.longitude, mark.spot.latitude) for mark in data.incidents}
    drawn = discs(layout(data, zoom).symbols)
    for symbol in drawn:
        assert symbol.shift == (0, 0)
        assert (symbol.longitude, symbol.latitude) in {spots[name] for name in symbol.ids}
    assert sorted(name for symbol in drawn for name in symbol.ids) == sorted(spots)


@pytest.mark.parametrize("zoom", [2, 4, 5, 6, 7])
def test_nothing_covers_anything(zoom: float) -> None:
    given = layout(map_data(sample.coast()), zoom)
    placed = []
    for symbol in given.symbols:
        x, y = ground(symbol.longitude, symbol.latitude, zoom)
        placed.append((symbol, x + symbol.shift[0], y + symbol.shift[1]))
    for (one, x, y), (other, other_x, other_y) in itertools.combinations(placed, 2):
        both = isinstance(one.look, IncidentLook) and isinstance(other.look, IncidentLook)
        reach = one.look.radius + other.look.radius if both else one.look.reach + other.look.reach  # type: ignore[union-attr]
        apart = ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5 if both else max(abs(x - other_x), abs(y - other_y))
        assert apart >= reach - 0.2, (one.ids, other.ids)


def test_incidents_at_one_place_are_one_mark_at_every_zoom_and_neighbours_part_with_it() -> None:
    data = map_data(sample.shells([(22.6, 32.8), (22.6, 32.8), (22.9, 32.7)], [3, 50, 7]))
    (far,) = layout(data, 4).symbols
    assert far.ids == ("i1", "i2", "i0")
    assert isinstance(far.look, IncidentLook)
    assert far.look.count == 3
    assert sorted(symbol.ids for symbol in layout(data, 12).symbols) == [("i1", "i0"), ("i2",)]


def test_a_square_that_had_to_move_has_a_line_and_a_dot_on_its_place() -> None:
    given = layout(map_data(sample.coast()), 3)
    moved = {symbol.ids for symbol in given.symbols if isinstance(symbol.look, TownLook) and symbol.shift != (0, 0)}
    assert moved
    assert {leader.ids for leader in given.leaders} == moved
    assert {name for ids in moved for name in ids} <= {dot.id for dot in given.dots}


def test_a_crowded_map_shrinks_all_discs_by_the_same_share() -> None:
    def radii(count: int) -> list[float]:
        points = [(10 + number % 20, 20 + number // 20) for number in range(count)]
        drawn = layout(map_data(sample.shells(points, [4 if n % 2 else 64 for n in range(count)])), 9).symbols
        return sorted({symbol.look.radius for symbol in drawn if isinstance(symbol.look, IncidentLook)})

    few, many = radii(10), radii(200)
    assert many[0] < few[0]
    assert abs(many[1] / many[0] - few[1] / few[0]) < 0.02


def test_crowding_does_not_depend_on_the_order_of_the_reports() -> None:
    points = [(22.0 + step * 0.21, 32.0 + step % 3 * 0.1) for step in range(12)]
    places = at_zoom(places_of(map_data(sample.shells(points, [step * 5 for step in range(12)]))), 5)

    def told(crowds: list[Crowd]) -> set[frozenset[str]]:
        return {frozenset(place.spot.name for place in crowd.places) for crowd in crowds}

    assert told(crowds_of(places, 1.0)) == told(crowds_of(places[::-1], 1.0))


def test_the_page_gets_a_layout_only_where_it_changes() -> None:
    alone = levels(map_data(sample.shells([(22.6, 32.8)])))
    pair = levels(map_data(sample.shells([(22.6, 32.8), (22.9, 32.7)])))
    assert len(alone) == 1
    assert 1 < len(pair) < 6
    assert [len(discs(given.symbols)) for _, given in (pair[0], pair[-1])] == [1, 2]


@pytest.mark.parametrize(
    ("grade", "pale"), [("confirmed", False), ("fair", False), ("weak", True), ("discounted", True)]
)
def test_what_one_voice_tells_of_is_paler_than_what_several_do(grade: str, pale: bool) -> None:  # noqa: FBT001
    where = sample.place("Derna")
    told = sample.reading("r", "Outlet", "2017-01-01", incidents=[sample.incident("i", "shell", where, grade=grade)])
    (disc,) = layout(map_data(sample.told(told)), 6).symbols
    assert isinstance(disc.look, IncidentLook)
    assert disc.look.pale is pale
