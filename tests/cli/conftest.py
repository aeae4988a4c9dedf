from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from according.cli import according

Call = Callable[..., Result]


@pytest.fixture
def call(tmp_path: Path) -> Call:
    """Call the command line with a ledger and judgements of its own; a wrong call raises its error."""
    runner = CliRunner()
    environment = {
        "ACCORDING_LEDGER": str(tmp_path / "out" / "ledger.db"),
        "ACCORDING_DATA_DIR": str(tmp_path / "data"),
    }

    def invoke(*arguments: str | Path) -> Result:
        return runner.invoke(
            according, [*map(str, arguments)], env=environment, catch_exceptions=False, standalone_mode=False
        )

    return invoke


@pytest.fixture
def ledger(request: pytest.FixtureRequest, call: Call, tmp_path: Path) -> None:
    """A ledger of the reports that the test's module names ``REPORTS``."""
    path = tmp_path / "reports.jsonl"
    told = [json.dumps({**report, "language": "en"}) for report in request.module.REPORTS]
    path.write_text("\n".join(told), encoding="utf-8")
    call("add", path)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of three reports in the genre: two of one strike, one of a bombing elsewhere."""
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


REPORTS = {
    "one.txt": "At least 12 people were killed in an air strike on a market in Gharyan on 24 June 2019, a medic said.",
    "two.txt": "An air strike hit a market in Gharyan on 24 June 2019, killing 15 people, the health ministry said.",
    "three.txt": "A car bomb killed four policemen in Baidoa on 3 March 2018, police said.",
}
