"""The ground of each claim: the known place it rests on, by the rules that ``places`` names, in their order."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from according.records import COARSE, Claim, PlacePrecision, Span
from according.resolve.ground import (
    PRECISIONS,
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
    speaks_of_event,
    unknown_name,
)
from according.resolve.place_phrases import (
    CAPITAL,
    HOUSE_AFTER,
    HOUSES,
    IN_THE_TOWN,
    ITS_CAPITAL,
    LIE_OF,
    NAMED_AFTER,
    NEIGHBOUR,
    NORTH,
    PRONOUNS,
    ROAD_FROM,
    ROAD_TO,
    SIDE,
    SITE_TAIL,
    SORT_OF_PLACE,
    THE,
    THE_TOWN_IN,
)
from according.resolve.scenes import Scenes, is_open, moved
from according.resolve.surroundings import Surroundings
from according.resolve.toponyms import Toponym

if TYPE_CHECKING:
    from according.resolve.whereabouts import Mentions
    from according.vocabulary import Vocabulary


class Grounds:
    """Finds the ground of each claim; remembers where things last happened."""

    def __init__(self, mentions: Mentions, claims: Sequence[Claim], vocabulary: Vocabulary) -> None:
        self._mentions = mentions
        self._vocabulary = vocabulary
        self._claims = {claim.id: claim for claim in claims}
        self._stated: dict[str, Ground | None] = {}
        self._near = Surroundings(mentions, vocabulary)
        self._told = self._near.told
        self._scenes = Scenes(mentions, claims, lambda span, evidence: self._read(span, evidence, comment=False))
        self._found: dict[str, Ground | None] = {}
        in_order = sorted(claims, key=_telling)
        for claim in in_order:
            self._found[claim.id] = self._ground(claim)
        for claim in reversed(in_order):
            self._found[claim.id] = self._refined(claim)

    def unknown(self, span: Span) -> str | None:
        """The name that some words of place give to what nobody knows."""
        return self._unknown(span, None)

    def of(self, claim: Claim) -> Ground | None:
        """Where the claim's event was, if the report says."""
        return self._found[claim.id]

    def _ground(self, claim: Claim) -> Ground | None:
        own = self._own(claim)
        if own:
            return self._with_added(own, claim)
        if claim.place is not None and not leans(claim.place.text) and claim.block == "comment":
            return None
        if told := self._of_event(claim):
            return told
        if claim.block == "comment":
            return self._discussed(claim)
        return self._added(claim) or self._in_capital(claim) or self._around(claim)

    def _with_added(self, own: Ground, claim: Claim) -> Ground:
        """A claim's own ground, or what a later sentence adds to the country or province that is all it gives."""
        added = self._added(claim) if own.precision in COARSE and not own.name else None
        if added is None:
            return own
        beside = added.name or self._is_neighbour(own.toponym)
        return added if beside or may_hold(own.toponym.place, added.toponym.place) else own

    def _of_event(self, claim: Claim) -> Ground | None:
        """The ground of the event that a harm is of, or of the whole that a part is of."""
        for other in (self._claims.get(one) for one in (claim.event, claim.part_of) if one):
            if other and other.evidence == claim.evidence and (told := self._found.get(other.id)):
                return told
            ground = self._own(other) if other else None
            if ground and other:
                return ground if claim.evidence == other.evidence else self._moved(self._since(ground, claim))
        return None

    def _in_capital(self, claim: Claim) -> Ground | None:
        """As in "in a suburb of the Orlesian capital"."""
        capital = self._near.capital_told(claim.evidence)
        return Ground(capital[0], capital[1], "stated") if capital else None

    def _around(self, claim: Claim) -> Ground | None:
        """A locality without a name, else what was told before."""
        locality = locality_near(claim.evidence.text, _telling(claim)[0] - claim.evidence.start)
        return self._in_locality(claim, locality) if locality else self._from_context(claim)

    def _added(self, claim: Claim) -> Ground | None:
        """The place that a later sentence adds to an event told without any ("It happened close to Osk")."""
        named = (one for one in self._mentions.within(claim.evidence) if one.place.precision not in COARSE)
        if any(not plays_no_part(self._mentions.text, one.span) for one in named):
            return None
        told = self._scenes.told_after(claim.evidence)
        if told is None:
            return None
        insort(self._told, (told[0], claim, told[1]), key=_position)
        return self._moved(told[1])

    def _refined(self, claim: Claim) -> Ground | None:
        """The ground of a claim, made finer by what is told after the opening."""
        ground = self._found[claim.id]
        if not is_open(ground):
            return ground
        beside = ground is not None and self._is_neighbour(ground.toponym)
        finer = self._scenes.finer(claim, None if beside else ground, self._found)
        if finer is None and ground and beside:
            return self._scenes.beside(claim, ground) or self._outside(ground)
        return moved(finer) if finer else self._filed_within(claim, ground) or ground

    def _filed_within(self, claim: Claim, ground: Ground | None) -> Ground | None:
        """The town that a report is filed from, in the country or province that is all it says of its first event."""
        filed = self._mentions.dateline
        if ground is None or filed is None or not self._near.is_local(filed) or not self._scenes.opens(claim):
            return None
        told_alone = claim.place is None or claim.block == "headline"
        told_alone = told_alone and not SIDE.search(self._mentions.words_before(ground.toponym))
        elsewhere = (one for one in self._found.values() if one and one.basis == "stated" and not is_open(one))
        wide = ground.toponym.place
        if (
            not told_alone
            or any(elsewhere)
            or ground.basis == "dateline"
            or wide.id == filed.place.id
            or not holds(wide, filed.place)
        ):
            return None
        return Ground(filed, filed.place.precision, "dateline", elsewhere=True)

    def _is_neighbour(self, toponym: Toponym) -> bool:
        """As in "near Orlesia", of a province or country: it is only named to tell the lie of the event."""
        known = self._vocabulary.gazetteer.candidates(toponym.place.name)
        if toponym.place.precision not in COARSE or any(one.kind == "town" for one in known[:1]):
            return False
        return NEIGHBOUR.search(self._mentions.words_before(toponym)) is not None

    def _outside(self, ground: Ground) -> Ground | None:
        """Somewhere in the country of a province that an event was near; near a country, nobody knows."""
        place = ground.toponym.place
        country = self._vocabulary.gazetteer.country(place.country or "")
        if country is None or place.kind == "country":
            return ground
        return Ground(as_place(ground.toponym, country), "country", ground.basis, elsewhere=ground.elsewhere)

    def _since(self, ground: Ground, claim: Claim) -> Ground:
        """A finer place told since in the province or country that a ground names: there the harm was."""
        wide = ground.toponym.place
        told = [(one, later) for at, one, later in self._told if ground.toponym.span.start < at < claim.evidence.start]
        if not told or wide.precision not in COARSE or told[-1][0].realis != "happened":
            return ground
        later = told[-1][1]
        place = later.toponym.place
        inside = place.id == wide.id or holds(wide, place)
        finer = PRECISIONS.index(later.precision) < PRECISIONS.index(ground.precision)
        return later if inside and finer and place.country == wide.country else ground

    def _own(self, claim: Claim) -> Ground | None:
        """The ground of a claim's own words of place, remembered as a place where something happened."""
        if claim.place is None:
            return None
        if claim.id not in self._stated:
            ground = self._read(claim.place, claim.evidence, comment=claim.block == "comment")
            ground = None if ground and self._is_of_others(ground, claim) else ground
            self._stated[claim.id] = ground
            if ground and claim.block != "comment" and not self._is_talk(claim):
                self._told.append((claim.place.start, claim, ground))
        return self._stated[claim.id]

    def _is_of_others(self, ground: Ground, claim: Claim) -> bool:
        """As in "officials in Osk said", of what was just told to be elsewhere, or is in the town of the dateline."""
        if ground.elsewhere or ground.name or not plays_no_part(self._mentions.text, ground.toponym.span):
            return False
        return self._near.is_local(self._mentions.dateline) or any(at < claim.evidence.start for at, _, _ in self._told)

    def _is_talk(self, claim: Claim) -> bool:
        """Whether what a claim tells was only spoken or agreed somewhere ("the truce signed in Osk")."""
        known = self._vocabulary.predicates.get(claim.predicate)
        return known is not None and known.family in {"speech", "tie"}

    def _read(self, span: Span, evidence: Span, *, comment: bool) -> Ground | None:
        inside = self._mentions.within(span)
        name = self._unknown(span, min((t.span.start for t in inside), default=None))
        outside = is_outside(span, evidence)
        basis = self._basis_at(span.start) if outside else "stated"
        if inside and (other := self._house(span, inside) or self._leaning_within(inside) or self._stretch(inside[0])):
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
        found = self._first_of(self._mentions.sentence(owner.span), basis)
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
        return Ground(around[0], around[1], "stated", elsewhere=True, name=span.text)

    def _stretch(self, toponym: Toponym) -> Ground | None:
        """As in "on the road from the port of Osk to Barsa": somewhere on it, by the first."""
        road = ROAD_FROM.search(self._mentions.words_before(toponym))
        end = ROAD_TO.match(self._mentions.text, toponym.span.end) if road else None
        if road is None or end is None:
            return None
        name = f"{road['road']} from {toponym.span.text} to {end['end']}"
        return Ground(toponym, coarser(toponym.place.precision, "district"), "stated", elsewhere=True, name=name)

    def _with_site(self, name: str, span: Span) -> str:
        """A name nobody knows with the word of its site ("Osk mine")."""
        tail = SITE_TAIL.match(self._mentions.text, span.end) if span.text.endswith(name) else None
        return f"{name}{tail[0]}" if tail else name

    def _unknown(self, span: Span, known_from: int | None) -> str | None:
        """The unknown name in some words of place; an actor's ("the KSA camp", "Syrian") is none."""
        name, registry = unknown_name(span, known_from), self._vocabulary.actors
        if name is None or any(name.casefold() not in map(str.casefold, one.seats) for one in registry.named(name)):
            return None
        return None if any(mention.how != "seat" for mention in registry.spot(name)) else name

    def _basis_at(self, position: int) -> Basis:
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
            return self._owned(locality)
        return self._likeliest(span, kind_leant_on(span.text))

    def _likeliest(self, span: Span, wanted: Kind | None) -> Ground | None:
        """The likeliest place of a kind that was named before some words."""
        told = [ground.toponym.span.start for at, _, ground in self._told if at < span.start]
        toponym = self._mentions.best_before(span.start, wanted, told)
        if toponym is None:
            return None
        return Ground(toponym, toponym.place.precision, self._basis_at(toponym.span.start), elsewhere=True)

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
        basis = self._basis_at(latest.span.start)
        return Ground(as_place(latest, place), place.precision, basis, elsewhere=True)

    def _in_the_town(self, span: Span) -> tuple[Toponym, PlacePrecision] | None:
        """As in "at Osk jail in the Orlesian city": the town that was named before."""
        found = IN_THE_TOWN.match(self._mentions.text, span.end)
        if found is None:
            return None
        meant = self._likeliest(Span.cut(self._mentions.text, *found.span("words")), "town")
        return (meant.toponym, meant.precision) if meant else None

    def _in_locality(self, claim: Claim, locality: Locality) -> Ground | None:
        """Somewhere that no name tells: on its owner's soil, or in the province told of, or nobody knows."""
        if locality.stretch or locality.owner:
            owned = self._owned(locality, claim)
            if owned and locality.either_side:
                return self._beyond(owned, claim)
            if owned or locality.stretch:
                return owned
        around = self._near.roundabout(claim.evidence.start)
        if around is None:
            return None
        return Ground(around[0], around[1], self._basis_at(around[0].span.start), elsewhere=True)

    def _beyond(self, neighbour: Ground, claim: Claim) -> Ground | None:
        """As in "near the Orlesian border": in the country told of, if it is another; else nobody knows which side."""
        around = self._near.roundabout(claim.evidence.start)
        if around is None or around[0].place.country in {None, neighbour.toponym.place.country}:
            return None
        return Ground(around[0], around[1], self._basis_at(around[0].span.start), elsewhere=True)

    def _owned(self, locality: Locality, claim: Claim | None = None) -> Ground | None:
        """As in "the western Orlesian border": somewhere in the country of the one named."""
        registry = self._vocabulary.actors
        actors = (actor for word in locality.owner.split() for actor in registry.named(word))
        code = next((actor.country for actor in actors if actor.country), None)
        country = self._vocabulary.gazetteer.country(code) if code else None
        if country is None:
            return None
        at = claim.evidence if claim else Span(0, len(locality.owner), locality.owner)
        return Ground(Toponym(Span(at.start, at.end, locality.owner), country, 0.5), "country", "stated")

    def _from_context(self, claim: Claim) -> Ground | None:
        """Where something last happened, else the likeliest place named, else the title's or dateline's."""
        position = claim.evidence.start
        told = [(at, ground) for at, _, ground in self._told if at < max(position, _telling(claim)[0])]
        if told:
            at, ground = told[-1]
            if at >= position:
                return msgspec.structs.replace(ground, elsewhere=True)
            return self._beside(claim, ground) or self._moved(ground)
        toponym = self._mentions.best_before(position, None, ())
        if toponym is None and self._mentions.title and self._mentions.title.place.precision != "country":
            return self._titled(self._mentions.title)
        toponym = toponym or self._mentions.dateline or next(iter(self._mentions.before(position)), None)
        if toponym is None:
            return self._titled(self._mentions.title) if self._mentions.title else self._opening(claim)
        if toponym is self._mentions.dateline:
            return self._filed(toponym)
        return Ground(toponym, toponym.place.precision, self._basis_at(toponym.span.start), elsewhere=True)

    def _beside(self, claim: Claim, ground: Ground) -> Ground | None:
        """As in "found in a jail in Osk that planes had hit", after news from Orlesia: a finer place before it."""
        wide = ground.toponym.place
        if ground.name or wide.precision not in COARSE:
            return None
        words = Span.cut(self._mentions.text, claim.evidence.start, max(_telling(claim)[0], claim.evidence.start))
        named = [t for t in self._mentions.within(words) if holds(wide, t.place) and t.place.id != wide.id]
        return self._first_of(named, "stated") if named else None

    def _filed(self, toponym: Toponym) -> Ground:
        """Where a report was filed: the town before its country in the dateline, though nobody may know it."""
        town = self._mentions.filed_from
        known = self._vocabulary.gazetteer.candidates(town) if town else []
        here = [one for one in known if one.country == toponym.place.country and one.kind == "town"]
        if here:
            return Ground(as_place(toponym, here[0]), here[0].precision, "dateline", elsewhere=True)
        return Ground(toponym, toponym.place.precision, "dateline", elsewhere=True, name=town)

    def _opening(self, claim: Claim) -> Ground | None:
        """What nothing precedes: the finest place of its own sentence; for the first, else of the one behind it."""
        if claim.block == "comment":
            return None
        own = self._mentions.within(claim.evidence)
        ground = self._first_of(own, "stated")
        if not own and self._mentions.index(claim.evidence.start) == 0:
            behind = self._mentions.next_sentence(claim.evidence)
            ground = self._first_of([t for t in behind if not self._is_beside(t)], "earlier_sentence")
        if ground:
            self._told.append((claim.evidence.start, claim, ground))
        return ground

    def _first_of(self, toponyms: Sequence[Toponym], basis: Basis) -> Ground | None:
        """The finest of some places, where nobody speaks or comes from."""
        named = [t for t in toponyms if not plays_no_part(self._mentions.text, t.span)]
        if not named:
            return None
        found = finest(named)
        return Ground(found, self._near.precision(found, found.span), basis, elsewhere=basis != "stated")

    def _is_beside(self, toponym: Toponym) -> bool:
        """As in "north of Osk", "from Osk": named to tell the lie of something else."""
        start = toponym.span.start
        return LIE_OF.search(self._mentions.text[max(0, start - 25) : start]) is not None

    @staticmethod
    def _titled(toponym: Toponym) -> Ground:
        """The place of a title that is kept beside the text, and so has no span in it."""
        return Ground(toponym, toponym.place.precision, "headline")

    def _discussed(self, claim: Claim) -> Ground | None:
        """The place of the report's own event of the kind that a comment speaks of."""
        if not speaks_of_event(claim.evidence.text):
            return None
        alike: Iterator[Ground] = (
            ground
            for one in sorted(self._claims.values(), key=_telling)
            if one.predicate == claim.predicate and one.block not in {"comment", "headline"}
            if (ground := self._found.get(one.id))
        )
        ground = next(alike, None)
        return self._moved(ground) if ground else None

    def _moved(self, ground: Ground) -> Ground:
        """A ground told elsewhere."""
        basis = self._basis_at(ground.toponym.span.start)
        return Ground(ground.toponym, ground.precision, basis, elsewhere=True, name=ground.name)


def _position(told: tuple[int, Claim, Ground]) -> int:
    return told[0]


def _telling(claim: Claim) -> tuple[int, str]:
    return (claim.cues[0].start if claim.cues else claim.evidence.start), claim.id
