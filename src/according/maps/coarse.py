"""Coarser places: the province or country that a place lies in, under its own name and at its own middle."""

from __future__ import annotations

from according.records import PlacePrecision, PlaceReading
from according.vocabulary import load_vocabulary
from according.vocabulary.gazetteer.place import Place

LEVELS: tuple[PlacePrecision, ...] = ("exact", "neighbourhood", "town", "district", "province", "country")
"""From the finest to the coarsest."""


def is_finer(precision: PlacePrecision, than: PlacePrecision) -> bool:
    """Whether a place of one precision tells more than one of another may."""
    return LEVELS.index(precision) < LEVELS.index(than)


def coarsened(place: PlaceReading | None, level: PlacePrecision) -> tuple[str | None, PlaceReading | None]:
    """The referent and the reading of the finest known place around a place that is not finer than a level.

    The gazetteer does not say which town a quarter lies in, nor which district a town: for these levels it is the
    province, else the country. Without a known country there is none.
    """
    if place is None:
        return None, None
    gazetteer = load_vocabulary().gazetteer
    found: Place | None = None
    if place.province and level != "country":
        found = gazetteer.province(place.province, place.country)
    if found is None and place.country:
        found = gazetteer.country(place.country)
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
