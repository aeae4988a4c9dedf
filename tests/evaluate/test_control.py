"""The scorer of control: what it counts as a match, and a floor on the gold."""

from __future__ import annotations

from pathlib import Path

import pytest

from according.evaluate.control import Fact, Said, match, score
from according.vocabulary import load_vocabulary

GOLD = Path(__file__).parents[3] / "shared/gold/reports/control.jsonl"


def item(relation: str, place: str, holder: str | None, surface: tuple[str, ...] = ()) -> Fact:
    return Fact(relation=relation, place=place, holder=holder, factuality="asserted", place_surface=list(surface))


def said(relation: str, place: str, holder: str, factuality: str = "asserted") -> Said:
    return Said(relation, (holder,), None, (place,), factuality)


@pytest.mark.parametrize(
    ("claim", "wanted", "matches"),
    [
        (said("gains", "karsa", "molda army"), item("gains", "Karsa", "Molda army"), True),
        (said("gains", "karsa", "army"), item("gains", "Karsa", "Molda army"), True),
        (said("gains", "karsa", "rebels"), item("gains", "Karsa", "Molda army"), False),
        (said("loses", "karsa", "molda army"), item("gains", "Karsa", "Molda army"), False),
        (said("gains", "town", "army"), item("gains", "(the town: Karsa)", "army", ("the town",)), True),
        (said("contests", "karsa", "anybody"), item("contests", "Karsa", None), True),
        (said("gains", "other place", "army"), item("gains", "Karsa", "army"), False),
    ],
)
def test_match(claim: Said, wanted: Fact, matches: bool) -> None:  # noqa: FBT001
    pairs, _, _ = match([claim], [wanted], load_vocabulary())
    assert bool(pairs) is matches


def test_the_same_factuality_is_paired_first() -> None:
    denied, asserted = said("gains", "karsa", "army", "denied"), said("gains", "karsa", "army")
    pairs, _, _ = match([denied, asserted], [item("gains", "Karsa", "army")], load_vocabulary())
    assert pairs[0][0] == asserted


@pytest.mark.gold
def test_floor() -> None:
    if not GOLD.is_file():
        pytest.skip("../shared/gold is not there")
    measures = score(GOLD).measures
    assert measures["f1"] >= 0.60
    assert measures["factuality"] >= 0.85
