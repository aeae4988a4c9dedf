"""The picture: marks where they should be, by their pixels."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PIL import Image
from tests.maps import sample

from according.errors import UsageError
from according.maps import draw_map, map_data, native
from according.maps.marks import layout
from according.maps.panel import MAP_RATIO
from according.maps.picture import Frame, render_picture
from according.maps.symbols import INCIDENT_COLOUR, IncidentLook, TownLook

SIZE = (1600, 1200)
Pixels = dict[str, tuple[int, int, int]]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Pixels:
    """For every symbol of the map, the pixel halfway out from its centre to the left."""
    path = tmp_path_factory.mktemp("picture") / "coast.png"
    data = map_data(sample.coast_readings())
    view = render_picture(data, path, SIZE)
    frame = Frame(SIZE)
    ratio = MAP_RATIO * frame.unit
    found: Pixels = {}
    with Image.open(path) as image:
        assert image.size == SIZE
        for symbol in layout(data).symbols:
            x, y = view.pixel(symbol.longitude, symbol.latitude)
            inner = symbol.look.radius - 2.5 if isinstance(symbol.look, IncidentLook) else 9
            x, y = x + symbol.shift[0] - inner, y + symbol.shift[1]
            if isinstance(symbol.look, TownLook):
                y -= 11.3
            at = (frame.map[0] + round(x * ratio), frame.map[1] + round(y * ratio))
            colour = image.convert("RGB").getpixel(at)
            assert isinstance(colour, tuple)
            found[symbol.ids[0]] = (int(colour[0]), int(colour[1]), int(colour[2]))
    return found


def near(colour: tuple[int, int, int], wanted: str) -> bool:
    parts = [int(wanted[at : at + 2], 16) for at in (1, 3, 5)]
    return all(abs(one - other) < 24 for one, other in zip(colour, parts, strict=True))


@pytest.mark.parametrize("incident", ["i1", "i2", "i3", "i4", "i5", "i6", "i7"])
def test_every_incident_stands_on_its_place(drawn: Pixels, incident: str) -> None:
    assert near(drawn[incident], INCIDENT_COLOUR), drawn[incident]


def test_every_town_has_its_holders_colour(drawn: Pixels) -> None:
    data = map_data(sample.coast_readings())
    for town in data.towns:
        assert near(drawn[town.id], data.actors[town.holders[0]].colour), town.spot.name


@pytest.mark.parametrize("size", [(1000, 1500), (900, 700)])
def test_any_shape_is_drawn_whole(tmp_path: Path, size: tuple[int, int]) -> None:
    draw_map(sample.coast_readings(), tmp_path / "map.png", size=size)
    with Image.open(tmp_path / "map.png") as image:
        assert image.size == size


def test_nothing_to_show_is_still_a_picture(tmp_path: Path) -> None:
    draw_map([sample.reading("r", "Outlet", "2017-01-01")], tmp_path / "map.png", size=(900, 700))
    with Image.open(tmp_path / "map.png") as image:
        colours = image.convert("RGB").getcolors(900 * 700)
    assert colours is not None
    assert len(colours) > 20


@pytest.mark.parametrize("size", [(10, 10), (4000, 100_000)])
def test_sizes_nobody_can_want_are_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="pixels"):
        draw_map(sample.coast_readings(), tmp_path / "map.png", size=size)


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.png or \.html"):
        draw_map(sample.coast_readings(), tmp_path / "map.gif")


def test_missing_system_libraries_are_named_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    native._pool.cache_clear()
    monkeypatch.setitem(sys.modules, "mapli", None)
    with pytest.raises(UsageError, match="apt-get install libegl1 libgl1-mesa-dri libcurl4") as failure:
        draw_map(sample.coast_readings(), tmp_path / "map.png")
    assert "\n" not in str(failure.value)
    native._pool.cache_clear()
