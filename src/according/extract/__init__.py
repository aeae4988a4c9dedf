"""From passages to claims: parse once, then one pass for each family of predicates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from according.extract.casualties import extract_casualties
from according.extract.control import extract_control
from according.extract.events import UNCOUNTED, attach_harm, find_events
from according.extract.parse import parse

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
    mentions = find_events(sentences, vocabulary)
    harm = list(attach_harm(extract_casualties(sentences, vocabulary), sentences, mentions))
    counted = {(c.predicate, c.cues[0]) for c in harm if c.cues}
    events = [
        c for m in mentions for c in m.claims if c.predicate not in UNCOUNTED or (c.predicate, c.cues[0]) not in counted
    ]
    claims = [*events, *harm, *extract_control(sentences, vocabulary)]
    unique = {claim.id: claim for claim in claims}
    yield from sorted(
        unique.values(), key=lambda c: (c.evidence.start, c.cues[0].start if c.cues else c.evidence.start)
    )
