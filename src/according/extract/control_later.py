"""Who took a place that is only said to have fallen, when the next words tell who has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

from according.records import with_id

if TYPE_CHECKING:
    from according.records import Claim, Span

FALLING = frozenset(["fell", "fallen", "fall", "overrun"])
HAVING = frozenset(["hold", "take"])


def with_later_takers(said: Iterable[list[Claim]]) -> Iterator[Claim]:
    """The claims of sentences in order; “Y fell on Monday. By Tuesday the rebels manned its bridges": to the rebels."""
    sentences = list(said)
    for n, claims in enumerate(sentences):
        following = sentences[n + 1] if n + 1 < len(sentences) else []
        for m, claim in enumerate(claims):
            later = [c for c in claims[m + 1 :] if _is_apart(claim, c)]
            yield _taken(claim, [*later, *following]) if _is_open(claim) else claim


def _is_apart(claim: Claim, other: Claim) -> bool:
    """Whether a semicolon stands between: in one breath ("fell after marines defending it left") others are meant."""
    first, last = (c.cues[0].start - claim.evidence.start if c.cues else 0 for c in (claim, other))
    return ";" in claim.evidence.text[first:last]


def _is_open(claim: Claim) -> bool:
    word = claim.cues[0].text.lower() if claim.cues else ""
    real = claim.polarity == "affirmed" and claim.realis == "happened"
    return claim.predicate == "take" and claim.subject is None and word in FALLING and real


def _taken(claim: Claim, later: list[Claim]) -> Claim:
    """The claim with whoever is said to have the place, or a part of it, behind it."""
    for other in later:
        real = other.predicate in HAVING and other.polarity == "affirmed" and other.realis in ("happened", "ongoing")
        if real and other.subject is not None and _is_there(claim.place, other.place):
            return with_id(msgspec.structs.replace(claim, subject=other.subject))
    return claim


def _is_there(place: Span | None, other: Span | None) -> bool:
    """Whether another claim is of the same place, or of what is its."""
    if place is None or other is None:
        return False
    return other.text == place.text or other.text.lower().startswith(("its ", "the town", "the city"))
