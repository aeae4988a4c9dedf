"""Pictures as lines, films, thumbnails, hatched areas; and a picture against the one that was looked at."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import msgspec
import numpy as np
import pytest
from lxml import etree, html
from PIL import Image, ImageChops, ImageStat
from tests.maps import sample

from according.errors import UsageError
from according.maps import Period, draw_map, draw_thumbnail, map_data
from according.maps.animation import days_of
from according.maps.areas import areas_of
from according.maps.picture import Frame, boundary_note, credit_lines, lay_out, maps_of
from according.maps.surface import Rectangle
from according.maps.symbols import Look
from according.maps.type import Face

SIZE = (1200, 900)
LOOKED_AT = Path(__file__).parent / "looked_at" / "coast.webp"
SVG = "{http://www.w3.org/2000/svg}"
FRONTS = ("Северный", "الجبهة", "Red", "Western", "Old", "New", "Third")
TITLES = (
    "Coast",
    "Бенгази и Дерна: что говорят отчёты",
    "درنة وبنغازي: ما تقوله التقارير",
    "A title that goes on " * 12,
)


def texts(path: Path) -> list[str]:
    return ["".join(map(str, each.itertext())) for each in etree.parse(path).iter(f"{SVG}text")]


def test_the_svg_has_the_type_of_the_picture_as_type_and_its_marks_as_shapes(tmp_path: Path) -> None:
    draw_map(sample.coast(), tmp_path / "map.svg", size=SIZE, title="<b>Coast</b> & sea\x00")
    tree = etree.parse(tmp_path / "map.svg")
    assert tree.findtext(f"{SVG}title") == "<b>Coast</b> & sea"
    said = texts(tmp_path / "map.svg")
    for words in ("Derna", "درنة", "Libyan National Army", "What is reported to have happened", "200 km", "N"):
        assert words in said, words
    assert not list(tree.iter(f"{SVG}image"))
    discs = [each for each in tree.iter(f"{SVG}circle") if each.get("fill") == "#b3261e"]
    assert len(discs) >= 6


def test_the_svg_has_the_layout_of_the_picture(tmp_path: Path) -> None:
    draw_map(sample.coast(), tmp_path / "map.svg", size=SIZE)
    (panel,) = maps_of(map_data(sample.coast()), Frame(SIZE))
    content = (tmp_path / "map.svg").read_text(encoding="utf-8")
    places = {(float(x), float(y)) for x, y in re.findall(r'<g transform="translate\(([-\d.]+) ([-\d.]+)\)">', content)}
    for symbol in panel.layout.symbols:
        x, y = panel.view.pixel(symbol.longitude, symbol.latitude)
        wanted = (x + symbol.shift[0], y + symbol.shift[1])
        assert any(abs(wanted[0] - x) < 0.1 and abs(wanted[1] - y) < 0.1 for x, y in places), symbol.ids


class Boxes:
    """A surface that only notes where type stands."""

    def __init__(self) -> None:
        self.boxes: list[tuple[str, Rectangle]] = []

    def text(self, face: Face, x: float, baseline: float, words: str) -> None:
        self.boxes.append((words, (x, baseline - face.size * 0.75, x + face.width(words), baseline + face.size * 0.2)))

    def line(self, *_: object) -> None: ...
    def box(self, *_: object, **__: object) -> None: ...
    def area(self, *_: object) -> None: ...
    def symbol(self, look: Look, ratio: float, x: float, y: float) -> None: ...

    def maps(self, *_: object) -> object:
        return lambda: None


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("size", [(4000, 3000), (1000, 1500), (900, 700)])
def test_no_line_of_type_overlaps_another_or_leaves_the_sheet(title: str, size: tuple[int, int]) -> None:
    spells = [
        sample.spell(town, f"{name} Front for the Liberation of the Coast", "held", as_of="2017-11-01")
        for town, name in zip(
            sample.PLACES, ("Северный", "الجبهة", "Red", "Western", "Old", "New", "Third"), strict=True
        )
    ]
    many = sample.told(*sample.coast().readings, sample.reading("m", "Many Holders", "2017-11-01", spells=spells))
    data = map_data(many, title)
    surface, frame = Boxes(), Frame(size)
    lay_out(surface, frame, data, maps_of(data, frame))  # type: ignore[arg-type]
    assert len(surface.boxes) > 15
    for index, (words, (left, top, right, bottom)) in enumerate(surface.boxes):
        assert left >= 0, words
        assert right <= size[0], words
        assert top >= 0, words
        assert bottom <= size[1], words
        for other, (x1, y1, x2, y2) in surface.boxes[index + 1 :]:
            assert right <= x1 + 1 or x2 <= left + 1 or bottom <= y1 + 1 or y2 <= top + 1, (words, other)


def test_many_sources_are_counted_and_the_caution_comes_first() -> None:
    readings = [sample.reading(f"r{n}", f"Outlet {n}", "2017-11-01") for n in range(40)]
    first = credit_lines(map_data(sample.told(*readings)), boundary_note([]))[0]
    assert first.startswith("A mark shows what reports say")
    assert first.endswith("Outlet 11 and 28 more.")


def is_alike(drawn: Path, wanted: Path) -> bool:
    """Whether two pictures differ by no more than renderers and machines do."""
    with Image.open(drawn) as one, Image.open(wanted) as other:
        apart = ImageChops.difference(one.convert("L").reduce(4), other.convert("L").reduce(4))
    histogram = apart.histogram()
    return ImageStat.Stat(apart).mean[0] < 2.0 and sum(histogram[60:]) < 0.001 * sum(histogram)


def test_the_picture_is_the_one_that_was_looked_at(tmp_path: Path) -> None:
    draw_map(sample.coast(), tmp_path / "map.png", size=SIZE)
    assert is_alike(tmp_path / "map.png", LOOKED_AT)
    content = sample.coast()
    without_one = msgspec.structs.replace(content, incidents=content.incidents[1:])
    draw_map(without_one, tmp_path / "other.png", size=SIZE)
    assert not is_alike(tmp_path / "other.png", LOOKED_AT), "the comparison sees no difference"


def test_a_film_shows_what_was_told_of_by_each_day(tmp_path: Path) -> None:
    period = Period("2017-10-26", "2017-10-30", 2)
    draw_map(sample.coast(), tmp_path / "film.webp", size=(800, 600), period=period)
    with Image.open(tmp_path / "film.webp") as film:
        assert (film.n_frames, film.size) == (3, (800, 600))  # type: ignore[attr-defined]
        counts = []
        for number in range(3):
            film.seek(number)
            pixels = np.asarray(film.convert("RGB").crop((0, 50, 560, 540))).astype(int)
            counts.append(int(((pixels[..., 0] > 140) & (pixels[..., 0] - pixels[..., 1] > 70)).sum()))
    assert counts[0] < counts[1] < counts[2]


@pytest.mark.parametrize(
    ("period", "complaint"),
    [
        (Period("2017-10-30", "2017-10-26"), "ends"),
        (Period("2000-01-01", "2017-10-26", 1), "--step 17 or more"),
        (Period("soon"), "no day"),
    ],
)
def test_a_period_that_cannot_be_is_refused(tmp_path: Path, period: Period, complaint: str) -> None:
    with pytest.raises(UsageError, match=complaint):
        draw_map(sample.coast(), tmp_path / "film.webp", period=period)


def test_the_days_of_a_film_end_with_the_last_one() -> None:
    data = map_data(sample.coast())
    assert days_of(data, None, None, None) == [f"2017-10-{day}" for day in range(26, 31)]
    assert days_of(data, None, None, 3) == ["2017-10-26", "2017-10-29", "2017-10-30"]


def test_mp4_goes_to_ffmpeg_and_says_so_when_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    period = Period("2017-10-26", "2017-10-27")
    if shutil.which("ffmpeg") is None:
        with pytest.raises(UsageError, match="ffmpeg, which is not installed"):
            draw_map(sample.coast(), tmp_path / "film.mp4", size=(800, 600), period=period)
    encoder = tmp_path / "ffmpeg"
    encoder.write_text('#!/bin/sh\nfor last; do :; done\nwc -c > "$last"\n', encoding="utf-8")
    encoder.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    draw_map(sample.coast(), tmp_path / "film.mp4", size=(800, 600), period=period)
    assert int((tmp_path / "film.mp4").read_text()) == 2 * 800 * 600 * 3


def test_a_picture_of_chosen_days_has_their_incidents_and_holders(tmp_path: Path) -> None:
    draw_map(sample.coast(), tmp_path / "map.svg", size=SIZE, period=Period("2017-10-28", "2017-10-29"))
    said = " ".join(texts(tmp_path / "map.svg"))
    assert "Shelling, Benghazi" in said
    assert "Clash, Sirte" not in said
    assert "Air strike, Derna" not in said


def test_a_thumbnail_leads_to_the_full_size_picture(tmp_path: Path) -> None:
    content = sample.coast()
    draw_thumbnail(content, tmp_path / "the map.png", tmp_path / "small.html", title='A "title" <b>')
    tree = html.document_fromstring((tmp_path / "small.html").read_text(encoding="utf-8"))
    assert tree.xpath("string(//a/@href)") == "the%20map.png"
    assert str(tree.xpath("string(//a/img/@alt)")).startswith('Map: A "title" <b>. 7 incidents, 5 towns')
    draw_thumbnail(content, tmp_path / "map.png", tmp_path / "small.png")
    with Image.open(tmp_path / "small.png") as small:
        assert small.size == (480, 360)
    with pytest.raises(UsageError, match="thumbnail"):
        draw_thumbnail(content, tmp_path / "map.png", tmp_path / "small.gif")


def test_areas_reach_no_farther_than_asked_and_stop_halfway_to_the_next_town(tmp_path: Path) -> None:
    near = {**sample.place("Derna"), "referent": "place:x", "longitude": 22.8}
    spells = [sample.spell("Derna", "A", "held"), {**sample.spell("Derna", "B", "held"), "place": near}]
    data = map_data(sample.told(sample.reading("r", "Outlet", "2017-11-01", spells=spells)))
    west, east = sorted(areas_of(data, 30), key=lambda area: min(area.ring))
    middle = (22.63669 + 22.8) / 2
    assert max(x for x, _ in west.ring) == pytest.approx(middle, abs=0.001)
    assert min(x for x, _ in east.ring) == pytest.approx(middle, abs=0.001)
    assert max(y for _, y in west.ring) - 32.76704 <= 30 / 111
    draw_map(msgspec.structs.replace(sample.coast(), areas_km=30.0), tmp_path / "with.svg", size=SIZE)
    draw_map(sample.coast(), tmp_path / "without.svg", size=SIZE)
    hatched = (tmp_path / "with.svg").read_text(encoding="utf-8").count('fill="url(#hatch')
    assert hatched == 4, "Sirte is contested and has none"
    assert "hatch" not in (tmp_path / "without.svg").read_text(encoding="utf-8")
    assert "Inferred; nobody reported it" in " ".join(texts(tmp_path / "with.svg"))


@pytest.mark.parametrize("size", [(1200, 900), (900, 1200), (1500, 2100), (700, 700)])
def test_no_type_leaves_the_picture_and_none_is_too_small_to_read(tmp_path: Path, size: tuple[int, int]) -> None:
    draw_map(sample.coast(), tmp_path / "map.svg", size=size)
    tree = etree.parse(tmp_path / "map.svg")
    # sizes with a fraction belong to what scales with a map
    whole = [node for node in tree.iter(f"{SVG}text") if "." not in node.get("font-size", "")]
    lines = [node for node in whole if node.get("textLength")]
    ends = [float(node.get("x", "")) + float(node.get("textLength", "")) for node in lines]
    assert len(ends) > 20
    assert max(ends) <= size[0]
    if min(size) >= 900:
        assert min(float(node.get("font-size", "")) for node in lines) >= 9


def test_a_map_of_a_town_whose_holder_nobody_knows_has_a_picture(tmp_path: Path) -> None:
    told = sample.told(sample.reading("r", "Outlet", "2017-01-01", spells=[sample.spell("Derna", None, "unknown")]))
    draw_map(told, tmp_path / "map.svg", size=SIZE)
    assert "Derna" in texts(tmp_path / "map.svg")
