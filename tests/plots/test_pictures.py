"""Pictures: alike as SVG and PNG, readable without colour, showing what the records say and no more."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from tests.plots.test_bars import spell

from according.errors import UsageError
from according.maps.basemap import assets
from according.plots import holder_picture, tie_graph, toll_picture, write_picture
from according.plots.bars import line_of
from according.plots.fills import fills_of
from according.plots.scene import Disc, Scene, Shape, Words
from according.plots.svg import to_svg
from according.records import Figure, Report, Tally, Tie

REPORTS = {name: Report(id=name, text="", published=day) for name, day in (("a", "2020-01-03"), ("b", "2020-01-02"))}


def words(scene: Scene) -> list[str]:
    return [item.text for item in scene.items if isinstance(item, Words)]


def holders() -> Scene:
    spells = [spell("A & <B>", "2012", "2014"), spell("C", "2014-05", None), spell("D", "2013", "2014", "besieged")]
    line = line_of(spells, "2016-01-01")
    assert line is not None
    return holder_picture(line, "Who held Saltmarsh")


def tally(*figures: Figure) -> Tally:
    rules: dict[str, int | list[int | None] | None] = {
        "acled": 12,
        "ucdp": [12, 15, 60],
        "two_sources": [12, 15],
        "airwars": None,
    }
    return Tally(
        group="people", effect="killed", low=12, best=15, high=60, open_ended=True, figures=figures, rules=rules
    )


FIGURES = (
    Figure(low=15, high=17, claim="1", report="a", voice="a medic"),
    Figure(low=12, high=12, claim="2", report="b", voice="police"),
    Figure(low=60, high=None, claim="3", report="a", voice="residents"),
    Figure(low=None, high=None, claim="4", report="x", voice="the mayor"),
)


def graph() -> Scene:
    ties = [
        Tie(source="x", source_name="X", target="y", target_name="Y", kind="backs", claims_for=("1",)),
        Tie(source="y", source_name="Y", target="x", target_name="X", kind="hostile_to", claims_against=("2",)),
        Tie(source="z", source_name="Z", target="x", target_name="X", kind="part_of", since="2012"),
        Tie(source="z", source_name="Z", target="y", target_name="Y", kind="backs"),
    ]
    return tie_graph(ties, "x", "X")


@pytest.mark.parametrize(
    "scene", [holders(), toll_picture(tally(*FIGURES), "A strike", REPORTS), graph()], ids=["holders", "tolls", "ties"]
)
def test_every_picture_is_sound_in_both_forms_and_stays_inside_its_frame(scene: Scene, tmp_path: Path) -> None:
    root = ET.fromstring(to_svg(scene))
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
    ids = {one.get("id") for one in root.iter("{http://www.w3.org/2000/svg}pattern")}
    used = {fill[5:-1] for one in root.iter() if (fill := one.get("fill", "")).startswith("url(#")}
    assert used <= ids
    write_picture(scene, tmp_path / "picture.png", assets() / "fonts")
    with Image.open(tmp_path / "picture.png") as image:
        assert image.size == (round(scene.width * 2), round(scene.height * 2))
        assert len(image.convert("L").getcolors() or ()) > 5
    for item in scene.items:
        if isinstance(item, Words):
            assert item.left >= 0
            assert item.left + item.width <= scene.width + 1
            assert item.y <= scene.height


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no \.svg or \.png"):
        write_picture(graph(), tmp_path / "picture.gif", assets() / "fonts")


def test_no_two_holders_look_alike_even_without_colour() -> None:
    fills = fills_of([f"holder {number}" for number in range(35)])
    assert len(set(fills.values())) == 36
    assert len({fills[f"holder {number}"].pattern for number in range(5)}) == 5


def test_figures_stand_in_the_order_of_reports_with_every_bound() -> None:
    said = words(toll_picture(tally(*FIGURES), "A strike", REPORTS))
    order = [said.index(voice) for voice in ("police", "a medic", "residents", "the mayor")]
    assert order == sorted(order)
    assert {"12", "15 to 17", "60 or more", "number not told", "undated", "12 to 60, best 15"} <= set(said)
    assert not any("Airwars" in one for one in said)


def test_an_open_figure_has_an_arrow_and_an_exact_one_a_full_dot() -> None:
    exact = toll_picture(tally(FIGURES[1]), "A strike", REPORTS)
    dots = [item for item in exact.items if isinstance(item, Disc)]
    assert {dot.fill for dot in dots} == {dot.outline for dot in dots}
    arrows = [item for item in toll_picture(tally(FIGURES[2]), "A strike", REPORTS).items if isinstance(item, Shape)]
    assert len(arrows) == 1 + sum(isinstance(item, Shape) for item in exact.items)


def test_a_graph_shows_the_ties_of_its_actor_only_and_says_which_are_disputed() -> None:
    said = words(graph())
    assert {"backs", "hostile to (disputed)", "part of 2012 –"} <= set(said)
    assert said.count("backs") == 1
