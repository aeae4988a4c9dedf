"""What the readings give the map: marks where they were reported, with their sentences, and nothing filled in."""

from __future__ import annotations

from tests.maps import sample

from according.maps import map_data
from according.maps.marks import layout
from according.maps.paint import painted


def test_marks_carry_the_sentences_they_rest_on() -> None:
    strike = next(mark for mark in map_data(sample.coast_readings()).incidents if mark.id == "i1")
    assert [(quote.voices, quote.source, quote.against) for quote in strike.quotes] == [
        ("medics", "Coast Courier", False),
        ("the army", "Coast Courier", True),
    ]
    assert strike.status == "disputed"


def test_an_incident_without_a_finer_place_than_a_country_is_not_drawn() -> None:
    data = map_data(sample.coast_readings())
    assert [mark.id for mark in data.unplaced] == ["i8"]
    assert "i8" not in {name for symbol in layout(data).symbols for name in symbol.ids}


def test_towns_show_the_newest_state_and_keep_their_past() -> None:
    towns = {town.spot.name: town for town in map_data(sample.coast_readings()).towns}
    assert (towns["Derna"].holders, towns["Derna"].besiegers) == (("Derna Shura Council",), ("Libyan National Army",))
    assert "held by Ansar Brigade, 2011–2014" in towns["Derna"].lines
    assert (towns["Sirte"].state, towns["Sirte"].holders) == ("contested", ("Bunyan force", "Islamic State"))


def test_a_newer_report_outdates_an_older_holder_and_a_same_day_one_contests_it() -> None:
    def state(first_day: str, second_day: str) -> tuple[str, tuple[str, ...]]:
        spells = [
            sample.spell("Sabha", "Third Force", "held", as_of=first_day),
            sample.spell("Sabha", "Red Brigade", "held", as_of=second_day),
        ]
        town = map_data([sample.reading("r", "Outlet", second_day, spells=spells)]).towns[0]
        return town.state, town.holders

    assert state("2017-01-01", "2017-05-25") == ("held", ("Red Brigade",))
    assert state("2017-05-25", "2017-05-25") == ("contested", ("Third Force", "Red Brigade"))


def test_no_symbol_leaves_its_place_and_rows_do_not_overlap() -> None:
    data = map_data(sample.coast_readings())
    spots = {mark.id: mark.spot for mark in data.incidents} | {town.id: town.spot for town in data.towns}
    symbols = layout(data).symbols
    for symbol in symbols:
        spot = spots[symbol.ids[0]]
        assert (symbol.longitude, symbol.latitude) == (spot.longitude, spot.latitude)
    at_derna = [symbol for symbol in symbols if spots[symbol.ids[0]].name == "Derna"]
    assert len(at_derna) == 3
    for one in at_derna:
        for other in at_derna:
            apart = sum((a - b) ** 2 for a, b in zip(one.shift, other.shift, strict=True)) ** 0.5
            assert one is other or apart >= one.look.reach + other.look.reach


def test_many_incidents_at_one_place_become_one_symbol_with_their_number() -> None:
    incidents = [sample.incident(f"i{n}", "shell", sample.place("Derna")) for n in range(9)]
    (symbol,) = layout(map_data([sample.reading("r", "Outlet", "2017-01-01", incidents=incidents)])).symbols
    assert len(symbol.ids) == symbol.look.count == 9  # type: ignore[union-attr]


def test_a_crowded_map_shrinks_all_discs_by_the_same_share() -> None:
    def radii(count: int) -> list[float]:
        tolls = [[sample.tally("killed", 4 if n % 2 else 64, None)] for n in range(count)]
        incidents = [
            sample.incident(f"i{n}", "shell", {**sample.place("Derna"), "latitude": 30 + n / 100}, tallies=tolls[n])
            for n in range(count)
        ]
        symbols = layout(map_data([sample.reading("r", "Outlet", "2017-01-01", incidents=incidents)])).symbols
        return sorted({symbol.look.radius for symbol in symbols})  # type: ignore[union-attr]

    few, many = radii(10), radii(200)
    assert many[0] < few[0]
    assert abs(many[1] / many[0] - few[1] / few[0]) < 0.02


def test_actors_keep_their_colour_from_map_to_map_and_never_share_letters() -> None:
    alone = painted(["Libyan National Army"])["Libyan National Army"]
    crowd = painted(["Libyan National Army", "Liwa North Army", "Ligue Nord", "Islamic State", "IS"])
    assert alone.colour == painted(["Libyan National Army", "Misrata brigades"])["Libyan National Army"].colour
    assert len({paint.letters for paint in crowd.values()}) == len(crowd)
    assert len({paint.colour for paint in crowd.values()}) == len(crowd)


def test_readings_with_nothing_in_them_make_an_empty_map() -> None:
    data = map_data([sample.reading("r", "Outlet", "2017-01-01")])
    assert (data.incidents, data.towns, data.title) == ((), (), "What the reports say")
