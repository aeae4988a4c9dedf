"""From claims to resolutions: which actor, which place, when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from according.issues import Issues
from according.records import Claim, Passage, Report, Resolution
from according.resolve.actors import resolve_actors
from according.resolve.places import resolve_places
from according.resolve.times import resolve_times
from according.vocabulary import Vocabulary


def resolve(
    report: Report, passages: Sequence[Passage], claims: Sequence[Claim], vocabulary: Vocabulary, issues: Issues
) -> Iterator[Resolution]:
    """What each role of each claim refers to: places, then times, then actors, in the order of the claims of each."""
    places = list(resolve_places(report, passages, claims, vocabulary, issues))
    yield from places
    yield from resolve_times(report, passages, claims, vocabulary, issues)
    yield from resolve_actors(report, passages, claims, vocabulary, issues, places)
