"""Arabic names in pictures: joined, from right to left, and turning nothing beside them round."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops

from according.maps.basemap import assets
from according.plots.raster import to_image
from according.plots.scene import Anchor, Scene, Words
from according.plots.script import isolated, pieces, runs_leftwards
from according.plots.svg import to_svg

TOWN, FORCE = "درنة", "قوات درنة"


@pytest.mark.parametrize(
    ("line", "shown", "leftwards"),
    [
        ("Derna, 2012", ["Derna, 2012"], False),
        (FORCE, [FORCE], True),
        (f"Held {TOWN}, 2012", ["Held", " ", TOWN, ", 2012"], False),
        (f"{TOWN} (LNA) {FORCE}", [FORCE, " ", "(LNA)", " ", TOWN], True),
        ("2012", ["2012"], False),
    ],
)
def test_pieces_stand_from_left_to_right(line: str, shown: list[str], *, leftwards: bool) -> None:
    assert pieces(line) == shown
    assert runs_leftwards(line) is leftwards


def test_in_svg_a_line_starts_at_its_right_end_and_mixed_scripts_are_kept_apart() -> None:
    drawn = to_svg(Scene(200, 50, "x", (Words(10, 20, FORCE), Words(10, 40, f"Held {TOWN}, 2012"))))
    assert f'direction="rtl" text-anchor="end" fill="#1d1d1b">{FORCE}<' in drawn
    assert f'text-anchor="start" fill="#1d1d1b">\u2068Held\u2069 \u2068{TOWN}\u2069\u2068, 2012\u2069<' in drawn
    assert isolated("Held & taken") == "Held & taken"


def _drawn(text: str, anchor: Anchor = "start", x: float = 20) -> Image.Image:
    return to_image(Scene(300, 40, "x", (Words(x, 25, text, anchor=anchor),)), assets() / "fonts")


def _ink(image: Image.Image) -> tuple[int, int]:
    box = ImageChops.invert(image.convert("L")).getbbox()
    assert box is not None
    return box[0], box[2]


def test_in_png_letters_are_joined_and_lines_stand_where_they_are_put() -> None:
    joined, apart = _ink(_drawn(TOWN)), _ink(_drawn("\u200c".join(TOWN)))
    assert joined[1] - joined[0] < apart[1] - apart[0]
    assert abs(_ink(_drawn(f"{FORCE} (LNA)", "end", 280))[1] - 560) <= 8
    assert abs(_ink(_drawn(f"{FORCE} (LNA)", "start", 20))[0] - 40) <= 8
