"""Judging from the command line, and the feed of what changed by it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Call

from according import pipeline
from according.cli import subjects
from according.errors import UsageError
from according.pipeline import Linked


@pytest.fixture
def incidents(call: Call, reports: Path, tmp_path: Path) -> dict[int, str]:
    """The incidents of a run by how many reports they have."""
    call("run", reports, tmp_path / "out")
    rows = map(json.loads, (tmp_path / "out" / "incidents.jsonl").read_text(encoding="utf-8").splitlines())
    return {len(row["reports"]): row["id"] for row in rows}


def published(tmp_path: Path) -> bytes:
    return (tmp_path / "out" / "incidents.jsonl").read_bytes()


def test_same_and_undo(call: Call, reports: Path, tmp_path: Path, incidents: dict[int, str]) -> None:
    before = published(tmp_path)
    noted = call("judge", "same", incidents[1], incidents[2].removeprefix("incident:")[:8], "--reason", "a test").output
    call("run", reports, tmp_path / "out")
    (row,) = map(json.loads, published(tmp_path).splitlines())
    assert len(row["reports"]) == 3
    shown = call("show", "incident", incidents[1]).output
    assert f"{incidents[1]} is now a part of {row['id']}" in shown
    assert "a test" in shown
    changed = call("changes", "--since", "run-1").output
    assert f"merged into {row['id']}" in changed
    assert "reports from 2 to 3" in changed
    call("judge", "undo", noted.split()[-1], "--reason", "no")
    call("run", reports, tmp_path / "out")
    assert published(tmp_path) == before
    assert f"{row['id']} is now a part of {incidents[2]}" in call("show", "incident", row["id"]).output


def test_split_by_report_and_move_by_claim(
    call: Call, reports: Path, tmp_path: Path, incidents: dict[int, str]
) -> None:
    call("judge", "split", incidents[2], reports / "two.txt", "--reason", "another market")
    call("run", reports, tmp_path / "out")
    rows = [json.loads(line) for line in published(tmp_path).splitlines()]
    assert sorted(len(row["reports"]) for row in rows) == [1, 1, 1]
    first = next(row for row in rows if row["id"] != incidents[1])
    call("judge", "move", first["claims"][0], "--to", incidents[1], "--reason", "of the bomb")
    call("run", reports, tmp_path / "out")
    rows = [json.loads(line) for line in published(tmp_path).splitlines()]
    assert [first["claims"][0] in row["claims"] for row in rows if len(row["reports"]) == 2] == [True]
    listed = [line for line in call("judge", "list").output.splitlines() if not line.startswith(" ")]
    assert len(listed) == 2
    assert "another market" in listed[0]


def test_a_ledger_tells_what_judgements_are_about(call: Call, tmp_path: Path, incidents: dict[int, str]) -> None:
    noted = call("judge", "different", *incidents.values(), "--reason", "far apart").output.split()[-1]
    said, about = call("judge", "list", "--ledger", tmp_path / "out" / "ledger.db").output.splitlines()
    assert said.startswith(noted)
    assert sorted(about.strip().split(" / ")) == ["airstrike, Gharyan, 2019-06-24", "bomb, Baidoa, 2018-03-03"]
    with pytest.raises(UsageError, match="no ledger"):
        call("judge", "undo", noted, "--ledger", tmp_path / "none.db", "--reason", "no")
    assert about in call("judge", "undo", noted[:8], "--reason", "no").output.splitlines()
    assert call("judge", "list").output.count("[undone]") == 1


def test_what_names_no_incident_is_refused(call: Call, incidents: dict[int, str]) -> None:
    with pytest.raises(UsageError, match="names no incident"):
        call("judge", "same", incidents[1], "0000", "--reason", "why")
    with pytest.raises(UsageError, match="no claim or report"):
        call("judge", "split", incidents[1], "nothing.txt", "--reason", "why")


def test_what_a_run_recorded_is_judged_without_linking_and_what_was_judged_since_is_not(
    call: Call, tmp_path: Path, incidents: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    linked: list[int] = []
    whole = pipeline.link_readings

    def noted(*arguments: Any, **options: Any) -> Linked:
        linked.append(1)
        return whole(*arguments, **options)

    monkeypatch.setattr(subjects, "link_readings", noted)
    rows = [json.loads(line) for line in published(tmp_path).splitlines()]
    claim = next(row["claims"][0] for row in rows if row["id"] == incidents[2])
    call("judge", "different", *incidents.values(), "--reason", "far apart")
    call("run", tmp_path / "reports", tmp_path / "out")
    moved = call("judge", "move", claim, "--to", incidents[1], "--reason", "it tells of the bomb").output.split()[-1]
    assert len(linked) == 1  # the first judgement changed nothing that a run could record
    call("run", tmp_path / "reports", tmp_path / "out")
    call("judge", "undo", moved, "--reason", "no")
    call("judge", "same", incidents[1], incidents[2], "--reason", "as they were before the move")
    assert len(linked) == 2
    call("run", tmp_path / "reports", tmp_path / "out")
    (row,) = map(json.loads, published(tmp_path).splitlines())
    call("judge", "split", row["id"], claim, "--reason", "recorded, so not linked")
    assert len(linked) == 2
