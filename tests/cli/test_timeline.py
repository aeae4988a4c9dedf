"""Who held a place, on the terminal and as a picture, as known now and on a day."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Call

from according.errors import UsageError

RETAKEN = "Government forces recaptured Gharyan from the Libyan National Army on 26 June 2019."
REPORTS = [
    {"id": "early", "published": "2019-04-10", "text": "The Libyan National Army captured Gharyan on 4 April 2019."},
    {"id": "late", "published": "2019-06-28", "text": f"{RETAKEN} Shelling of Gharyan killed 12 people, a medic said."},
    {"id": "undated", "text": "Rebels have held Gharyan since 2011."},
]


@pytest.mark.usefixtures("ledger")
def test_what_was_known_on_a_day_is_what_was_out_by_then(call: Call) -> None:
    now = call("timeline", "Gharyan").output
    then = call("timeline", "Gharyan", "--as-of", "2019-05-01").output
    assert "Libyan National Army" in now
    assert "Libyan National Army" in then
    assert "▶" in then
    assert "2019-05-01" in then
    assert len(now.splitlines()) > len(then.splitlines())
    shown = call("show", "place", "Gharyan", "--as-of", "2019-05").output
    assert "killed" not in shown
    assert "killed" in call("show", "place", "Gharyan").output
    with pytest.raises(UsageError, match="out on 2018"):
        call("timeline", "Gharyan", "--as-of", "2018")
    with pytest.raises(UsageError, match="no date"):
        call("timeline", "Gharyan", "--as-of", "last week")


@pytest.mark.usefixtures("ledger")
def test_pictures_are_written_whole_or_refused(call: Call, tmp_path: Path) -> None:
    call("timeline", "Gharyan", "-o", tmp_path / "holders.svg")
    assert "Libyan National Army" in (tmp_path / "holders.svg").read_text(encoding="utf-8")
    with pytest.raises(UsageError, match=r"no \.svg or \.png"):
        call("timeline", "Gharyan", "-o", tmp_path / "holders.gif")
    assert sorted(path.name for path in tmp_path.iterdir() if "holders" in path.name) == ["holders.svg"]
    with pytest.raises(UsageError, match="no report"):
        call("timeline", "Nowhere")
