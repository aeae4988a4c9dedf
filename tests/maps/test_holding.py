"""Who holds a town on a day: what its spells cover, and nothing carried over to other days."""

from __future__ import annotations

import pytest
from tests.maps import sample

from according.maps.holding import Epoch, State, epochs_of, first_day, known_of_spells, last_day, state_on
from according.maps.sayings import Sayings

NOBODY = Sayings({})
"""No report is dated."""


SPELLS = [
    sample.spell("Derna", "Old", "held", **{"from": "2011", "to": "2014-06-10"}, ongoing=False),
    sample.spell("Derna", "New", "held", **{"from": "2014-06-10", "to": "2015"}, ongoing=False),
    sample.spell("Derna", "Army", "besieged", **{"from": "2014-07"}),
]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2010-12-31", State("unknown")),
        ("2011-01-01", State("held", ("Old",))),
        ("2014-06-09", State("held", ("Old",))),
        ("2014-06-10", State("held", ("New",))),
        ("2014-07-01", State("held", ("New",), ("Army",))),
        ("2015-12-31", State("held", ("New",), ("Army",))),
        ("2016-01-01", State("unknown", (), ("Army",))),
    ],
)
def test_a_spell_counts_on_the_days_that_it_covers(day: str, state: State) -> None:
    assert state_on(SPELLS, day, NOBODY) == state


def test_of_no_spells_nothing_is_told() -> None:
    assert state_on([], "2014-01-01", NOBODY) is None


def test_an_epoch_changes_on_the_days_of_its_spells() -> None:
    (epoch,) = epochs_of(known_of_spells(SPELLS, NOBODY), NOBODY)
    assert isinstance(epoch, Epoch)
    assert [day for day, _ in epoch.states] == ["", "2011-01-01", "2014-06-10", "2014-07-01", "2016-01-01"]
    assert epoch.on("2010-01-01") is None, "before anything is told"
    assert epoch.on(None) == State("unknown", (), ("Army",))


def test_a_statement_without_a_date_is_of_no_day_but_of_the_last_state() -> None:
    (epoch,) = epochs_of(known_of_spells([sample.spell("Derna", "Council", "held")], NOBODY), NOBODY)
    assert epoch.on("2017-01-01") is None
    assert epoch.on(None) == State("held", ("Council",))


def test_partial_dates_have_a_first_and_a_last_day() -> None:
    assert [first_day(said) for said in ("2014", "2014-06", "2014-06-10")] == ["2014-01-01", "2014-06-01", "2014-06-10"]
    assert [last_day(said) for said in ("2014", "2014-02", "2014-06-10T08:00", None)] == [
        "2014-12-31",
        "2014-02-28",
        "2014-06-10",
        None,
    ]
