"""Which actor a claim's subject, object or voice denotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from according.issues import Issues
from according.records import Claim, Passage, Report, Resolution
from according.vocabulary import Vocabulary


def resolve_actors(
    report: Report, passages: Sequence[Passage], claims: Sequence[Claim], vocabulary: Vocabulary, issues: Issues
) -> Iterator[Resolution]:
    """One resolution for each role that denotes an actor."""
    del passages, issues
    mentions = vocabulary.actors.spot(report.text)
    for claim in claims:
        for mention in mentions:
            if claim.subject and claim.subject.start <= mention.start < claim.subject.end:
                yield Resolution(
                    claim=claim.id, role="subject", referent=mention.ids[0], basis="stated", name=mention.text
                )
                break
