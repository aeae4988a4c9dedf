"""Judgements on claims: the newest decides, linking follows, and undoing leaves no trace."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.link.coverage import Strike, reading

from according.errors import UsageError
from according.pipeline import link_readings
from according.records import Claim, Quantity, Resolution, with_id
from according.store import HumanJudgement, JudgementLog
from according.store.judgements import By, JudgementKind, Subject, Told, counting
from according.store.reviewed import standings

DAY = "2019-05-03"
COVERAGE = [
    reading("a", Strike("Karsun", DAY, 4)),
    reading("b", Strike("Karsun", DAY, 6)),
    reading("c", Strike("Mirgrad", DAY, 9), Strike("Karsun", "2019-05-20", 2)),
]
CLAIMS = [claim for one in COVERAGE for claim in one.claims]
STRIKE, TOLL = COVERAGE[0].claims
ANA = By(author="ana")


@pytest.fixture
def log(tmp_path: Path) -> JudgementLog:
    return JudgementLog(tmp_path / "people.db")


def other_toll(claim: Claim, dead: int) -> Told:
    """The same claim with another count, resolved as it was."""
    assert claim.quantity
    quantity = Quantity(span=claim.quantity.span, low=dead, high=dead, rule="exact")
    told = with_id(msgspec.structs.replace(claim, quantity=quantity, method="person", confidence=1.0))
    return Told(claim=told, resolutions=resolved_as(claim, told))


def resolved_as(claim: Claim, told: Claim) -> tuple[Resolution, ...]:
    known = (one for reading in COVERAGE for one in reading.resolutions if one.claim == claim.id)
    return tuple(msgspec.structs.replace(one, claim=told.id) for one in known)


def figures(judgements: list[HumanJudgement]) -> list[list[int]]:
    """The figures of every incident with a toll."""
    linked = link_readings(COVERAGE, judgements)
    return sorted(
        sorted(figure.low or 0 for figure in tally.figures) for one in linked.incidents for tally in one.tallies
    )


def test_a_rejected_toll_leaves_the_tally_and_a_corrected_one_takes_its_place(log: JudgementLog) -> None:
    assert figures([]) == [[2], [4, 6], [9]]
    log.reject(TOLL, ANA)
    assert figures(log.judgements()) == [[2], [6], [9]]
    log.correct(TOLL, other_toll(TOLL, 5), By(author="bo", reason="the fifth died"))
    assert figures(log.judgements()) == [[2], [5, 6], [9]]
    incidents = link_readings(COVERAGE, log.judgements()).incidents
    assert sum("claim corrected by bo" in line for one in incidents for line in one.because) == 1


def test_what_is_rejected_stays_beside_what_came_in_its_place(log: JudgementLog) -> None:
    told = other_toll(TOLL, 5)
    judgement = log.correct(TOLL, told, ANA)
    found = standings(COVERAGE[0], counting(log.judgements()))
    assert [(one.claim, one.state, one.counts) for one in found] == [
        (STRIKE, "read", True),
        (TOLL, "corrected", False),
        (told.claim, "added", True),
    ]
    assert (found[1].heir, found[2].corrects, found[2].origin) == (told.claim.id, TOLL.id, judgement)


def test_the_newest_word_on_a_claim_decides_also_when_it_goes_back(log: JudgementLog) -> None:
    told = other_toll(TOLL, 5)
    log.correct(TOLL, told, ANA)
    log.reject(told.claim, ANA)
    assert figures(log.judgements()) == [[2], [6], [9]]
    log.correct(told.claim, Told(claim=TOLL, resolutions=resolved_as(TOLL, TOLL)), ANA)
    assert figures(log.judgements()) == figures([])
    log.accept([TOLL], ANA)
    assert figures(log.judgements()) == figures([])


def test_an_addition_counts_until_it_is_taken_back(log: JudgementLog) -> None:
    added = log.add(other_toll(TOLL, 7), ANA)
    assert figures(log.judgements()) == [[2], [4, 6, 7], [9]]
    log.undo(added.id, "bo", "not said")
    assert figures(log.judgements()) == figures([])


def test_a_harm_follows_its_event_to_the_correction_of_it(log: JudgementLog) -> None:
    harm = msgspec.structs.replace(TOLL, event=STRIKE.id)
    one = msgspec.structs.replace(COVERAGE[0], claims=(STRIKE, harm))
    told = with_id(msgspec.structs.replace(STRIKE, predicate="shell", method="person"))
    log.correct(STRIKE, Told(claim=told, resolutions=resolved_as(STRIKE, told)), ANA)
    linked = link_readings([one], log.judgements())
    assert {claim.event for claim in linked.readings[0].claims} == {None, told.id}
    assert [one.predicate for one in linked.incidents] == ["shell"]


def test_a_judgement_on_an_incident_holds_for_what_its_claims_are_corrected_to(log: JudgementLog) -> None:
    found = link_readings(COVERAGE).incidents
    log.different(
        [Subject(id=str(n), claims=tuple(c.id for c in COVERAGE[n].claims)) for n in (0, 1)], "ana", "two of them"
    )
    apart = [one.reports for one in link_readings(COVERAGE, log.judgements()).incidents]
    assert len(apart) == len(found) + 1
    for claim in COVERAGE[0].claims:
        told = with_id(msgspec.structs.replace(claim, extent=claim.place, method="person"))
        log.correct(claim, Told(claim=told, resolutions=resolved_as(claim, told)), ANA)
    assert [one.reports for one in link_readings(COVERAGE, log.judgements()).incidents] == apart


def test_what_is_said_in_a_blind_round_changes_nothing_until_it_is_said_again(log: JudgementLog) -> None:
    blind = log.reject(TOLL, By(author="ana", coding="round"))
    assert figures(log.judgements()) == figures([])
    [again] = log.repeat([blind], "adopted by ed")
    assert (again.author, again.coding, again.reason) == ("ana", None, "adopted by ed")
    assert figures(log.judgements()) == [[2], [6], [9]]


def test_a_correction_that_changes_nothing_or_another_report_is_refused(log: JudgementLog) -> None:
    with pytest.raises(UsageError, match="same as the claim"):
        log.correct(TOLL, Told(claim=TOLL), ANA)
    with pytest.raises(UsageError, match="same report"):
        log.correct(TOLL, Told(claim=COVERAGE[1].claims[1]), ANA)
    with pytest.raises(UsageError, match="author"):
        log.reject(TOLL, By(author=" "))
    assert log.judgements() == []


KINDS: st.SearchStrategy[JudgementKind] = st.sampled_from(["accept", "reject", "correct", "add"])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(KINDS, st.integers(0, len(CLAIMS) - 1), st.integers(1, 40)), min_size=1, max_size=6))
def test_undoing_gives_the_same_bytes_whatever_was_judged(said: list[tuple[JudgementKind, int, int]]) -> None:
    before = msgspec.json.encode(link_readings(COVERAGE))
    judgements = [judgement(str(index), *one) for index, one in enumerate(said)]
    linked = link_readings(COVERAGE, judgements)
    held = {claim.id for one in linked.readings for claim in one.claims}
    assert {claim for one in linked.incidents for claim in one.claims} <= held
    assert {one.claim for reading in linked.readings for one in reading.resolutions} <= held
    undos = [
        HumanJudgement(id=f"u{one.id}", kind="undo", subjects=(), author="bo", time=DAY, reason="no", undoes=one.id)
        for one in judgements
    ]
    assert msgspec.json.encode(link_readings(COVERAGE, [*judgements, *undos])) == before


def judgement(name: str, kind: JudgementKind, index: int, dead: int) -> HumanJudgement:
    claim = CLAIMS[index]
    told = None
    if kind in ("correct", "add"):
        changed = with_id(msgspec.structs.replace(claim, predicate="shell" if dead % 2 else "injure", method="person"))
        told = Told(claim=changed, resolutions=resolved_as(claim, changed))
    subjects = () if kind == "add" else (Subject(id=claim.id, claims=(claim.id,)),)
    return HumanJudgement(
        id=name, kind=kind, subjects=subjects, author="ana", time=DAY, reason="", report=claim.report, told=told
    )
