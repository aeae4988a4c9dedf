"""Tiles: every incident is in just one mark at every zoom, and no mark says more than its incidents do."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.maps.tiles import read

from according.maps.tiles import NEVER, Asked, Incidents, Mark, Row, ordinal
from according.maps.vector import EXTENT, Point, encode

FIRST = ordinal("2020-01-01")
ALL = Asked()


def a_row(number: int, luck: Random, **told: object) -> Row:
    day = FIRST + luck.randint(0, 400)
    toll = luck.choice([(None, None), (3, 3), (5, None), (2, luck.randint(2, 90))])
    row = Row(
        number, luck.uniform(-180, 180), luck.uniform(-84, 84), luck.choice(["airstrike", "clash", "bomb"]),
        luck.choice(["exact", "town", "district", "province"]), day, day + luck.randint(0, 3),
        luck.choice(["confirmed", "fair"]), luck.choice(["alleged", "denied"]), *toll, day + 2, NEVER, True,  # noqa: FBT003
    )  # fmt: skip
    return row._replace(**told)  # type: ignore[arg-type]


def marks_at(zoom: int, rows: list[Row], asked: Asked = ALL) -> list[Mark]:
    incidents = Incidents(rows)
    return [one for x in range(1 << zoom) for y in range(1 << zoom) for one in incidents.marks((zoom, x, y), asked)]


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 3))
def test_every_incident_is_in_just_one_mark_and_tolls_are_ranges(luck: Random, zoom: int) -> None:
    rows = [a_row(number, luck) for number in range(luck.randint(1, 60))]
    said = [one.point.said for one in marks_at(zoom, rows)]
    assert sum(int(one["count"] or 0) for one in said) == len(rows)
    assert sum(int(one["told"] or 0) for one in said) == sum(row.least is not None for row in rows)
    told = [row.least for row in rows if row.least is not None]
    assert min((int(one["least"] or 0) for one in said if "least" in one), default=None) == min(told, default=None)
    highest = max((row.most for row in rows if row.most is not None and row.least is not None), default=None)
    kept = [int(one["most"] or 0) for one in said if "most" in one]
    beyond = any(row.least is not None and row.most is None for row in rows)
    assert any(one.get("open") for one in said) == beyond
    assert max(kept, default=0) <= (highest or 0)
    assert beyond or max(kept, default=None) == highest
    assert all(("most" in one) != bool(one.get("open")) for one in said if one["told"])


def test_marks_stand_where_their_places_are() -> None:
    luck = Random(4)
    rows = [a_row(1, luck, longitude=22.63669, latitude=32.76704)]
    (mark,) = Incidents(rows).marks((0, 0, 0), ALL)
    assert (mark.point.x, mark.point.y) == (round((22.63669 + 180) / 360 * EXTENT), 1653)
    same = [a_row(number, luck, longitude=22.63669, latitude=32.76704) for number in range(5)]
    (mark,) = Incidents(same).marks((0, 0, 0), ALL)
    assert (mark.point.x, mark.point.y) == (round((22.63669 + 180) / 360 * EXTENT), 1653)
    assert mark.point.said["one_spot"] is True
    assert mark.point.said["count"] == 5


def test_what_is_asked_for_is_what_is_shown() -> None:
    luck = Random(5)
    rows = [a_row(number, luck) for number in range(300)]
    undated = a_row(300, luck, day=0, last=0)

    def shown(asked: Asked) -> int:
        return sum(int(one.point.said["count"] or 0) for one in marks_at(1, [*rows, undated], asked))

    assert shown(ALL) == 301
    assert shown(Asked(day="2020-06-01")) == sum(row.day <= ordinal("2020-06-01") for row in rows)
    assert shown(Asked(since="2020-06-01")) == sum(row.last >= ordinal("2020-06-01") for row in rows)
    assert shown(Asked(known="2020-06-01")) == sum(row.out <= ordinal("2020-06-01") for row in [*rows, undated])
    assert shown(Asked(kinds=("air",), grades=("fair",))) == sum(
        row.predicate == "airstrike" and row.grade == "fair" for row in [*rows, undated]
    )


def test_an_incident_is_shown_as_it_was_known_on_the_day() -> None:
    base = a_row(7, Random(6), predicate="bomb", least=5, most=9)
    early = base._replace(least=1, most=1, out=FIRST, over=FIRST + 10, whole=False)
    later = base._replace(out=FIRST + 10, over=NEVER, whole=False)
    whole = base._replace(out=NEVER, over=NEVER)
    incidents = Incidents([early, later, whole])
    tolls = {
        known: [(mark.number, mark.point.said["least"]) for mark in incidents.marks((0, 0, 0), Asked(known=known))]
        for known in ("2019-12-31", "2020-01-05", "2020-01-11", None)
    }
    assert tolls == {"2019-12-31": [], "2020-01-05": [(7, 1)], "2020-01-11": [(7, 5)], None: [(7, 5)]}


def test_a_country_is_too_coarse_for_a_mark_and_control_is_no_incident() -> None:
    luck = Random(8)
    rows = [a_row(1, luck, precision="country"), a_row(2, luck, predicate="take"), a_row(3, luck)]
    assert Counter(mark.number for mark in marks_at(0, rows)) == {3: 1}
    assert Incidents([]).marks((0, 0, 0), ALL) == []


@pytest.mark.parametrize("value", ["Дерна درنة", 5, -3, True, 0.25])
def test_what_is_written_is_read_back(value: str | float) -> None:
    points = [Point(1, 4095, {"a": value, "b": None}), Point(-3, 0, {"a": value, "c": 1})]
    assert read(encode({"layer": points, "empty": []})) == {
        "layer": [{"a": value, "x": 1, "y": 4095}, {"a": value, "c": 1, "x": -3, "y": 0}]
    }
