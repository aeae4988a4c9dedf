"""Where a report's headline says something else than its body: both are kept, and the reader is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from according.records import Claim, Incident, Resolution, Span

TOLLS = {"kill": "killed", "injure": "injured", "missing": "missing", "displace": "displaced"}
ADVANCES = frozenset(["storm", "take", "attack", "clash"])
UNDONE = frozenset(["attempted", "planned", "failed", "hypothetical"])


class Disagreement(msgspec.Struct, frozen=True):
    """A sentence in words, and the part of the headline that it is about."""

    span: Span
    message: str


def disagreements(
    claims: Sequence[Claim], resolutions: Sequence[Resolution], incidents: Sequence[Incident]
) -> list[Disagreement]:
    """Every disagreement between the headline and the body of one report, in text order."""
    found = [*_tolls(claims, incidents), *_deeds(claims, resolutions)]
    return sorted(found, key=lambda one: (one.span.start, one.message))


def _tolls(claims: Sequence[Claim], incidents: Sequence[Incident]) -> Iterator[Disagreement]:
    """Tolls of one incident whose bounds or people differ: "17 civilians killed" over "at least 17 people"."""
    by_id = {claim.id: claim for claim in claims}
    for incident in incidents:
        tolls = [by_id[name] for name in incident.claims if name in by_id and _is_toll(by_id[name])]
        for headline in (claim for claim in tolls if claim.block == "headline"):
            rivals = [c for c in tolls if c.block == "body" and c.predicate == headline.predicate]
            if rivals and not any(_toll(claim) == _toll(headline) for claim in rivals):
                yield _told(headline, _words(headline), _words(rivals[0]))


def _is_toll(claim: Claim) -> bool:
    return claim.predicate in TOLLS and claim.quantity is not None and claim.part_of is None


def _toll(claim: Claim) -> tuple[int | None, int | None, str | None]:
    return (claim.quantity.low, claim.quantity.high, claim.group) if claim.quantity else (None, None, None)


def _words(claim: Claim) -> str:
    number = claim.quantity.span.text if claim.quantity else ""
    return f"{number} {claim.group or 'people'} {TOLLS[claim.predicate]}"


def _deeds(claims: Sequence[Claim], resolutions: Sequence[Resolution]) -> Iterator[Disagreement]:
    """Deeds that the headline tells as done and the body as tried, planned, failed or denied by the same side."""
    actors = {r.claim: r.referent for r in resolutions if r.role == "subject" and r.referent}
    places = {r.claim: r.referent for r in resolutions if r.role == "place" and r.referent}
    deeds = [claim for claim in claims if claim.predicate in ADVANCES and claim.id in actors and claim.id in places]
    for headline in (c for c in deeds if c.block == "headline" and c.realis == "happened" and c.polarity == "affirmed"):
        for body in (c for c in deeds if c.block == "body" and (c.realis in UNDONE or c.polarity == "denied")):
            if headline.voices and body.polarity == "denied":
                continue  # one side says it and another denies it: so does the headline
            if (actors[body.id], places[body.id]) == (actors[headline.id], places[headline.id]):
                yield _told(headline, headline.evidence.text, body.evidence.text)
                break


def _told(headline: Claim, one: str, other: str) -> Disagreement:
    return Disagreement(
        headline.evidence, f"The headline says “{' '.join(one.split())}”, the body “{' '.join(other.split())}”."
    )
