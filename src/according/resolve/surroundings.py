"""Where names that nobody knows lie: what a report says around them, the town told of, the province, the country."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from according.records import COARSE, PlacePrecision, Span
from according.resolve.ground import Ground, as_place, at_distance, coarser
from according.resolve.localities import plays_no_part
from according.resolve.namesakes import GREAT
from according.resolve.place_phrases import (
    ALSO,
    AND_ITS_END,
    BESIDE,
    BETWEEN,
    BY_A_TOWN,
    CAPITAL_OF,
    DISTRICT_OF,
    IN_CAPITAL,
    IN_THE_CAPITAL,
    OFFSET,
    PART_AFTER,
    PART_BEFORE,
    PART_OF,
    PARTS,
    REACH_CHARS,
    SHARED_BORDER,
    SIDE,
    SITE_AFTER,
    SITE_IN_NAME,
)
from according.resolve.toponyms import Toponym

if TYPE_CHECKING:
    from according.records import Claim
    from according.resolve.whereabouts import Mentions
    from according.vocabulary import Vocabulary
    from according.vocabulary.gazetteer import Place


class Surroundings:
    """What is known of where a report's unknown names lie; ``told`` are the places where something happened so far."""

    def __init__(self, mentions: Mentions, vocabulary: Vocabulary) -> None:
        self._mentions = mentions
        self._vocabulary = vocabulary
        self.told: list[tuple[int, Claim, Ground]] = []

    def latest(self, position: int) -> Ground | None:
        """Where something happened last before a position, as far as is told."""
        return next((ground for at, _, ground in reversed(self.told) if at < position), None)

    def precision(self, toponym: Toponym, span: Span) -> PlacePrecision:
        """A place's own precision; coarser when the words put the event at a distance from it."""
        before = self._mentions.words_before(toponym)
        precision = toponym.place.precision
        if (offset := OFFSET.search(before)) or BY_A_TOWN.search(before):
            return coarser(precision, at_distance(offset[0]) if offset else "district")
        if BETWEEN.search(before):
            return coarser(precision, "district")
        if precision == "town" and SIDE.search(before) and self._is_province_too(toponym.place):
            return "district"
        # "Jufra air base" where only Jufra is known: the named site lies somewhere in it.
        return "town" if precision == "exact" and len(span.text) > len(toponym.span.text) + 12 else precision

    def _is_province_too(self, town: Place) -> bool:
        """As in "in southern Osk": of a town that a province is called after, mostly the province's side."""
        namesakes = self._vocabulary.gazetteer.candidates(town.name)
        return any(one.kind == "province" and one.country == town.country for one in namesakes)

    def seat(self, country: str | None) -> Place | None:
        """The seat of government of a country."""
        state = self._vocabulary.actors.get(f"actor:{country}/state")
        places = self._vocabulary.gazetteer.candidates(state.seats[0]) if state and state.seats else []
        return next((p for p in places if p.country == country and p.kind == "town"), None)

    def around(self, span: Span) -> tuple[Toponym, PlacePrecision] | None:
        """The known place that an unknown name is said to lie in or by, in its own sentence."""
        for toponym in self._mentions.sentence(span):
            if toponym.span.start < span.end and span.start < toponym.span.end:
                continue
            if toponym.span.end < span.start and plays_no_part(self._mentions.text, toponym.span):
                continue
            after = toponym.span.start >= span.end
            ends = (span.end, toponym.span.start) if after else (toponym.span.end, span.start)
            gap = ALSO.sub("", self._mentions.text[ends[0] : ends[1]], count=1)
            outside = after and toponym.place.kind == "country" and BESIDE.search(gap) and not PART_OF.search(gap)
            if SHARED_BORDER.search(gap) or outside:
                continue
            if (
                after
                and BETWEEN.search(self._mentions.text[max(0, span.start - 40) : span.start])
                and AND_ITS_END.match(gap)
            ):
                return toponym, coarser(toponym.place.precision, "district")
            if 0 <= len(gap) <= REACH_CHARS and not PARTS.search(gap):
                beside = after and bool(BESIDE.search(gap))
                precision = self.precision(toponym, toponym.span)
                return toponym, coarser(precision, at_distance(gap)) if beside else precision
        return None

    def in_a_capital(self, span: Span) -> tuple[Toponym, PlacePrecision] | None:
        """As in "at Osk junction in the Orlesian capital": the seat of government of the country of that adjective."""
        passage = self._mentions.passage(span.start)
        found = CAPITAL_OF.search(passage.span.text) if passage else None
        actors = self._vocabulary.actors.named(found["nation"]) if found else []
        code = next((actor.country for actor in actors if actor.country), None)
        place = self.seat(code) if code else None
        if place is None or found is None or passage is None:
            return None
        start = passage.span.start + found.start("nation")
        return Toponym(Span(start, start + len(found["nation"]), found["nation"]), place, 0.8), place.precision

    def capital_told(self, evidence: Span) -> tuple[Toponym, PlacePrecision] | None:
        """As in "A bus was hit in a suburb of the Orlesian capital", where nobody in that capital speaks."""
        found = IN_CAPITAL.search(evidence.text)
        if found is None:
            return None
        start = evidence.start + found.start() + found[0].index("the")
        words = Span(start, evidence.start + found.end(), self._mentions.text[start : evidence.start + found.end()])
        return None if plays_no_part(self._mentions.text, words) else self.in_a_capital(words)

    def town_of_part(self, span: Span) -> tuple[Toponym, PlacePrecision] | None:
        """As in "the Osk quarter", "the suburb of Osk": a part of the town where something happened last."""
        text = self._mentions.text
        part = PART_AFTER.search(text, span.start, span.end + 20) or PART_BEFORE.search(text[: span.start][-25:])
        is_part = part is not None or self._is_part_of_city(span)
        if not is_part and not SITE_IN_NAME.search(span.text) and not SITE_AFTER.match(text, span.end):
            return None
        told = self.latest(span.start)
        if told:
            return (told.toponym, "town") if told.toponym.place.kind == "town" else None
        named = self._mentions.best_before(span.start, "town", ())
        named = named or (self._mentions.dateline if self._is_of_dateline(span) else None)
        return (named, "town") if named else None

    def _is_of_dateline(self, span: Span) -> bool:
        """Whether a site is in the town a report is filed from: no seat of government, or told of as "the capital"."""
        passage = self._mentions.passage(span.start)
        capital = passage is not None and IN_THE_CAPITAL.search(passage.span.text) is not None
        filed = self._mentions.dateline
        return self.is_local(filed) or (capital and filed is not None and filed.place.kind == "town")

    def is_local(self, filed: Toponym | None) -> bool:
        """Whether a report was filed from a town that is not where all of a country's news is filed from."""
        seat = self.seat(filed.place.country) if filed else None
        return filed is not None and filed.place.kind == "town" and (seat is None or filed.place.id != seat.id)

    def _is_part_of_city(self, span: Span) -> bool:
        """As in "the old district of Osk", after news from a great city: a part of it and no district of a province."""
        told = self.latest(span.start)
        great = told is not None and told.toponym.place.kind == "town" and told.toponym.place.population >= GREAT
        return great and DISTRICT_OF.search(self._mentions.text[: span.start][-25:]) is not None

    def named_elsewhere(self, name: str, span: Span) -> tuple[Toponym, PlacePrecision] | None:
        """One name is one place: where it lies may be said at another mention of it."""
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", self._mentions.text):
            if match.start() != span.start and (found := self.around(Span(match.start(), match.end(), name))):
                return found
        return None

    def roundabout(self, position: int) -> tuple[Toponym, PlacePrecision] | None:
        """The province or country that is being told of, where an unknown name probably lies."""
        told = self.latest(position)
        latest = told.toponym if told else self._mentions.best_before(position, None, ()) or self._mentions.title
        if latest is None and self._mentions.dateline:
            return self._country_of(self._mentions.dateline)
        latest = latest or next(iter(self._mentions.before(position)), None)
        if latest is None:
            named = (*self._mentions.all, *self._mentions.owners)
            return self._country_of(named[0]) if named else None
        return self._ashore(latest, position) if latest.place.kind == "water" else self._widened(latest)

    def _ashore(self, water: Toponym, position: int) -> tuple[Toponym, PlacePrecision]:
        """A town by a sea lies in the country named nearest before it, or whose dateline the report has."""
        named = (one for one in self._mentions.before(position) if one.place.country)
        land = next(named, self._mentions.dateline)
        return self._country_of(land) if land and land.place.country else self._widened(water)

    def _widened(self, toponym: Toponym) -> tuple[Toponym, PlacePrecision]:
        place = toponym.place
        if place.precision in COARSE:
            return toponym, place.precision
        gazetteer = self._vocabulary.gazetteer
        province = gazetteer.province(place.province, place.country) if place.province else None
        return as_place(toponym, province or place), "province"

    def _country_of(self, toponym: Toponym) -> tuple[Toponym, PlacePrecision]:
        country = self._vocabulary.gazetteer.country(toponym.place.country or "")
        return as_place(toponym, country or toponym.place), "country"
