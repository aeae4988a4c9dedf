"""The casualties scorer on hand-worked items, and on the development gold where that is at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from according.evaluate.casualties import expected_range, score

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "reports" / "airwars.jsonl"
NOTHING: dict[str, Any] = {
    "killed_min": None,
    "killed_max": None,
    "injured_min": None,
    "injured_max": None,
    "grading": None,
    "attackers": None,
}


def item(narrative: str, **gold: object) -> str:
    return json.dumps({"id": narrative[:20], "url": "", "narrative": narrative, "gold": {**NOTHING, **gold}})


def test_only_stated_figures_are_asked_for() -> None:
    gold = {**NOTHING, "killed_min": 2, "killed_max": 3, "injured_min": 4}
    assert expected_range(gold, "killed") == (2, 3)
    assert expected_range(gold, "injured") is None
    assert expected_range({**gold, "figures_not_literal_in_narrative": ["killed_max"]}, "killed") is None


def test_both_ends_must_be_right(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    narrative = "A rocket killed three civilians in Tripoli. The mayor counted five dead."
    lines = [item(narrative, killed_min=3, killed_max=5), item(narrative, killed_min=3, killed_max=4)]
    path.write_text("\n".join(lines), encoding="utf-8")
    scores = score(path)
    assert scores.measures["killed"] == 0.5
    assert scores.support["killed"] == 2
    assert [error for error in scores.errors if "3-5 for 3-4" in error]


@pytest.mark.gold
@pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared/gold")
def test_development_gold(tmp_path: Path) -> None:
    """A handful of items, so that a change that breaks the whole shows at once; the ratchet has the rest."""
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(GOLD.read_text(encoding="utf-8").splitlines()[:12]), encoding="utf-8")
    assert score(path).measures["killed"] >= 0.7
