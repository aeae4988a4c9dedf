"""What scorers share: gold lines in their form, and a crash of the reader that counts as a miss."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

import pytest

from according.errors import UsageError
from according.evaluate.gold import read_item, read_items
from according.records import Report
from according.vocabulary import load_vocabulary


class Line(TypedDict):
    id: str


def test_every_line_that_is_not_blank_is_an_item(tmp_path: Path) -> None:
    lines = [json.dumps({"id": "a\u2028b", "beside": 1}, ensure_ascii=False), "", json.dumps({"id": "c"})]
    (tmp_path / "gold.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert read_items(tmp_path / "gold.jsonl", Line) == [{"id": "a\u2028b"}, {"id": "c"}]


def test_the_line_of_another_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text('{"id": "a"}\n{"id": 1}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="line 2"):
        read_items(tmp_path / "gold.jsonl", Line)


def test_a_crash_of_the_reader_is_a_miss_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("according.pipeline.read_report", crash)
    errors: list[str] = []
    reading = read_item(Report(id="r", input_id="g1", text="Rebels took Gharyan."), load_vocabulary(), errors)
    assert reading.claims == ()
    assert len(errors) == 1
    assert errors[0].startswith("g1: the reader failed")
