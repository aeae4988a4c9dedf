"""The predicate vocabulary: complete, valid, and true to its own examples."""

from __future__ import annotations

from typing import Any

import pytest
from tests.extract.reading import VOCABULARY, read

from according.errors import BrokenAssumptionError
from according.extract.events import find_events
from according.vocabulary.predicates import Predicate, load_codes, load_predicates, read_predicates

PREDICATES = load_predicates()
NAMED = frozenset(
    "clash airstrike drone_strike shell bomb shoot attack storm execute abduct arrest torture sexual_violence loot "
    "burn_destroy chemical_attack disrupt kill injure missing displace detain protest riot crackdown hold take lose "
    "besiege contest withdraw hand_over back lead part_of ally oppose break_away join rename "
    "claim_responsibility assess condemn agree ceasefire".split()
)
EVENTS = [p for p in PREDICATES.values() if p.family in ("violence", "unrest", "speech") and p.name != "assess"]
VALID: dict[str, Any] = {
    "family": "violence",
    "meaning": "Something.",
    "roles": ["subject"],
    "triggers": {"verbs": ["do"]},
    "positive": "They did.",
    "negative": "They did not.",
    "codes": {"acled": "Attack"},
}


def test_every_predicate_of_the_design_is_there_and_no_other() -> None:
    assert frozenset(PREDICATES) == NAMED


@pytest.mark.parametrize(
    "change",
    [
        {"family": "weather"},
        {"roles": ["hero"]},
        {"triggers": {"smells": ["smoke"]}},
        {"codes": {"acled": "Air strike"}},
        {"codes": {"ucdp": "4"}},
        {"codes": {"plover": "FIGHT"}},
        {"codes": {"plover": "AID", "plover_mode": "aerial"}},
        {"codes": {"muc4": "ambush"}},
        {"codes": {"cameo": "190"}},
        {"colour": "red"},
        {"meaning": None},
    ],
    ids=str,
)
def test_what_is_unknown_stops_the_run(change: dict[str, Any]) -> None:
    assert list(read_predicates({"do": VALID})) == ["do"]
    with pytest.raises(BrokenAssumptionError):
        read_predicates({"do": {**VALID, **change}})


def test_every_acled_sub_event_type_but_the_ones_of_degree_is_used() -> None:
    known = {name for names in load_codes().acled.values() for name in names}
    used = {p.codes.acled for p in PREDICATES.values()}
    degrees = {"Government regains territory", "Protest with intervention", "Mob violence", "Suicide bomb", "Grenade"}
    assert known - used == degrees | {"Headquarters or base established"}


@pytest.mark.parametrize("predicate", EVENTS, ids=lambda p: p.name)
def test_the_examples_of_an_event_are_read_as_they_say(predicate: Predicate) -> None:
    read_as = [
        {claim.predicate for mention in find_events(read(text), VOCABULARY) for claim in mention.claims}
        for text in (predicate.positive, predicate.negative)
    ]
    assert predicate.name in read_as[0]
    assert predicate.name not in read_as[1]
