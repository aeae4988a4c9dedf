"""How place names stand in a report, and which are namesakes: of places we do not know, or of no place at all.

Where a report is firmly set in some countries, a town in another that nothing else speaks of is a namesake. Seats of
government and very large cities are spoken of anywhere, large ones where they plainly stand as a place ("in Lyon").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec
from rapidfuzz.fuzz import partial_ratio

from according.vocabulary.gazetteer.fold import light_key

if TYPE_CHECKING:
    from according.vocabulary import Vocabulary
    from according.vocabulary.gazetteer import Place
    from according.vocabulary.names import NameMention

    Countries = dict[str, float]

MARGIN = 1.5
GREAT = 400_000
_VAST = 3_000_000
_SURE = 100_000
_FIRM = 2.5
_FIRM_FOR_PART = 0.5
_UNGROUNDED = 3.0
_MODIFIES = re.compile(r" [a-z]")
_LOCATING = re.compile(r"\b(?:in|at|near|from|to|into|inside|across|throughout|over|around|within)(?: the)?$")
_BY_THE_SEA = re.compile(r"\b(?:on|off|along)$")
_PART_OF_TOWN = re.compile(
    r"['’]?s?(?:,? and [A-Z][\w’'-]+)?[ -]"
    r"(?i:districts?|neighbou?rhoods?|quarters?|suburbs?|areas?|villages?|hamlets?|townships?|communes?|cercles?|woredas?)\b"
)
# "The Osk market": a site is called after many a thing; one of a town abroad is a namesake.
_SITE = re.compile(
    r" (?i:markets?|bazaar|mosque|church|shrine|school|hospital|hotel|square|street|roundabout|junction|bridge|camp)\b"
)
# "In the north-eastern Osk", "in a northern Osk town": between a preposition and a country.
_DIRECTION = re.compile(r"(?: an?)?(?: [a-z-]*(?:north|south|east|west|central|rural|coastal|remote)[a-z-]*)+\s*$")
_WHOLE = re.compile(
    r"\b(?:districts?|parts?|city|town|capital|outskirts|streets|cent(?:er|re)|suburbs|neighbou?rhoods|"
    r"an? (?:[\w-]+ )?(?:suburb|neighbou?rhood|quarter|district|area)) of$",
    re.IGNORECASE,
)
_PART_OF = re.compile(r"\b(?:neighbou?rhood|quarter|suburb|village|hamlet) of$", re.IGNORECASE)
_PROVINCE = re.compile(r"['’]?s? (?:provinces?|governorates?|oblasts?|regions?|countryside)\b", re.IGNORECASE)
_SAID_PROVINCE = re.compile(r" (?:province|governorate|oblast|region)$", re.IGNORECASE)
# "In Yemen's north", "in Somalia's capital": a country's own part, where it owns no army and no raid.
_OWN_PART = re.compile(
    r"['’]s (?:[a-z-]+ )?(?:[A-Z][a-z]+ ){0,2}(?:north|south|east|west|cent(?:er|re)|capital|province|region|"
    r"heartland|stronghold|highlands|countryside|coast|port|borders?|frontiers?)\b(?! [A-Z])"
)
_STATE = re.compile(r" states?\b", re.IGNORECASE)
_PROVINCE_OF = re.compile(r"\b(?:province|governorate|oblast|region|countryside) of$", re.IGNORECASE)
_NAME_GOES_ON = re.compile(r" (?:(?:de|des|du|del) )?[A-Z][a-z]")
_SAID_KIND = 2.5
_SAID_SEAT = 0.5
_SPELT_ALIKE = 85.0
_WATER = 5.0


class Name(msgspec.Struct):
    """A mention with its candidates and their running scores.

    ``seat`` marks a seat of government, ``plain`` a name behind a preposition of place, ``part`` one that a word makes
    a village or a part of a town, ``cut`` one that a capitalised word follows, as if a longer name began with it,
    ``by_sound`` one that is spelt like no name known and only sounds like it, ``outside`` one said to lie where
    no place of that name does, ``province`` one that a word makes a province's, ``site`` one that a site bears.
    """

    mention: NameMention
    places: list[Place]
    scores: list[float]
    actor: bool = False
    seat: bool = False
    plain: bool = False
    part: bool = False
    cut: bool = False
    by_sound: bool = False
    outside: bool = False
    province: bool = False
    site: bool = False

    def best(self) -> int:
        """The number of the likeliest reading."""
        return max(range(len(self.scores)), key=lambda index: (self.scores[index], -index))

    def margin(self, *, abroad: bool = False) -> float:
        """The lead of the best reading over the next, or over the next in another country."""
        best = self.best()
        country = self.places[best].country
        others = [
            score
            for index, score in enumerate(self.scores)
            if index != best and not (abroad and self.places[index].country == country)
        ]
        return self.scores[best] - max(others) if others else 9.0


def mark(names: Sequence[Name], text: str, vocabulary: Vocabulary, seats: set[str]) -> None:
    """Note of each name how it stands in its sentence."""
    for name in names:
        before = text[max(0, name.mention.start - 40) : name.mention.start].rstrip()
        name.actor = name.places[0].kind == "country" and _is_actor(name, text)
        name.seat = name.mention.text.casefold() in seats or _is_seat(name, vocabulary)
        if name.seat:
            _as_seat(name, vocabulary)
        name.cut = bool(_NAME_GOES_ON.match(text, name.mention.end))
        name.site = bool(_SITE.match(text, name.mention.end))
        whole = _WHOLE.search(before) is not None
        name.part = not whole and bool(_PART_OF_TOWN.match(text, name.mention.end) or _PART_OF.search(before))
        said = _SAID_PROVINCE.search(name.mention.text) or _PROVINCE.match(text, name.mention.end)
        if said or _PROVINCE_OF.search(before):
            name.province = True
            _as_province(name, vocabulary)
        elif not _STATE.match(text, name.mention.end):
            _as_water(name)
        name.plain = not name.part and bool(whole or _LOCATING.search(before))


def _is_seat(name: Name, vocabulary: Vocabulary) -> bool:
    """Whether a name is that of the seat of government of the country its likeliest place lies in."""
    called = name.mention.text.casefold()
    bearers = vocabulary.actors.named(name.mention.text)
    countries = {place.country for place in name.places}
    return any(a.country in countries and called in map(str.casefold, a.seats) for a in bearers)


def _as_seat(name: Name, vocabulary: Vocabulary) -> None:
    """Raise the readings in the country whose seat of government is called so."""
    countries = {actor.country for actor in vocabulary.actors.named(name.mention.text)}
    if name.places[name.best()].country in countries:
        return
    for index, place in enumerate(name.places):
        if place.country in countries:
            name.scores[index] += _SAID_SEAT


def without_surnames(names: Sequence[Name], text: str) -> list[Name]:
    """The names but for small towns' that stand behind a given name elsewhere ("Ida Lindow … Lindow said")."""
    starts = {name.mention.start for name in names}
    return [name for name in names if name.places[0].population >= _SURE or not _is_surname(name, text, starts)]


def _is_surname(name: Name, text: str, starts: set[int]) -> bool:
    if name.places[0].kind != "town" or " " in name.mention.text:
        return False
    behind_given = re.compile(rf"(?<=[a-z,] )[A-Z][a-z]+ (?={re.escape(name.mention.text)}\b)")
    return any(match.end() not in starts and match.start() not in starts for match in behind_given.finditer(text))


def _as_province(name: Name, vocabulary: Vocabulary) -> None:
    """Raise the readings as a province, or what a province's word may mean, when the text says "province".

    Where only a town is known by the name, its province is meant when that is called after it.
    """
    if not any(place.kind == "province" for place in name.places):
        for place, score in list(zip(name.places, name.scores, strict=True)):
            around = vocabulary.gazetteer.province(place.province, place.country) if place.province else None
            if around and partial_ratio(light_key(place.name), light_key(around.name)) >= _SPELT_ALIKE:
                name.places.append(around)
                name.scores.append(score)
    for index, place in enumerate(name.places):
        if place.kind in {"province", "district"}:
            name.scores[index] += _SAID_KIND


def _as_water(name: Name) -> None:
    """Raise the reading as a sea or lake: a province called after one is told by its word."""
    for index, place in enumerate(name.places):
        if place.kind == "water":
            name.scores[index] += _WATER


def _is_actor(name: Name, text: str) -> bool:
    """Whether a country's name stands before what is its own ("US drones", "Egypt's army"): somebody, not somewhere."""
    after = text[name.mention.end : name.mention.end + 3]
    before = _DIRECTION.sub("", text[max(0, name.mention.start - 40) : name.mention.start].casefold()).rstrip()
    if _OWN_PART.match(text, name.mention.end) and (_LOCATING.search(before) or _BY_THE_SEA.search(before)):
        return False
    if after.startswith(("'", "’", "-")):
        return True
    return bool(_MODIFIES.match(after)) and not _LOCATING.search(before)


def is_firm(name: Name) -> bool:
    """Whether a name tells by itself which country a report is set in."""
    place = name.places[name.best()]
    if name.part:
        return False
    sure = name.plain and place.population >= _SURE and name.margin(abroad=True) >= MARGIN
    return sure or _stands_alone(name) or _is_province_too(name) or place.kind in {"country", "province"}


def _is_province_too(name: Name) -> bool:
    """Whether a name is that of a town and its province, and of nothing in another country."""
    return len({place.country for place in name.places}) == 1 and any(p.kind == "province" for p in name.places)


def _stands_alone(name: Name) -> bool:
    """Whether a name needs no other to speak for its country."""
    place = name.places[name.best()]
    return not name.part and (name.seat or (place.kind == "town" and place.population >= _VAST))


def _elsewhere(name: Name, grounded: Countries, country: str | None) -> bool:
    """Whether a report is firmly set in countries, and not at all in this one."""
    enough = _FIRM_FOR_PART if name.part or name.cut or name.site else _FIRM
    return country is not None and country not in grounded and sum(grounded.values()) >= enough


def by_ground(names: Sequence[Name], grounded: Countries) -> None:
    """Lower readings elsewhere, while another place of the name may still be meant."""
    for name in names:
        if _stands_alone(name):
            continue
        for index, place in enumerate(name.places):
            if _elsewhere(name, grounded, place.country):
                name.scores[index] -= _UNGROUNDED


def is_namesake(name: Name, grounded: Countries) -> bool:
    """Whether a name can only be that of a place elsewhere that the report does not speak of."""
    place = name.places[name.best()]
    if place.kind in {"country", "region", "water"} or _stands_alone(name):
        return False
    if place.kind == "province" and not (name.part or _names_town(name, place)):
        return False
    return _elsewhere(name, grounded, place.country) and not (name.plain and place.population >= GREAT)


def _names_town(name: Name, province: Place) -> bool:
    """Whether a province's name is that of a town in it too."""
    return any(place.kind == "town" and place.country == province.country for place in name.places)
