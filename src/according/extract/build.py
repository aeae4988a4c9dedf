"""Claims from clauses: evidence, voices and modality filled in, the id last."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from according.records import Claim, with_id

if TYPE_CHECKING:
    from according.extract.clauses import Clause
    from according.extract.parse import Sentence
    from according.records import Hedge, Polarity, Quantity, Realis, Span, Voice

METHOD = "rules/1"
"""The reader and its version, as claims carry it."""


class Roles(TypedDict, total=False):
    """What a family of claims may set; place, time, modality and voices default to the clause's own."""

    subject: Span | None
    object: Span | None
    group: str | None
    place: Span | None
    time: Span | None
    quantity: Quantity | None
    extent: Span | None
    cues: tuple[Span, ...]
    part_of: str | None
    event: str | None
    polarity: Polarity
    realis: Realis
    hedge: Hedge
    voices: tuple[Voice, ...]
    evidence: Span
    confidence: float


def claim_of(sentence: Sentence, clause: Clause, predicate: str, **roles: Unpack[Roles]) -> Claim:
    """The claim that a clause makes.

    Evidence is the whole passage. ``cues`` always start with the trigger word, so that a claim's place in its
    sentence can be found again; cues given here are added to the clause's.
    """
    extra = roles.get("cues", ())
    filled: Roles = {
        "evidence": sentence.passage.span,
        "place": clause.place,
        "time": clause.time,
        "polarity": clause.polarity,
        "realis": clause.realis,
        "hedge": clause.hedge,
        "voices": clause.voices,
        **roles,
        "cues": tuple(dict.fromkeys((*clause.cues, *extra))),
    }
    return with_id(
        Claim(
            id="",
            report=sentence.passage.report,
            predicate=predicate,
            block=sentence.passage.block,
            method=METHOD,
            **filled,
        )
    )
