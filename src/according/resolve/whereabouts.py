"""The place names of a report by position: what stands where, and which of them an event can be said to lean on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from according.records import COARSE
from according.resolve.ground import may_hold
from according.resolve.localities import Kind, plays_no_part
from according.resolve.place_phrases import OFFSET

if TYPE_CHECKING:
    from according.records import Passage, Report, Span
    from according.resolve.toponyms import Toponym

_FAR_BACK = 24
_HAPPENED, _HEADLINE, _OFTEN, _APART, _NO_PART = 1.5, 0.5, 0.3, 0.35, 3.0
_FARTHEST = 6
_LYING_CHARS = 80
_LYING = re.compile(
    r"(?:,| in|, (?:a|the) [^.;,]{3,40} (?:in|of)),? (?:the )?(?:[a-z-]+ ){0,2}"
    r"(?:(?:province|state|region|republic) of )?"
)
_TOWN_FILED = re.compile(r"(?P<town>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2}), $")


class Mentions:
    """The place names of a report by position, with the block each stands in."""

    def __init__(
        self,
        report: Report,
        passages: Sequence[Passage],
        toponyms: Sequence[Toponym],
        title: Toponym | None = None,
    ) -> None:
        self.title = title
        self.text = report.text
        self._passages = sorted((p for p in passages if p.block != "furniture"), key=lambda p: p.span.start)
        self._starts = [p.span.start for p in self._passages]
        self.all = [t for t in toponyms if not t.actor and self._readable(t.span)]
        self.owners = [t for t in toponyms if t.actor]
        self._at = [t.span.start for t in self.all]
        self.dateline = self._dateline(report, toponyms)
        self.filed_from = self._filed_from(report)

    def _readable(self, span: Span) -> bool:
        passage = self.passage(span.start)
        return passage is not None and passage.span.end >= span.end

    @staticmethod
    def _dateline(report: Report, toponyms: Sequence[Toponym]) -> Toponym | None:
        lines = [block for block in report.blocks if block.kind == "dateline"]
        inside = (t for t in toponyms for b in lines if b.start <= t.span.start < b.end)
        return next(inside, None)

    def _filed_from(self, report: Report) -> str | None:
        """The name of a town that nobody knows, which a dateline puts before its country ("ZORG, Orlesia (AFP)")."""
        if self.dateline is None or self.dateline.place.precision not in COARSE:
            return None
        at = self.dateline.span.start
        block = next((one for one in report.blocks if one.kind == "dateline" and one.start < at < one.end), None)
        found = _TOWN_FILED.match(report.text, block.start, at) if block else None
        return found["town"].title() if found else None

    def words_before(self, toponym: Toponym) -> str:
        """The words before a name that may say how an event lies to it ("40 km north of Osk")."""
        return self.text[max(0, toponym.span.start - _LYING_CHARS) : toponym.span.start]

    def passage(self, position: int) -> Passage | None:
        """The passage that holds a position."""
        index = bisect_right(self._starts, position) - 1
        if index < 0 or self._passages[index].span.end <= position:
            return None
        return self._passages[index]

    def within(self, span: Span) -> list[Toponym]:
        """The names that overlap a span, in text order."""
        return [t for t in self.all if t.span.start < span.end and span.start < t.span.end]

    def owner(self, span: Span) -> Toponym | None:
        """The country whose name, standing for somebody ("Orlesia's history"), is all that a span gives."""
        return next((t for t in self.owners if t.span == span), None)

    def before(self, position: int) -> list[Toponym]:
        """The names that start before a position and stand in the same or an earlier body passage, nearest first."""
        return self.all[: bisect_right(self._at, position - 1)][::-1]

    def sentence(self, span: Span) -> list[Toponym]:
        """The names in the passage that holds a span."""
        passage = self.passage(span.start)
        return self.within(passage.span) if passage else []

    def next_sentence(self, span: Span) -> list[Toponym]:
        """The names in the passage behind the one that holds a span."""
        following = self.following(span)
        return self.within(following) if following else []

    def following(self, span: Span) -> Span | None:
        """The passage behind the one that holds a span."""
        number = self.index(span.start) + 1
        return self._passages[number].span if number < len(self._passages) else None

    def numbered(self, number: int) -> Span | None:
        """The passage of a number."""
        return self._passages[number].span if 0 <= number < len(self._passages) else None

    def index(self, position: int) -> int:
        """The number of the passage that holds or precedes a position."""
        return max(0, bisect_right(self._starts, position) - 1)

    def best_before(self, position: int, wanted: Kind | None, happened: Sequence[int]) -> Toponym | None:
        """The place that "the city" or "there" means: near, often named, and where something happened; no metonym.

        ``happened`` are the positions of names already read as where an event was, in order.
        """
        told = set(happened)
        often = Counter(t.place.id for t in self.all)
        near = [t for t in self.before(position)[:_FAR_BACK] if self._heard(t, position) and fits(t, wanted)]
        if not near:
            return None

        def weight(toponym: Toponym) -> float:
            passage = self.passage(toponym.span.start)
            score = _HAPPENED * (toponym.span.start in told) + _OFTEN * min(often[toponym.place.id], 4)
            score += _HEADLINE * (passage is not None and passage.block == "headline")
            away = OFFSET.search(self.words_before(toponym)) is not None
            score -= _NO_PART * (away or plays_no_part(self.text, toponym.span))
            return score - _APART * min(self.index(position) - self.index(toponym.span.start), _FARTHEST)

        best = max(near, key=lambda t: (weight(t), t.span.start))
        if wanted is None and best.place.precision in COARSE:  # "Osk, a town in Barsa province"
            inside = (t for t in near if self._tells_lie(t, best))
            best = next(inside, best)
        return None if self.dateline and plays_no_part(self.text, best.span) else best

    def _tells_lie(self, town: Toponym, wide: Toponym) -> bool:
        """Whether a province or country is only named to say where a town named just before lies."""
        gap = self.text[town.span.end : wide.span.start] if town.span.end <= wide.span.start else "."
        return (
            may_hold(wide.place, town.place)
            and _LYING.fullmatch(gap) is not None
            and not plays_no_part(self.text, town.span)
        )

    def _heard(self, toponym: Toponym, position: int) -> bool:
        """What a comment names is heard in that comment only; a dateline names where the writer sat."""
        there, here = self.passage(toponym.span.start), self.passage(position)
        if there is None or there.block == "dateline" or toponym is self.dateline:
            return False
        return there.block != "comment" or (here is not None and here.block_index == there.block_index)


def fits(toponym: Toponym, wanted: Kind | None) -> bool:
    """Whether a place is of the kind that some words lean on; finer than a country when they do not say."""
    kind = toponym.place.kind
    if wanted is None:
        return kind not in {"country", "region"} or toponym.place.precision != "country"
    if wanted == "town":
        return kind in {"town", "neighbourhood"}
    if wanted == "province":
        return kind in {"province", "region"}
    return kind == wanted
