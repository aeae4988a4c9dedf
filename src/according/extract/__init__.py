"""From passages to claims: parse once, then one pass for each family of predicates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from according.extract.events import attach_harm, find_events
from according.extract.parse import parse

if TYPE_CHECKING:
    from according.issues import Issues
    from according.records import Claim, Passage, Report
    from according.vocabulary import Vocabulary

__all__ = ["extract"]


def extract(report: Report, passages: Sequence[Passage], vocabulary: Vocabulary, issues: Issues) -> Iterator[Claim]:
    """Every claim of a report, in no particular order, each once."""
    sentences = parse(report, passages, vocabulary)
    mentions = find_events(sentences, vocabulary)
    yield from (claim for mention in mentions for claim in mention.claims)
