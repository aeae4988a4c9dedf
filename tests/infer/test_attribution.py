"""Who did it, according to whom: statuses and grades from accusations, admissions and denials in the order told."""

from __future__ import annotations

import random
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from according.infer import infer
from according.records import Claim, Incident, Report, Resolution, Span, Voice

EGYPT, FRANCE, JETS = "actor:EG/state", "actor:FR/state", "actor:EG/air-force"


class Saying(NamedTuple):
    """One statement: who says it (none is the outlet), of whom, and whether it is denied; ``day`` of coming out."""

    voice: str | None
    doer: str | None
    denied: bool = False
    speaks_for: str | None = None
    predicate: str = "airstrike"
    day: int = 1
    block: str = "body"
    doer_words: str = "the jets"


def _read(*sayings: Saying, shuffle: random.Random | None = None, copies: dict[str, str] | None = None) -> Incident:
    claims, resolutions, reports = [], [], {}
    for index, saying in enumerate(sayings):
        claim, found = _claim(index, saying)
        claims.append(claim)
        resolutions += found
        source = f"Daily {index}" if copies else "Daily"
        reports[claim.report] = Report(id=claim.report, text="", source=source, published=f"2019-05-{saying.day:02d}")
    if shuffle:
        shuffle.shuffle(claims)
        shuffle.shuffle(resolutions)
    incident = Incident(
        id="i", predicate="airstrike", reports=tuple(reports), claims=tuple(claim.id for claim in claims)
    )
    [weighed] = infer(claims, resolutions, [incident], None, reports=reports, copies=copies).incidents
    return weighed


def _claim(index: int, saying: Saying) -> tuple[Claim, list[Resolution]]:
    at = index * 100
    more: dict[str, Any] = {"block": saying.block}
    if saying.voice:
        span = Span(at, at + len(saying.voice), saying.voice)
        more["voices"] = (Voice(voice_class="official", span=span),)
    claim = Claim(
        id=f"c{index}",
        report=f"r{index}",
        evidence=Span(at, at + 50, "x" * 50),
        predicate=saying.predicate,
        polarity="denied" if saying.denied else "affirmed",
        subject=Span(at + 20, at + 20 + len(saying.doer_words), saying.doer_words),
        **more,
    )
    found = [Resolution(claim=claim.id, role="subject", referent=saying.doer, basis="stated", name=saying.doer)]
    if saying.speaks_for:
        found.append(Resolution(claim=claim.id, role="voice", referent=saying.speaks_for, basis="stated"))
    return claim, found


BLAMED = Saying("residents", EGYPT)
DENIAL = Saying("Cairo", EGYPT, denied=True, speaks_for=EGYPT, day=2)
ADMISSION = Saying("Cairo", EGYPT, speaks_for=EGYPT, day=3)


@pytest.mark.parametrize(
    ("sayings", "status", "grade"),
    [
        ((BLAMED,), "alleged", "fair"),
        ((Saying("a doctor", EGYPT),), "alleged", "weak"),
        ((BLAMED, DENIAL), "disputed", "contested"),
        ((DENIAL,), "denied", "weak"),
        ((ADMISSION,), "claimed", "confirmed"),
        ((BLAMED, DENIAL, ADMISSION), "acknowledged", "confirmed"),
        ((BLAMED, ADMISSION, DENIAL._replace(day=4)), "disputed", "contested"),
        ((BLAMED, Saying("Cairo", FRANCE)), "disputed", "contested"),
        ((BLAMED, Saying("Cairo", JETS)), "alleged", "fair"),
        ((BLAMED, Saying("NATO", EGYPT, denied=True, predicate="assess", speaks_for=FRANCE)), "disputed", "discounted"),
    ],
)
def test_status_and_grade(sayings: tuple[Saying, ...], status: str, grade: str) -> None:
    weighed = _read(*sayings)
    assert {one.status for one in weighed.attribution if one.actor in {EGYPT, JETS}} == {status}
    assert weighed.grade == grade
    assert weighed.because


def test_a_state_and_its_forces_are_one_accused_under_the_narrower_name() -> None:
    assert [one.actor for one in _read(BLAMED, Saying("a doctor", JETS)).attribution] == [JETS]


def test_doers_nobody_can_name_stay_unclear_and_things_are_no_doers() -> None:
    unknown = _read(Saying("a doctor", None, doer_words="unidentified warplanes"))
    assert [(one.actor, one.status) for one in unknown.attribution] == [(None, "unclear")]
    assert _read(Saying("a doctor", None, doer_words="a missile")).attribution == ()


def test_a_comment_accuses_nobody() -> None:
    assert _read(BLAMED, Saying("a reader", FRANCE, block="comment")).attribution == _read(BLAMED).attribution


def test_the_outlet_speaks_under_its_own_name() -> None:
    [one] = _read(Saying(None, EGYPT)).attribution
    assert one.blamed_by == ("Daily",)


def test_outlets_with_one_text_are_one_voice() -> None:
    told = (Saying(None, EGYPT), Saying(None, EGYPT), Saying(None, EGYPT))
    apart, wire = {"r0": "r0", "r1": "r1", "r2": "r2"}, {"r0": "r0", "r1": "r0", "r2": "r0"}
    assert (_read(*told, copies=apart).independent_voices, _read(*told, copies=wire).independent_voices) == (3, 1)
    assert _read(*told, copies=wire).grade == "weak"


SAYINGS = st.builds(
    Saying,
    voice=st.sampled_from([None, "residents", "a doctor", "Cairo"]),
    doer=st.sampled_from([EGYPT, FRANCE, JETS]),
    denied=st.booleans(),
    speaks_for=st.sampled_from([None, EGYPT, FRANCE]),
    day=st.integers(1, 5),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(SAYINGS, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_claims_is_no_matter_and_every_attribution_names_one(
    sayings: list[Saying], luck: random.Random
) -> None:
    weighed = _read(*sayings)
    shuffled = _read(*sayings, shuffle=luck)
    assert shuffled.attribution == weighed.attribution
    assert (shuffled.grade, shuffled.independent_voices) == (weighed.grade, weighed.independent_voices)
    assert all(one.claims for one in weighed.attribution)
