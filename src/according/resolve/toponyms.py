"""Which of the places that share a name is meant: all names of a report weighed together, in one pass.

1. A country speaks for its places: countries named, and those of the actors and of the unmistakable places named.
2. "Bradford, Ontario" is the Bradford that lies in Ontario.
3. A place close to others named in the report is likelier than a far one.
4. Otherwise the greater place, a country before a province before a town; see the gazetteer's ranks.
5. A name means the same place throughout a report, unless rule 2 says otherwise.
6. Namesakes in countries that a report does not speak of are left out (``namesakes``).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import asin, cos, log10, radians, sin, sqrt
from typing import TYPE_CHECKING

import msgspec

from according.records import COARSE, Candidate, Span
from according.resolve.namesakes import GREAT, MARGIN, Name, by_ground, is_firm, is_namesake, mark, without_surnames
from according.resolve.place_phrases import NAMED_LIKE_A_PLACE, SITE_IN_NAME
from according.vocabulary.gazetteer.compile import SOUND
from according.vocabulary.gazetteer.fold import exact_key, light_key
from according.vocabulary.gazetteer.words import load_place_words

if TYPE_CHECKING:
    from according.resolve.namesakes import Countries
    from according.vocabulary import Vocabulary
    from according.vocabulary.gazetteer import Gazetteer, Place
    from according.vocabulary.names import NameMention

# "X, Y", "X in Y", "X village, in the northern Y", between the names.
_WITHIN = re.compile(
    r"(?:['’]s)?[\s,(-]*"
    r"(?:\b(?:village|town|city|township|hamlet|settlement|camp|district|area|neighbou?rhood|quarter|suburb)\b[\s,(-]*)?"
    r"(?:\b(?:in|province of)\b\s*)?(?:\bthe\s+)?"
    r"(?:\b(?:(?:north|south|east|west|central)\w*|rural|coastal)\s+)?"
)
_EARTH_KM = 6371.0
_CONTAINED = 4.0
_OWN_NAME = 0.6
_SAME_COUNTRY_NEXT = 2.0
_COUNTRY = 3.0
_HOLDS = 2.5
_NEIGHBOURHOOD = 1.2
_NEAR_KM = 150.0
_FARTHEST_WITHIN_KM = 150.0
_CLEAR = 0.35
_CHIEF_TOWN = 50_000
_MOST_CANDIDATES = 15
_SPOKEN_OF = 1.5
_SPOKEN_OF_FOLDED = 1.0
_FOLDED_PENALTY = 0.15


class Toponym(msgspec.Struct, frozen=True):
    """A place name in a text and what it means; ``score`` (0 to 1) falls with the strength of the next best reading.

    ``actor`` marks a country's name that stands for somebody ("US drones").
    """

    span: Span
    place: Place
    score: float
    candidates: tuple[Candidate, ...] = ()
    actor: bool = False

    @property
    def ambiguous(self) -> bool:
        """Whether another reading is nearly as good."""
        return self.score < 0.5 + _CLEAR / 2


def read_toponyms(text: str, vocabulary: Vocabulary) -> list[Toponym]:
    """The place names of a text in order, each with the place meant and how sure that is."""
    generic = load_place_words().generic_names
    spotted = (mention for mention in vocabulary.gazetteer.spot(text) if mention.text.lower() not in generic)
    mentions = [mention for mention in spotted if not _names_something_else(mention, text)]
    names = [_weighed(mention, vocabulary.gazetteer) for mention in mentions]
    names = [name for name in names if name.places]
    spoken = vocabulary.actors.spot(text)
    mark(names, text, vocabulary, {mention.text.casefold() for mention in spoken if mention.how == "seat"})
    names = without_surnames(names, text)
    _by_containment(names, text)
    names = [name for name in names if not name.outside]
    actors = _actor_countries(spoken, vocabulary)
    _by_what_it_holds(names)
    _by_country(names, _votes(names, actors))
    grounded = _grounded(names, actors)
    by_ground(names, grounded)
    _by_nearness(names)
    _as_elsewhere(names)
    votes = _votes(names, actors)
    spoken_of = _votes(names, Counter())
    return [
        _settled(name) for name in names if not _is_stray(name, votes, spoken_of) and not is_namesake(name, grounded)
    ]


def _names_something_else(mention: NameMention, text: str) -> bool:
    """As in "the Central Jail in Osk", which is in no province called Central."""
    site = _SITE_BEHIND.match(text, mention.end) if mention.text.lower() in load_place_words().directions else None
    return NAMED_LIKE_A_PLACE.match(text, mention.end) is not None or (
        site is not None and SITE_IN_NAME.search(site[1]) is not None
    )


_SITE_BEHIND = re.compile(r" ([A-Z][a-z]+)\b")


def _weighed(mention: NameMention, gazetteer: Gazetteer) -> Name:
    places = [place for place_id in mention.ids[:_MOST_CANDIDATES] if (place := gazetteer.get(place_id))]
    # The gazetteer gives the likeliest first; that order counts a little beyond size.
    own = exact_key(mention.text)
    scores = [
        _size(place) - 0.1 * index + (_OWN_NAME if exact_key(place.name) == own else 0.0)
        for index, place in enumerate(places)
    ]
    hit = gazetteer.find(mention.text) if mention.how == "folded" else None
    return Name(mention, places, scores, by_sound=hit is not None and hit.tier == SOUND)


def _size(place: Place) -> float:
    kind = {"country": 3.0, "region": 1.0, "province": -1.2, "district": -2.0, "water": 0.5}.get(place.kind, 0.0)
    return log10(place.population + 1) + kind


def _by_containment(names: Sequence[Name], text: str) -> None:
    """Rule 2, read from the right, so that "Pandi, Bulacan, Philippines" settles from the greatest."""
    for left, right in reversed(list(pairwise(names))):
        between = text[left.mention.end : right.mention.start]
        if not _WITHIN.fullmatch(between):
            continue
        outer = right.places[right.best()]
        if left.part and not {p.country for p in left.places} & {p.country for p in right.places}:
            left.outside = True  # "Osk village in Mirgrad district" is not the Osk of another country
        if between == ", " and _is_foreign_to(left, right):
            left.outside = True  # "Osk, Mirgrad Region" is not the Osk of another country
        if " in " in between and not any(_may_lie_in(inner, outer) for inner in left.places):
            left.outside = True  # "Osk in Barsa district" is not the Osk of a far province
        for index, inner in enumerate(left.places):
            for other_index, other in enumerate(right.places):
                if other.kind in {"country", "province", "district", "region"} and _lies_in(inner, other):
                    left.scores[index] += _CONTAINED / (1 if other is outer else 2)
                    right.scores[other_index] += _CONTAINED / 4
                    break
            else:
                if inner.country and inner.country == outer.country and inner.id != outer.id:
                    left.scores[index] += _SAME_COUNTRY_NEXT / 2


def _is_foreign_to(left: Name, right: Name) -> bool:
    """Whether a small place is told to be in a province of a country that has none of its name."""
    if left.places[left.best()].population >= GREAT or left.places[left.best()].kind != "town":
        return False
    provinces = {place.country for place in right.places if place.kind == "province"}
    return bool(provinces) and provinces.isdisjoint(place.country for place in left.places)


def _by_what_it_holds(names: Sequence[Name]) -> None:
    """Rule 2 across a report: Georgia is the one that Atlanta, named elsewhere, lies in."""
    inside = {name.places[name.best()].id: name.places[name.best()] for name in names if name.margin() >= MARGIN}
    for name in names:
        own = {place.id for place in name.places}  # a town does not speak for the province that is called after it
        towns = {place.country for place in name.places if place.kind == "town" and place.population >= _CHIEF_TOWN}
        for index, place in enumerate(name.places):
            if place.country in towns:
                continue
            others = (inner for inner in inside.values() if inner.id not in own)
            if place.kind == "province" and any(_lies_in(inner, place) for inner in others):
                name.scores[index] += _HOLDS


def _may_lie_in(inner: Place, outer: Place) -> bool:
    """Whether one place may be told to be in another: its own, or near enough for a town or a district of one."""
    if outer.kind not in {"town", "district"} or inner.kind not in {"town", "district", "neighbourhood"}:
        return True
    return near(inner, outer, _FARTHEST_WITHIN_KM)


def _lies_in(inner: Place, outer: Place) -> bool:
    if inner.id == outer.id or inner.country != outer.country:
        return False
    return outer.kind == "country" or (outer.kind == "province" and inner.province in {outer.name, outer.province})


def _actor_countries(mentions: Iterable[NameMention], vocabulary: Vocabulary) -> Counter[str]:
    """Countries of the actors a text names, which speak more softly than the places."""
    votes: Counter[str] = Counter()
    for mention in mentions:
        actor = vocabulary.actors.get(mention.ids[0]) if mention.ids else None
        if actor and actor.country and len(actor.country) == 2:
            votes[actor.country] += 1
    return votes


def _votes(names: Sequence[Name], actors: Counter[str]) -> dict[str, float]:
    """How strongly a report speaks of each country: each place name once, the clear ones more, and the actors'."""
    votes: dict[str, float] = defaultdict(float)
    for name in {name.mention.text.casefold(): name for name in names}.values():
        votes[name.places[name.best()].country or ""] += _vote(name)
    votes.pop("", None)
    for country, count in actors.items():
        votes[country] += min(0.5 * count, 2.0)
    return votes


def _vote(name: Name) -> float:
    if name.places[name.best()].kind == "country":
        return 0.5 if name.actor else 1.5
    return 1.0 if name.margin(abroad=True) >= MARGIN else 0.25


def _by_country(names: Sequence[Name], votes: dict[str, float]) -> None:
    """Rule 1: a country weighs by its share of what speaks for any."""
    total = sum(votes.values()) + 0.5
    for name in names:
        own = name.places[name.best()].country
        for index, place in enumerate(name.places):
            if place.country and place.kind != "country":
                others = votes.get(place.country, 0.0) - (_vote(name) if place.country == own else 0.0)
                name.scores[index] += _COUNTRY * sqrt(max(others, 0.0) / total)


def _is_stray(name: Name, votes: dict[str, float], spoken_of: dict[str, float]) -> bool:
    """Whether the only reading is a small place in a country that nothing else in a report on others speaks of.

    Then the name is more likely that of a place we do not know, or of no place at all. One that only sounds like the
    place's needs something that speaks for the country, and no longer name that begins with it.
    """
    place = name.places[name.best()]
    if place.kind in {"country", "region", "water"} or place.country is None:
        return False
    others = votes.get(place.country, 0.0) - _vote(name)
    if name.by_sound and (others <= 0.0 or name.cut):
        return True
    if place.population >= GREAT:
        return False
    if place.kind == "town" and light_key(name.mention.text) != light_key(place.name):
        # another name of a small place abroad: whose country's people or forces a report tells of speaks against it too
        return others <= 0.0 and sum(votes.values()) - votes.get(place.country, 0.0) >= _SPOKEN_OF_FOLDED
    elsewhere = sum(spoken_of.values()) - spoken_of.get(place.country, 0.0)
    return others <= 0.0 and elsewhere >= (_SPOKEN_OF if name.mention.how == "name" else _SPOKEN_OF_FOLDED)


def _grounded(names: Sequence[Name], actors: Counter[str]) -> Countries:
    """How firmly a report is set in each country: by what no namesake can stand for, unlike a town's name."""
    return _votes([name for name in names if is_firm(name)], actors)


def _by_nearness(names: Sequence[Name]) -> None:
    """Rule 3, counted once however many neighbours there are."""
    anchors = [
        name.places[name.best()]
        for name in names
        if name.margin() >= MARGIN and name.places[name.best()].precision not in COARSE
    ]
    points = {(a.latitude, a.longitude): a for a in anchors}.values()
    for name in names:
        if name.margin() >= MARGIN * 2:
            continue
        for index, place in enumerate(name.places):
            if any(a.id != place.id and near(a, place, _NEAR_KM) for a in points if a.name != place.name):
                name.scores[index] += _NEIGHBOURHOOD


def near(one: Place, other: Place, limit_km: float) -> bool:
    """Whether two places lie within so many kilometres."""
    apart = distance_km(one, other)
    return apart is not None and apart <= limit_km


def distance_km(one: Place, other: Place) -> float | None:
    """Kilometres along the great circle, or ``None`` when either has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    return arc_km((one.latitude, one.longitude), (other.latitude, other.longitude))


def arc_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres along the great circle between two points given as latitude and longitude."""
    phi, psi = radians(one[0]), radians(other[0])
    chord = sin((psi - phi) / 2) ** 2 + cos(phi) * cos(psi) * sin(radians(other[1] - one[1]) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(chord)))


def _as_elsewhere(names: Iterable[Name]) -> None:
    """Rule 5: of all mentions of one name the surest decides, for those that no containment settles themselves."""
    by_text: dict[tuple[str, bool], list[Name]] = defaultdict(list)
    for name in names:
        by_text[name.mention.text.casefold(), name.province].append(name)
    for same in by_text.values():
        surest = max(same, key=Name.margin)
        chosen = surest.places[surest.best()].id
        for name in same:
            for index, place in enumerate(name.places):
                if place.id == chosen:
                    name.scores[index] += 1.0


def _settled(name: Name) -> Toponym:
    best = name.best()
    margin = min(name.margin(), 3.0) / 3.0
    score = round(0.5 + 0.5 * margin - (_FOLDED_PENALTY if name.mention.how == "folded" else 0.0), 2)
    order = sorted(range(len(name.places)), key=lambda index: (-name.scores[index], index))
    candidates = tuple(_candidate(name, index, name.scores[best]) for index in order[:5])
    span = Span(name.mention.start, name.mention.end, name.mention.text)
    return Toponym(span, name.places[best], score, candidates, name.actor)


def _candidate(name: Name, index: int, best: float) -> Candidate:
    place = name.places[index]
    because = ", ".join(part for part in (place.kind, place.province, place.country) if part)
    return Candidate(
        referent=place.id,
        name=place.name,
        score=round(max(0.0, min(1.0, 1.0 + (name.scores[index] - best) / 6.0)), 2),
        because=because,
    )
