"""How far two coders agree, field by field: percent, and Cohen's kappa, which takes off what chance would give.

Cohen, J. (1960): A coefficient of agreement for nominal scales.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from according.records import Claim, Reading
from according.store.judgements import HumanJudgement, active
from according.store.reviewed import Standing, standings

FIELDS = ("predicate", "polarity", "realis", "subject", "object", "place", "time", "quantity", "according to")


class FieldAgreement(msgspec.Struct, frozen=True):
    """How far two coders agree on one field.

    ``items`` is how many claims both coded; ``percent`` is None when there are none, ``kappa`` also when both gave one
    and the same value throughout, since chance alone would then agree.
    """

    field: str
    items: int
    agreed: int
    percent: float | None
    kappa: float | None


class Difference(msgspec.Struct, frozen=True):
    """One claim on which two coders differ: the field and what each says."""

    claim: Claim
    field: str
    left: str
    right: str


class Agreement(msgspec.Struct, frozen=True):
    """What two coders made of one reading."""

    fields: tuple[FieldAgreement, ...]
    differences: tuple[Difference, ...]


def agreement(reading: Reading, left: Sequence[HumanJudgement], right: Sequence[HumanJudgement]) -> Agreement:
    """Compare what two coders said of a reading.

    Every claim that was read, and every one that either added, is an item: its standing with each coder is the first
    field. The other fields are compared on the claims that both kept.
    """
    ones, others = _coded(reading, left), _coded(reading, right)
    items = {claim.id: claim for claim in (*(reading.claims), *_told(ones, others))}
    pairs = [(claim, _kept(name, ones), _kept(name, others)) for name, claim in items.items()]
    rows: dict[str, list[tuple[Claim, str, str]]] = {
        "is said": [(claim, "yes" if one else "no", "yes" if other else "no") for claim, one, other in pairs]
    }
    both = [(claim, one, other) for claim, one, other in pairs if one and other]
    for field in FIELDS:
        rows[field] = [(claim, value(one, field), value(other, field)) for claim, one, other in both]
    return Agreement(
        fields=tuple(compared(field, [(one, other) for _, one, other in found]) for field, found in rows.items()),
        differences=tuple(
            Difference(claim, field, one, other)
            for field, found in rows.items()
            for claim, one, other in found
            if one != other
        ),
    )


def compared(field: str, pairs: Sequence[tuple[str, str]]) -> FieldAgreement:
    """Percent and Cohen's kappa of two coders' values."""
    count, agreed = len(pairs), sum(one == other for one, other in pairs)
    if not count:
        return FieldAgreement(field, 0, 0, None, None)
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    by_chance = sum(ones[each] * others[each] for each in ones) / count**2
    observed = agreed / count
    kappa = None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)
    return FieldAgreement(field, count, agreed, 100 * observed, kappa)


def value(claim: Claim, field: str) -> str:
    """What a claim has in a field, as coders are compared by it; empty when it has nothing."""
    if field == "quantity":
        bounds = (claim.quantity.low, claim.quantity.high) if claim.quantity else ()
        return "–".join("open" if bound is None else str(bound) for bound in bounds)
    if field == "according to":
        return " ‹ ".join(_flat(voice.span.text) for voice in claim.voices if voice.span)
    found = getattr(claim, field)
    return found if isinstance(found, str) else _flat(found.text) if found else ""


def _coded(reading: Reading, judgements: Sequence[HumanJudgement]) -> dict[str, Standing]:
    return {one.claim.id: one for one in standings(reading, active(judgements))}


def _told(*coded: dict[str, Standing]) -> Iterable[Claim]:
    """The claims that a coder told in the place of none."""
    return (one.claim for found in coded for one in found.values() if one.origin is not None and one.corrects is None)


def _kept(name: str, coded: dict[str, Standing]) -> Claim | None:
    """The claim as a coder has it, corrected or not; None when they do not keep it."""
    found = coded.get(name)
    while found is not None and found.heir is not None:
        found = coded.get(found.heir)
    return found.claim if found is not None and found.counts else None


def _flat(text: str) -> str:
    return " ".join(text.lower().split())
