"""From passages to claims: parse once, then one pass for each family of predicates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from according.extract.authors import extract_authors
from according.extract.casualties import extract_casualties
from according.extract.charged import extract_charged
from according.extract.comments import extract_answers
from according.extract.confidence import weighed
from according.extract.control import extract_control
from according.extract.echoes import extract_echoes
from according.extract.events import find_events
from according.extract.leaning import attach_harm, lean
from according.extract.parse import parse
from according.extract.speakers import with_speakers
from according.extract.ties import extract_ties
from according.extract.verdicts import extract_verdicts

if TYPE_CHECKING:
    from according.issues import Issues
    from according.records import Claim, Passage, Report
    from according.vocabulary import Vocabulary

__all__ = ["extract"]


def extract(report: Report, passages: Sequence[Passage], vocabulary: Vocabulary, issues: Issues) -> Iterator[Claim]:
    """Every claim of a report, in text order, each once."""
    sentences = parse(report, passages, vocabulary)
    if not sentences:
        issues.info("nothing_to_read", "The report has no sentence that is read for claims.")
    mentions = lean(find_events(sentences, vocabulary))
    harm = list(attach_harm(extract_casualties(sentences, vocabulary), sentences, mentions))
    events = (claim for mention in mentions for claim in mention.claims)
    authors = [*extract_authors(sentences, mentions, harm), *extract_answers(sentences, mentions)]
    authors += extract_charged(mentions)
    claims = [*events, *authors, *harm, *extract_control(sentences, vocabulary), *extract_ties(sentences, vocabulary)]
    claims += [*extract_verdicts(sentences), *extract_echoes(sentences, harm)]
    unique = {claim.id: claim for claim in weighed(with_speakers(claims, sentences), sentences)}
    yield from sorted(unique.values(), key=_position)


def _position(claim: Claim) -> tuple[int, int]:
    return claim.evidence.start, claim.cues[0].start if claim.cues else claim.evidence.start
