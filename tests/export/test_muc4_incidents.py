"""Several attacks in one report: what stands apart by place and time becomes incidents of their own."""

from __future__ import annotations

import pytest

from according.export.muc4_fillers import Apart, Candidate, Entity
from according.export.muc4_incidents import (
    FEATURES,
    Ground,
    features_of,
    ground_of,
    incidents_among,
    pair_of,
)
from according.extract.encoder import Mark
from according.issues import Issues
from according.pipeline import read_report
from according.records import Reading, Report
from according.vocabulary import load_vocabulary

TEXT = (
    "On Monday gunmen shot the mayor in Huanta. A guard was hurt. "
    "On Friday a bomb wrecked a bridge near Ayacucho. The owls claimed the bridge."
)


def thing(role: str, wording: str) -> Entity:
    """A thing that is marked wherever its wording stands in TEXT."""
    starts = [at for at in range(len(TEXT)) if TEXT.startswith(wording, at)]
    marks = tuple(Mark(at, at + len(wording), role, 0.9, 0.9, 0.0, (), (), ()) for at in starts)
    return Entity(role, (Candidate(role, wording, marks, ()),), (0.9,))


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_report(Report(id="a", text=TEXT, language="en"), load_vocabulary(), Issues("a"))


@pytest.fixture
def ground(reading: Reading) -> Ground:
    return ground_of(reading, [thing("Place", "Huanta"), thing("Place", "Ayacucho")])


def told(ground: Ground, one: str, other: str) -> dict[str, float]:
    spans = [[(TEXT.index(words), TEXT.index(words) + len(words))] for words in (one, other)]
    return dict(zip(FEATURES, features_of(ground, *spans), strict=True))


def test_things_are_told_apart_by_where_and_when_their_sentences_say(ground: Ground) -> None:
    far = told(ground, "mayor", "a bridge")
    assert (far["other place"], far["other time"], far["times between"]) == (1, 1, 1)
    near = told(ground, "gunmen", "mayor")
    assert (near["same sentence"], near["same place"], near["other time"]) == (1, 1, 0)


def test_the_order_of_two_things_makes_no_difference(ground: Ground) -> None:
    assert told(ground, "mayor", "a bridge") == told(ground, "a bridge", "mayor")


def test_of_several_mentions_the_nearest_two_count(ground: Ground) -> None:
    bridge = [(mark.start, mark.end) for mark in thing("Target", "bridge").candidates[0].marks]
    owls = TEXT.index("owls")
    found = features_of(ground, bridge, [(owls, owls + 4)])
    assert dict(zip(FEATURES, found, strict=True))["same sentence"] == 1


def by_place(*pairs: tuple[str, str]) -> Apart:
    """Weights that tell things of different places apart, and nothing else."""
    weights = tuple({"other place": 6.0, "constant": -3.0}.get(name, 0.0) for name in FEATURES)
    roles = ("Victim", "PerpInd", "PerpOrg", "Weapon")
    return Apart({pair_of(*pair): weights for pair in pairs}, dict.fromkeys(roles, 0.5))


def test_each_incident_has_its_own_victims_and_who_is_told_beside_them(ground: Ground) -> None:
    mayor, bridge, gunmen = thing("VictimDescription", "mayor"), thing("Target", "bridge"), thing("PerpInd", "gunmen")
    apart = by_place(("Victim", "Target"), ("PerpInd", "Victim"), ("PerpInd", "Target"))
    assert incidents_among(ground, [mayor, bridge, gunmen], apart) == [[mayor, gunmen], [bridge]]


def test_without_weights_everything_is_of_one_incident(ground: Ground) -> None:
    things = [thing("Victim", "mayor"), thing("Target", "bridge"), thing("PerpInd", "gunmen")]
    assert incidents_among(ground, things, by_place()) == [things]
