"""What the readings give the map: marks where they were reported, with their sentences, and nothing filled in."""

from __future__ import annotations

from tests.maps import sample

from according.maps import Told, map_data
from according.maps.marks import levels
from according.maps.paint import painted


def test_marks_carry_the_sentences_they_rest_on() -> None:
    strike = next(mark for mark in map_data(sample.coast()).incidents if mark.id == "i1")
    assert [(quote.voices, quote.source, quote.against) for quote in strike.quotes] == [
        ("medics", "Coast Courier", False),
        ("the army", "Coast Courier", True),
    ]
    assert strike.status == "disputed"


def test_an_incident_without_a_finer_place_than_a_country_is_not_drawn() -> None:
    data = map_data(sample.coast())
    assert [mark.id for mark in data.unplaced] == ["i8"]
    assert "i8" not in {name for symbol in levels(data, [6])[0][1].symbols for name in symbol.ids}


def test_towns_show_the_newest_state_and_keep_their_past() -> None:
    towns = {town.spot.name: town for town in map_data(sample.coast()).towns}
    assert (towns["Derna"].holders, towns["Derna"].besiegers) == (("Derna Shura Council",), ("Libyan National Army",))
    assert "held by Ansar Brigade, 2011–2014" in towns["Derna"].lines
    assert (towns["Sirte"].state, towns["Sirte"].holders) == ("contested", ("Bunyan force", "Islamic State"))


def test_a_newer_report_outdates_an_older_holder_and_a_same_day_one_contests_it() -> None:
    def state(first_day: str, second_day: str) -> tuple[str, tuple[str, ...]]:
        spells = [
            sample.spell("Sabha", "Third Force", "held", as_of=first_day),
            sample.spell("Sabha", "Red Brigade", "held", as_of=second_day),
        ]
        town = map_data(sample.told(sample.reading("r", "Outlet", second_day, spells=spells))).towns[0]
        return town.state, town.holders

    assert state("2017-01-01", "2017-05-25") == ("held", ("Red Brigade",))
    assert state("2017-05-25", "2017-05-25") == ("contested", ("Third Force", "Red Brigade"))


def test_an_unnamed_holder_does_not_contest_a_named_one() -> None:
    council = sample.spell("Derna", "Shura Council", "held")
    council["holder"]["referent"] = "actor:LY/x"
    report = sample.reading("r", "Outlet", "2017-11-01", spells=[sample.spell("Derna", "militants", "held"), council])
    (town,) = map_data(sample.told(report)).towns
    assert (town.state, town.holders) == ("held", ("Shura Council",))
    assert any("militants" in line for line in town.lines)


def test_linked_reports_of_one_event_are_one_mark_with_every_sources_figure() -> None:
    first = sample.reading("a", "Coast Courier", "2017-11-01", claims=[sample.claim("c1", "Nine died.")])
    second = sample.reading("b", "Gulf Observer", "2017-11-02", claims=[sample.claim("c2", "Twelve died.")])
    both = sample.tally("killed", 9, 12)
    both["figures"] = [
        {"low": 9, "high": 9, "claim": "c1", "report": "a", "voice": "medics"},
        {"low": 12, "high": None, "claim": "c2", "report": "b", "voice": "outlet"},
    ]
    incidents = (sample.incident("i", "shell", sample.place("Derna"), claims=["c1", "c2"], tallies=[both]),)
    (mark,) = map_data(Told((first, second), incidents, ())).incidents
    assert [quote.source for quote in mark.quotes] == ["Coast Courier", "Gulf Observer"]
    assert mark.figures == ("killed: 9 (medics, Coast Courier); 12 or more (Gulf Observer)",)


def test_actors_keep_their_colour_from_map_to_map_and_never_share_letters() -> None:
    alone = painted(["Libyan National Army"])["Libyan National Army"]
    crowd = painted(["Libyan National Army", "Liwa North Army", "Ligue Nord", "Islamic State", "IS"])
    assert alone.colour == painted(["Libyan National Army", "Misrata brigades"])["Libyan National Army"].colour
    assert len({paint.letters for paint in crowd.values()}) == len(crowd)
    assert len({paint.colour for paint in crowd.values()}) == len(crowd)


def test_readings_with_nothing_in_them_make_an_empty_map() -> None:
    data = map_data(sample.told(sample.reading("r", "Outlet", "2017-01-01")))
    assert (data.incidents, data.towns, data.title) == ((), (), "What the reports say")
