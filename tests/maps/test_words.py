"""The map's words claim no more than the records."""

from __future__ import annotations

import pytest
from tests.maps import sample

from according.maps import words


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ({"earliest": "2017-10-31", "latest": "2017-10-31"}, "31 October 2017"),
        ({"earliest": "2017-10-30", "latest": "2017-10-31"}, "30–31 October 2017"),
        ({"earliest": "2017-09-30", "latest": "2017-10-31"}, "30 September – 31 October 2017"),
        ({"earliest": "2016-12-31", "latest": "2017-01-01"}, "31 December 2016 – 1 January 2017"),
        ({"earliest": None, "latest": None, "partial": "--10-31"}, "31 October (year not given)"),
        ({"earliest": None, "latest": None, "partial": "--04-11/--04-20"}, "11 April – 20 April (year not given)"),
        ({"earliest": None, "latest": None, "partial": "--10-31~"}, "about 31 October (year not given)"),
        ({"earliest": None, "latest": None, "partial": "-W-6"}, "Saturday (date not given)"),
        ({"earliest": "2017", "latest": None}, "after 2017"),
        ({"earliest": None, "latest": "2017-11-01"}, "before 1 November 2017"),
        ({}, "date not given"),
    ],
)
def test_a_time_is_said_as_exactly_as_it_is_known(time: dict[str, str | None], said: str) -> None:
    assert words.when(time) == said


def test_tolls_keep_open_ends_and_groups_are_never_added_up() -> None:
    tallies = [
        sample.tally("killed", 12, 15, "civilians"),
        sample.tally("killed", 17, None),
        sample.tally("injured", 0, 0),
    ]
    assert words.toll(tallies) == "killed: 17 or more, 12–15 civilians; injured: 0"
    assert words.toll_size(tallies) == 17


def test_no_toll_is_not_a_toll_of_none() -> None:
    assert words.toll([]) == "no toll given"
    assert words.toll_size([]) is None
    assert words.toll_size([sample.tally("killed", 0, 0)]) == 0


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "", None])
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert words.web_address(url) is None


def test_reports_without_a_date_are_not_passed_over() -> None:
    assert words.known_from(["2019-07-04", "2019-07-01"]) == "as known from reports up to 4 July 2019"
    assert words.known_from(["2019-07-04", None]) == "1 of 2 reports are dated, the latest 4 July 2019"
    assert words.known_from([None]) == ""
