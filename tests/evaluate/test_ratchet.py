"""The ratchet: what undercuts a floor, what moves one, and the floors themselves on samples of the gold."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from according.errors import UsageError
from according.evaluate.quality import load_notes, load_targets, quality_page
from according.evaluate.ratchet import (
    Floors,
    check_gold,
    digest_of,
    load_floors,
    measure,
    measure_sample,
    moved,
    undercuts,
    write_floors,
    write_sample,
)
from according.evaluate.scores import Scores

GOLD = Path(__file__).parents[3] / "shared/gold"
FLOORS = load_floors()


def scores(**measures: float) -> Scores:
    return Scores(set="toponyms", measures=measures, support={})


def floors(**full: float) -> Floors:
    return Floors(gold="gold.jsonl", measures=tuple(full), full=full)


@pytest.mark.parametrize(
    ("measures", "wrong"),
    [
        ({"f1": 0.5, "error_km": 10.0}, []),
        ({"f1": 0.499, "error_km": 10.0}, ["f1"]),
        ({"f1": 0.5, "error_km": 10.1}, ["error_km"]),
        ({}, ["f1", "error_km"]),
    ],
)
def test_undercuts(measures: dict[str, float], wrong: list[str]) -> None:
    assert [each.measure for each in undercuts(scores(**measures), {"f1": 0.5, "error_km": 10.0})] == wrong


def test_floors_rise_and_only_fall_when_asked_to() -> None:
    old = floors(f1=0.5, recall=0.5, error_km=10.0)
    new = scores(f1=0.61259, recall=0.4, error_km=12.3451)
    assert moved(old, new, "full", lower=False) == {"f1": 0.612, "recall": 0.5, "error_km": 10.0}
    assert moved(old, new, "full", lower=True) == {"f1": 0.612, "recall": 0.4, "error_km": 12.346}


def test_a_measure_that_is_gone_takes_no_floor_with_it() -> None:
    assert moved(floors(f1=0.5, error_km=9.0), scores(), "full", lower=False) == {"f1": 0.5, "error_km": 9.0}
    assert moved(floors(error_km=9.0), scores(), "full", lower=True) == {"error_km": math.inf}


@pytest.mark.parametrize(("content", "said"), [(None, "cannot be read"), ("{", "line 1 is not in the gold's form")])
def test_gold_that_cannot_be_scored_scores_nothing(tmp_path: Path, content: str | None, said: str) -> None:
    gold = tmp_path / "gold.jsonl"
    if content is not None:
        gold.write_text(content)
    scored = measure("control", gold)
    assert scored.measures == {}
    assert said in scored.errors[0]


def test_other_gold_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text("{}\n")
    taken = Floors(gold="gold.jsonl", measures=(), digest=digest_of(floors(), tmp_path))
    check_gold("control", taken, tmp_path)
    (tmp_path / "gold.jsonl").write_text("[]\n")
    with pytest.raises(UsageError, match="not the gold its floors were taken on"):
        check_gold("control", taken, tmp_path)


def test_a_sample_is_every_so_many_lines_with_the_files_beside(tmp_path: Path) -> None:
    folder, work = tmp_path / "gold", tmp_path / "work"
    folder.mkdir()
    work.mkdir()
    (folder / "a.jsonl").write_text("0\n1\n2\n3\n4\n")
    (folder / "b.jsonl").write_text("whole\n")
    sample = write_sample(Floors(gold="a.jsonl", beside=("b.jsonl",), every=2, measures=()), folder, work)
    assert sample.read_text() == "0\n2\n4\n"
    assert (work / "b.jsonl").read_text() == "whole\n"


def test_written_floors_are_read_back(tmp_path: Path) -> None:
    write_floors(FLOORS, tmp_path / "floors.yaml")
    assert load_floors(tmp_path / "floors.yaml") == FLOORS


def test_every_target_is_pinned_and_every_set_is_explained() -> None:
    assert all(target.measure in FLOORS[target.set].full for target in load_targets())
    assert load_notes().keys() == FLOORS.keys()


def test_the_page_says_where_we_lose() -> None:
    target = next(each for each in load_targets() if each.least is not None)
    low = {target.set: Scores(set=target.set, measures={target.measure: 0.1}, support={})}
    page = quality_page(low, FLOORS)
    assert f"- {target.set}, {target.means}: .100, under the least we set" in page


@pytest.mark.gold
@pytest.mark.parametrize("name", [name for name, each in FLOORS.items() if each.gold])
def test_floors_hold_on_the_sample(name: str, tmp_path: Path) -> None:
    if not GOLD.is_dir():
        pytest.skip("../shared/gold is not there")
    check_gold(name, FLOORS[name], GOLD)
    found = measure_sample(name, FLOORS[name], GOLD, tmp_path)
    wrong = [str(each) for each in undercuts(found, FLOORS[name].sample)]
    assert not wrong, "; ".join([*wrong, *found.errors[:1]])
