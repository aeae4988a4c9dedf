"""What a report is about, as far as it decides between actors: its countries, by weight, and its year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from according.records import Candidate, Report, Resolution
from according.vocabulary import Vocabulary
from according.vocabulary.actors import Actor, ActorRegistry, active_in
from according.vocabulary.gazetteer import Gazetteer
from according.vocabulary.names import NameMention

_OFFICIAL = frozenset(["state", "government", "armed_forces", "police"])
_WATCHING = frozenset(["media", "monitor", "organisation"])
_GROUP_WEIGHT = 1.0
_WATCHING_WEIGHT = 0.5
_STATE_WEIGHT = 0.4
_ABROAD_WEIGHT = 0.1
_NAMESAKE_WEIGHT = 0.4
_LITTLE_KNOWN_WEIGHT = 0.4
_SPREAD = 4
_KNOWN = 0.02
_MANY_NAMES = 8
_NEARLY = 0.5
_NAMESAKES = 3
_ENOUGH_PLACES = 4
_KNOWN_POPULATION = 20_000


class Scene(msgspec.Struct, frozen=True):
    """What a report is about, as far as it decides between actors: countries by weight, and its year."""

    registry: ActorRegistry
    countries: Mapping[str, float]
    year: int | None

    @property
    def country(self) -> str | None:
        """The country most is told of."""
        return max(self.countries, key=lambda code: self.countries[code]) if self.countries else None

    def likely(self) -> list[str]:
        """The countries told of most, and those nearly as much."""
        ranked = sorted(self.countries, key=lambda code: -self.countries[code])
        return [code for code in ranked if self.countries[code] >= _NEARLY * self.countries[ranked[0]]]

    def tells_of(self, actor: Actor) -> bool:
        """Whether an actor acts in any country told of."""
        return any(code in self.countries for code in actor.countries)

    def fit(self, actor: Actor) -> float:
        """How well an actor fits the countries told of, from 0 to 1, and its years the report's."""
        total = sum(self.countries.values())
        share = sum(self.countries.get(code, 0.0) for code in actor.countries) / total if total else 0.0
        # Where no country decides, the better known is likelier: the one that goes by more names.
        known = _KNOWN * min(len(actor.aliases) + len(actor.acronyms), _MANY_NAMES) / _MANY_NAMES
        return (min(share, 1.0) + 0.01 + known) * (1.0 if active_in(actor, self.year) else 0.3)


def country_context(
    report: Report, names: Sequence[NameMention], vocabulary: Vocabulary, places: Iterable[Resolution] = ()
) -> Scene:
    """The countries a report tells of, by the places it names and the actors that act in one country only.

    States and their forces count for less than armed groups: they also act abroad. A place counts once, however often
    it is named; one that shares its name with another, or that few people live in, counts for less.
    """
    votes: defaultdict[str, float] = defaultdict(float)
    settled = {one.referent: one for one in places if one.place and one.referent}
    for country, weight in _settled_votes(settled.values()):
        votes[country] += weight
    if len(settled) < _ENOUGH_PLACES:
        seats = {mention.text.lower() for mention in names if mention.how == "seat"}
        for country, weight in _place_votes(report.text, vocabulary.gazetteer, seats):
            votes[country] += weight
    for mention in names:
        for country, weight in _actor_votes(mention, vocabulary.actors):
            votes[country] += weight
    year = int(report.published[:4]) if report.published and report.published[:4].isdigit() else None
    return Scene(vocabulary.actors, dict(votes), year)


def _settled_votes(places: Iterable[Resolution]) -> Iterator[tuple[str, float]]:
    for one in places:
        if one.place and one.place.country:
            yield one.place.country, _STATE_WEIGHT if one.place.precision == "country" else one.score


def _place_votes(text: str, gazetteer: Gazetteer, seats: Collection[str]) -> Iterator[tuple[str, float]]:
    """Countries of the places named but for seats of government that act, namesakes speaking softly."""
    for name, ids in {mention.text.lower(): mention.ids for mention in gazetteer.spot(text)}.items():
        if name in seats:
            continue
        places = [place for place_id in ids[:_NAMESAKES] if (place := gazetteer.get(place_id)) and place.country]
        countries = list(dict.fromkeys(place.country for place in places if place.country))
        known = any(p.population >= _KNOWN_POPULATION or p.kind in {"province", "district"} for p in places)
        alone = 1.0 if known else _LITTLE_KNOWN_WEIGHT
        if any(place.kind == "country" for place in places):
            alone = _STATE_WEIGHT
        for rank, country in enumerate(countries):
            yield country, alone if len(countries) == 1 else _NAMESAKE_WEIGHT / (rank + 1)


def is_common(mention: NameMention) -> bool:
    """Whether a name is made of common words ("junta forces"), which mean an actor only in its own country."""
    return mention.text.isascii() and mention.text.islower()


def _actor_votes(mention: NameMention, registry: ActorRegistry) -> Iterator[tuple[str, float]]:
    actors = [actor for actor_id in mention.ids if (actor := registry.get(actor_id))]
    if is_common(mention):
        return
    if len(actors) != 1:
        yield from ((code, _NAMESAKE_WEIGHT / 2) for actor in actors for code in actor.countries[:2])
        return
    actor = actors[0]
    if actor.country is None:
        spread = actor.countries if len(actor.countries) <= _SPREAD else ()
        yield from ((code, _GROUP_WEIGHT / len(spread)) for code in spread)
    elif actor.kind in _OFFICIAL:
        yield actor.country, _STATE_WEIGHT if mention.how in {"force", "name", "alias"} else _ABROAD_WEIGHT
    else:
        yield actor.country, _WATCHING_WEIGHT if actor.kind in _WATCHING else _GROUP_WEIGHT


def settle(ids: Sequence[str], scene: Scene) -> tuple[str | None, float, tuple[Candidate, ...]]:
    """Which of the actors that share a name is meant: the one that fits the countries told of, and the year."""
    actors = [actor for actor_id in ids if (actor := scene.registry.get(actor_id))]
    if len(actors) < 2:
        return (actors[0].id if actors else None), 1.0, ()
    fits = [scene.fit(actor) for actor in actors]
    total = sum(fits)
    order = sorted(range(len(actors)), key=lambda index: (-fits[index], index))
    listed = tuple(
        Candidate(
            referent=actors[index].id,
            name=actors[index].name,
            score=round(fits[index] / total, 2),
            because=f"acts in {', '.join(actors[index].countries) or 'no country known'}",
        )
        for index in order
    )
    return actors[order[0]].id, listed[0].score, listed
