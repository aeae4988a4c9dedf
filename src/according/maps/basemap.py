"""The basemap that ships with the package: vector tiles in one PMTiles file, glyphs, local names, boundary notes.

Only what reading needs of the PMTiles format (version 3) is here; tools/build_basemap.py writes the file.
"""

from __future__ import annotations

import gzip
import math
import mmap
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec
import yaml

from according.errors import BrokenAssumptionError

MAX_ZOOM = 7
GEONAMES = "place:geonames/"
# A glyph file with no glyphs, for blocks of characters the map has no face for: fontstack { name "", range "0-255" }.
NO_GLYPHS = bytes([0x0A, 0x09, 0x0A, 0x00, 0x12, 0x05]) + b"0-255"
Bounds = tuple[float, float, float, float]


class Note(msgspec.Struct, frozen=True):
    """One disputed boundary: what the legend says of it, and its name on the map where it has one."""

    id: str
    name: str | None
    note: str
    at: tuple[float, float]


def assets() -> Path:
    """Where the package keeps the basemap."""
    return Path(str(files("according.maps"))) / "assets"


@cache
def local_name(referent: str) -> str | None:
    """The name of a GeoNames place in its country's script, when that is not Latin."""
    return _local_names().get(referent.removeprefix(GEONAMES)) if referent.startswith(GEONAMES) else None


@cache
def _local_names() -> dict[str, str]:
    lines = gzip.decompress((assets() / "local_names.tsv.gz").read_bytes()).decode().splitlines()
    return dict(line.split("\t", 1) for line in lines)


@cache
def notes() -> tuple[Note, ...]:
    """Every disputed boundary, from disputed.yaml."""
    text = files("according.maps").joinpath("disputed.yaml").read_text(encoding="utf-8")
    return tuple(msgspec.convert(each, Note) for each in yaml.safe_load(text))


def notes_in(bounds: Bounds) -> tuple[Note, ...]:
    """The disputed boundaries that lie in view."""
    west, south, east, north = bounds
    return tuple(note for note in notes() if west <= note.at[0] <= east and south <= note.at[1] <= north)


def glyphs(fontstack: str, block: str) -> bytes:
    """The glyphs of one face for one block ("0-255"); blocks the map has no face for are empty, not an error."""
    path = assets() / "glyphs" / Path(fontstack).name / f"{Path(block).name}.pbf"
    return path.read_bytes() if path.is_file() else NO_GLYPHS


class Tiles:
    """The vector tiles of a PMTiles file, gzipped as they are stored."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        if self._bytes[:8] != b"PMTiles\x03":
            raise BrokenAssumptionError(f"{path} is no PMTiles file of version 3")
        offsets = [int.from_bytes(self._bytes[at : at + 8], "little") for at in range(8, 72, 8)]
        self._root, self._leaves, self._data = offsets[0:2], offsets[4], offsets[6]

    def get(self, zoom: int, x: int, y: int) -> bytes | None:
        """One tile, gzipped; None where the world is empty (open sea)."""
        wanted = tile_id(zoom, x, y)
        offset, length = self._root
        for _ in range(4):
            entry = self._entry(offset, length, wanted)
            if entry is None:
                return None
            start, size, run = entry
            if run:
                return self._bytes[self._data + start : self._data + start + size]
            offset, length = self._leaves + start, size
        return None

    def _entry(self, offset: int, length: int, wanted: int) -> tuple[int, int, int] | None:
        """Offset, length and run of the directory entry that covers a tile id; a run of 0 is another directory."""
        found = None
        for first, run, size, start in self._directory(offset, length):
            if first > wanted:
                break
            found = (first, run, size, start)
        if found is None or (found[1] and wanted >= found[0] + found[1]):
            return None
        return found[3], found[2], found[1]

    @cache  # noqa: B019 - one object a process, see tiles()
    def _directory(self, offset: int, length: int) -> list[tuple[int, int, int, int]]:
        numbers = _varints(gzip.decompress(self._bytes[offset : offset + length]))
        count = next(numbers)
        ids, last = [], 0
        for _ in range(count):
            last += next(numbers)
            ids.append(last)
        runs = [next(numbers) for _ in range(count)]
        sizes = [next(numbers) for _ in range(count)]
        starts: list[int] = []
        for index in range(count):
            value = next(numbers)
            starts.append(value - 1 if value else starts[index - 1] + sizes[index - 1])
        return list(zip(ids, runs, sizes, starts, strict=True))


@cache
def tiles() -> Tiles:
    """The tiles of the basemap, opened once."""
    return Tiles(assets() / "basemap.pmtiles")


def tile_id(zoom: int, x: int, y: int) -> int:
    """Where a tile stands on the Hilbert curve through all zooms, as PMTiles counts."""
    before: int = sum(4**above for above in range(zoom))
    place, side = 0, 2**zoom // 2
    while side:
        right, down = int(x & side > 0), int(y & side > 0)
        place += side * side * ((3 * right) ^ down)
        if not down:
            if right:
                x, y = side - 1 - (x & (side - 1)), side - 1 - (y & (side - 1))
            x, y = y, x
        side //= 2
    return before + place


def covering(bounds: Bounds, zoom: int) -> Iterator[tuple[int, int]]:
    """The tiles of one zoom that cover the bounds."""
    west, south, east, north = bounds
    left, top = _tile_at(west, north, zoom)
    right, bottom = _tile_at(east, south, zoom)
    yield from ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


def _tile_at(longitude: float, latitude: float, zoom: int) -> tuple[int, int]:
    side = 2**zoom
    y = (1 - math.asinh(math.tan(math.radians(max(-85.05, min(85.05, latitude))))) / math.pi) / 2
    return min(side - 1, max(0, int((longitude + 180) / 360 * side))), min(side - 1, max(0, int(y * side)))


def _varints(data: bytes) -> Iterator[int]:
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield value
            value = shift = 0
