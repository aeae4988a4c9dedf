"""The command: what was known on a day, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.maps import sample

from according.cli.map import draw, known_on
from according.errors import UsageError


def test_what_was_known_on_a_day_leaves_out_later_and_undated_reports() -> None:
    days = ["2017-10-31", "2017-11-01T08:00", "2017-11-02", "2017-11", "2016", None]
    lines = [sample.reading(str(number), "Outlet", day) for number, day in enumerate(days)]  # type: ignore[arg-type]
    assert [line["report"]["published"] for line in known_on(lines, "2017-11-01")] == [*days[:2], "2016"]
    with pytest.raises(UsageError, match="none of the 6 reports is dated 2015"):
        known_on(lines, "2015")


def test_readings_become_a_page_and_a_wrong_suffix_is_named(tmp_path: Path) -> None:
    readings = tmp_path / "readings.jsonl"
    readings.write_text(json.dumps(sample.reading("r", "Outlet", "2017-11-01")) + "\n", encoding="utf-8")
    CliRunner().invoke(draw, [str(readings), "-o", str(tmp_path / "map.html")], catch_exceptions=False)
    assert "0 claims in 1 report" in (tmp_path / "map.html").read_text(encoding="utf-8")
    failed = CliRunner().invoke(draw, [str(readings), "-o", str(tmp_path / "map.gif")])
    assert isinstance(failed.exception, UsageError)
    assert not (tmp_path / "map.gif").exists()
