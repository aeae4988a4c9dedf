from __future__ import annotations

import json
from pathlib import Path

import pytest

from according.evaluate.toponyms import score

GOLD = Path(__file__).parents[2].parent / "shared" / "gold" / "geovirus" / "articles.jsonl"

ARTICLE = {
    "text": "Floods reached Benghazi. Officials in Libya spoke of Zorgblat.",
    "toponyms": [
        {"name": "Benghazi", "start": "16", "end": "24", "lat": "32.1", "lon": "20.1"},
        {"name": "Libya", "start": "39", "end": "44", "lat": "60", "lon": "20"},
        {"name": "Zorgblat", "start": "54", "end": "62", "lat": "0", "lon": "0"},
    ],
}


def test_names_missed_and_places_far_off_count_against(tmp_path: Path) -> None:
    gold = tmp_path / "articles.jsonl"
    gold.write_text(json.dumps(ARTICLE), encoding="utf-8")
    scores = score(gold)
    assert scores.support == {"toponyms": 3, "found": 2, "recognised": 2}
    assert scores.measures["recognition_f1"] == pytest.approx(0.8)
    assert scores.measures["accuracy_161km"] == 0.5
    assert scores.measures["mean_error_km"] > 1500
    assert len(scores.errors) == 2


@pytest.mark.gold
@pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared/gold")
def test_scores_hold_on_gold() -> None:
    measures = score(GOLD).measures
    assert measures["recognition_f1"] >= 0.88
    assert measures["accuracy_161km"] >= 0.90
