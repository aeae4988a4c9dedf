"""Coarser places: the town, district, province or country around a place, under its own name and at its own middle."""

from __future__ import annotations

import math
from difflib import SequenceMatcher

import msgspec

from according.records import PlacePrecision, PlaceReading
from according.vocabulary import load_vocabulary
from according.vocabulary.gazetteer import Gazetteer
from according.vocabulary.gazetteer.place import Place

LEVELS: tuple[PlacePrecision, ...] = ("exact", "neighbourhood", "town", "district", "province", "country")
"""From the finest to the coarsest."""
COARSENED = "coarsened by the publication policy"
"""The basis of a place that is not given as finely as it is known."""
TOWN_WITHIN_KM, DISTRICT_WITHIN_KM = 20.0, 60.0
TOO_NEAR_KM = 3.0
"""A district whose middle is nearer than that to a place would show the place."""
LIKE = 0.7
"""How alike two words are that may be spellings of one name (Kupiansk, Kupyansk)."""
TOWN_RADIUS_KM = 0.008
"""How far a town reaches for the root of its inhabitants: a million live within 8 km of its middle."""


def is_finer(precision: PlacePrecision, than: PlacePrecision) -> bool:
    """Whether a place of one precision tells more than one of another may."""
    return LEVELS.index(precision) < LEVELS.index(than)


def coarsened(
    place: PlaceReading | None, level: PlacePrecision, referent: str | None = None
) -> tuple[str | None, PlaceReading | None]:
    """The referent and the reading of the finest known place around a place that is not finer than a level.

    What is finer than a town is given as the town whose edge is nearest, what is finer than a district as the district
    whose middle is nearest, both of the same province, as far as the gazetteer has one that does not give the place
    away; else as the province, else as the country. Without a known country there is none. ``referent`` is that of the
    place itself.
    """
    if place is None:
        return None, None
    gazetteer = load_vocabulary().gazetteer
    known = gazetteer.get(referent) if referent and place.province is None else None
    if known is not None:  # files of readings do not say in which province a place lies
        place = msgspec.structs.replace(place, province=known.province)
    found = _around(place, level, gazetteer)
    if found is None:
        country = PlaceReading(
            name=place.country or "place withheld",
            country=place.country,
            latitude=None,
            longitude=None,
            precision="country",
        )
        return None, country
    return found.id, PlaceReading(
        name=found.name,
        country=found.country,
        latitude=found.latitude,
        longitude=found.longitude,
        precision=found.precision,
        province=found.province,
        source=found.source,
    )


def _around(place: PlaceReading, level: PlacePrecision, gazetteer: Gazetteer) -> Place | None:
    found: Place | None = None
    if level == "town":
        found = _town(place, gazetteer)
    if found is None and level in ("town", "district"):
        found = _district(place, gazetteer)
    if found is None and place.province and level != "country":
        found = gazetteer.province(place.province, place.country)
    if found is None and place.country:
        found = gazetteer.country(place.country)
    return found


def _town(place: PlaceReading, gazetteer: Gazetteer) -> Place | None:
    """The town whose edge is nearest to something finer than a town."""
    if place.latitude is None or place.longitude is None or not is_finer(place.precision, "town"):
        return None
    towns = gazetteer.near(place.latitude, place.longitude, "town", TOWN_WITHIN_KM)
    beside = [(far - TOWN_RADIUS_KM * math.sqrt(town.population), town) for far, town in towns if _shares(town, place)]
    return min(beside, key=lambda each: (each[0], each[1].id))[1] if beside else None


def _district(place: PlaceReading, gazetteer: Gazetteer) -> Place | None:
    """The district with the nearest middle, unless its name or its middle would tell the place."""
    if place.latitude is None or place.longitude is None:
        return None
    around = gazetteer.near(place.latitude, place.longitude, "district", DISTRICT_WITHIN_KM)
    far, nearest = next(((far, one) for far, one in around if _shares(one, place)), (0.0, None))
    if nearest is None or far < TOO_NEAR_KM or _tells(nearest.name, place.name):
        return None
    return nearest


def _shares(one: Place, place: PlaceReading) -> bool:
    """Whether a place of the gazetteer lies in the same country and, where both are known, the same province."""
    is_same_province = one.province is None or place.province is None or one.province == place.province
    return one.country == place.country and is_same_province


def _tells(name: str, hidden: str) -> bool:
    """Whether one name has a word of the other, or one that is spelt much like it."""
    words = [(one, other) for one in name.casefold().split() for other in hidden.casefold().split()]
    return any(SequenceMatcher(None, one, other).ratio() >= LIKE for one, other in words)
