"""One place of the gazetteer."""

from __future__ import annotations

from typing import Literal

import msgspec

from according.records import PlacePrecision

PlaceKind = Literal["country", "province", "district", "town", "neighbourhood", "facility", "region", "water"]


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One place. ``id`` is ``place:geonames/<id>`` or ``place:<source>/<key>``; ``source`` gave the coordinates.

    ``country`` is an ISO 3166-1 alpha-2 code, ``province`` the name of the first-level division it lies in.
    """

    id: str
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: PlacePrecision
    kind: PlaceKind = "town"
    population: int = 0
    province: str | None = None
    source: str = ""
