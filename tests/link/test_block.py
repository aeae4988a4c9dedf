"""Which pairs are compared: what is ruled out at a glance is what the score rules out, and no link is missed."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from msgspec.structs import replace
from tests.link.coverage import Strike, reading

from according.link.across import scored_pairs
from according.link.block import candidate_pairs
from according.link.compare import LINKED, compare, score
from according.link.glance import Glance
from according.link.profile import Profile, profiles_of
from according.scale.generate import coverage

PROFILES = sorted(profiles_of(made.reading for made in coverage(60, seed=9)), key=lambda one: one.id)
PAIRS = np.array(list(combinations(range(len(PROFILES)), 2)))


def test_what_is_ruled_out_at_a_glance_is_ruled_out_by_the_score() -> None:
    kept = Glance(PROFILES).may_be_one(PAIRS[:, 0], PAIRS[:, 1])
    out = PAIRS[~kept].tolist()
    assert len(out) > len(PAIRS) / 2
    assert all(_is_ruled_out(PROFILES[one], PROFILES[other]) for one, other in out)


def _is_ruled_out(one: Profile, other: Profile) -> bool:
    total, features = compare(one, other)
    return total < 0 or any(feature.working == "2 days apart" for feature in features)


def test_no_pair_of_one_town_and_time_is_missed_and_few_are_compared_in_vain() -> None:
    compared = {(left.id, right.id) for left, right in candidate_pairs(PROFILES)}
    known = [one for one in PROFILES if one.dated and one.located]
    pairs = [(one, other) for one, other in combinations(known, 2) if not _is_ruled_out(one, other)]
    linked = {(one.id, other.id) for one, other in pairs if score(one, other) >= LINKED}
    assert linked
    assert linked <= compared
    assert len(compared) < len(PAIRS) / 4


def test_a_village_that_nobody_knows_is_looked_for_by_its_name() -> None:
    told = reading("a", Strike("Karsun", "2019-05-03", 5)), reading("b", Strike("Karsun", "2019-05-03", 5))
    profiles = [_unknown(one) for one in profiles_of(told)]
    assert len(list(candidate_pairs(profiles))) == 1


def _unknown(profile: Profile) -> Profile:
    """A profile whose place is known by its name alone, which its sentences do not say."""
    bare = [
        replace(one, referent=None, place=replace(one.place, precision="country", province=None))
        for one in profile.places
        if one.place
    ]
    return replace(profile, places=tuple(bare), said_places=frozenset(), telling=frozenset(), sites=frozenset())


@pytest.mark.parametrize("known", [1, len(PROFILES) // 2, len(PROFILES)])
def test_what_was_compared_before_is_not_compared_again_and_the_rest_is(known: int) -> None:
    before, after = set(scored_pairs(PROFILES[:known])), set(scored_pairs(PROFILES, known))
    assert not before & after
    assert before | after == set(scored_pairs(PROFILES))
