from __future__ import annotations

from pathlib import Path

import pytest

from according.export.reading import to_json
from according.export.reading_back import from_json
from according.ingest import IngestOptions
from according.records import Reading
from according.scale.pool import read_inputs_in_order
from according.settings import load_settings

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return list(read_inputs_in_order([str(EXAMPLES)], IngestOptions(), load_settings()))


def test_reading_back_and_writing_again_changes_nothing(readings: list[Reading]) -> None:
    for reading in readings:
        written = to_json(reading, with_text=True)
        assert to_json(from_json(written), with_text=True) == written


def test_the_text_is_given_only_when_asked_for(readings: list[Reading]) -> None:
    assert "text" not in to_json(readings[0])["report"]
    assert to_json(readings[0], with_text=True)["report"]["text"] == readings[0].report.text
