"""A place that a claim rests on, and how places compare: which is finer, which holds the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import msgspec

from according.records import PlacePrecision, Span
from according.resolve.toponyms import Toponym

if TYPE_CHECKING:
    from according.vocabulary.gazetteer import Place

Basis = Literal["stated", "earlier_sentence", "dateline", "headline"]

PRECISIONS: tuple[PlacePrecision, ...] = ("exact", "neighbourhood", "town", "district", "province", "country")


class Ground(msgspec.Struct, frozen=True):
    """A place that a claim can rest on: the reading, how it was said, and where.

    ``name`` is the name of a place nobody knows, which lies in or by the one of ``toponym``.
    """

    toponym: Toponym
    precision: PlacePrecision
    basis: Basis
    elsewhere: bool = False
    name: str | None = None


def as_place(toponym: Toponym, place: Place) -> Toponym:
    """The same mention meaning another place."""
    return msgspec.structs.replace(toponym, place=place, candidates=())


def holds(wide: Place, town: Place) -> bool:
    """Whether a province or country is the one that a town lies in."""
    inside = wide.kind == "country" or (wide.kind == "province" and town.province in {wide.name, wide.province})
    return inside and wide.country == town.country


def may_hold(wide: Place, place: Place) -> bool:
    """Whether a place may lie in a wide one: of a region that is no province only the country is known."""
    return holds(wide, place) or (wide.kind == "region" and wide.country is not None and wide.country == place.country)


def is_outside(span: Span, evidence: Span) -> bool:
    """Whether some words stand outside the sentence that is evidence."""
    return span.end <= evidence.start or span.start >= evidence.end


def finest(toponyms: Sequence[Toponym]) -> Toponym:
    """The most precise of several names in one phrase: "Tora market, North Darfur" is at Tora."""
    return min(toponyms, key=lambda t: (PRECISIONS.index(t.place.precision), t.span.start))


def at_distance(words: str) -> PlacePrecision:
    """How coarse a place is that lies off a known one, by the distance in some words: the point itself is not told."""
    found = _FAR_OFF.search(words)
    if found is None:
        return "district"
    away = float(found["number"].replace(",", "")) * (_KM_A_MILE if found["unit"].lower().startswith("mi") else 1.0)
    return "district" if away <= _DISTRICT_KM else "province" if away <= _PROVINCE_KM else "country"


_FAR_OFF = re.compile(r"\b(?P<number>\d[\d,]*(?:\.\d+)?)\s*-?\s*(?P<unit>km|kilomet|mi\b|miles?)", re.IGNORECASE)
_KM_A_MILE = 1.609
_DISTRICT_KM, _PROVINCE_KM = 60.0, 150.0


def coarser(precision: PlacePrecision, limit: PlacePrecision) -> PlacePrecision:
    """The coarser of two precisions."""
    return max(precision, limit, key=PRECISIONS.index)
