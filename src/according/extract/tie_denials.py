"""Denials that trail behind what is alleged: "accuses Y of backing Z, a charge that Y denies"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from according.extract.voices import voice_of
from according.records import with_id
from according.vocabulary.charges import load_charges
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Claim, Span

LONGEST_DENIER = 6
"""Words between what is denied and the verb: who denies it, "has" and "repeatedly"."""
OPENING = frozenset([",", "–", "—", "-", "--", "("])


class Denial(msgspec.Struct, frozen=True):
    """Where a trailing denial begins, as the number of a token, and who denies."""

    first: int
    denier: Span


def trailing_denial(sentence: Sentence) -> Denial | None:
    """The denial that trails behind a sentence, when a known actor or a pronoun is who denies."""
    verb = next((t for t in reversed(sentence.doc) if load_wording().speech_kind.get(t.lemma_) == "deny"), None)
    if verb is None or verb.tag_[:2] != "VB":
        return None
    near = sentence.doc[max(0, verb.i - LONGEST_DENIER) : verb.i]
    words = load_charges()
    charge = next((t for t in reversed(near) if t.lemma_.lower() in words.charges | words.trailing), None)
    if charge is None:
        return None
    opening = next((t.i for t in reversed(sentence.doc[max(0, charge.i - 2) : charge.i]) if t.text in OPENING), None)
    denier = _denier(sentence, sentence.doc[charge.i + 1 : verb.i])
    return Denial(opening, denier) if opening is not None and denier is not None else None


def _denier(sentence: Sentence, words: Sequence[Token]) -> Span | None:
    """Who denies: the known actor among some words, else the pronoun."""
    for word in words:
        name = sentence.actor_at(word)
        if name is not None:
            return sentence.span(name.start - sentence.offset, name.end - sentence.offset)
    pronoun = next((t for t in words if t.lower_ in ("it", "they", "he", "she")), None)
    return sentence.span_of([pronoun]) if pronoun is not None else None


def with_denial(claim: Claim, denial: Denial, start: int) -> tuple[Claim, Claim]:
    """A claim as it is alleged, and as it is denied; ``start`` is where the denial begins in the report."""
    voices = tuple(voice for voice in claim.voices if voice.span is None or voice.span.end <= start)
    alleged = msgspec.structs.replace(claim, polarity="affirmed", voices=voices)
    denied = msgspec.structs.replace(claim, polarity="denied", voices=(voice_of(denial.denier),))
    return with_id(alleged), with_id(denied)
