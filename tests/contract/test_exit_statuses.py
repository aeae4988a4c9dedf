"""What the interface says of exit statuses and of errors: 2 for a wrong call, one line on standard error each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import structlog

from according.cli import main

ACCORDING = Path(sys.executable).parent / "according"
Call = Callable[..., tuple[int, list[str]]]

FILES: dict[str, bytes] = {
    "empty.txt": b"",
    "good.txt": b"Rebels captured Gharyan on Sunday.",
    "binary.jsonl": bytes(range(256)) * 40,
    "latin.jsonl": b'{"report": {}, "claims": [], "x": "caf\xe9"}\n',
    "broken.jsonl": b'{"report": {"id": "x"\n',
    "deep.jsonl": b'{"a":' * 100_000,
    "other.jsonl": b'{"a": 1}\n',
    "half.jsonl": b'{"report": {"id": "x"}, "claims": [{"id": "a"}]}\n',
    "number.jsonl": b'{"report": 5, "claims": []}\n',
    "ledger.db": b"no database" * 100,
    "policies.yaml": b"a: [1,\n",
}
WRONG = """
read
read absent.txt
read ''
read good.txt/inside
read --published 2017-02-30 good.txt
read --published yesterday good.txt
read --format xml good.txt
read --jobs 0 good.txt
read --nonsense good.txt
read good.txt -o folder
read good.txt -o good.txt/out.jsonl
read good.txt --policies absent.yaml
read good.txt --policies policies.yaml
read good.txt --policies binary.jsonl
link
link absent.jsonl
link folder
link binary.jsonl
link latin.jsonl
link broken.jsonl
link deep.jsonl
link other.jsonl
link half.jsonl
link number.jsonl
map good.txt -o map.html
map other.jsonl -o map.html
map empty.txt
map empty.txt -o map.html
map number.jsonl -o map.html --as-of 2019
map half.jsonl -o map.png --thumbnail map.gif
map empty.txt -o map.gif
map empty.txt -o map.png --size 1x1
run good.txt ledger.db
add absent.txt
add good.txt --ledger ledger.db
add good.txt --ledger folder
show
show place
show place Gharyan --ledger absent.db
show place Gharyan --ledger ledger.db
show place ''
show incident ''
explain x --ledger absent.db
explain ''
timeline ''
timeline Gharyan --ledger ledger.db
changes --ledger absent.db
judge
judge same x
judge same '' x --reason y
judge undo '' --reason y
judge list --people folder
evaluate
evaluate nonsense --gold good.txt
evaluate toponyms --gold absent.jsonl
evaluate toponyms --gold folder
evaluate toponyms --gold empty.txt --predictions-out out.json
evaluate muc4 --gold binary.jsonl
evaluate muc4 --gold other.jsonl --predictions-out out.json
evaluate re3d --gold empty.txt
evaluate toponyms --gold good.txt
evaluate casualties --gold empty.txt
evaluate casualties --gold other.jsonl
evaluate clusters --gold broken.jsonl
evaluate control --gold deep.jsonl
evaluate control_towns --gold other.jsonl
evaluate furniture --gold latin.jsonl
evaluate event_location --gold other.jsonl
vocabulary nonsense
backup folder
restore absent.zip
restore good.txt
serve --port 99999
serve --people-url nonsense
serve --ledger ledger.db
user
user add
user lock nobody
nonsense
"""


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Call]:
    """Call the command line in a folder of bad files; its exit status and the lines on standard error."""
    for name, content in FILES.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path)
    for name in ("ACCORDING_LEDGER", "ACCORDING_PEOPLE", "ACCORDING_PEOPLE_URL", "ACCORDING_POLICIES"):
        monkeypatch.setenv(name, "")  # so that what a command sets is taken back
        monkeypatch.delenv(name)
    monkeypatch.setenv("ACCORDING_DATA_DIR", str(tmp_path / "data"))

    def invoke(*arguments: str) -> tuple[int, list[str]]:
        monkeypatch.setattr(sys, "argv", ["according", *arguments])
        return main(), capsys.readouterr().err.splitlines()

    yield invoke
    structlog.reset_defaults()


@pytest.mark.parametrize("wrong", WRONG.strip().splitlines())
def test_a_wrong_call_exits_2_and_says_why_in_one_line(wrong: str, call: Call) -> None:
    status, lines = call(*(word.strip("'") for word in wrong.split()))
    assert (status, len(lines)) == (2, 1), lines
    assert lines[0].startswith("error: ")


def test_a_wrong_setting_is_a_wrong_call(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACCORDING_MAX_INPUT_BYTES", "many")
    status, lines = call("read", "good.txt")
    assert status == 2
    assert "ACCORDING_MAX_INPUT_BYTES is many" in lines[0]


def test_changes_since_no_day_and_no_run_are_a_wrong_call(call: Call) -> None:
    status, lines = call("changes", "--since", "yesterday", "--ledger", "absent.db")
    assert status == 2
    assert "yesterday is neither a day" in lines[0]


def test_each_input_that_fails_is_listed_and_the_status_is_1(call: Call) -> None:
    status, lines = call("--log-format", "json", "read", "empty.txt", "folder", "other.jsonl", "-o", "out.jsonl")
    assert status == 1
    told = [json.loads(line) for line in lines]
    assert [one["code"] for one in told] == ["empty_input", "empty_folder", "bad_row"]
    assert [one["input"] for one in told] == ["empty.txt", "folder", "other.jsonl:1"]


def test_what_an_input_calls_itself_stays_in_its_line(call: Call) -> None:
    Path("named.jsonl").write_text(json.dumps({"id": "a\nerror: b\x1b[2J", "text": " "}), encoding="utf-8")
    _, lines = call("read", "named.jsonl", "-o", "out.jsonl")
    assert len(lines) == 1
    assert lines[0].isprintable()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is always full here")  # noqa: PTH110
def test_a_full_disk_is_told_in_a_line() -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        command = [str(ACCORDING), "vocabulary"]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)
    assert result.returncode == 2
    assert result.stderr.decode().count("\n") == 1


def test_changes_since_a_run_that_never_was_are_a_wrong_call(call: Call) -> None:
    call("add", "empty.txt", "--ledger", "kept.db")
    status, lines = call("changes", "--since", "run-9", "--ledger", "kept.db")
    assert status == 2
    assert lines == ["error: there is no run run-9 code=usage"]


def test_the_beginning_of_every_incident_names_none(call: Call) -> None:
    call("add", "empty.txt", "--ledger", "kept.db")
    status, lines = call("show", "incident", "incident:", "--ledger", "kept.db")
    assert status == 2
    assert "give more of it" in lines[0]


def test_a_reading_of_any_other_shape_is_told_in_one_line(call: Call) -> None:
    whole = {"id": "a", "input_id": "a"}
    shapes: list[list[object]] = [[5], [None], [{"id": "a", "place": 5, "quantity": 1}], [{"id": []}]]
    for claims in shapes:
        Path("odd.jsonl").write_text(json.dumps({"report": whole, "claims": claims}), encoding="utf-8")
        status, lines = call("link", "odd.jsonl")
        assert (status, len(lines)) == (2, 1), lines
        assert "the reading of a is not in the form" in lines[0]
