"""Publication policies: what is hidden is in nothing that is shown, and what is shown still stands where it says."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from according.errors import UsageError
from according.ingest import ingest_text
from according.issues import Issues
from according.maps.policy import OPEN, Policy, next_change, read_policy, shown, stricter
from according.pipeline import read_report
from according.records import PlacePrecision, Reading, claim_id
from according.vocabulary import load_vocabulary

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = (
    "Rebels captured Tobruk, in eastern Libya, on 3 May 2019, the mayor Salim Haddad said. At least 17 people were "
    "killed in an air strike on TOBRUK the same day, according to Haddad. The army denied the strike on\nTobruk. "
    "Government forces still hold Zuwara."
)


@pytest.fixture(scope="module")
def reading() -> Reading:
    report = ingest_text(
        TEXT, title="Fall of Tobruk", source="The Tobruk Lantern", published="2019-05-04", url="https://e.org/tobruk"
    )
    return read_report(report, load_vocabulary(), Issues("x"))


def everything(reading: Reading) -> str:
    return msgspec.json.encode(reading).decode().lower()


@pytest.mark.parametrize("level", ["district", "province", "country"])
def test_a_coarse_place_is_in_no_part_of_the_reading(reading: Reading, level: PlacePrecision) -> None:
    given = shown(reading, Policy(place_as=level), NOW)
    assert given
    told = everything(given.reading)
    for secret in ("tobruk", "32.08", "23.95", "81302", "e.org", "zuwara", "[name"):
        assert secret not in told
    for claim in given.reading.claims:
        for span in (claim.evidence, claim.subject, claim.object, claim.place, claim.time, *claim.cues):
            assert span is None or given.reading.report.text[span.start : span.end] == span.text
    places = [one.place for one in given.reading.resolutions if one.place]
    assert {place.precision for place in places} == {"country" if level == "country" else "province"}
    assert {place.country for place in places} == {"LY"}
    assert given.reading.spells == (), "who took a town is not said to hold its province"


def test_what_is_shown_is_told_as_before(reading: Reading) -> None:
    given = shown(reading, Policy(place_as="province"), NOW)
    assert given
    assert len(given.reading.claims) == len(reading.claims)
    assert [one.quantity and one.quantity.low for one in given.reading.claims] == [
        one.quantity and one.quantity.low for one in reading.claims
    ]
    assert [len(one.tallies) for one in given.reading.incidents] == [len(one.tallies) for one in reading.incidents]


def test_ids_follow_from_what_is_shown_alone(reading: Reading) -> None:
    given = shown(reading, Policy(place_as="country"), NOW)
    assert given
    assert not {one.id for one in reading.claims} & {one.id for one in given.reading.claims}
    assert not {one.id for one in reading.incidents} & {one.id for one in given.reading.incidents}
    assert all(one.id == claim_id(one) for one in given.reading.claims)


def test_a_name_is_hidden_whole_and_in_parts(reading: Reading) -> None:
    given = shown(reading, Policy(names=("Salim Haddad",)), NOW)
    assert given
    told = everything(given.reading)
    assert "haddad" not in told
    assert "salim" not in told
    assert "tobruk" in told
    assert "[name withheld]" in told


def test_an_open_policy_shows_the_very_reading(reading: Reading) -> None:
    given = shown(reading, OPEN, NOW)
    assert given
    assert given.reading is reading


def test_nothing_is_shown_before_its_time(reading: Reading) -> None:
    later = Policy(not_before="2026-01-01T01:00:00+01:00")
    assert shown(reading, later, NOW) is not None
    assert shown(reading, Policy(not_before="2026-01-01T00:00:01+00:00"), NOW) is None
    assert shown(reading, Policy(withheld=True), NOW) is None
    assert next_change([Policy(not_before="2026-01-03T00:00:00Z"), later], NOW) == datetime(2026, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    "body", ['{"place_as": "street"}', '{"hide": 1}', '{"not_before": "soon"}', '{"not_before": "2026-01-01"}', "[]"]
)
def test_what_is_no_policy_is_refused(body: str) -> None:
    with pytest.raises(UsageError):
        read_policy(body)


POLICIES = st.builds(
    Policy,
    withheld=st.booleans(),
    not_before=st.sampled_from([None, "2026-01-01T00:00:00Z", "2027-01-01T00:00:00+02:00"]),
    place_as=st.sampled_from([None, "town", "district", "country"]),
    names=st.lists(st.sampled_from(["Ann", "Bo"]), max_size=2, unique=True).map(tuple),
)


@settings(deadline=None)
@given(POLICIES, POLICIES)
def test_of_two_policies_together_each_holds(one: Policy, other: Policy) -> None:
    both = stricter(one, other)
    assert both.is_open(NOW) == (one.is_open(NOW) and other.is_open(NOW))
    assert set(both.names) == {*one.names, *other.names}
    assert both.place_as in {one.place_as, other.place_as}
    assert stricter(both, one) == both
    assert read_policy(msgspec.json.encode(both)) == both
