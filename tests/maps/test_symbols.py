"""Squares of towns: told apart without their colours, and by whose word it is that somebody holds them."""

from __future__ import annotations

import itertools

import pytest
from PIL import Image, ImageChops, ImageStat

from according.maps.holding import State
from according.maps.legend import hold_looks
from according.maps.paint import COLOURS, Paint, painted
from according.maps.patterns import patterns, strokes_in
from according.maps.signs import PAPER
from according.maps.svg import VectorPen
from according.maps.symbols import LOWER, UPPER, WHOLE, HatchLook, TownLook, draw, draw_with

GREY = "#6b6b6b"


def paint(pattern: str, colour: str = GREY, letters: str = "") -> Paint:
    return Paint(colour, letters, "#ffffff", pattern)


def apart(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures in lightness, from 0 to 255."""
    pictures = [
        Image.alpha_composite(Image.new("RGBA", each.size, "white"), each).convert("L") for each in (one, other)
    ]
    return ImageStat.Stat(ImageChops.difference(*pictures)).mean[0]


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(patterns(), 2)))
def test_squares_and_areas_of_one_colour_are_told_apart_by_their_patterns(one: str, other: str) -> None:
    for claimed in (False, True):
        looks = [TownLook("held", (it,), (), claimed=(it,) * claimed) for it in (paint(one), paint(other))]
        assert apart(draw(looks[0], 1.0), draw(looks[1], 1.0)) > 12
    tiles = [fabric(HatchLook(GREY, name)) for name in (one, other)]
    assert apart(*tiles) > 12


def fabric(look: HatchLook) -> Image.Image:
    """A stretch of an area."""
    piece, whole = draw(look, 2.0), Image.new("RGBA", (90, 90))
    for x, y in itertools.product(range(0, 90, piece.width), repeat=2):
        whole.paste(piece, (x, y))
    return whole


def test_the_pieces_of_an_area_join() -> None:
    for name in patterns():
        piece = draw(HatchLook("#000000", name), 4.0).getchannel("A")
        edges = [piece.crop(box) for box in ((0, 0, 1, piece.height), (piece.width - 1, 0, piece.width, piece.height))]
        assert ImageStat.Stat(ImageChops.difference(*edges)).mean[0] < 60, name


def test_an_actor_keeps_its_pattern_and_shares_it_with_nobody_while_there_are_enough() -> None:
    names = [f"Brigade {number}" for number in range(len(patterns()))]
    given = painted(names)
    assert len({one.pattern for one in given.values()}) == len(names)
    first = min(names, key=lambda name: list(given).index(name))
    assert painted([first])[first].pattern == given[first].pattern
    many = painted(f"Force {number}" for number in range(3 * len(COLOURS)))
    assert len({(one.colour, one.pattern) for one in many.values()}) == len(many)


@pytest.mark.parametrize("corners", [WHOLE, UPPER, LOWER])
def test_strokes_keep_to_their_part_of_the_square(corners: tuple[tuple[float, float], ...]) -> None:
    for name in patterns():
        found = strokes_in(name, corners)
        assert len(found) > 2
        for x1, y1, x2, y2 in found:
            for x, y in ((x1, y1), (x2, y2)):
                assert 0 <= x <= 1
                assert 0 <= y <= 1
                assert corners is WHOLE or (x + y <= 1.0001 if corners is UPPER else x + y >= 0.9999)


def test_a_hold_that_only_its_own_side_claims_is_hollow_and_one_that_is_denied_has_dashes() -> None:
    holder = paint("dots", "#117733", "SA")
    told, claimed = (TownLook("held", (holder,), (), claimed=own) for own in ((), (holder,)))
    for look, ground in ((told, (17, 119, 51)), (claimed, (255, 255, 255))):
        picture = draw(look, 2.0).convert("RGB")
        centre = picture.width // 2
        middle = picture.crop((centre - 18, centre - 18, centre + 18, centre + 18))
        assert max(middle.getcolors(10_000) or [])[1] == ground
    pen, dashed = VectorPen(), VectorPen()
    draw_with(pen, told)
    draw_with(dashed, TownLook("held", (holder,), (), denied=True))
    assert pen.markup().count("#1d1d1b") == 0
    assert dashed.markup().count("#1d1d1b") == 20
    assert f'fill="{PAPER}"' in pen.markup(), "the square has a rim on dark ground"


def test_besiegers_are_told_by_their_letters_too() -> None:
    holder, red, blue = (paint("dots", "#117733", letters) for letters in ("SA", "RSF", "UAF"))
    pen = VectorPen()
    draw_with(pen, TownLook("held", (holder,), (red, blue)))
    assert [letters in pen.markup() for letters in (">SA<", ">RSF<", ">UAF<")] == [True, True, True]


def test_the_legend_explains_the_squares_that_are_there_and_no_others() -> None:
    assert [words for _, words in hold_looks([State("held", ("A",))])] == ["Told by others too"]
    said = [words for _, words in hold_looks([State("held", ("A",), ("B",), ("A",), denied=True), State("unknown")])]
    assert said == [
        "Claimed: its own side's word alone",
        "Others say otherwise",
        "Besieged: the besieger's colour and letters",
        "Holder not told",
    ]
