"""Which claims of a report are told as of one event: each with those that name it as their event or their whole."""

from __future__ import annotations

from collections.abc import Mapping

from according.link.apart import turns_away
from according.link.facts import Facts
from according.link.kinds import is_act, kinds_fit
from according.link.when import days_apart
from according.link.where import seats_fit
from according.records import Claim


def companies_of(claims: list[Claim], facts: Facts) -> list[list[Claim]]:
    """Each claim with those that name it as their event or their whole, in the order told."""
    known = {claim.id: claim for claim in claims}
    companies: dict[str, list[Claim]] = {}
    for claim in claims:
        companies.setdefault(_head(claim, known, facts), []).append(claim)
    return [sorted(company, key=lambda one: one.id != head) for head, company in companies.items()]


def _head(claim: Claim, known: Mapping[str, Claim], facts: Facts) -> str:
    """The id of the claim that a claim leans on in the end."""
    passed = {claim.id}
    while (above := _above(claim, known, facts)) and above.id not in passed and _may_be_one(above, claim, facts):
        claim = above
        passed.add(claim.id)
    return claim.id


def _may_be_one(above: Claim, claim: Claim, facts: Facts) -> bool:
    """Whether a claim may be of the event it leans on: not of another kind, nor when each has its own day or place.

    Harm told in one breath with an event is of it, whatever place was read for it.
    """
    days = facts.own_time(above), facts.own_time(claim)
    apart = days_apart(days[0], days[1]) if days[0] and days[1] and above.time != claim.time else None
    if apart or not facts.are_level(above, claim) or kinds_fit(above.predicate, claim.predicate) <= 0.0:
        return False
    if not is_act(claim) and _in_one_breath(above, claim):
        return True
    seats = facts.place(above), facts.place(claim)
    told = above.place is not None and claim.place is not None and above.place != claim.place
    return not told or seats_fit(seats[0], [seats[1]] if seats[1] else []) > 0.0


def _in_one_breath(above: Claim, claim: Claim) -> bool:
    """Whether two claims stand in one sentence with nothing between them that parts one report from the next."""
    if above.evidence != claim.evidence or not above.cues or not claim.cues:
        return False
    first, last = sorted(one.cues[0].start - one.evidence.start for one in (above, claim))
    return ";" not in claim.evidence.text[first:last]


def _above(claim: Claim, known: Mapping[str, Claim], facts: Facts) -> Claim | None:
    """The event or the whole of a claim; a toll belongs for certain only to an event of its own sentence.

    An event with a day of its own is not certain to be that of another sentence.
    """
    event = known.get(claim.event or "")
    sure = event is not None and (is_act(claim) or event.evidence == claim.evidence)
    above = event if sure else known.get(claim.part_of or "")
    elsewhere = above is not None and above.evidence != claim.evidence
    return None if elsewhere and (turns_away(claim) or facts.own_time(claim)) else above
