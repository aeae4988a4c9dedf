"""The table: how an incident's tolls are put in words."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from according.cli.table import print_reading, tally_words
from according.records import Claim, Effect, Reading, Report, Resolution, Span, Tally, TimeReading
from according.vocabulary import load_vocabulary


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


def test_no_date_and_no_word_of_a_predicate_is_cut_in_two() -> None:
    predicate = max(load_vocabulary().predicates, key=lambda name: max(map(len, name.split("_"))))
    claim = Claim(id="c", report="r", evidence=Span(0, 40, "x" * 40), predicate=predicate, time=Span(0, 2, "on"))
    time = TimeReading(earliest="2019-06-26", latest="2019-06-26", partial=None, precision="day")
    found = Resolution(claim="c", role="time", referent=None, basis="stated", time=time)
    written = StringIO()
    reading = Reading(report=Report(id="r", text="x" * 40), claims=(claim,), resolutions=(found,))
    print_reading(reading, Console(width=72, file=written))
    assert "2019-06-26" in written.getvalue()
    assert all(word in written.getvalue() for word in predicate.split("_"))
