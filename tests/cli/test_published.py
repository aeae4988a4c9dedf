"""What counts as the publication date of inputs."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Call


@pytest.mark.parametrize("written", ["2025-13-45", "2025-02-30", "yesterday", "01/02/2025", ""])
def test_what_is_no_date_is_refused(call: Call, reports: Path, written: str) -> None:
    with pytest.raises(click.BadParameter, match="is no date: write 2017-11-01"):
        call("read", reports, "--published", written)


@pytest.mark.parametrize("command", ["run", "add"])
def test_nothing_is_begun_with_what_is_no_date(call: Call, reports: Path, tmp_path: Path, command: str) -> None:
    out = [tmp_path / "out"] if command == "run" else []
    with pytest.raises(click.BadParameter):
        call(command, reports, *out, "--published", "soon")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("written", "kept"), [("2025", "2025"), ("2025-01", "2025-01"), ("2025-01-31T08:00", "2025-01-31")]
)
def test_a_date_is_kept_as_precise_as_it_is(call: Call, reports: Path, written: str, kept: str) -> None:
    result = call("read", reports / "one.txt", "--published", written)
    assert json.loads(result.stdout)["report"]["published"] == kept
