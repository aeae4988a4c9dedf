from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ACCORDING = Path(sys.executable).parent / "according"
REPORT = (
    "Rebels seize Gharyan\n\nAt least 12 civilians were killed and 30 wounded in an air strike on Gharyan on Monday, "
    "a medic said. The army denied bombing the town. Rebels captured Gharyan on Sunday.\n"
)


def according(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [str(ACCORDING), *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports") / "gharyan.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def one_line(result: subprocess.CompletedProcess[str]) -> str:
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 1, result.stderr
    assert "Traceback" not in result.stderr
    return lines[0]


def test_a_pipe_gets_one_reading_a_line_whose_offsets_hold(report: Path) -> None:
    result = according("read", report, "--with-text", "--published", "2019-06-25")
    assert result.returncode == 0
    (line,) = result.stdout.splitlines()
    reading = json.loads(line)
    text = reading["report"]["text"]
    spans = [span for claim in reading["claims"] for span in spans_of(claim)]
    assert len(spans) > 10
    assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)
    assert {"kill", "injure", "airstrike", "take"} <= {claim["predicate"] for claim in reading["claims"]}


def spans_of(claim: dict[str, Any]) -> list[dict[str, Any]]:
    roles = [claim[role] for role in ("evidence", "subject", "object", "place", "time", "quantity", "extent")]
    return [span for span in [*roles, *claim["voices"]] if span and span["start"] is not None]


def test_a_table_names_the_speaker_and_the_bounds(report: Path) -> None:
    result = according("read", report, "--format", "table")
    assert result.returncode == 0
    assert "12 or more civilians" in " ".join(result.stdout.split())
    assert "a medic" in result.stdout


def test_standard_input_is_read() -> None:
    result = according("read", "-", stdin=REPORT)
    assert result.returncode == 0
    assert json.loads(result.stdout)["claims"]


def test_bad_inputs_are_told_in_a_line_and_the_next_is_read(report: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 40)
    output = tmp_path / "out.jsonl"
    result = according("read", tmp_path / "empty.txt", tmp_path / "picture.txt", report, "-o", output)
    assert result.returncode == 1
    assert len(result.stderr.strip().splitlines()) == 2
    assert "Traceback" not in result.stderr
    readings = [json.loads(line) for line in output.read_text().splitlines()]
    assert [bool(reading["claims"]) for reading in readings] == [False, False, True]
    assert all(reading["issues"] for reading in readings[:2])


def test_a_missing_file_is_a_line_not_a_traceback(tmp_path: Path) -> None:
    result = according("read", tmp_path / "absent.txt")
    assert result.returncode in {1, 2}
    assert "absent.txt" in one_line(result)


def test_messages_can_be_json(tmp_path: Path) -> None:
    result = according("--log-format", "json", "read", tmp_path / "absent.txt")
    message = json.loads(one_line(result))
    assert message["level"] == "error"


@pytest.mark.parametrize(
    "arguments",
    [("read",), ("nonsense",), ("read", "--jobs", "0", "x"), ("vocabulary", "nonsense"), ("show", "place", "Nowhere")],
)
def test_a_wrong_call_exits_2_with_one_line(arguments: tuple[str, ...], tmp_path: Path) -> None:
    ledger = ("--ledger", str(tmp_path / "none.db")) if arguments[0] == "show" else ()
    result = according(*arguments, *ledger)
    assert result.returncode == 2
    one_line(result)


def test_two_processes_give_what_one_gives(tmp_path: Path) -> None:
    lines = [{"id": f"r{number}", "text": REPORT.replace("12", str(number + 2))} for number in range(20)]
    source = tmp_path / "many.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines))
    alone, together = according("read", source), according("read", source, "--jobs", "2")
    assert alone.stdout == together.stdout
    assert [json.loads(line)["report"]["input_id"] for line in alone.stdout.splitlines()] == [
        f"r{n}" for n in range(20)
    ]


def test_the_ledger_shows_and_explains_what_was_added(report: Path, tmp_path: Path) -> None:
    ledger = ("--ledger", tmp_path / "ledger.db")
    assert according("add", report, *ledger).stdout == "1 added\n"
    assert according("add", report, *ledger).stdout == "1 unchanged\n"
    shown = according("show", "place", "Gharyan", *ledger)
    assert shown.returncode == 0
    assert "held" in shown.stdout
    claim = json.loads(according("read", report).stdout)["claims"][0]
    explained = according("explain", claim["id"][:10], *ledger)
    assert explained.returncode == 0
    assert claim["evidence"]["text"] in explained.stdout


def test_link_gives_the_incident_of_two_outlets_once(tmp_path: Path) -> None:
    other = REPORT.replace("At least 12", "Fifteen").replace("a medic", "the mayor")
    for name, text in (("one", REPORT), ("two", other)):
        (tmp_path / f"{name}.txt").write_text(text)
    readings = tmp_path / "readings.jsonl"
    reports = (tmp_path / "one.txt", tmp_path / "two.txt")
    assert according("read", *reports, "--published", "2019-06-25", "-o", readings).returncode == 0
    result = according("link", readings, "--spells", tmp_path / "spells.jsonl", "--ties", tmp_path / "ties.jsonl")
    assert result.returncode == 0
    incidents = [json.loads(line) for line in result.stdout.splitlines()]
    shared = [incident for incident in incidents if len(incident["reports"]) == 2]
    assert [incident["predicate"] for incident in shared] == ["airstrike"]
    figures = [
        figure["low"] for tally in shared[0]["tallies"] if tally["effect"] == "killed" for figure in tally["figures"]
    ]
    assert sorted(figures) == [12, 15]
    assert (tmp_path / "spells.jsonl").read_text()


def test_what_is_no_reading_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"no": "reading"}\n')
    result = according("link", tmp_path / "x.jsonl")
    assert result.returncode == 2
    assert "line 1" in one_line(result)
