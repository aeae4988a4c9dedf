"""The compiled gazetteer, opened: places by id and by name, and place names in running text."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from according.vocabulary.gazetteer.compile import EXACT, KINDS, LIGHT, OWN, SOUND, name_hash
from according.vocabulary.gazetteer.fold import exact_key, light_key, sound_key, variant_keys
from according.vocabulary.gazetteer.place import Place
from according.vocabulary.names import NameMention

_DTYPES = {
    "keys": np.uint64,
    "rows": np.uint32,
    "population": np.uint32,
    "kind": np.uint8,
    "country": np.uint16,
    "latitude": np.float32,
    "longitude": np.float32,
}
# How much likelier than a town of the same population a place of this kind is meant by its bare name, in powers of ten.
# A province is named after its chief town more often than the other way round.
_KIND_RANK = {
    "country": 3.0,
    "region": 1.0,
    "province": -1.2,
    "district": -2.0,
    "town": 0.0,
    "neighbourhood": -0.5,
    "facility": -0.5,
    "water": 0.5,
}
_KM_PER_DEGREE = 111.195
_OWN_NAME_BONUS = 0.5
_TIER_PENALTY = {OWN: 0.0, EXACT: 0.0, LIGHT: 0.5, SOUND: 1.5}


class Hit:
    """The places one spelling may name, best first, and the tier at which they were found."""

    __slots__ = ("ranks", "rows", "tier")

    def __init__(self, rows: tuple[int, ...], ranks: tuple[float, ...], tier: int) -> None:
        self.rows = rows
        self.ranks = ranks
        self.tier = tier


class Gazetteer:
    """Places by id and by name. One compiled file; several processes may open it at once."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._arrays = {
            name: np.frombuffer(data, dtype=_DTYPES[name])
            for name, data in self._connection.execute("SELECT name, data FROM arrays")
        }
        kind_rank = np.array([_KIND_RANK[kind] for kind in KINDS], dtype=np.float32)
        self._rank = np.log10(self._arrays["population"] + 1.0) + kind_rank[self._arrays["kind"]]
        self._place = lru_cache(maxsize=20_000)(self._read_place)
        self.find = lru_cache(maxsize=50_000)(self._find)
        self._last: tuple[str, list[NameMention]] = ("", [])

    def get(self, place_id: str) -> Place | None:
        """The place of that id, if known."""
        found = self._connection.execute("SELECT row FROM places WHERE id = ?", (place_id,)).fetchone()
        return self._place(found[0]) if found else None

    def spot(self, text: str) -> list[NameMention]:
        """Known place names in a text that stand where a place may stand: longest first, never overlapping."""
        from according.vocabulary.gazetteer.spot import spot  # noqa: PLC0415  they need each other

        last = self._last
        if last[0] != text:
            last = self._last = (text, spot(text, self))
        return list(last[1])

    def candidates(self, name: str) -> list[Place]:
        """Every place a name may mean, exact and folded spellings, likeliest (kind, population, spelling) first."""
        hit = self.find(name)
        return [self._place(row) for row in hit.rows] if hit else []

    def country(self, code: str) -> Place | None:
        """The country of an ISO 3166-1 alpha-2 code."""
        return self._countries().get(code)

    def province(self, name: str, code: str | None) -> Place | None:
        """The first-level division of that name in that country."""
        return next((p for p in self.candidates(name) if p.kind == "province" and p.country == code), None)

    def near(self, latitude: float, longitude: float, kind: str, km: float) -> list[tuple[float, Place]]:
        """The places of a kind within so many kilometres of a point, each with how far it is, the nearest first."""
        north = (self._arrays["latitude"] - latitude) * _KM_PER_DEGREE
        turned = (self._arrays["longitude"] - longitude + 180.0) % 360.0 - 180.0
        far = np.hypot(north, turned * _KM_PER_DEGREE * math.cos(math.radians(latitude)))
        rows = np.flatnonzero((far <= km) & (self._arrays["kind"] == KINDS.index(kind)))
        order = rows[np.argsort(far[rows], kind="stable")].tolist()
        return [(float(far[row]), self._place(row)) for row in order]

    @cache  # noqa: B019  one gazetteer lives as long as its process
    def _countries(self) -> dict[str, Place]:
        rows = np.flatnonzero(self._arrays["kind"] == KINDS.index("country")).tolist()
        return {place.country: place for place in self.places(rows) if place.country}

    def places(self, rows: Sequence[int]) -> list[Place]:
        """The places of those rows."""
        return [self._place(row) for row in rows]

    def _find(self, name: str) -> Hit | None:
        """What a spelling may name: as written if anything is filed under it, else folded, else by sound or near it."""
        exact = self._rows(exact_key(name), EXACT)
        if exact.size:
            own = self._rows(exact_key(name), OWN)
            light = self._rows(light_key(name), LIGHT)
            return self._ranked({LIGHT: light, EXACT: exact, OWN: own})
        light = self._rows(light_key(name), LIGHT)
        if light.size:
            return self._ranked({LIGHT: light})
        sound = self._rows(sound_key(name), SOUND)
        if not sound.size:
            found = (self._rows(key, SOUND) for key in variant_keys(name))
            sound = next((rows for rows in found if rows.size), sound)
        return self._ranked({SOUND: sound}) if sound.size else None

    def _rows(self, key: str, tier: int) -> np.ndarray:
        if not key:
            return self._arrays["rows"][:0]
        keys = self._arrays["keys"]
        wanted = np.uint64(name_hash(key, tier))
        first = int(keys.searchsorted(wanted))
        last = first
        while last < len(keys) and keys[last] == wanted:
            last += 1
        return self._arrays["rows"][first:last]

    def _ranked(self, found: dict[int, np.ndarray]) -> Hit:
        ranks: dict[int, float] = {}
        for tier, rows in found.items():
            bonus = _OWN_NAME_BONUS if tier == OWN else -_TIER_PENALTY[tier]
            for row in rows.tolist():
                ranks[row] = max(ranks.get(row, -9.0), float(self._rank[row]) + bonus)
        order = sorted(ranks, key=lambda row: (-ranks[row], row))
        return Hit(tuple(order), tuple(ranks[row] for row in order), min(found))

    def kind(self, row: int) -> str:
        """The kind of the place of that row."""
        return KINDS[self._arrays["kind"][row]]

    def _read_place(self, row: int) -> Place:
        found = self._connection.execute("SELECT * FROM places WHERE row = ?", (row,)).fetchone()
        return Place(
            id=found[1],
            name=found[2],
            country=found[3],
            latitude=found[4],
            longitude=found[5],
            precision=found[6],
            kind=found[7],
            population=found[8],
            province=found[9],
            source=found[10],
        )
