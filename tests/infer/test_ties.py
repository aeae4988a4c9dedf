"""Ties from hand-made claims and resolutions."""

from __future__ import annotations

from typing import Any

from according.infer.ties import ties
from according.records import Claim, Resolution, Span, TimeReading, with_id


class Telling:
    """Claims of ties with their resolutions, one after another."""

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.resolutions: list[Resolution] = []

    def say(self, predicate: str, source: str, target: str, year: str | None = None, **more: Any) -> Claim:
        at = 100 * len(self.claims)
        time = Span(at, at + 7, f"in {year}") if year else None
        more = {"evidence": Span(at, at + 1, "x"), **more}
        claim = Claim(id="", report="r", predicate=predicate, time=time, **more)
        claim = with_id(claim)
        self.claims.append(claim)
        for role, name in (("subject", source), ("object", target)):
            self._resolve(claim, role, f"actor:{name}", name)
        if year:
            reading = TimeReading(earliest=f"{year}-01-01", latest=f"{year}-12-31", partial=year, precision="year")
            self._resolve(claim, "time", None, year, reading)
        return claim

    def _resolve(
        self, claim: Claim, role: Any, referent: str | None, name: str, time: TimeReading | None = None
    ) -> None:
        self.resolutions.append(
            Resolution(claim=claim.id, role=role, referent=referent, name=name, basis="stated", time=time)
        )

    def found(self) -> list[tuple[str, str, str, str | None, str | None]]:
        return [(t.source_name, t.kind, t.target_name, t.since, t.until) for t in ties(self.claims, self.resolutions)]


def test_each_backer_is_a_tie() -> None:
    told = Telling()
    told.say("back", "A", "X")
    told.say("back", "B", "X")
    assert told.found() == [("A", "backs", "X", None, None), ("B", "backs", "X", None, None)]


def test_alliance_has_no_direction() -> None:
    told = Telling()
    told.say("ally", "A", "B")
    told.say("ally", "B", "A")
    assert told.found() == [("A", "allied_with", "B", None, None)]


def test_that_a_group_remained_a_part_stands_against_its_breaking_away() -> None:
    told = Telling()
    told.say("break_away", "A", "B", "2014")
    told.say("part_of", "A", "B", evidence=Span(100, 120, "A was a part of B."))
    remained = told.say("part_of", "A", "B", evidence=Span(200, 240, "Officials said A remained a part of B."))
    [broke] = [one for one in ties(told.claims, told.resolutions) if one.kind == "broke_away_from"]
    assert broke.claims_against == (remained.id,)


def test_breaking_away_ends_belonging() -> None:
    told = Telling()
    told.say("part_of", "A", "B")
    told.say("break_away", "A", "B", "2014")
    assert ("A", "part_of", "B", None, "2014") in told.found()


def test_joining_begins_belonging() -> None:
    told = Telling()
    told.say("join", "A", "B", "2014")
    assert told.found() == [("A", "part_of", "B", "2014", None)]


def test_a_denial_stands_against_and_makes_no_tie_alone() -> None:
    told = Telling()
    denial = told.say("back", "A", "B", polarity="denied")
    assert told.found() == []
    told.say("back", "A", "B")
    assert ties(told.claims, told.resolutions)[0].claims_against == (denial.id,)


def test_plans_and_comments_make_no_tie() -> None:
    told = Telling()
    told.say("back", "A", "B", realis="planned")
    told.say("lead", "A", "B", block="comment")
    assert told.found() == []


def test_order_does_not_matter() -> None:
    told = Telling()
    for source in "CAB":
        told.say("oppose", source, "X")
    assert ties(told.claims, told.resolutions) == ties(told.claims[::-1], told.resolutions[::-1])
