"""The sentence behind a value: its quote, who says it, where it was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from according.records import Reading
from according.web.pages import words
from according.web.pages.claims import shown


class Proof(msgspec.Struct, frozen=True):
    """One quoted claim with its source; ``voice`` is empty where the report itself says it."""

    claim: str
    quote: str
    voice: str
    source: str
    published: str | None
    address: str
    language: str | None
    against: bool


def proofs(readings: Iterable[Reading], wanted: set[str]) -> dict[str, Proof]:
    """The claims wanted, by id, as far as these readings hold them; the oldest report first."""
    ordered = sorted(readings, key=lambda one: (one.report.published or "9", one.report.id))
    return {
        claim.id: Proof(
            claim=claim.id,
            quote=claim.quote,
            voice=claim.sayings[-1].name or claim.sayings[-1].said if claim.sayings else "",
            source=words.source(one.report),
            published=one.report.published,
            address=f"/report/{one.report.id}#claim-{claim.id}",
            language=one.report.language,
            against=claim.against,
        )
        for one in ordered
        if any(claim.id in wanted for claim in one.claims)
        for claim in shown(one)
        if claim.id in wanted
    }


def distinct(claims: Iterable[str], known: Mapping[str, Proof]) -> list[Proof]:
    """The proofs of some claims; one sentence that several of them rest on stands once for each side it takes."""
    found: dict[tuple[str, str, bool], Proof] = {}
    for proof in (known[name] for name in claims if name in known):
        key = (proof.source, proof.quote, proof.against)
        if key not in found or (proof.voice and not found[key].voice):
            found[key] = proof
    return list(found.values())
