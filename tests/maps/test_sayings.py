"""Whose word it is that a side holds a place: the rule, and what towns, squares and words make of it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.maps import sample

from according.maps import map_data
from according.maps.legend import state_words
from according.maps.marks import town_look
from according.maps.sayings import Saying, Sayings, Speaker

UKRAINE = "actor:UA/armed-forces"


def said(*speakers: Speaker, hedge: str = "none", source: str | None = None) -> Sayings:
    return Sayings({"c": Saying("2022-04-01", speakers, hedge, source)})


@pytest.mark.parametrize(
    ("sayings", "is_own"),
    [
        (said(), False),
        (said(source="Reuters"), False),
        (said(source="Ukrinform"), True),
        (said(Speaker("official", "actor:UA/state")), True),
        (said(Speaker("military", "actor:RU/ministry-of-defence")), False),
        (said(Speaker("official", None)), True),
        (said(Speaker("witness", None)), False),
        (said(Speaker("witness", None), hedge="unverified"), True),
    ],
)
def test_own_word_is_that_of_its_own_side_of_unnamed_officials_and_what_is_unverified(
    sayings: Sayings,
    is_own: bool,  # noqa: FBT001
) -> None:
    assert sayings.is_own_word(["c"], UKRAINE, "Ukrainian armed forces") is is_own


def test_one_outside_voice_is_enough_and_no_claim_proves_nothing() -> None:
    own, other = (
        Saying(None, (Speaker("military", UKRAINE),), "none"),
        Saying(None, (Speaker("witness", None),), "none"),
    )
    sayings = Sayings({"own": own, "other": other})
    assert sayings.is_own_word(["own"], UKRAINE, "")
    assert not sayings.is_own_word(["own", "other"], UKRAINE, "")
    assert not sayings.is_own_word(["unheard of"], UKRAINE, "")


def test_a_side_without_an_id_is_known_by_its_name() -> None:
    sayings = said(Speaker("unnamed", None, "the Hill Brigade"))
    assert sayings.is_own_word(["c"], None, "The Hill Brigade")
    assert not sayings.is_own_word(["c"], None, "The River Brigade")


def spell(name: str, claim: str, state: str = "held", against: tuple[str, ...] = ()) -> Any:
    holder = {"referent": UKRAINE if name == "Army" else "actor:x/rebels", "name": name}
    return {**sample.spell("Derna", name, state, claims_for=[claim], claims_against=list(against)), "holder": holder}


@pytest.mark.parametrize(
    ("spells", "words", "marks"),
    [
        ([spell("Army", "outlet")], "held by Army", (0, False)),
        ([spell("Army", "army")], "claimed by Army", (1, False)),
        ([spell("Army", "army", against=("outlet",))], "claimed by Army, others say otherwise", (1, True)),
        ([spell("Army", "army"), spell("Rebels", "outlet")], "contested by Army (its own word) and Rebels", (1, False)),
    ],
)
def test_a_town_says_whose_word_its_holder_rests_on(spells: list[Any], words: str, marks: tuple[int, bool]) -> None:
    claims = [
        sample.claim("outlet", "They hold the town."),
        sample.claim("army", "We hold the town, the army said.", "us"),
    ]
    claims[1]["voices"][0]["referent"] = UKRAINE
    data = map_data(sample.told(sample.reading("r", "Outlet", "2017-01-01", claims=claims, spells=spells)))
    (town,) = data.towns
    look = town_look(town, data)
    assert state_words(town) == words
    assert (len(look.claimed), look.denied) == marks
    assert town.epochs[-1].now.claimed == town.claimed
