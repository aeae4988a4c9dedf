"""Where a claim's event was: from its own words, else from the nearest words before it that govern it.

1. A name the claim gives is read in the light of all names of the report (``toponyms``). An unknown name ("Ain Zara,
   south of Tripoli") stands as the place it is said to lie in or by, no more precise than that place is.
2. "The city", "there", "the province" mean the nearest earlier place of that kind.
3. A harm is where the event that did it was.
4. Otherwise the place last spoken of as one where something happened, then the last place named, then the dateline's,
   then the headline's.
5. A point is never computed: "40 km north of X" is X with the precision of a district.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from according.records import Claim, Passage, PlacePrecision, PlaceReading, Report, Resolution, Span
from according.resolve.toponyms import Toponym, read_toponyms

if TYPE_CHECKING:
    from according.issues import Issues
    from according.vocabulary import Vocabulary

_METHOD = "places-1"
Basis = Literal["stated", "earlier_sentence", "dateline", "headline"]

_PRECISIONS: tuple[PlacePrecision, ...] = ("exact", "neighbourhood", "town", "district", "province", "country")
# "40 km (25 miles) north-east of X": the point meant is not X, and is not computed.
_OFFSET = re.compile(
    r"\b(?:\d[\d.,]*|several|some|a few|few|dozens of)\s*-?\s*(?:km|kms|kilomet(?:re|er)s?|miles?|mi)\b[^.;,]{0,40}?"
    r"(?:\b(?:of|from|to|outside)\s+(?:the\s+)?(?:\w+\s+){0,3})$",
    re.IGNORECASE,
)
_LEANING = {
    "town": re.compile(r"\b(?:city|town|village|capital|port|camp|hamlet|settlement)\b", re.IGNORECASE),
    "district": re.compile(r"\b(?:district|county|area|locality|municipality|enclave|suburb)\b", re.IGNORECASE),
    "province": re.compile(r"\b(?:province|governorate|oblast|state|region)\b", re.IGNORECASE),
    "country": re.compile(r"\b(?:country|nation)\b", re.IGNORECASE),
}
_CONTAINING_KINDS = frozenset({"country", "province", "district", "region"})
_REACH_CHARS = 90
_FAR_BACK = 12


class Ground(msgspec.Struct, frozen=True):
    """A place that a claim can rest on: the reading, how it was said, and where."""

    toponym: Toponym
    precision: PlacePrecision
    basis: Basis
    elsewhere: bool = False


class Mentions:
    """The place names of a report by position, with the block each stands in."""

    def __init__(self, report: Report, passages: Sequence[Passage], toponyms: Sequence[Toponym]) -> None:
        self.text = report.text
        self._passages = sorted((p for p in passages if p.block != "furniture"), key=lambda p: p.span.start)
        self._starts = [p.span.start for p in self._passages]
        self.all = [t for t in toponyms if not t.actor and self._readable(t.span)]
        self._at = [t.span.start for t in self.all]
        self.dateline = self._dateline(report, toponyms)

    def _readable(self, span: Span) -> bool:
        passage = self.passage(span.start)
        return passage is not None and passage.span.end >= span.end

    @staticmethod
    def _dateline(report: Report, toponyms: Sequence[Toponym]) -> Toponym | None:
        lines = [block for block in report.blocks if block.kind == "dateline"]
        inside = (t for t in toponyms for b in lines if b.start <= t.span.start < b.end)
        return next(inside, None)

    def passage(self, position: int) -> Passage | None:
        """The passage that holds a position."""
        index = bisect_right(self._starts, position) - 1
        if index < 0 or self._passages[index].span.end <= position:
            return None
        return self._passages[index]

    def within(self, span: Span) -> list[Toponym]:
        """The names that overlap a span, in text order."""
        return [t for t in self.all if t.span.start < span.end and span.start < t.span.end]

    def before(self, position: int) -> list[Toponym]:
        """The names that start before a position and stand in the same or an earlier body passage, nearest first."""
        return self.all[: bisect_right(self._at, position - 1)][::-1]

    def sentence(self, span: Span) -> list[Toponym]:
        """The names in the passage that holds a span."""
        passage = self.passage(span.start)
        return self.within(passage.span) if passage else []


def resolve_places(
    report: Report, passages: Sequence[Passage], claims: Sequence[Claim], vocabulary: Vocabulary, issues: Issues
) -> Iterator[Resolution]:
    """The place of each claim whose predicate has one, in the order of the claims."""
    toponyms = read_toponyms(report.text, vocabulary)
    reader = _Reader(Mentions(report, passages, toponyms), claims)
    for claim in claims:
        predicate = vocabulary.predicates.get(claim.predicate)
        if claim.place is None and (predicate is None or "place" not in predicate.roles):
            continue
        ground = reader.ground(claim)
        if ground:
            _doubt(ground, issues)
            yield _resolution(claim, ground)
        elif claim.place:
            yield Resolution(claim=claim.id, role="place", referent=None, basis="stated", score=0.0, method=_METHOD)


def _doubt(ground: Ground, issues: Issues) -> None:
    if ground.basis == "stated" and ground.toponym.ambiguous and len(ground.toponym.candidates) > 1:
        first, second = ground.toponym.candidates[:2]
        issues.info(
            "ambiguous_place",
            f"{ground.toponym.span.text} was read as {first.name} ({first.because}); "
            f"it may be {second.name} ({second.because}).",
            ground.toponym.span,
        )


def _resolution(claim: Claim, ground: Ground) -> Resolution:
    place = ground.toponym.place
    reading = PlaceReading(
        name=place.name,
        country=place.country,
        latitude=place.latitude,
        longitude=place.longitude,
        precision=ground.precision,
        province=place.province,
        source=place.source,
    )
    return Resolution(
        claim=claim.id,
        role="place",
        referent=place.id,
        basis=ground.basis,
        name=place.name,
        score=ground.toponym.score,
        span=ground.toponym.span if ground.elsewhere else None,
        candidates=ground.toponym.candidates,
        place=reading,
        method=_METHOD,
    )


class _Reader:
    """Finds the ground of each claim; remembers where things last happened."""

    def __init__(self, mentions: Mentions, claims: Sequence[Claim]) -> None:
        self._mentions = mentions
        self._claims = {claim.id: claim for claim in claims}
        self._stated: dict[str, Ground | None] = {}
        self._happened = sorted(
            (claim.place.start for claim in claims if claim.place and self.stated(claim)),
        )
        self._grounds = {
            claim.place.start: ground for claim in claims if claim.place and (ground := self.stated(claim))
        }

    def ground(self, claim: Claim) -> Ground | None:
        """Where the claim's event was, by the rules of this module in their order."""
        own = self.stated(claim)
        if own:
            return own
        for other_id in (claim.event, claim.part_of):
            other = self._claims.get(other_id) if other_id else None
            ground = self.stated(other) if other else None
            if ground:
                return ground if _same_sentence(claim, other) else self._moved(ground)
        return self._from_context(claim)

    def stated(self, claim: Claim) -> Ground | None:
        """The ground of a claim's own words of place."""
        if claim.id not in self._stated:
            self._stated[claim.id] = self._read(claim.place, claim.evidence) if claim.place else None
        return self._stated[claim.id]

    def _read(self, span: Span, evidence: Span) -> Ground | None:
        inside = self._mentions.within(span)
        if inside:
            found = _finest(inside)
            return Ground(found, self._precision(found, span), self._basis(span, evidence), _outside(span, evidence))
        return self._leaning(span) or self._by_what_it_lies_in(span, evidence)

    def _basis(self, span: Span, evidence: Span) -> Basis:
        return self._basis_at(span.start) if _outside(span, evidence) else "stated"

    def _basis_at(self, position: int) -> Basis:
        passage = self._mentions.passage(position)
        if passage and passage.block in {"headline", "dateline"}:
            return "headline" if passage.block == "headline" else "dateline"
        return "earlier_sentence"

    def _precision(self, toponym: Toponym, span: Span) -> PlacePrecision:
        """A place's own precision; coarser when the words put the event at a distance from it."""
        before = self._mentions.text[max(0, toponym.span.start - 80) : toponym.span.start]
        precision = toponym.place.precision
        if _OFFSET.search(before):
            return _coarser(precision, "district")
        # "Jufra air base" where only Jufra is known: the named site lies somewhere in it.
        return "town" if precision == "exact" and len(span.text) > len(toponym.span.text) + 12 else precision

    def _leaning(self, span: Span) -> Ground | None:
        """Read words that lean back ("the city", "there", "it") as the nearest earlier place of that kind."""
        if any(word[0].isupper() for word in span.text.split()[1:]):
            return None
        wanted = next((kind for kind, words in _LEANING.items() if words.search(span.text)), None)
        for toponym in self._mentions.before(span.start)[:_FAR_BACK]:
            if wanted is None and toponym.place.kind != "country":
                break
            if wanted and _fits(toponym, wanted):
                break
        else:
            return None
        return Ground(toponym, toponym.place.precision, self._basis_at(toponym.span.start), elsewhere=True)

    def _by_what_it_lies_in(self, span: Span, evidence: Span) -> Ground | None:
        """An unknown name stands as the place it is said to lie in or by, else as the one spoken of before."""
        around = [t for t in self._mentions.sentence(span) if t.span.start >= span.end]
        near = next((t for t in around if t.span.start - span.end <= _REACH_CHARS), None)
        if near:
            precision = self._precision(near, near.span)
            return Ground(near, precision, self._basis(span, evidence), elsewhere=True)
        earlier = next((t for t in self._mentions.before(span.start)[:_FAR_BACK] if t.place.kind != "country"), None)
        earlier = earlier or next(iter(self._mentions.before(span.start)), None) or self._mentions.dateline
        if earlier is None:
            return None
        return Ground(earlier, _coarser(earlier.place.precision, "district"), "earlier_sentence", elsewhere=True)

    def _from_context(self, claim: Claim) -> Ground | None:
        position = claim.evidence.start
        index = bisect_right(self._happened, position - 1)
        if index:
            return self._moved(self._grounds[self._happened[index - 1]])
        earlier = self._mentions.before(position)[:_FAR_BACK]
        toponym = next((t for t in earlier if t.place.kind not in {"country", "region"}), None) or next(
            iter(earlier), None
        )
        toponym = self._mentions.dateline or toponym if self._only_headline(toponym) else toponym
        if toponym is None:
            return None
        basis = "dateline" if toponym is self._mentions.dateline else self._basis_at(toponym.span.start)
        return Ground(toponym, toponym.place.precision, basis, elsewhere=True)

    def _only_headline(self, toponym: Toponym | None) -> bool:
        return toponym is None or self._basis_at(toponym.span.start) == "headline"

    def _moved(self, ground: Ground) -> Ground:
        """A ground told elsewhere."""
        basis = self._basis_at(ground.toponym.span.start)
        return Ground(ground.toponym, ground.precision, basis, elsewhere=True)


def _same_sentence(claim: Claim, other: Claim | None) -> bool:
    return other is not None and claim.evidence == other.evidence


def _outside(span: Span, evidence: Span) -> bool:
    return span.end <= evidence.start or span.start >= evidence.end


def _fits(toponym: Toponym, wanted: str) -> bool:
    kind = toponym.place.kind
    if wanted == "town":
        return kind in {"town", "neighbourhood"}
    if wanted == "province":
        return kind in {"province", "region"}
    return kind == wanted


def _finest(toponyms: Sequence[Toponym]) -> Toponym:
    """The most precise of several names in one phrase: "Tora market, North Darfur" is at Tora."""
    return min(toponyms, key=lambda t: (_PRECISIONS.index(t.place.precision), t.span.start))


def _coarser(precision: PlacePrecision, limit: PlacePrecision) -> PlacePrecision:
    return max(precision, limit, key=_PRECISIONS.index)
