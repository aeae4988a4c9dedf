"""Tallies from hand-made claims: what each named rule makes of the figures, in any order."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from according.infer.tally import civilian_range, tallies
from according.infer.voices import Sayings
from according.records import Claim, Incident, Quantity, Span, Tally, Voice

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("cases_tally.yaml").read_text("utf-8"))
FIGURE = re.compile(r"(\w+): (\.\.)?(\d+)(\+)? (\w+) ?(\w+)?$")


def claim(number: int, figure: str) -> Claim:
    """A claim of killing from a line of the table; each stands in a sentence of its own."""
    match = FIGURE.match(figure)
    assert match, figure
    voice, up_to, count, more, group, rule = match.groups()
    low, high = None if up_to else int(count), None if more else int(count)
    span = Span(number * 100, number * 100 + len(figure), figure)
    words = Span(span.start, span.start + len(count), count)
    return Claim(
        id=f"c{number}",
        report="r",
        evidence=span,
        predicate="kill",
        group=group,
        object=words,
        quantity=Quantity(
            span=Span(span.start, span.start + len(count), count), low=low, high=high, rule=rule or "exact"
        ),
        voices=(Voice(voice_class="unnamed", span=Span(span.start, span.start + len(voice), voice)),),
    )


def tally_of(claims: Sequence[Claim]) -> tuple[Tally, ...]:
    incident = Incident(id="i", predicate="attack", reports=("r",), claims=tuple(c.id for c in claims))
    return tallies(incident, {c.id: c for c in claims}, Sayings([]))


def civilians(claims: Sequence[Claim]) -> list[int | None] | None:
    incident = Incident(id="i", predicate="attack", reports=("r",), claims=(), tallies=tally_of(claims))
    found = civilian_range(incident, "killed")
    return list(found) if found else None


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES])
def test_rules(case: dict[str, Any]) -> None:
    claims = [claim(n, figure) for n, figure in enumerate(case["figures"])]
    (tally,) = (one for one in tally_of(claims) if one.group == case["group"])
    assert civilians(claims) == case["airwars"]
    assert [tally.rules["acled"], tally.rules["ucdp"]] == [case["acled"], case["ucdp"]]
    assert tally.rules["two_sources"] == case["two_sources"]
    assert [tally.low, tally.best, tally.high] == case["ucdp"]


@pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in CASES])
def test_the_order_of_claims_does_not_matter(case: dict[str, Any]) -> None:
    claims = [claim(n, figure) for n, figure in enumerate(case["figures"])]
    assert len({repr(tally_of(order)) for order in itertools.permutations(claims)}) == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"block": "comment"}, id="a comment"),
        pytest.param({"polarity": "denied"}, id="denied"),
        pytest.param({"realis": "planned"}, id="planned"),
        pytest.param({"realis": "habitual"}, id="a running total"),
        pytest.param({"cues": (Span(0, 7, "up from"),)}, id="an earlier toll"),
        pytest.param({"cues": (Span(0, 10, "in another"),)}, id="another event"),
    ],
)
def test_what_is_never_counted(change: dict[str, Any]) -> None:
    told, other = claim(0, "radio: 12 people"), replace(claim(1, "reader: 500 people"), **change)
    assert [figure.claim for tally in tally_of([told, other]) for figure in tally.figures] == [told.id]


def test_parts_are_not_added_to_the_whole() -> None:
    whole = claim(0, "radio: 12 people")
    part = replace(claim(1, "radio: 5 children"), part_of=whole.id)
    by_group = {tally.group: (tally.low, tally.high) for tally in tally_of([whole, part])}
    assert by_group == {"people": (12, 12), "children": (5, 5)}


def test_the_soldier_among_five_is_no_civilian() -> None:
    whole = claim(0, "radio: 5 people")
    part = replace(claim(1, "radio: 1 soldiers"), part_of=whole.id)
    assert civilians([whole, part]) == [4, 4]


def test_people_of_unknown_status_may_be_no_civilians() -> None:
    doubted = replace(claim(0, "radio: 6 people"), cues=(Span(0, 12, "is not known"),))
    assert civilians([doubted]) == [0, 6]


def test_people_whom_somebody_else_calls_fighters_may_be_no_civilians() -> None:
    men, called = claim(0, "elders: 3 people"), claim(1, "army: 3 fighters")
    assert civilians([men, replace(called, part_of=men.id)]) == [0, 3]
    assert civilians([men, replace(claim(1, "army: 1 fighters"), part_of=men.id)]) == [2, 3]
    assert civilians([men, replace(called, subject=Span(100, 104, "army"))]) == [0, 3]
    assert civilians([men, called]) == [3, 3]
    assert civilians([claim(0, "elders: 3 civilians"), replace(called, part_of=men.id)]) == [3, 3]


def test_fighters_who_were_farmers_to_somebody_else_may_be_civilians() -> None:
    fighters, words = claim(0, "army: 7 fighters"), Span(100, 126, "the dead were all farmers")
    farmers = replace(claim(1, "elders: 7 civilians"), part_of=fighters.id, object=words, quantity=None)
    assert civilians([fighters, farmers]) == [0, 7]
    assert civilians([fighters, farmers, claim(2, "army: 2 civilians")]) == [2, 7]


def test_more_women_than_people_are_no_part_of_them() -> None:
    assert civilians([claim(0, "radio: 2 people"), claim(1, "clinic: 2 women")]) == [2, 2]
    assert civilians([claim(0, "radio: 2 people"), claim(1, "radio: 3 women")]) == [2, 3]
    assert civilians([claim(0, "radio: 5 people"), claim(1, "radio: 3 women")]) == [5, 5]


def test_parts_of_a_toll_that_was_given_up_are_no_toll() -> None:
    old = replace(claim(0, "radio: 19 civilians"), cues=(Span(0, 7, "up from"),))
    part = replace(claim(1, "radio: 7 patients"), part_of=old.id)
    assert civilians([old, part, claim(2, "radio: 42 people")]) == [42, 42]


@pytest.mark.parametrize(("words", "low"), [("residents of Osk alone counted 24", 162), ("Osk Radio alone had 24", 24)])
def test_the_number_of_one_place_alone_is_a_part(words: str, low: int) -> None:
    told = claim(1, "residents: 24 people")
    assert told.quantity is not None
    number = Span(100 + words.index("24"), 102 + words.index("24"), "24")
    part = replace(told, evidence=Span(100, 100 + len(words), words), quantity=replace(told.quantity, span=number))
    assert civilians([claim(0, "radio: 162 people"), part]) == [low, 162]


def test_a_firm_number_of_those_who_may_have_died_stands_beside_it() -> None:
    most, named = claim(0, "residents: ..80 people up_to"), claim(1, "post: 62 people")
    assert civilians([most, replace(named, part_of=most.id)]) == [62, 80]
    assert civilians([most, replace(claim(1, "residents: 62 people"), part_of=most.id)]) == [0, 80]


def test_two_accounts_in_one_sentence_are_no_share_of_each_other() -> None:
    more = replace(claim(0, "clinic: 43 people"), voices=())
    fewer = replace(claim(1, "mayor: 39 people"), voices=(), evidence=more.evidence)
    assert civilians([more, fewer]) == [39, 43]


def test_what_adds_up_to_a_toll_told_elsewhere_is_no_toll() -> None:
    here = replace(claim(0, "governor: 41 people"), place=Span(10, 13, "Osk"))
    there = replace(claim(1, "mayor: 6 people"), evidence=here.evidence, place=Span(20, 25, "Duvar"))
    assert civilians([here, there, claim(2, "radio: 47 people")]) == [47, 47]
    assert civilians([here, there, claim(2, "radio: 48 people")]) == [6, 48]


def test_an_open_top_is_said() -> None:
    (tally,) = tally_of([claim(0, "radio: 17+ people at_least")])
    assert tally.open_ended
    assert tally.figures[0].high is None


def test_a_first_count_is_kept_and_yields_to_later_ones() -> None:
    text, at = "The clinic first gave 82 dead", 22
    told = claim(0, "clinic: 82 people")
    assert told.quantity is not None
    number = replace(told.quantity, span=Span(at, at + 2, "82"))
    early = replace(told, evidence=Span(0, len(text), text), quantity=number)
    (tally,) = tally_of([early, claim(3, "mission: 140 people")])
    assert (tally.low, tally.best, tally.high) == (140, 140, 140)
    assert [figure.low for figure in tally.figures] == [82, 140]


def test_a_trade_among_the_dead_is_no_tally_of_civilians_beside_the_whole() -> None:
    whole = claim(0, "radio: 7 people")
    monk = replace(claim(1, "radio: 1 civilians"), part_of=whole.id, object=Span(100, 106, "a monk"))
    assert {tally.group for tally in tally_of([whole, monk])} == {"people"}


def test_the_same_dead_counted_anew_by_another_voice_are_no_part() -> None:
    fighters = claim(0, "army: 40 fighters")
    farmers = replace(claim(1, "elders: 9 civilians"), part_of=fighters.id)
    by_group = {tally.group: tally.best for tally in tally_of([fighters, farmers])}
    assert by_group == {"civilians": 9, "fighters": 40}


def test_what_was_said_at_first_may_stand_far_from_its_number() -> None:
    text = "It was first reported that a raid on the mill had killed 10 people"
    told = claim(0, "radio: 10 people")
    assert told.quantity is not None
    at = text.index("10")
    early = replace(
        told, evidence=Span(0, len(text), text), quantity=replace(told.quantity, span=Span(at, at + 2, "10"))
    )
    assert civilians([early, claim(3, "mission: 14 people")]) == [14, 14]


def test_one_person_told_of_beside_the_toll_is_no_toll() -> None:
    toll = claim(0, "ministry: 4 people")
    one_more = replace(claim(1, "ministry: 1 people"), evidence=toll.evidence)
    assert civilians([toll, one_more]) == [4, 4]
    assert civilians([toll, claim(2, "clinic: 1 people")]) == [1, 4]


def test_a_number_of_nobody_said_who_stands_beside_the_others() -> None:
    unnamed = replace(claim(1, "clinic: 9 people"), group=None)
    assert civilians([claim(0, "radio: 7 people"), unnamed]) == [7, 9]


def test_what_a_voice_adds_to_its_own_figure_is_added_to_it() -> None:
    more = replace(claim(2, "clinic: 2 people"), object=Span(200, 211, "another two"))
    assert civilians([claim(0, "mayor: 8 people"), claim(1, "clinic: 9 people"), more]) == [8, 11]
    assert civilians([claim(0, "clinic: 8 people"), claim(1, "mayor: 9 people"), more]) == [9, 10]


def test_what_somebody_adds_who_counts_nothing_else_goes_with_the_figure_before_it() -> None:
    more = replace(claim(2, "chief: 4 people"), object=Span(200, 209, "four more"))
    assert civilians([claim(0, "mayor: 8 people"), claim(1, "clinic: 6 people"), more]) == [6, 8]
    assert civilians([claim(0, "clinic: 6 people"), claim(1, "mayor: 8 people"), more]) == [6, 12]


def test_a_further_number_for_a_further_place_adds_to_the_highest() -> None:
    here = replace(claim(0, "radio: 3 people"), place=Span(10, 13, "Osk"))
    there = replace(claim(1, "radio: 2 people"), evidence=here.evidence, place=Span(20, 25, "Duvar"))
    assert civilians([here, there]) == [3, 5]
    assert civilians([here, replace(there, place=here.place)]) == [2, 3]


def test_shares_that_come_to_the_toll_are_no_toll() -> None:
    more = replace(claim(2, "radio: 5 people"), object=Span(200, 212, "another five"))
    assert civilians([claim(0, "radio: 21 people"), claim(1, "radio: 16 people"), more]) == [21, 21]
    assert civilians([claim(0, "radio: 30 people"), claim(1, "radio: 16 people"), more]) == [21, 30]


def test_fewer_than_the_outlet_itself_told_of_before_are_some_of_them() -> None:
    told, fewer = claim(0, "residents: 12 people"), claim(1, "residents: 4 people")
    assert civilians([replace(told, voices=()), replace(fewer, voices=())]) == [12, 12]
    first, more = claim(0, "residents: 4 people"), claim(1, "residents: 12 people")
    assert civilians([replace(first, voices=()), replace(more, voices=())]) == [4, 12]
    assert civilians([replace(told, voices=()), fewer]) == [4, 12]


def test_what_the_outlet_adds_goes_with_the_figure_before_it() -> None:
    more = replace(claim(2, "radio: 3 people"), object=Span(200, 213, "another three"), voices=())
    assert civilians([claim(0, "residents: 8 people"), more]) == [8, 11]


def test_what_its_own_sentence_adds_up_is_a_share() -> None:
    said = "They buried 52 on Monday, and had ten on the day before, which makes 62"
    first = replace(claim(0, "chief: 52 people"), evidence=Span(0, len(said), said))
    total = replace(claim(1, "chief: 62 people"), evidence=first.evidence)
    numbers = [
        replace(c, quantity=replace(c.quantity, span=Span(at, at + 2, said[at : at + 2])))
        for c, at in ((first, said.index("52")), (total, said.index("62")))
        if c.quantity is not None
    ]
    assert civilians(numbers) == [62, 62]


def test_up_to_a_number_is_no_fewer_than_the_kinds_counted_within() -> None:
    most = claim(0, "residents: ..80 people up_to")
    assert civilians([most, replace(claim(1, "residents: 45 children"), part_of=most.id)]) == [45, 80]
