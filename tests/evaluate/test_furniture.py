from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from according.evaluate.furniture import score

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "reports" / "raw.jsonl"
PAGE: dict[str, Any] = {
    "id": "p1",
    "raw": "Town taken by army\n\nThe army took the town on Monday, it said.\n\nNobody was hurt.\n\nShare this article",
    "gold": {
        "title": "Town taken by army",
        "body": ["The army took the town on Monday, it said.", "Nobody was hurt."],
        "furniture": [{"line": "Share this article"}],
        "comments": [],
    },
}


def write(folder: Path, *pages: dict[str, Any]) -> Path:
    path = folder / "raw.jsonl"
    path.write_text("\n".join(map(json.dumps, pages)), encoding="utf-8")
    return path


def test_a_page_sorted_as_the_gold_has_it_scores_one(tmp_path: Path) -> None:
    scores = score(write(tmp_path, PAGE))
    assert scores.measures["line_f1_macro"] == 1.0
    assert scores.support["body_f1"] == 2
    assert scores.errors == ()


def test_a_line_sorted_otherwise_lowers_both_labels_and_is_named(tmp_path: Path) -> None:
    gold = {"title": "Town taken by army", "body": ["Share this article"], "furniture": [], "comments": []}
    scores = score(write(tmp_path, PAGE, {**PAGE, "id": "p2", "gold": gold}))
    assert scores.measures["body_f1"] == pytest.approx(0.8)
    assert scores.measures["furniture_f1"] == pytest.approx(2 / 3)
    assert scores.errors == ("p2: body read as furniture: Share this article",)


def test_a_page_that_cannot_be_read_is_missed(tmp_path: Path) -> None:
    unreadable = {**PAGE, "raw": "\u200b", "gold": {**PAGE["gold"], "body": ["\u200b"], "furniture": []}}
    assert score(write(tmp_path, unreadable)).measures["line_f1_macro"] == 0.0


@pytest.mark.gold
@pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared/gold")
def test_gold_pages_keep_their_score() -> None:
    assert score(GOLD).measures["line_f1_macro"] >= 0.98
