"""Where a claim's event was: from its own words, else from the nearest words before it that govern it.

1. A name the claim gives is read in the light of all names of the report (``toponyms``). A name nobody knows ("Ain
   Zara, south of Tripoli") keeps its words and has no referent; it lies in or by a known place, whose
   coordinates it takes with a precision no finer than what the words allow.
2. "The city", "there", "the province" mean the likeliest earlier place of that kind (``whereabouts``).
3. A harm is where the event that did it was.
4. Words that name no place but are somewhere else than what was told ("the western border", "a village") rest on a
   country or province only.
5. Otherwise the place last spoken of as one where something happened, then the likeliest place named before, then the
   dateline's, then the headline's. A comment rests on the report's event only when it speaks of it.
6. A point is never computed: "40 km north of X" is X with the precision of a district.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from according.records import Claim, Passage, PlaceReading, Report, Resolution
from according.resolve.ground import Ground, finest
from according.resolve.grounds import Grounds
from according.resolve.toponyms import Toponym, read_toponyms
from according.resolve.whereabouts import Mentions

if TYPE_CHECKING:
    from according.issues import Issues
    from according.vocabulary import Vocabulary

_WITHIN_TOWN = frozenset(["exact", "neighbourhood", "town"])
_METHOD = "places-1"


def resolve_places(
    report: Report, passages: Sequence[Passage], claims: Sequence[Claim], vocabulary: Vocabulary, issues: Issues
) -> Iterator[Resolution]:
    """The place of each claim whose predicate has one, in the order of the claims."""
    toponyms = read_toponyms(report.text, vocabulary)
    grounds = Grounds(Mentions(report, passages, toponyms, title_place(report, vocabulary)), claims, vocabulary)
    for claim in claims:
        predicate = vocabulary.predicates.get(claim.predicate)
        if claim.place is None and (predicate is None or "place" not in predicate.roles):
            continue
        ground = grounds.of(claim)
        if ground:
            _doubt(ground, issues)
            yield _resolution(claim, ground)
        elif claim.place:
            yield _unresolved(claim, grounds.unknown(claim.place))


def title_place(report: Report, vocabulary: Vocabulary) -> Toponym | None:
    """The finest place named in a title that is not part of the text; its span counts the title's characters."""
    if not report.title or report.title in report.text:
        return None
    named = [toponym for toponym in read_toponyms(report.title, vocabulary) if not toponym.actor]
    return finest(named) if named else None


def _unresolved(claim: Claim, name: str | None) -> Resolution:
    """A place that the words name or mean and that nothing locates: what is named is a town's or a village's name."""
    place = PlaceReading(name, None, None, None, "town") if name else None
    return Resolution(
        claim=claim.id, role="place", referent=None, basis="stated", name=name, score=0.0, place=place, method=_METHOD
    )


def _doubt(ground: Ground, issues: Issues) -> None:
    if ground.basis == "stated" and not ground.name and ground.toponym.ambiguous and len(ground.toponym.candidates) > 1:
        first, second = ground.toponym.candidates[:2]
        issues.info(
            "ambiguous_place",
            f"{ground.toponym.span.text} was read as {first.name} ({first.because}); "
            f"it may be {second.name} ({second.because}).",
            ground.toponym.span,
        )


def _resolution(claim: Claim, ground: Ground) -> Resolution:
    """What a ground gives: its place, or a name nobody knows with where it lies.

    What lies within a town, a hall or a district of it, is resolved to the town and keeps its own name.
    """
    place = ground.toponym.place
    is_nowhere_known = ground.name is not None and ground.precision not in _WITHIN_TOWN
    reading = PlaceReading(
        name=ground.name or place.name,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        precision=ground.precision,
        province=place.name if place.kind == "province" else place.province,
        source=place.source,
    )
    return Resolution(
        claim=claim.id,
        role="place",
        referent=None if is_nowhere_known else place.id,
        basis=ground.basis,
        name=ground.name or place.name,
        score=ground.toponym.score,
        span=ground.toponym.span if ground.elsewhere else None,
        candidates=() if ground.name else ground.toponym.candidates,
        place=reading,
        method=_METHOD,
    )
