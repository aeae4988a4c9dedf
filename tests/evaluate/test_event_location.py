from __future__ import annotations

import json
from pathlib import Path

import pytest

from according.evaluate.event_location import GoldSentence, GoldSpan, places_of, score

GOLD = Path(__file__).parents[2].parent / "shared" / "gold" / "event_location" / "sentences.jsonl"


def _sentence(text: str, *spans: tuple[int, int, str]) -> GoldSentence:
    return GoldSentence(text, [GoldSpan(*span) for span in spans])


def test_marks_counted_in_characters_stay() -> None:
    assert places_of(_sentence("A raid in Sirte failed.", (2, 6, "VERB"), (10, 15, "LOCATION"))) == [(10, 15)]


@pytest.mark.parametrize(("first", "last", "wanted"), [(3, 3, "Sirte"), (3, 4, "Sirte City"), (30, 30, None)])
def test_marks_counted_in_tokens_are_read_as_tokens(first: int, last: int, wanted: str | None) -> None:
    text = "A raid in Sirte City failed."
    found = places_of(_sentence(text, (first, last, "LOCATION")))
    assert [text[start:end] for start, end in found] == ([wanted] if wanted else [])


def test_right_places_and_rightly_none_both_count(tmp_path: Path) -> None:
    lines = [
        {"text": "Gunmen attacked a convoy in Sirte on Monday.", "spans": [(7, 15, "VERB"), (28, 33, "LOCATION")]},
        {"text": "The governor of Sirte said that he was glad.", "spans": [(22, 26, "VERB")]},
        {"text": "Shells fell on Sirte.", "spans": [(7, 11, "VERB"), (0, 6, "LOCATION")]},
    ]
    for line in lines:
        line["spans"] = [{"start": s, "end": e, "label": label} for s, e, label in line["spans"]]  # type: ignore[misc]
    gold = tmp_path / "sentences.jsonl"
    gold.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    scores = score(gold)
    assert scores.support == {"events": 3, "placed": 2, "unplaced": 1}
    assert scores.measures["accuracy_placed"] == 0.5
    assert scores.measures["accuracy_unplaced"] == 1.0


@pytest.mark.gold
@pytest.mark.skipif(not GOLD.exists(), reason="needs ../shared/gold")
def test_a_sample_of_gold_holds(tmp_path: Path) -> None:
    sample = tmp_path / "sentences.jsonl"
    sample.write_bytes(b"\n".join(GOLD.read_bytes().splitlines()[::15]))
    assert score(sample).measures["accuracy"] >= 0.78
