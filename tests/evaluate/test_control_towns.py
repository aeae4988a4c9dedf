"""Histories of towns: the holder on a day, and a floor on the gold."""

from __future__ import annotations

from pathlib import Path

import pytest

from according.evaluate.control_towns import Town, holder_on, report_of, score
from according.issues import Issues
from according.pipeline import read_report
from according.vocabulary import load_vocabulary

GOLD = Path(__file__).parents[3] / "shared/gold/control_ukraine/towns.jsonl"
HISTORY = (
    "See Battle of the MillCaptured by  Donetsk PR in mid-June 2015. Recaptured by  Ukraine 3 May 2017Recaptured by  "
    "Russia/ DPR between 2–4 March 2023. Claimed recaptured by  Ukraine 9 June 2023, but not verified"
)


@pytest.mark.parametrize(
    ("day", "holder"),
    [("2016-01-01", "Russia"), ("2018-01-01", "Ukraine"), ("2023-03-10", "Russia")],
)
def test_holder(day: str, holder: str) -> None:
    reading = read_report(
        report_of(Town(name="Zhovtnyi Mlyn", held_by="Russia", history=HISTORY)), load_vocabulary(), Issues()
    )
    assert holder_on(reading.spells, day) == holder


@pytest.mark.gold
def test_floor() -> None:
    if not GOLD.is_file():
        pytest.skip("../shared/gold is not there")
    assert score(GOLD).measures["stated"] >= 0.95
