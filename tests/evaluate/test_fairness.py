"""The pairs that change places: known to the registry, and a reading that depends on a name is caught."""

from __future__ import annotations

import msgspec
import pytest

from according.evaluate.fairness import changed_claims
from according.vocabulary import load_vocabulary
from according.vocabulary.swaps import Pair, Side, filled, load_swaps

SWAPS = load_swaps()
SIDES = [side for pair in SWAPS.pairs for side in (pair.left, pair.right)]
TEXT = "{a_} fighters shot five villagers near the bridge on Monday."


@pytest.mark.parametrize("side", SIDES, ids=[side.noun for side in SIDES])
def test_both_names_of_a_side_are_names_of_its_actor(side: Side) -> None:
    registry = load_vocabulary().actors
    for text in (f"{side.noun} said", f"{side.before} forces"):
        ids = {actor for mention in registry.spot(text[:1].upper() + text[1:]) for actor in mention.ids}
        assert any(registry.akin(one, side.actor) for one in ids), (text, ids)


def test_there_are_pairs_of_many_wars() -> None:
    assert len(SWAPS.pairs) >= 20


def test_a_text_is_filled_with_both_sides() -> None:
    assert filled("{a} left. {b} came.", SWAPS.pairs[0].left, SWAPS.pairs[0].right) == "The LNA left. The GNA came."


def test_equal_sides_are_read_alike_and_an_unknown_name_is_caught() -> None:
    pair = SWAPS.pairs[0]
    lost, total = changed_claims(TEXT, pair, load_vocabulary())
    assert total > 0
    assert not lost
    stranger = msgspec.structs.replace(pair.right, noun="the Blue Lanterns", before="Blue Lantern")
    assert changed_claims(TEXT, Pair(left=pair.left, right=stranger), load_vocabulary())[0]
