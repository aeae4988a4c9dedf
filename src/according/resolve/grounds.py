"""The ground of each claim: the known place it rests on, by the rules that ``places`` names, in their order."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from according.records import COARSE, Claim, Span
from according.resolve.ground import (
    PRECISIONS,
    Ground,
    as_place,
    holds,
    may_hold,
)
from according.resolve.likely_scene import LikelyScenes
from according.resolve.localities import (
    Locality,
    leans,
    locality_near,
    plays_no_part,
    speaks_of_event,
)
from according.resolve.place_phrases import (
    LIE_OF,
    NEIGHBOUR,
    SIDE,
    THIS_TOWN,
    TOLD_APART,
)
from according.resolve.scenes import Scenes, is_open, moved
from according.resolve.surroundings import Surroundings
from according.resolve.toponyms import Toponym
from according.resolve.wordings import Wordings

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
        self._words = Wordings(mentions, self._near, vocabulary)
        self._scenes = Scenes(mentions, claims, lambda span, evidence: self._words.read(span, evidence, comment=False))
        self._found: dict[str, Ground | None] = {}
        in_order = sorted(claims, key=_telling)
        for claim in in_order:
            self._found[claim.id] = self._ground(claim)
        for claim in reversed(in_order):
            self._found[claim.id] = self._refined(claim)
        likely = LikelyScenes(mentions, claims, lambda span, evidence: self._words.read(span, evidence, comment=False))
        for claim in in_order:
            self._found[claim.id] = self._at_likely_scene(claim, likely)

    def unknown(self, span: Span) -> str | None:
        """The name that some words of place give to what nobody knows."""
        return self._words.unknown(span, None)

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
        return self._added(claim) or self._in_capital(claim) or self._in_this_town(claim) or self._around(claim)

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

    def _in_this_town(self, claim: Claim) -> Ground | None:
        """As in "in this northern city": the town that a report is filed from."""
        filed, words = self._mentions.dateline, THIS_TOWN.search(claim.evidence.text)
        if filed is None or filed.place.kind != "town" or words is None or claim.evidence.start < filed.span.start:
            return None
        return Ground(filed, filed.place.precision, "dateline", elsewhere=True)

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

    def _at_likely_scene(self, claim: Claim, likely: LikelyScenes) -> Ground | None:
        """The scene of the opening event, for a claim of the opening that names no place or only a wide one."""
        ground = self._found[claim.id]
        named = claim.place is not None and not is_open(ground)
        if not self._scenes.opens(claim) or TOLD_APART.search(claim.evidence.text):
            return ground
        if ground is not None and self._is_neighbour(ground.toponym):
            return ground
        better = likely.instead_of(ground, own=named)
        return moved(better) if better else ground

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
            ground = self._words.read(claim.place, claim.evidence, comment=claim.block == "comment")
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

    def _in_locality(self, claim: Claim, locality: Locality) -> Ground | None:
        """Somewhere that no name tells: on its owner's soil, or in the province told of, or nobody knows."""
        if locality.stretch or locality.owner:
            owned = self._words.owned(locality, claim)
            if owned and locality.either_side:
                return self._beyond(owned, claim)
            if owned or locality.stretch:
                return owned
        around = self._near.roundabout(claim.evidence.start)
        if around is None:
            return None
        return Ground(around[0], around[1], self._words.basis_at(around[0].span.start), elsewhere=True)

    def _beyond(self, neighbour: Ground, claim: Claim) -> Ground | None:
        """As in "near the Orlesian border": in the country told of, if it is another; else nobody knows which side."""
        around = self._near.roundabout(claim.evidence.start)
        if around is None or around[0].place.country in {None, neighbour.toponym.place.country}:
            return None
        return Ground(around[0], around[1], self._words.basis_at(around[0].span.start), elsewhere=True)

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
        return Ground(toponym, toponym.place.precision, self._words.basis_at(toponym.span.start), elsewhere=True)

    def _beside(self, claim: Claim, ground: Ground) -> Ground | None:
        """As in "found in a jail in Osk that planes had hit", after news from Orlesia: a finer place before it."""
        wide = ground.toponym.place
        if ground.name or wide.precision not in COARSE:
            return None
        before = _telling(claim)[0]
        if before <= claim.evidence.start:
            return None
        words = Span.cut(self._mentions.text, claim.evidence.start, before)
        named = [t for t in self._mentions.within(words) if holds(wide, t.place) and t.place.id != wide.id]
        return self._words.first_of(named, "stated") if named else None

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
        ground = self._words.first_of(own, "stated")
        if not own and self._mentions.index(claim.evidence.start) == 0:
            behind = self._mentions.next_sentence(claim.evidence)
            ground = self._words.first_of([t for t in behind if not self._is_beside(t)], "earlier_sentence")
        if ground:
            self._told.append((claim.evidence.start, claim, ground))
        return ground

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
        basis = self._words.basis_at(ground.toponym.span.start)
        return Ground(ground.toponym, ground.precision, basis, elsewhere=True, name=ground.name)


def _position(told: tuple[int, Claim, Ground]) -> int:
    return told[0]


def _telling(claim: Claim) -> tuple[int, str]:
    return (claim.cues[0].start if claim.cues else claim.evidence.start), claim.id
