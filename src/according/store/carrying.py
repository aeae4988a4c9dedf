"""Judgements on a text that was rewritten: those whose quotes still stand are said again of the new text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from according.errors import UsageError
from according.records import Claim, Reading, Span
from according.store.judgements import CLAIM_KINDS, HumanJudgement, Told, counting
from according.store.telling import METHOD, Wanted, tell, wanted_of
from according.vocabulary import Vocabulary


class Carried(msgspec.Struct, frozen=True):
    """One judgement and what becomes of it: the claim of the new text that it is about, and what it tells of it."""

    judgement: HumanJudgement
    claim: Claim | None
    told: Told | None = None


class Carrying(msgspec.Struct, frozen=True):
    """What can be said again of a new text, in the order in which it was said, and what cannot."""

    kept: tuple[Carried, ...]
    left: tuple[HumanJudgement, ...]


def carried(old: Reading, new: Reading, log: Sequence[HumanJudgement], vocabulary: Vocabulary) -> Carrying:
    """Find the claims of an old text again in a new one, and what was judged of them."""
    about = [one for one in counting(log) if one.kind in CLAIM_KINDS and one.report == old.report.id]
    there = {_saying(claim): claim for claim in new.claims}
    now = {claim.id: there[_saying(claim)] for claim in old.claims if _saying(claim) in there}
    kept: list[Carried] = []
    left: list[HumanJudgement] = []
    for one in about:
        found = _carry(one, new, now, vocabulary)
        if found is None:
            left.append(one)
            continue
        kept.append(found)
        if one.told and found.told:
            now[one.told.claim.id] = found.told.claim
    return Carrying(tuple(kept), tuple(left))


def _carry(one: HumanJudgement, new: Reading, now: dict[str, Claim], vocabulary: Vocabulary) -> Carried | None:
    """A judgement on the new text; None when its claim or the words it quotes are not there."""
    about = [now.get(subject.id) for subject in one.subjects]
    if None in about:
        return None
    claim = about[0] if about else None
    if one.told is None:
        return Carried(one, claim)
    try:
        told = tell(new, _wanted(one.told), vocabulary, claim)
    except UsageError:
        return None
    same = claim is not None and told.claim.id == claim.id
    return None if same else Carried(one, claim, told)


def _wanted(told: Told) -> Wanted:
    """What a person told, to be told again: a place that they named themselves stays that place."""
    place = next((one for one in told.resolutions if one.role == "place" and one.method == METHOD), None)
    return msgspec.structs.replace(wanted_of(told.claim), referent=(place.referent if place else "") or "")


def _saying(claim: Claim) -> tuple[object, ...]:
    """All that a claim says, in the words it rests on, wherever they stand."""
    quantity = claim.quantity
    return (
        claim.predicate,
        claim.polarity,
        claim.realis,
        claim.block,
        claim.group,
        (quantity.low, quantity.high) if quantity else None,
        *(_words(span) for span in _spans(claim)),
    )


def _spans(claim: Claim) -> Iterable[Span | None]:
    yield claim.evidence
    yield claim.quantity.span if claim.quantity else None
    yield from (claim.subject, claim.object, claim.place, claim.time, claim.extent)
    yield from (voice.span for voice in claim.voices)


def _words(span: Span | None) -> str:
    return " ".join(span.text.split()) if span else ""
