"""The table: how an incident's tolls are put in words."""

from __future__ import annotations

from according.cli.table import tally_words
from according.records import Effect, Tally


def tally(group: str, number: int, effect: Effect = "killed") -> Tally:
    return Tally(group=group, effect=effect, low=number, best=number, high=number, open_ended=False, figures=())


def test_a_part_of_a_toll_is_shown_as_its_breakdown() -> None:
    people, children = tally("people", 53), tally("children", 6)
    assert tally_words(people, (people, children)) == "53 people killed"
    assert tally_words(children, (people, children)) == "of them 6 children"


def test_what_the_toll_does_not_hold_stands_for_itself() -> None:
    people, children, hurt = tally("people", 4), tally("children", 6), tally("children", 3, "injured")
    assert tally_words(children, (people, children)) == "6 children killed"
    assert tally_words(hurt, (people, hurt)) == "3 children injured"
