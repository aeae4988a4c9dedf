"""What words of place mean: known names and unknown ones, sites, stretches, and words that lean on what was told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from according.records import COARSE, Claim, PlacePrecision, Span
from according.resolve.ground import (
    Basis,
    Ground,
    as_place,
    coarser,
    finest,
    holds,
    is_outside,
    may_hold,
)
from according.resolve.localities import (
    Kind,
    Locality,
    kind_leant_on,
    leans,
    locality_near,
    plays_no_part,
    unknown_name,
)
from according.resolve.place_phrases import (
    CAPITAL,
    HOUSE_AFTER,
    HOUSES,
    IN_THE_TOWN,
    ITS_CAPITAL,
    MISSION,
    NAMED_AFTER,
    NORTH,
    PRONOUNS,
    ROAD_FROM,
    SITE_TAIL,
    SORT_OF_PLACE,
    THE,
    THE_TOWN_IN,
)
from according.resolve.surroundings import Surroundings
from according.resolve.toponyms import Toponym

if TYPE_CHECKING:
    from according.resolve.whereabouts import Mentions
    from according.vocabulary import Vocabulary


class Wordings:
    """Reads words of place in the light of a report's names and of what was told before them."""

    def __init__(self, mentions: Mentions, near: Surroundings, vocabulary: Vocabulary) -> None:
        self._mentions = mentions
        self._vocabulary = vocabulary
        self._near = near
        self._told = near.told

    def read(self, span: Span, evidence: Span, *, comment: bool) -> Ground | None:
        """The ground of some words of place; a comment's unknown name needs a known place beside it."""
        inside = self._mentions.within(span)
        name = self.unknown(span, min((t.span.start for t in inside), default=None))
        outside = is_outside(span, evidence)
        basis = self.basis_at(span.start) if outside else "stated"
        if inside and (
            other := self._mission(inside[-1])
            or self._house(span, inside)
            or self._leaning_within(inside)
            or self._stretch(inside[0])
        ):
            return other
        if inside:
            found = finest(inside)
            if ITS_CAPITAL.match(self._mentions.text, found.span.end) and (
                seat := self._near.seat(found.place.country)
            ):
                return Ground(as_place(found, seat), seat.precision, basis, outside)
            longer = None if name else NORTH.match(self._mentions.text, found.span.end)
            name = f"{found.span.text}{longer[0]}" if longer else name
            return Ground(found, "district" if longer else self._near.precision(found, span), basis, outside, name)
        if name is None:
            owner = self._mentions.owner(span) or self._nation(span)
            return self._of_owner(owner, basis) if owner else self._leaning(span)
        around = self._near.around(span) or self._near.named_elsewhere(name, span)
        name = self._with_site(name, span)
        around = around or self._near.in_a_capital(span) or self._in_the_town(span)
        if around is None and comment:
            return None
        part = self._near.town_of_part(span)
        if part and around and holds(around[0].place, part[0].place):
            around = part
        around = around or part or self._near.roundabout(span.start)
        return Ground(around[0], around[1], basis, elsewhere=True, name=name) if around else None

    def _nation(self, span: Span) -> Toponym | None:
        """The country of an adjective that is all that some words of place give ("in an Orlesian village")."""
        if not span.text[:1].isupper():
            return None
        code = next((one.country for one in self._vocabulary.actors.named(span.text) if one.country), None)
        place = self._vocabulary.gazetteer.country(code) if code else None
        return Toponym(span, place, 0.5) if place else None

    def _of_owner(self, owner: Toponym, basis: Basis) -> Ground:
        """As in "in Orlesia's remote post of Osk": the finest place of the sentence, else somewhere in the country."""
        found = self.first_of(self._mentions.sentence(owner.span), basis)
        return found or Ground(owner, owner.place.precision, basis)

    def _leaning_within(self, inside: Sequence[Toponym]) -> Ground | None:
        """As in "the Osk town", where a province stands before the word: a town in it that was named before."""
        found = finest(inside)
        sort = SORT_OF_PLACE.match(self._mentions.text, found.span.end)
        before = THE_TOWN_IN.search(self._mentions.words_before(found))
        if before and found.place.precision in COARSE:
            town = self._likeliest(found.span, kind_leant_on(before["sort"]))
            return town if town and may_hold(found.place, town.toponym.place) else None
        if sort is None or found.place.precision not in COARSE:
            return None
        if not THE.search(self._mentions.text[max(0, found.span.start - 30) : found.span.start]):
            return None
        meant = self._likeliest(Span.cut(self._mentions.text, found.span.start, sort.end()), kind_leant_on(sort[0]))
        return meant if meant and meant.toponym.place.country == found.place.country else None

    def _mission(self, owner: Toponym) -> Ground | None:
        """As in "the Orlesian Embassy in Osk": the town of its sentence, and not the country whose it is."""
        if owner.place.kind != "country" or not MISSION.match(self._mentions.text, owner.span.end):
            return None
        return self.first_of([t for t in self._mentions.sentence(owner.span) if t.place.kind == "town"], "stated")

    def _house(self, span: Span, inside: Sequence[Toponym]) -> Ground | None:
        """A house that is named like a town ("the Serena Hotel in Kabul"): it lies where its sentence says."""
        behind = self._mentions.text[inside[-1].span.end : span.end].strip()
        after = HOUSE_AFTER.match(self._mentions.text, span.end) if not behind else None
        if not after and (not behind[:1].isupper() or behind.lower() not in HOUSES):
            return None
        around = self._near.around(span)
        if around is None or around[1] in COARSE:
            part = self._near.town_of_part(span)
            around = part if part and (around is None or may_hold(around[0].place, part[0].place)) else None
        if around is None or around[0].place.id in {one.place.id for one in inside}:
            return None
        name = f"{span.text}{after[0].rpartition(' in ')[0] or after[0].rpartition(' at ')[0]}" if after else span.text
        return Ground(around[0], around[1], "stated", elsewhere=True, name=name)

    def _stretch(self, toponym: Toponym) -> Ground | None:
        """As in "on the road from the port of Osk to Barsa": somewhere on it, by one of the two."""
        name = self._road(toponym.span.start)
        if name is None:
            return None
        return Ground(toponym, coarser(toponym.place.precision, "district"), "stated", elsewhere=True, name=name)

    def _road(self, position: int) -> str | None:
        """The road from one place to another whose name holds a position."""
        passage = self._mentions.passage(position)
        found = ROAD_FROM.search(passage.span.text) if passage else None
        if passage is None or found is None or not found.start() <= position - passage.span.start < found.end():
            return None
        return f"{found['start']}-{found['end']} {found['road']}"

    def _with_site(self, name: str, span: Span) -> str:
        """A name nobody knows with the word of its site ("Osk mine"), or the road it lies on."""
        if road := self._road(span.start):
            return road
        tail = SITE_TAIL.match(self._mentions.text, span.end) if span.text.endswith(name) else None
        return f"{name}{tail[0]}" if tail else name

    def unknown(self, span: Span, known_from: int | None) -> str | None:
        """The unknown name in some words of place; an actor's ("the KSA camp", "Syrian") is none."""
        name, registry = unknown_name(span, known_from), self._vocabulary.actors
        if name is None or any(name.casefold() not in map(str.casefold, one.seats) for one in registry.named(name)):
            return None
        return None if any(mention.how != "seat" for mention in registry.spot(name)) else name

    def basis_at(self, position: int) -> Basis:
        """How what stands at a position of a report is told: in its headline, its dateline or an earlier sentence."""
        passage = self._mentions.passage(position)
        if passage and passage.block in {"headline", "dateline"}:
            return "headline" if passage.block == "headline" else "dateline"
        return "earlier_sentence"

    def _leaning(self, span: Span) -> Ground | None:
        """Read words that lean back ("the city", "there", "it") as the likeliest earlier place of that kind."""
        if not leans(span.text):
            return None
        named = self._named_after(span) or self._capital(span)
        if named:
            return named
        locality = locality_near(f"at {span.text}", 0) if span.text.lower() not in PRONOUNS else None
        if locality and locality.stretch:
            return self.owned(locality)
        return self._likeliest(span, kind_leant_on(span.text))

    def _likeliest(self, span: Span, wanted: Kind | None) -> Ground | None:
        """The likeliest place of a kind that was named before some words."""
        told = [ground.toponym.span.start for at, _, ground in self._told if at < span.start]
        toponym = self._mentions.best_before(span.start, wanted, told)
        if toponym is None:
            return None
        return Ground(toponym, toponym.place.precision, self.basis_at(toponym.span.start), elsewhere=True)

    def _named_after(self, span: Span) -> Ground | None:
        """The place in apposition to words that lean ("the provincial capital, the city of X")."""
        if kind_leant_on(span.text) != "town":
            return None
        for toponym in self._mentions.sentence(span):
            gap = self._mentions.text[span.end : toponym.span.start]
            if toponym.span.start >= span.end and NAMED_AFTER.fullmatch(gap):
                return Ground(toponym, toponym.place.precision, "stated")
        return None

    def _capital(self, span: Span) -> Ground | None:
        """The seat of government of the country told of, which is what "the capital" means when no province is."""
        latest = next(iter(self._mentions.before(span.start)), None)
        if latest is None or not CAPITAL.fullmatch(span.text):
            return None
        place = self._near.seat(latest.place.country)
        if place is None:
            return None
        basis = self.basis_at(latest.span.start)
        return Ground(as_place(latest, place), place.precision, basis, elsewhere=True)

    def _in_the_town(self, span: Span) -> tuple[Toponym, PlacePrecision] | None:
        """As in "at Osk jail in the Orlesian city": the town that was named before."""
        found = IN_THE_TOWN.match(self._mentions.text, span.end)
        if found is None:
            return None
        meant = self._likeliest(Span.cut(self._mentions.text, *found.span("words")), "town")
        return (meant.toponym, meant.precision) if meant else None

    def owned(self, locality: Locality, claim: Claim | None = None) -> Ground | None:
        """As in "the western Orlesian border": somewhere in the country of the one named."""
        registry = self._vocabulary.actors
        actors = (actor for word in locality.owner.split() for actor in registry.named(word))
        code = next((actor.country for actor in actors if actor.country), None)
        country = self._vocabulary.gazetteer.country(code) if code else None
        if country is None:
            return None
        at = claim.evidence if claim else Span(0, len(locality.owner), locality.owner)
        return Ground(Toponym(Span(at.start, at.end, locality.owner), country, 0.5), "country", "stated")

    def first_of(self, toponyms: Sequence[Toponym], basis: Basis) -> Ground | None:
        """The finest of some places, where nobody speaks or comes from."""
        named = [t for t in toponyms if not plays_no_part(self._mentions.text, t.span)]
        if not named:
            return None
        found = finest(named)
        return Ground(found, self._near.precision(found, found.span), basis, elsewhere=basis != "stated")
