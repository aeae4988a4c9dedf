"""Incidents within one report: one event told twice, another told as background, and what makes none."""

from __future__ import annotations

import msgspec
import pytest
from tests.link.coverage import Strike, reading

from according.link import incidents_of
from according.records import Claim, Reading, Span

TOLD = reading("a", Strike("Karsun", "2019-05-03", 5))


def _count(one: Reading) -> int:
    return len(one.incidents)


@pytest.mark.parametrize(
    ("second", "count"),
    [
        (Strike("Karsun", "2019-05-03", 7), 1),
        (Strike("Karsun", None, 7), 1),
        (Strike("Karsun", "2018-05-03", 7), 2),
        (Strike("Mirgrad", "2019-05-03", 7), 2),
        (Strike("Karsun", None, 7, kind="protest", words="Students marched in the town"), 2),
    ],
    ids=str,
)
def test_one_event_or_another(second: Strike, count: int) -> None:
    assert _count(reading("a", Strike("Karsun", "2019-05-03", 5), second)) == count


@pytest.mark.parametrize(
    "change", [{"realis": "habitual"}, {"realis": "planned"}, {"realis": "hypothetical"}, {"block": "comment"}], ids=str
)
def test_habits_plans_and_comments_make_no_incident(change: dict[str, str]) -> None:
    claims = [msgspec.structs.replace(claim, **change) for claim in TOLD.claims]
    assert incidents_of(claims, TOLD.resolutions) == []


def test_what_goes_on_is_not_the_event_that_happened() -> None:
    act, harm = TOLD.claims
    words = act.evidence.text + " Planes have been striking the region."
    evidence = Span(act.evidence.start, act.evidence.start + len(words), words)
    going_on = msgspec.structs.replace(act, id="going", realis="ongoing", time=None, evidence=evidence)
    assert sorted(len(one.claims) for one in incidents_of([act, harm, going_on], TOLD.resolutions)) == [1, 2]


def test_a_denial_joins_an_incident_but_makes_none() -> None:
    act, harm = TOLD.claims
    denial = msgspec.structs.replace(act, id="denial", polarity="denied")
    assert incidents_of([denial], TOLD.resolutions) == []
    [incident] = incidents_of([denial, act, harm], TOLD.resolutions)
    assert set(incident.claims) == {act.id, harm.id, "denial"}


def test_a_long_stretch_is_a_running_total_and_no_incident() -> None:
    times = [
        msgspec.structs.replace(one, time=msgspec.structs.replace(one.time, earliest="2019-01-01")) if one.time else one
        for one in TOLD.resolutions
    ]
    assert incidents_of(TOLD.claims, times) == []


def test_the_order_of_the_claims_is_no_matter() -> None:
    told = reading(
        "a", Strike("Karsun", "2019-05-03", 5), Strike("Mirgrad", "2019-05-03", 7), Strike("Karsun", None, 1)
    )
    backwards: list[Claim] = list(reversed(told.claims))
    assert tuple(incidents_of(backwards, told.resolutions)) == told.incidents
