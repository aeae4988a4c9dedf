"""How far a claim can be trusted to say what the report says: 1, times a factor for every reason to doubt the reading.

Confidence is about the reading, not about the world: a hedge or an unnamed source does not lower it. What does: a
comment, a pronoun or an unusual phrase where somebody should be named, a place taken over from elsewhere, a sentence so
long or so broken that its parse is doubtful, a headline, an answer that only leans on an event told before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from according.extract.roles import is_verb
from according.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.records import Claim, Span

COMMENT, HEADLINE, PRONOUN, NO_PLACE, DOUBTFUL_PARSE, ODD_ROLE, NO_DOER = 0.6, 0.95, 0.85, 0.95, 0.8, 0.7, 0.95
"""Factors, each for one reason to doubt."""
LONGEST_SENTENCE = 45
"""Words beyond which the parser attaches clauses wrongly often."""
LONGEST_ROLE = 12
"""Words beyond which a role is more likely a wrongly joined clause than a name."""
PRONOUNS = frozenset("i we you he she it they them him her us this that these those one who which".split())
NAMELESS = frozenset(["i", "we", "you", "us", "me"])
DEEDS = frozenset(["violence", "harm", "unrest"])
PLACED = frozenset(["violence", "harm", "unrest", "control"])


def weighed(claims: Iterable[Claim], sentences: Sequence[Sentence]) -> Iterator[Claim]:
    """The claims with their confidence; of a comment's, only those that somebody could check."""
    by_span = {sentence.passage.span: sentence for sentence in sentences}
    for claim in claims:
        sentence = by_span.get(claim.evidence)
        if sentence is None or claim.block != "comment" or _is_checkable(claim, sentence):
            yield msgspec.structs.replace(claim, confidence=round(confidence_of(claim, sentence), 3))


def confidence_of(claim: Claim, sentence: Sentence | None) -> float:
    """The product of the factors that apply to a claim."""
    family = _family(claim)
    reasons = [
        (COMMENT, claim.block == "comment"),
        (HEADLINE, claim.block == "headline"),
        (PRONOUN, claim.subject is not None and claim.subject.text.lower() in PRONOUNS),
        (NO_PLACE, claim.place is None and family in PLACED),
        (NO_DOER, claim.subject is None and family == "violence"),
        (ODD_ROLE, any(_is_odd(span) for span in (claim.subject, claim.object))),
        (DOUBTFUL_PARSE, sentence is not None and _is_doubtful(sentence)),
    ]
    product = claim.confidence
    for factor, applies in reasons:
        product *= factor if applies else 1
    return product


def _family(claim: Claim) -> str:
    predicate = load_vocabulary().predicates.get(claim.predicate)
    return predicate.family if predicate else ""


def _is_odd(span: Span | None) -> bool:
    """Whether a role is longer than a name is, or starts with what no name starts with."""
    return span is not None and (
        len(span.text.split()) > LONGEST_ROLE or not (span.text[0].isalnum() or span.text[0] in "“\"'")
    )


def _is_doubtful(sentence: Sentence) -> bool:
    """Whether a sentence is very long, or prose in which the parser found no verb at its root."""
    doc = sentence.doc
    prose = sentence.passage.block == "body" and sentence.text.rstrip().endswith(".") and len(doc) > 6
    return len(doc) > LONGEST_SENTENCE or (prose and not any(t.dep_ == "ROOT" and is_verb(t) for t in doc))


def _is_checkable(claim: Claim, sentence: Sentence) -> bool:
    """Whether a comment's claim of a deed or harm names an actor, or a number, or an event under discussion."""
    if _family(claim) not in DEEDS:
        return True
    if claim.subject is not None and claim.subject.text.lower() in NAMELESS:
        return False
    named = claim.subject is not None and any(
        m.start < claim.subject.end and claim.subject.start < m.end for m in sentence.actors
    )
    if claim.realis in ("habitual", "hypothetical"):
        return named and claim.quantity is not None
    told = claim.event is not None and _family(claim) == "violence"
    return named or told or claim.quantity is not None or claim.place is not None
