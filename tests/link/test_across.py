"""Incidents across reports: by place, day, kind and wording, never by the toll; the same in any order."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.coverage import TOWNS, Strike, reading

from according.link import incidents_of, link_incidents
from according.link.across import scored_pairs
from according.link.cluster import Scored, cluster
from according.link.compare import compare, score
from according.link.profile import profiles_of
from according.records import Incident, Link, Reading

DAY = "2019-05-03"


def _groups(readings: list[Reading]) -> set[tuple[str, ...]]:
    return {incident.reports for incident in link_incidents(readings)}


@pytest.mark.parametrize(
    ("other", "together"),
    [
        (Strike("Karsun", DAY, 80), True),  # a first toll may be many times too low
        (Strike("Karsun", "2019-05-04", 1), True),  # a night has two dates
        (Strike("Karsun", None, 1, "2019-05-04"), True),  # no day told, but told at once
        (Strike("Karsun", "2019-05-04", 1, words="In the second raid in as many days planes hit a square"), False),
        (Strike("Karsun", "2019-05-04", 1, words="Planes killed nine more in the town"), False),
        (Strike("Karsun", DAY, 1, words="Planes killed nine more in the town"), True),
        (Strike("Karsun", "2019-05-08", 1), False),  # the same town days later
        (Strike("Karsun", "2020-05-03", 1), False),  # and a year later
        (Strike("Karsun", None, 1, "2019-05-20"), True),  # nor told at once, but of the same target
        (Strike("Karsun", None, 1, "2019-05-20", words="Planes struck a school in the town"), False),
        (Strike("Karsun", None, 1, "2019-07-20"), False),  # news of these days, most likely
        (Strike("Karsun", None, 1, "2019-05-01"), False),  # told before it
        (Strike("Karsun", None, 1, "2021-05-04"), False),  # news of another time
        (Strike("Mirgrad", DAY, 1), False),
        (Strike("Karsun", DAY, 1, kind="abduct", words="Gunmen abducted a priest in a suburb"), False),
    ],
    ids=str,
)
def test_what_makes_two_reports_one_incident(other: Strike, together: bool) -> None:  # noqa: FBT001
    readings = [reading("a", Strike("Karsun", DAY, 1)), reading("b", other)]
    assert (("a", "b") in _groups(readings)) is together


def test_what_nobody_dates_and_nobody_places_is_one_only_when_told_at_once() -> None:
    first, soon, late = (
        reading(day, Strike("Orlesia", None, 1, day)) for day in ("2019-05-03", "2019-05-04", "2019-09-30")
    )
    assert _groups([first, soon]) == {("2019-05-03", "2019-05-04")}
    assert _groups([first, late]) == {("2019-05-03",), ("2019-09-30",)}


def test_a_night_told_under_three_dates_is_one_when_its_middle_is_told_and_the_same_was_hit() -> None:
    first, night, last = (reading(day, Strike("Karsun", f"2019-05-{day}", 1)) for day in ("02", "03", "04"))
    assert _groups([first, night, last]) == {("02", "03", "04")}
    assert _groups([first, last]) == {("02",), ("04",)}
    other = reading("04", Strike("Karsun", "2019-05-04", 1, words="Planes struck a school in the town"))
    assert _groups([first, night, other]) != {("02", "03", "04")}


def test_an_incident_is_called_by_the_deed_when_any_report_tells_it() -> None:
    [incident] = link_incidents([reading("a", Strike("Karsun", DAY, 1)), *_harm_alone("b", "c", "d")])
    assert (incident.predicate, len(incident.reports)) == ("airstrike", 4)


def _harm_alone(*names: str) -> list[Reading]:
    whole = [reading(name, Strike("Karsun", DAY, 1)) for name in names]
    bare = [[claim for claim in one.claims if claim.predicate == "kill"] for one in whole]
    return [
        msgspec.structs.replace(one, claims=tuple(kept), incidents=tuple(incidents_of(kept, one.resolutions)))
        for one, kept in zip(whole, bare, strict=True)
    ]


def _denial(name: str, day: str) -> Reading:
    told = reading(name, Strike("Karsun", day, 1))
    claims = tuple(msgspec.structs.replace(one, polarity="denied") for one in told.claims)
    return msgspec.structs.replace(told, claims=claims, incidents=tuple(incidents_of(claims, told.resolutions)))


def test_a_denial_told_alone_belongs_to_what_others_tell_and_holds_nothing_together() -> None:
    before, after, denial = (reading("a", Strike("Karsun", DAY, 1)), reading("b", Strike("Karsun", "2019-05-05", 1)),
                             _denial("d", "2019-05-04"))  # fmt: skip
    school = reading("b", Strike("Karsun", "2019-05-05", 1, words="Planes struck a school in the town"))
    assert _groups([before, denial]) == {("a", "d")}
    assert _groups([before, school, denial]) == {("a", "d"), ("b",)}
    assert _groups([denial]) == set()
    assert _groups([before, after]) == {("a",), ("b",)}


def test_the_toll_is_no_feature_of_a_link() -> None:
    names = {"place", "time", "kind", "actors", "target", "wording"}
    for dead in (1, 500):
        one, other = profiles_of([reading("a", Strike("Karsun", DAY, 1)), reading("b", Strike("Karsun", DAY, dead))])
        total, features = compare(one, other)
        assert {feature.name for feature in features} == names
        assert all(feature.working for feature in features)
        assert total == pytest.approx(sum(one.weight * (one.value - 0.5) for one in features))
        assert [link.score for link in scored_pairs([one, other])] == [total] == [score(other, one)]


STRIKES = st.builds(
    Strike,
    town=st.sampled_from(sorted(TOWNS)),
    day=st.sampled_from([DAY, "2019-05-04", "2019-05-05", "2019-06-20", None]),
    dead=st.integers(1, 50),
    published=st.sampled_from(["2019-05-05", "2019-06-21", None]),
    kind=st.sampled_from(["airstrike", "shell", "attack"]),
)


def _all(readings: list[Reading]) -> list[Incident]:
    return sorted(link_incidents(readings), key=lambda incident: incident.id)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(STRIKES, min_size=1, max_size=2), min_size=2, max_size=7), st.randoms(use_true_random=False))
def test_any_order_gives_the_same_incidents(coverage: list[list[Strike]], luck: random.Random) -> None:
    readings = [reading(f"r{index}", *strikes) for index, strikes in enumerate(coverage)]
    shuffled = list(readings)
    luck.shuffle(shuffled)
    assert _all(shuffled) == _all(readings)


@settings(max_examples=40, deadline=None)
@given(st.lists(STRIKES, min_size=1, max_size=6))
def test_an_unrelated_report_changes_nothing_elsewhere(strikes: list[Strike]) -> None:
    near = [reading(f"r{index}", strike) for index, strike in enumerate(strikes)]
    far = reading("far", Strike("Karsun", "1999-01-01", 3, "1999-01-02", "abduct", "Gunmen seized two drivers east"))
    assert [one for one in _all([*near, far]) if "far" not in one.reports] == _all(near)


@settings(max_examples=40, deadline=None)
@given(st.lists(STRIKES, min_size=1, max_size=6))
def test_every_claim_of_an_incident_is_kept_once_and_every_incident_has_one(strikes: list[Strike]) -> None:
    readings = [reading(f"r{index}", strike) for index, strike in enumerate(strikes)]
    kept = [claim for incident in _all(readings) for claim in incident.claims]
    assert sorted(kept) == sorted({claim.id for one in readings for claim in one.claims})
    assert all(incident.claims for incident in _all(readings))


def _judged(left: str, right: str, judgement: str, at: str) -> Link:
    return Link(left=left, right=right, relation="same_incident", judgement=judgement, score=0.0, by="me", at=at)  # type: ignore[arg-type]


def _grouped(*arguments: Any) -> list[tuple[str, ...]]:
    return [one.items for one in cluster(*arguments)]


LINKS = [Scored("a", "b", 5.0), Scored("b", "c", 4.0)]


def test_people_outrank_the_machine_and_may_take_it_back() -> None:
    apart, together = _judged("a", "b", "negative", "2"), _judged("a", "d", "positive", "2")
    items = ["a", "b", "c", "d"]
    assert _grouped(items, LINKS) == [("a", "b", "c"), ("d",)]
    assert _grouped(items, LINKS, [apart, together]) == [("a", "d"), ("b", "c")]
    assert _grouped(items, LINKS, [apart, _judged("b", "a", "unsure", "3")]) == [("a", "b", "c"), ("d",)]


def test_a_link_does_not_join_what_some_pair_forbids_and_a_cluster_knows_its_links() -> None:
    scores = {("a", "b"): 5.0, ("b", "c"): 4.0, ("a", "c"): -1.0}
    first, second = cluster("abc", LINKS, (), lambda one, other: scores[one, other] < 0)
    assert first == (("a", "b"), (LINKS[0],))
    assert second == (("c",), ())


def test_every_reason_of_an_incident_is_a_link_that_joined_it() -> None:
    told = [reading(name, Strike("Karsun", DAY, 1)) for name in "abcd"]
    [incident] = link_incidents(told)
    assert len(incident.because) == len(told) - 1
    assert all(reason.startswith("linked (") and "place: Karsun and Karsun" in reason for reason in incident.because)
