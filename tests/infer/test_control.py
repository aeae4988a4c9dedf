"""Spells from hand-made claims and resolutions."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest

from according.infer.control import spells
from according.records import Claim, PlaceReading, Resolution, Span, Spell, TimeReading, Voice, with_id

PLACE = "place:test/karsa"


class Telling:
    """A report's claims of control with their resolutions, one after another."""

    def __init__(self, report: str = "r1") -> None:
        self.report = report
        self.claims: list[Claim] = []
        self.resolutions: list[Resolution] = []

    def say(self, predicate: str, holder: str | None, when: str | None = None, **more: Any) -> Claim:
        at = 100 * len(self.claims)
        speaker = more.pop("speaker", None)
        other = more.pop("other", None)
        claim = with_id(
            Claim(
                id="",
                report=self.report,
                evidence=Span(at, at + 1, "x"),
                predicate=predicate,
                place=Span(at, at + 5, "Karsa"),
                subject=Span(at, at + 1, holder) if holder else None,
                object=Span(at, at + 1, other) if other else None,
                voices=(Voice(voice_class="official", span=Span(at, at + 1, speaker)),) if speaker else (),
                **more,
            )
        )
        self.claims.append(claim)
        self._resolve(claim, "place", PLACE, "Karsa")
        for role, name in (("subject", holder), ("object", other), ("voice", speaker)):
            if name:
                self._resolve(claim, role, f"actor:{name}", name)
        if when:
            self._resolve(claim, "time", None, when, reading(when))
        return claim

    def _resolve(
        self, claim: Claim, role: Any, referent: str | None, name: str, time: TimeReading | None = None
    ) -> None:
        self.resolutions.append(
            Resolution(claim=claim.id, role=role, referent=referent, name=name, basis="stated", time=time)
        )

    def spells(self, as_of: str | None = None) -> tuple[Spell, ...]:
        return spells(self.claims, self.resolutions, as_of)

    def story(self) -> list[tuple[str | None, str, str | None, str | None, bool]]:
        return [(s.holder_name, s.state, s.start, s.end, s.ongoing) for s in self.spells()]


def reading(when: str) -> TimeReading:
    """“2014”, "2014-05", "2014-05-02", or "2011/2014" as a resolver gives them."""
    first, _, last = when.partition("/")
    last = last or first
    low = first + {4: "-01-01", 7: "-01", 10: ""}.get(len(first), "")
    high = last + {4: "-12-31", 7: "-28", 10: ""}.get(len(last), "")
    precision: Any = {4: "year", 7: "month", 10: "day"}[max(len(first), len(last))]
    return TimeReading(
        earliest=low if first else None, latest=high if last else None, partial=when, precision=precision
    )


def test_takings_follow_one_another() -> None:
    told = Telling()
    told.say("take", "A", "2022-02-24")
    told.say("take", "B", "2022-04-01")
    assert told.story() == [("A", "held", "2022-02-24", "2022-04-01", False), ("B", "held", "2022-04-01", None, True)]


def test_dates_decide_before_telling() -> None:
    told = Telling()
    told.say("take", "B", "2022-04-01")
    told.say("take", "A", "2014")
    assert [s.holder_name for s in told.spells()] == ["A", "B"]


def test_a_year_and_a_day_within_it_follow_the_telling() -> None:
    told = Telling()
    told.say("take", "A", "2014")
    told.say("take", "B", "2014-07-25")
    assert told.story()[-1] == ("B", "held", "2014-07-25", None, True)


def test_hold_between_years_ends_there() -> None:
    told = Telling()
    told.say("hold", "A", "2011/2014")
    assert told.story() == [("A", "held", "2011", "2014", False)]


def test_chain_of_four_with_a_siege() -> None:
    told = Telling()
    told.say("besiege", "S", realis="ongoing")
    told.say("hold", "A", "2011/2014")
    told.say("take", "I", "2014-12")
    told.say("hold", "M", realis="ongoing")
    told.say("take", "M", "2015", other="I")
    assert set(told.story()) == {
        ("A", "held", "2011", "2014", False),
        ("I", "held", "2014-12", "2015", False),
        ("M", "held", "2015", None, True),
        ("S", "besieged", None, None, True),
    }


@pytest.mark.parametrize("realis", ["planned", "failed", "attempted", "hypothetical"])
def test_what_did_not_happen_makes_no_spell(realis: Any) -> None:
    told = Telling()
    told.say("take", "A", "2015", realis=realis)
    assert told.spells() == ()


def test_comments_make_no_spell() -> None:
    told = Telling()
    told.say("take", "A", "2015", block="comment")
    assert told.spells() == ()


def test_a_loss_implies_a_holding_and_ends_it() -> None:
    told = Telling()
    told.say("lose", "A", "2011")
    assert told.story() == [("A", "held", None, "2011", False)]


def test_withdrawal_then_taking_tell_of_one_end() -> None:
    told = Telling()
    told.say("take", "A", "2024-08")
    told.say("withdraw", "A", "2025-04-22")
    told.say("take", "B", "2025-04-22")
    assert told.story() == [("A", "held", "2024-08", "2025-04-22", False), ("B", "held", "2025-04-22", None, True)]


def test_handing_over_ends_one_and_starts_the_other() -> None:
    told = Telling()
    told.say("hand_over", "A", "2023-09-28", other="B")
    assert told.story() == [("A", "held", None, "2023-09-28", False), ("B", "held", "2023-09-28", None, True)]


def test_part_of_a_place_is_contested_not_taken() -> None:
    told = Telling()
    told.say("take", "A", "2014")
    told.say("take", "B", "2022-03-14", extent=Span(0, 8, "parts of"))
    assert told.story() == [("A", "held", "2014", None, True), ("B", "contested", "2022-03-14", None, True)]


def test_a_denied_taking_stands_against_the_spell_it_denies() -> None:
    told = Telling()
    told.say("take", "A", "2023-01-13", speaker="A", hedge="reported")
    denial = told.say("take", "A", polarity="denied", speaker="B")
    assert [s.claims_against for s in told.spells()] == [(denial.id,)]


def test_a_party_speaking_for_itself_does_not_end_a_denied_loss() -> None:
    told = Telling()
    told.say("take", "B", "2022")
    told.say("take", "A", "2023-09-15", speaker="A")
    denial = told.say("lose", "B", polarity="denied", speaker="B")
    story = {s.holder_name: s for s in told.spells()}
    assert story["B"].ongoing
    assert story["A"].ongoing
    assert denial.id in story["A"].claims_against


def test_an_admission_ends_the_spell_whatever_is_denied() -> None:
    told = Telling()
    told.say("take", "B", "2022")
    told.say("lose", "B", "2023-09-15", speaker="B", other="A")
    told.say("take", "A", polarity="denied")
    story = {s.holder_name: s for s in told.spells()}
    assert (story["B"].end, story["A"].start) == ("2023-09-15", "2023-09-15")


def test_two_holders_named_together_do_not_dispute() -> None:
    told = Telling()
    first = told.say("take", "A", "2023-05-20")
    second = msgspec.structs.replace(first, subject=Span(0, 1, "B"))
    told.claims.append(with_id(second))
    told._resolve(told.claims[-1], "place", PLACE, "Karsa")
    told._resolve(told.claims[-1], "subject", "actor:B", "B")
    told._resolve(told.claims[-1], "time", None, "2023-05-20", reading("2023-05-20"))
    assert sorted((s.holder_name, s.ongoing, s.claims_against) for s in told.spells()) == [
        ("A", True, ()),
        ("B", True, ()),
    ]


def test_a_past_holder_without_dates_held_until_the_next_came() -> None:
    told = Telling()
    told.say("take", "B", "2019-04-04")
    told.say("hold", "A")
    assert told.story() == [("A", "held", None, "2019-04-04", False), ("B", "held", "2019-04-04", None, True)]


def test_what_had_been_taken_was_taken_before() -> None:
    told = Telling()
    told.say("take", "B", "2022-11-11")
    earlier = told.say("take", "A")
    evidence = "the only city that A had captured"
    start = earlier.evidence.start
    told.claims[-1] = msgspec.structs.replace(
        earlier,
        evidence=Span(start, start + len(evidence), evidence),
        cues=(Span(start + evidence.index("captured"), start + len(evidence), "captured"),),
    )
    assert told.story() == [("A", "held", None, "2022-11-11", False), ("B", "held", "2022-11-11", None, True)]


def test_a_taking_is_the_start_of_a_holding_dated_more_coarsely() -> None:
    told = Telling()
    held = told.say("hold", "A", "2019-04")
    since = TimeReading(earliest="2019-04-01", latest=None, partial="2019-04", precision="month")
    told.resolutions[-1] = Resolution(claim=held.id, role="time", referent=None, basis="stated", time=since)
    told.say("take", "A", "2019-04-04")
    told.say("take", "B", "2019-06-26")
    assert told.story() == [("A", "held", "2019-04-04", "2019-06-26", False), ("B", "held", "2019-06-26", None, True)]


def test_a_denial_that_names_no_taker_counts_against_the_taking() -> None:
    told = Telling()
    told.say("take", "A", "2020-11-08", speaker="A")
    denial = told.say("take", None, polarity="denied", speaker="B")
    assert [s.claims_against for s in told.spells()] == [(denial.id,)]


def named(told: Telling, claim: Claim, role: Any, referent: str | None, name: str) -> None:
    """Say whom a role of a claim denotes, in place of what ``say`` made of it."""
    told.resolutions = [r for r in told.resolutions if (r.claim, r.role) != (claim.id, role)]
    told.resolutions.append(Resolution(claim=claim.id, role=role, referent=referent, name=name, basis="stated"))


def test_a_state_its_army_and_its_ministry_are_one_holder() -> None:
    told = Telling()
    for when, slug in (("2022-04-01", "state"), ("2022-05-01", "armed-forces"), ("2022-06-01", "armed-forces")):
        named(told, told.say("take", slug, when), "subject", f"actor:RU/{slug}", slug)
    named(told, told.say("withdraw", "ministry", "2022-09-10"), "subject", "actor:RU/ministry-of-defence", "ministry")
    assert [(s.holder, s.start, s.end) for s in told.spells()] == [
        ("actor:RU/armed-forces", "2022-04-01", "2022-09-10")
    ]


def test_rebels_are_the_only_rebels_known_there() -> None:
    told = Telling()
    named(told, told.say("take", "M23", "2025-01-27"), "subject", "actor:CD/m23", "M23")
    named(told, told.say("hold", "the rebels", realis="ongoing"), "subject", None, "")
    assert [s.holder for s in told.spells()] == ["actor:CD/m23"]


@pytest.mark.parametrize("who", ["its mayor", "residents", "allies"])
def test_who_holds_no_places_has_no_spell(who: str) -> None:
    told = Telling()
    named(told, told.say("take", who, "2022"), "subject", None, "")
    assert told.spells() == ()


def test_the_airport_is_not_the_town() -> None:
    told = Telling()
    claim = told.say("hold", "A", realis="ongoing")
    told.claims[-1] = msgspec.structs.replace(claim, place=Span(0, 11, "the airport"))
    assert told.spells() == ()


def test_as_of_leaves_out_what_came_later() -> None:
    told = Telling()
    told.say("take", "A", "2014")
    told.say("take", "B", "2022-03-14")
    assert [(s.holder_name, s.ongoing) for s in told.spells(as_of="2020-01-01")] == [("A", True)]


def test_order_of_claims_does_not_matter() -> None:
    told = Telling()
    told.say("take", "A", "2014")
    told.say("contest", "B")
    told.say("take", "B", "2014-07")
    told.say("hold", "B", realis="ongoing")
    told.say("withdraw", "B", polarity="denied")
    told.say("take", "C", speaker="C")
    expected = told.spells()
    shuffler = random.Random(7)
    for _ in range(10):
        shuffler.shuffle(told.claims)
        shuffler.shuffle(told.resolutions)
        assert told.spells() == expected


def test_reports_of_other_places_change_nothing() -> None:
    told = Telling()
    told.say("take", "A", "2014")
    before = told.spells()
    elsewhere = Claim(
        id="",
        report="r2",
        evidence=Span(0, 1, "x"),
        predicate="take",
        place=Span(0, 5, "Molda"),
        subject=Span(0, 1, "B"),
    )
    after = spells([*told.claims, with_id(elsewhere)], told.resolutions)
    assert set(before) < set(after)


@pytest.mark.parametrize(("speaker", "held"), [("Omar Sadiq", 0), ("Hill Front", 1)])
def test_a_person_who_speaks_for_nobody_known_holds_nothing(speaker: str, held: int) -> None:
    telling = Telling()
    telling.say("hold", speaker, "2019-05", speaker=speaker)
    telling.resolutions = [one for one in telling.resolutions if one.role in {"place", "time"}]
    assert len(telling.spells()) == held


@pytest.mark.parametrize(("words", "held"), [("another district in Karsa", 0), ("Karsa", 1)])
def test_what_lies_in_a_province_is_not_the_province(words: str, held: int) -> None:
    telling = Telling()
    claim = telling.say("take", "X", "2019-05")
    told = with_id(msgspec.structs.replace(claim, place=Span(0, len(words), words)))
    province = PlaceReading(
        name="Karsa", country="XX", latitude=1.0, longitude=1.0, precision="province", province=None
    )
    telling.claims = [told]
    telling.resolutions = [
        msgspec.structs.replace(one, claim=told.id, place=province if one.role == "place" else None)
        for one in telling.resolutions
    ]
    assert len(telling.spells()) == held
