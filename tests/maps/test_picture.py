"""The picture: marks where they should be, by their pixels."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image
from tests.maps import sample

from according.errors import UsageError
from according.maps import draw_map, map_data, native
from according.maps.panel import MAP_RATIO
from according.maps.picture import Frame, maps_of, render_picture
from according.maps.symbols import PALE_COLOUR, IncidentLook

SIZE = (1600, 1200)
Colour = tuple[int, int, int]
Pixels = dict[str, list[Colour]]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Pixels:
    """The colours that most pixels of every symbol have: of a town's square, and of a spot in an incident's disc."""
    path = tmp_path_factory.mktemp("picture") / "coast.png"
    maps = render_picture(map_data(sample.coast()), path, SIZE)
    ratio = MAP_RATIO * Frame(SIZE).unit
    found: Pixels = {}
    with Image.open(path) as image:
        assert image.size == SIZE
        for panel in maps:
            for symbol in panel.layout.symbols:
                x, y = panel.view.pixel(symbol.longitude, symbol.latitude)
                x = panel.rectangle[0] + (x + symbol.shift[0]) * ratio
                y = panel.rectangle[1] + (y + symbol.shift[1]) * ratio
                if isinstance(symbol.look, IncidentLook):
                    left = round(x - (symbol.look.radius - 2.5) * ratio)
                    part = image.crop((left, round(y), left + 1, round(y) + 1))
                else:
                    half = 13 * ratio
                    part = image.crop((round(x - half), round(y - half), round(x + half), round(y)))
                found |= dict.fromkeys(symbol.ids, most_common(part.convert("RGB")))
    return found


def most_common(part: Image.Image) -> list[Colour]:
    found = part.getcolors(part.width * part.height)
    assert found is not None
    colours = [colour for _, colour in sorted(found, reverse=True)[:3]]
    return [(int(each[0]), int(each[1]), int(each[2])) for each in colours if isinstance(each, tuple)]


def near(colours: list[Colour], wanted: str) -> bool:
    parts = [int(wanted[at : at + 2], 16) for at in (1, 3, 5)]
    return any(all(abs(one - other) < 24 for one, other in zip(colour, parts, strict=True)) for colour in colours)


@pytest.mark.parametrize("incident", ["i1", "i2", "i3", "i4", "i5", "i6", "i7"])
def test_every_incident_stands_on_its_place(drawn: Pixels, incident: str) -> None:
    assert near(drawn[incident], PALE_COLOUR), drawn[incident]


def test_every_town_has_its_holders_colour(drawn: Pixels) -> None:
    data = map_data(sample.coast())
    for town in data.towns:
        assert near(drawn[town.id], data.actors[town.holders[0]].colour), town.spot.name


@pytest.mark.parametrize("size", [(1000, 1500), (900, 700)])
def test_any_shape_is_drawn_whole(tmp_path: Path, size: tuple[int, int]) -> None:
    draw_map(sample.coast(), tmp_path / "map.png", size=size)
    with Image.open(tmp_path / "map.png") as image:
        assert image.size == size


def test_far_apart_regions_get_maps_of_their_own() -> None:
    data = map_data(sample.shells([(22.6, 32.8), (23.0, 32.5), (44.2, 15.3), (97.7, 22.9)]))
    maps = maps_of(data, Frame(SIZE))
    assert sorted(len(panel.layout.symbols) for panel in maps) == [1, 1, 2]
    assert all(panel.view.zoom > 4 for panel in maps)
    for one in maps:
        for other in maps:
            left, top, right, bottom = one.rectangle
            assert one is other or (
                right <= other.rectangle[0]
                or other.rectangle[2] <= left
                or bottom <= other.rectangle[1]
                or other.rectangle[3] <= top
            )


def test_numbers_on_the_map_follow_the_toll() -> None:
    data = map_data(sample.shells([(22.6, 32.8), (44.2, 15.3), (97.7, 22.9)], [None, 7, 50]))
    symbols = [symbol for panel in maps_of(data, Frame(SIZE)) for symbol in panel.layout.symbols]
    assert {symbol.ids[0]: symbol.look.number for symbol in symbols} == {"i2": 1, "i1": 2, "i0": 3}  # type: ignore[union-attr]


def test_a_pdf_holds_the_picture(tmp_path: Path) -> None:
    draw_map(sample.coast(), tmp_path / "map.pdf", size=(900, 700))
    content = (tmp_path / "map.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert b"/Width 900" in content


def test_nothing_to_show_is_still_a_picture(tmp_path: Path) -> None:
    draw_map(sample.told(sample.reading("r", "Outlet", "2017-01-01")), tmp_path / "map.png", size=(900, 700))
    with Image.open(tmp_path / "map.png") as image:
        colours = image.convert("RGB").getcolors(900 * 700)
    assert colours is not None
    assert len(colours) > 20


@pytest.mark.parametrize("size", [(10, 10), (4000, 100_000)])
def test_sizes_nobody_can_want_are_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="pixels"):
        draw_map(sample.coast(), tmp_path / "map.png", size=size)


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.png, \.pdf, \.svg, \.webp, \.mp4 or \.html"):
        draw_map(sample.coast(), tmp_path / "map.gif")


def test_missing_system_libraries_are_named_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    native._pool.cache_clear()
    monkeypatch.setitem(sys.modules, "mapli", None)
    with pytest.raises(UsageError, match="apt-get install libegl1 libgl1-mesa-dri libcurl4") as failure:
        draw_map(sample.coast(), tmp_path / "map.png")
    assert "\n" not in str(failure.value)
    native._pool.cache_clear()
