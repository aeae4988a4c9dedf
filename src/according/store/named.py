"""Whom and what a reading names: every place and actor of it, by each name under which a user may ask for it.

What a registry knows goes by its referent. What none knows goes by the words that name it, under the same key as its
spells and ties (``said:`` and the words, folded).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from according.infer.control_parties import said
from according.records import Claim, Reading, Resolution, Span

Kind = Literal["place", "actor"]
MOST_WORDS = 6
"""Words that name nothing known and run on longer describe rather than name."""


def references(reading: Reading) -> set[tuple[Kind, str, str]]:
    """Kind, referent and name of each place and actor that a reading names."""
    claims = {claim.id: claim for claim in reading.claims}
    found = {
        (_kind(one), referent, name)
        for one in reading.resolutions
        if one.role != "time"
        for referent in referents_of(one, claims.get(one.claim))
        for name in _names(one, claims.get(one.claim))
    }
    for spell in reading.spells:
        found.add(("place", spell.place, spell.place_name))
    for tie in reading.ties:
        found |= {("actor", tie.source, tie.source_name), ("actor", tie.target, tie.target_name)}
    return found


def claims_about(reading: Reading, kind: Kind, referents: set[str]) -> set[str]:
    """The claims that speak of any of these places, or in which any of these actors does or says something."""
    claims = {claim.id: claim for claim in reading.claims}
    return {
        one.claim
        for one in reading.resolutions
        if one.role != "time" and _kind(one) == kind and referents_of(one, claims.get(one.claim)) & referents
    }


def referents_of(resolution: Resolution, claim: Claim | None) -> set[str]:
    """What a role refers to: its referent, else the words that name it."""
    if resolution.referent is not None:
        return {resolution.referent}
    return {said(words).key for words in _words(resolution, claim)}


def _kind(resolution: Resolution) -> Kind:
    return "place" if resolution.role == "place" else "actor"


def _names(resolution: Resolution, claim: Claim | None) -> set[str]:
    if resolution.referent is None:
        return {said(words).name for words in _words(resolution, claim)}
    names = {resolution.name, resolution.span.text if resolution.span else None}
    if resolution.place:
        names.add(resolution.place.name)
    return {name for name in names if name}


def _words(resolution: Resolution, claim: Claim | None) -> Iterator[str]:
    """The words that name what no registry knows: a name, not a description such as "a nearby village"."""
    span = _span(resolution, claim)
    for words in {resolution.name, span.text if span else None}:
        if words and len(words.split()) <= MOST_WORDS and any(letter.isupper() for letter in words):
            yield words


def _span(resolution: Resolution, claim: Claim | None) -> Span | None:
    """The claim's own words for a role."""
    if claim is None:
        return None
    if resolution.role == "voice":
        voice = claim.voices[resolution.index] if resolution.index < len(claim.voices) else None
        return voice.span if voice else None
    role: Span | None = getattr(claim, resolution.role)
    return role
