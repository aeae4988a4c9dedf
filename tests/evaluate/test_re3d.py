"""Ties against re3d: a small document of our own, and a floor on the gold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from according.evaluate.re3d import score

GOLD = Path(__file__).parents[3] / "shared/gold/re3d/documents.jsonl"


def test_a_tie_is_found_either_way_round(tmp_path: Path) -> None:
    text = "The Syrian army is fighting against Hezbollah."
    document = {"_id": "d1", "text": text, "sourceUrl": "x"}
    ends = {"sourceBegin": 36, "sourceEnd": 45, "targetBegin": 0, "targetEnd": 15}
    relation = {"type": "FightingAgainst", "documentId": "d1", **ends}
    (tmp_path / "documents.jsonl").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "relations.jsonl").write_text(json.dumps(relation), encoding="utf-8")
    assert score(tmp_path / "documents.jsonl").measures["FightingAgainst"] == 1.0


@pytest.mark.gold
def test_floor() -> None:
    if not GOLD.is_file():
        pytest.skip("../shared/gold is not there")
    assert score(GOLD).measures["f1"] >= 0.10
