"""The basemap that ships: tiles found, names in local script, disputed lines all there."""

from __future__ import annotations

import gzip

import pytest

from according.maps import basemap


@pytest.mark.parametrize(("tile", "number"), [((0, 0, 0), 0), ((1, 1, 0), 4), ((3, 2, 5), 50), ((7, 70, 51), 19214)])
def test_tile_ids_count_along_the_hilbert_curve(tile: tuple[int, int, int], number: int) -> None:
    assert basemap.tile_id(*tile) == number


def test_a_tile_holds_the_places_of_its_part_of_the_world() -> None:
    tile = basemap.tiles().get(7, *next(basemap.covering((22.63, 32.76, 22.64, 32.77), 7)))
    assert tile is not None
    content = gzip.decompress(tile)
    assert "درنة".encode() in content
    assert b"places" in content


def test_open_sea_has_no_tile() -> None:
    assert basemap.tiles().get(7, *next(basemap.covering((-30.0, -40.0, -30.0, -40.0), 7))) is None


@pytest.mark.parametrize(
    ("referent", "name"),
    [
        ("place:geonames/87205", "درنة"),
        ("place:geonames/703448", "Київ"),
        ("place:geonames/2988507", None),
        ("place:x", None),
    ],
)
def test_local_names(referent: str, name: str | None) -> None:
    assert basemap.local_name(referent) == name


def test_every_disputed_boundary_with_a_line_is_in_the_tiles() -> None:
    unlined = {"south_ossetia", "taiwan"}
    for note in basemap.notes():
        tile = basemap.tiles().get(4, *next(basemap.covering((*note.at, *note.at), 4)))
        assert tile is not None
        if note.id not in unlined:
            assert note.id.encode() in gzip.decompress(tile), note.id


def test_the_foot_names_only_what_is_in_view() -> None:
    assert [note.id for note in basemap.notes_in((30.0, 44.0, 36.0, 46.0))] == ["crimea"]


def test_a_block_without_glyphs_is_empty_and_no_path_leads_out() -> None:
    assert basemap.glyphs("Noto Sans Regular", "0-255")[:1] == b"\x0a"
    assert basemap.glyphs("Noto Sans Regular", "19968-20223") == basemap.NO_GLYPHS
    assert basemap.glyphs("../../static", "page") == basemap.NO_GLYPHS
