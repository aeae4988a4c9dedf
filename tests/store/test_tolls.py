"""What is shown of a tally: the inclusive bounds of its figures, where the rules count what is printed."""

from __future__ import annotations

import msgspec
import pytest

from according.cli.table import tally_words
from according.maps.words import toll, toll_bounds
from according.records import Figure, Tally
from according.store.tolls import shown_bounds
from according.web.pages import words

Bounds = tuple[int | None, int | None]


def tally(low: int | None, high: int | None, *figures: Bounds, open_ended: bool = False) -> Tally:
    told = tuple(Figure(low=least, high=most, claim="c", report="r") for least, most in figures)
    best = low if low is not None else high
    return Tally(group="people", effect="killed", low=low, best=best, high=high, open_ended=open_ended, figures=told)


@pytest.mark.parametrize(
    ("one", "bounds"),
    [
        (tally(180, 180, (181, None), open_ended=True), (181, None)),
        (tally(180, 180, (180, None), open_ended=True), (180, None)),
        (tally(180, 180, (181, None), (180, 180), open_ended=True), (180, None)),
        (tally(180, 180, (181, None), (3, 3), open_ended=True), (181, None)),
        (tally(45, 180, (181, None), (40, 50), open_ended=True), (45, None)),
        (tally(None, 20, (None, 19)), (None, 19)),
        (tally(None, 20, (None, 20)), (None, 20)),
        (tally(12, 20, (None, 19), (12, 20)), (12, 20)),
        (tally(None, None, (None, None)), (None, None)),
    ],
)
def test_a_number_that_only_stands_in_more_than_it_is_not_reached(one: Tally, bounds: Bounds) -> None:
    assert shown_bounds(one) == bounds


def test_every_screen_says_the_same() -> None:
    more, fewer = tally(180, 180, (181, None), open_ended=True), tally(None, 20, (None, 19))
    as_json = [[msgspec.to_builtins(one)] for one in (more, fewer)]
    assert tally_words(more) == words.tally(more) == "181 or more people killed"
    assert tally_words(fewer) == words.tally(fewer) == "up to 19 people killed"
    assert [toll(one) for one in as_json] == ["killed: 181 or more", "killed: up to 19"]
    assert [toll_bounds(one) for one in as_json] == [(181, None), (19, 19)]
