"""What of the basemap a page carries: the tiles around its marks, and the letters that it sets."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

import msgspec

from according.maps import basemap, view
from according.maps.messages import Field, message_class
from according.maps.vector import words_in

ROAM_PX = (1100, 600, 250)  # how far from a mark one can pan and still have the basemap of that zoom
MOST_TILE_BYTES = 1_500_000
BLOCK = 256
REGULAR, BOLD = "Noto Sans Regular", "Noto Sans Bold"
PLAIN = frozenset(map(chr, range(0x20, 0x7F)))
ARABIC = range(0x0600, 0x0700)
SHAPED = (0x0600, 0xFB00, 0xFE00)
"""Blocks of Arabic letters as written and as the library joins them; which of them it needs, only it knows."""
_GLYPHS: dict[str, tuple[Field, ...]] = {
    "Glyph": (
        ("id", 1, "uint32"),
        ("bitmap", 2, "bytes"),
        ("width", 3, "uint32"),
        ("height", 4, "uint32"),
        ("left", 5, "sint32"),
        ("top", 6, "sint32"),
        ("advance", 7, "uint32"),
    ),
    "Stack": (("name", 1, "string"), ("range", 2, "string"), ("glyphs", 3, "Glyph*")),
    "Glyphs": (("stacks", 1, "Stack*"),),
}


class World(msgspec.Struct, frozen=True):
    """Tiles by zoom, column and row, gzipped; ``sea`` are the names of those that are open sea."""

    tiles: Mapping[str, bytes]
    sea: tuple[str, ...]


def world_around(points: Iterable[tuple[float, float]]) -> World:
    """The tiles around some places.

    Every zoom gets the widest surroundings that the page's size still allows; a browser draws what it lacks from the
    zoom above.
    """
    spots = {(round(x, 1), round(y, 1)) for x, y in points} or {(0.0, 0.0)}
    tiles: dict[str, bytes] = {}
    sea: list[str] = []
    left = MOST_TILE_BYTES
    for zoom in range(basemap.MAX_ZOOM + 1):
        for around in ROAM_PX:
            found = _tiles_around(spots, zoom, around)
            stored = {name: tile for name, tile in found.items() if tile}
            size = sum(map(len, stored.values()))
            if size <= left:
                break
        else:
            break
        tiles |= stored
        sea += [name for name, tile in found.items() if not tile]
        left -= size
    return World(tiles, tuple(sea))


def _tiles_around(spots: Iterable[tuple[float, float]], zoom: int, pixels: float) -> dict[str, bytes | None]:
    wanted = {tile for x, y in spots for tile in basemap.covering(view.widened((x, y, x, y), zoom, pixels), zoom)}
    return {f"{zoom}/{x}/{y}": basemap.tiles().get(zoom, x, y) for x, y in sorted(wanted)}


def glyphs_for(world: World, names: Iterable[str]) -> dict[str, bytes]:
    """The letters, by face and block, of the world's names and of those of marks, which are set bold."""
    said = (word for tile in world.tiles.values() for word in words_in(gzip.decompress(tile)))
    found = _blocks(REGULAR, _letters(said)) | _blocks(BOLD, _letters(names))
    return {name: found[name] for name in sorted(found)}


def _letters(words: Iterable[str]) -> frozenset[str]:
    """The letters of words, in both cases: countries are set in capitals."""
    used = {letter for word in set(words) for letter in (*word, *word.upper())}
    return PLAIN | {"×", "–", "…"} | used


def _blocks(face: str, letters: AbstractSet[str]) -> dict[str, bytes]:
    wanted: dict[int, set[int]] = defaultdict(set)
    for letter in map(ord, letters):
        wanted[letter // BLOCK * BLOCK].add(letter)
    if any(ord(letter) in ARABIC for letter in letters):
        wanted |= {block: set(range(block, block + BLOCK)) for block in SHAPED}
    found = {}
    for block, some in wanted.items():
        name = f"{block}-{block + BLOCK - 1}"
        found[f"{face}/{name}"] = _only(basemap.glyphs(face, name), some)
    return found


def _only(content: bytes, letters: AbstractSet[int]) -> bytes:
    """A block of glyphs with some of its letters only."""
    whole = _glyphs().FromString(content)
    for stack in whole.stacks:
        kept = [glyph for glyph in stack.glyphs if glyph.id in letters]
        del stack.glyphs[:]
        stack.glyphs.extend(kept)
    found: bytes = whole.SerializeToString()
    return found


@cache
def _glyphs() -> Any:
    return message_class("glyphs", _GLYPHS, "Glyphs")
