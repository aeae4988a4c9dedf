"""Spells as bars: nothing is drawn that was not told."""

from __future__ import annotations

from datetime import date

import pytest

from according.plots import holder_lines
from according.plots.axis import date_ticks, number_ticks
from according.plots.bars import days_of, line_of
from according.records import Spell, SpellState


def spell(
    holder: str | None,
    start: str | None,
    end: str | None,
    state: SpellState = "held",
    *,
    ongoing: bool | None = None,
    against: tuple[str, ...] = (),
) -> Spell:
    return Spell(
        place="place:x/1",
        place_name="Saltmarsh",
        holder=None,
        holder_name=holder,
        state=state,
        start=start,
        end=end,
        ongoing=end is None if ongoing is None else ongoing,
        claims_for=("c",),
        claims_against=against,
    )


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("2014", (date(2014, 1, 1), date(2014, 12, 31))),
        ("2016-02", (date(2016, 2, 1), date(2016, 2, 29))),
        ("2016-02-03", (date(2016, 2, 3), date(2016, 2, 3))),
        ("--10-31", None),
        ("-W-5", None),
        (None, None),
    ],
)
def test_how_much_a_date_leaves_open(said: str | None, days: tuple[date, date] | None) -> None:
    assert days_of(said) == days


def test_rows_follow_one_another_in_time_and_what_has_no_date_is_told_in_words() -> None:
    line = line_of(
        [spell("B", "2016", None), spell("A", "2012", "2014"), spell("C", None, None), spell("D", "--05-01", None)]
    )
    assert line is not None
    assert line.rows == ["A", "B"]
    assert line.undated == ("held by C, ? – …", "held by D, --05-01 – …")
    assert line_of([spell("C", None, None)]) is None


def test_the_line_ends_where_knowledge_does() -> None:
    line = line_of([spell("A", "2012-03-01", None)], until="2013-06-30")
    assert line is not None
    assert line.last == date(2013, 6, 30)


def test_the_terminal_shows_what_is_certain_and_what_is_not() -> None:
    spells = [
        spell("Alpha", "2012", "2014-06-30"),
        spell("Beta", None, "2016-01-01", ongoing=False),
        spell("Gamma", "2016-01-01", None, against=("d",)),
        spell("Delta", "2013-06-01", "2014-01-01", "besieged"),
    ]
    line = line_of(spells, until="2018-01-01")
    assert line is not None
    rows = {row.split(" ")[0]: row for row in holder_lines(line, 90)}
    assert "░█" in rows["Alpha"]
    assert "█░" not in rows["Alpha"]
    assert "?█" in rows["Beta"]
    assert rows["Gamma"].endswith("▶!")
    assert "▄▄" in rows["Delta"]
    assert rows["Alpha"].index("█") <= rows["Delta"].index("▄") < rows["Gamma"].index("█")


def test_ticks_are_few_round_and_inside() -> None:
    for first, last in [(date(2011, 3, 5), date(2024, 2, 1)), (date(2024, 1, 30), date(2024, 2, 8))]:
        ticks = date_ticks(first, last)
        assert 2 <= len(ticks) <= 10
        assert all(first <= day <= last for day, _ in ticks)
        assert len({words for _, words in ticks}) == len(ticks)
    assert number_ticks(60) == [0, 10, 20, 30, 40, 50, 60]
    assert number_ticks(1)[-1] >= 1
