"""Judgements: kept as they were made, outranking the machine, the newer the older, and undone without a trace."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.coverage import Strike, reading

from according.errors import UsageError
from according.pipeline import link_readings
from according.records import Incident, Reading
from according.store import HumanJudgement, JudgementLog
from according.store.judged import redirect
from according.store.judgements import JudgementKind, Subject, active

DAY = "2019-05-03"
COVERAGE = [
    reading("a", Strike("Karsun", DAY, 4)),
    reading("b", Strike("Karsun", DAY, 6)),
    reading("c", Strike("Mirgrad", DAY, 9), Strike("Karsun", "2019-05-20", 2)),
]


@pytest.fixture
def log(tmp_path: Path) -> JudgementLog:
    return JudgementLog(tmp_path / "people.db")


def subject(incident: Incident) -> Subject:
    return Subject(id=incident.id, claims=incident.claims)


def incidents(judgements: list[HumanJudgement], readings: list[Reading] = COVERAGE) -> list[Incident]:
    return list(link_readings(readings, judgements).incidents)


def groups(judgements: list[HumanJudgement]) -> list[tuple[str, ...]]:
    return sorted(one.reports for one in incidents(judgements))


def of_reports(found: list[Incident], *reports: str) -> Incident:
    return next(one for one in found if one.reports == reports)


def test_what_was_said_is_kept_in_order_and_cannot_be_changed(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    one, other = Subject(id="x", claims=("2", "1")), Subject(id="y", claims=("3",))
    with JudgementLog(path) as log:
        made = [log.same([one, other], "ana", "one strike"), log.different([one, other], "bo", "two of them")]
    with JudgementLog(path) as log:
        assert log.judgements() == made
    assert made[0].subjects[0].claims == ("1", "2")
    with sqlite3.connect(path) as connection:
        for statement in ("UPDATE judgement SET reason = 'other'", "DELETE FROM judgement"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                connection.execute(statement)
    connection.close()


def test_what_makes_no_sense_is_refused(log: JudgementLog) -> None:
    whole, part = Subject(id="x", claims=("1", "2")), Subject(id="y", claims=("2",))
    with pytest.raises(UsageError, match="two different"):
        log.same([whole, whole], "ana", "why")
    with pytest.raises(UsageError, match="nothing to split"):
        log.split(whole, whole, "ana", "why")
    with pytest.raises(UsageError, match="already"):
        log.move(part, whole, whole, "ana", "why")
    with pytest.raises(UsageError, match="reason"):
        log.split(whole, part, "ana", " ")
    with pytest.raises(UsageError, match="names no judgement"):
        log.undo("abc", "ana", "why")
    assert log.judgements() == []


def test_an_undone_undo_makes_a_judgement_stand_again(log: JudgementLog) -> None:
    first = log.same([Subject(id="x", claims=("1",)), Subject(id="y", claims=("2",))], "ana", "why")
    undo = log.undo(first.id, "bo", "no")
    assert active(log.judgements()) == []
    with pytest.raises(UsageError, match="undone already"):
        log.undo(first.id, "bo", "again")
    log.undo(undo.id[:6], "ana", "yes")
    assert active(log.judgements()) == [first]


def test_people_join_what_the_machine_keeps_apart_and_part_what_it_joins(log: JudgementLog) -> None:
    found = incidents([])
    assert groups([]) == [("a", "b"), ("c",), ("c",)]
    elsewhere = next(one for one in found if one.reports == ("c",) and one.place and one.place.name == "Mirgrad")
    log.same([subject(of_reports(found, "a", "b")), subject(elsewhere)], "ana", "the town was mistaken")
    assert groups(log.judgements()) == [("a", "b", "c"), ("c",)]
    joined = of_reports(incidents(log.judgements()), "a", "b", "c")
    assert any("ana" in reason and "the town was mistaken" in reason for reason in joined.because)
    only_b = Subject(id="b", claims=tuple(claim.id for claim in COVERAGE[1].claims))
    log.split(subject(joined), only_b, "bo", "another strike")
    assert groups(log.judgements()) == [("a", "c"), ("b",), ("c",)]


def test_claims_of_one_sentence_are_moved_out_of_their_reports_incident(log: JudgementLog) -> None:
    found = incidents([])
    origin, target = of_reports(found, "a", "b"), of_reports(found, "c")
    moved = COVERAGE[0].claims[1].id
    log.move(Subject(id=moved, claims=(moved,)), subject(target), subject(origin), "ana", "that toll is of the other")
    after = incidents(log.judgements())
    assert [moved in one.claims for one in after if set(target.claims) <= set(one.claims)] == [True]
    assert sorted(claim for one in after for claim in one.claims) == sorted(c for one in found for c in one.claims)


def test_the_last_word_counts(log: JudgementLog) -> None:
    found = incidents([])
    both = [subject(one) for one in found if one.reports != ("a", "b")]
    third = subject(of_reports(found, "a", "b"))
    log.same([*both, third], "ana", "all one")
    log.different(both, "bo", "not these")
    after = incidents(log.judgements())
    assert all(not set(both[0].claims) | set(both[1].claims) <= set(one.claims) for one in after)
    log.same(both, "ana", "they are")
    assert any(set(both[0].claims) | set(both[1].claims) <= set(one.claims) for one in incidents(log.judgements()))


def test_a_former_address_leads_to_where_most_of_its_claims_are(log: JudgementLog) -> None:
    found = incidents([])
    old = [one for one in found if one.reports == ("c",)]
    log.same([subject(one) for one in old], "ana", "one")
    after = incidents(log.judgements())
    ids = {redirected.id for one in old if (redirected := redirect(one.claims, after))}
    assert ids == {of_reports(after, "c").id}
    assert redirect(["no such claim"], after) is None


KINDS: st.SearchStrategy[JudgementKind] = st.sampled_from(["same", "different", "split", "move"])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(KINDS, st.permutations(range(3)), st.integers(1, 3)), min_size=1, max_size=4))
def test_undoing_gives_the_same_bytes_whatever_was_judged(said: list[tuple[JudgementKind, list[int], int]]) -> None:
    found = incidents([])
    judgements = [judgement(str(index), one, found) for index, one in enumerate(said)]
    undos = [
        HumanJudgement(id=f"u{one.id}", kind="undo", subjects=(), author="bo", time=DAY, reason="no", undoes=one.id)
        for one in judgements
    ]
    kept = incidents(judgements)
    assert sorted(c for one in kept for c in one.claims) == sorted(c for one in found for c in one.claims)
    assert msgspec.json.encode(incidents([*judgements, *undos])) == msgspec.json.encode(found)


def judgement(name: str, said: tuple[JudgementKind, list[int], int], found: list[Incident]) -> HumanJudgement:
    kind, order, some = said
    first, other = (subject(found[index]) for index in order[:2])
    part = Subject(id="part", claims=first.claims[:some])
    subjects = {"split": (first, part), "move": (part, other, first)}.get(kind, (first, other))
    return HumanJudgement(id=name, kind=kind, subjects=subjects, author="ana", time=DAY, reason="why")
