"""Who did it, according to whom: accusations, claims of responsibility and denials of one incident, actor by actor.

Statuses, by the first rule that fits:

1. *unclear*: nobody that is named, or nothing but doubt, is connected with it.
2. *acknowledged*: the actor's own last word is that it did it, and somebody else says so too.
3. *claimed*: the actor's own last word is that it did it, and nobody else says so.
4. *disputed*: the actor is accused and it is denied, or actors that are not of one side are accused.
5. *denied*: only denials are told.
6. *alleged*: the actor is accused, nobody denies it, and nobody else is accused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from according.infer.voices import UNKNOWN, Sayings, is_kin, is_part
from according.records import Attribution, AttributionStatus, Claim, Incident

_ACTS = frozenset({"happened", "ongoing", "attempted", "failed", "hypothetical"})


class _Case(msgspec.Struct):
    """What is said of one actor's part in one incident, in the order it was said."""

    actor: str | None
    name: str
    blamed: list[str]
    claimed: list[str]
    denied: list[str]
    claims: list[str]
    own_word: bool | None = None


def attributions(incident: Incident, claims: Mapping[str, Claim], sayings: Sayings) -> tuple[Attribution, ...]:
    """Every actor that is connected with an incident, with who says so and what that comes to."""
    cases: dict[str, _Case] = {}
    for claim in sayings.in_order(claims[one] for one in incident.claims):
        if claim.realis in _ACTS and claim.block != "comment" and claim.predicate not in {"condemn", "assess"}:
            _hear(claim, cases, sayings)
    for claim in sayings.in_order(claims[one] for one in incident.claims):
        if claim.predicate == "assess":
            _judge(claim, cases, sayings)
    accused = [case for case in cases.values() if case.blamed or case.claimed]
    return tuple(
        Attribution(
            actor=case.actor,
            name=case.name,
            blamed_by=_once(case.blamed),
            claimed_by=_once(case.claimed),
            denied_by=_once(case.denied),
            status=_status(case, accused),
            claims=_once(case.claims),
        )
        for case in sorted(cases.values(), key=lambda case: (case.actor or "~", case.name))
    )


def _hear(claim: Claim, cases: dict[str, _Case], sayings: Sayings) -> None:
    for actor, name in sayings.doers(claim):
        case = _case_of(actor, name, cases)
        case.claims.append(claim.id)
        speaker = sayings.speaker(claim)
        own = claim.predicate == "claim_responsibility" or (actor is not None and is_kin(speaker.actor, actor))
        if own:
            case.own_word = claim.polarity == "affirmed"
        if claim.polarity == "denied":
            case.denied.append(speaker.name)
        elif own:
            case.claimed.append(speaker.name)
        else:
            case.blamed.append(speaker.name)


def _judge(claim: Claim, cases: dict[str, _Case], sayings: Sayings) -> None:
    """A verdict of the accused on itself: acceptance is its own word for it, rejection its denial."""
    for actor, name in sayings.doers(claim):
        accused = any(is_kin(case.actor, actor) for case in cases.values())
        if actor is None or not (accused or claim.polarity == "affirmed"):
            continue
        case = _case_of(actor, name, cases)
        case.claims.append(claim.id)
        case.own_word = claim.polarity == "affirmed"
        (case.claimed if case.own_word else case.denied).append(name)


def _case_of(actor: str | None, name: str, cases: dict[str, _Case]) -> _Case:
    """The case of an actor; a state and its forces are one, under the narrower name."""
    known = next((key for key, case in cases.items() if is_kin(case.actor, actor)), None)
    case = cases.setdefault(known or actor or name.casefold(), _Case(actor, name, [], [], [], []))
    if actor is not None and case.actor is not None and is_part(actor, case.actor):
        case.actor, case.name = actor, name
    return case


def _status(case: _Case, accused: Sequence[_Case]) -> AttributionStatus:
    if case.name == UNKNOWN:
        return "unclear"
    if case.own_word:
        return "acknowledged" if case.blamed else "claimed"
    rivals = [other for other in accused if other is not case and other.name != UNKNOWN]
    if (case.blamed or case.claimed) and (case.denied or any(other.own_word is not True for other in rivals)):
        return "disputed"
    if case.denied:
        return "denied"
    return "alleged" if case.blamed else "unclear"


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
