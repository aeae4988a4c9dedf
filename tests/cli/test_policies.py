"""Publication policies on the command line: what they hide is in no file that is written, and an audit says so."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.maps.pages import page_data

from according.cli.link import link
from according.cli.map import draw, tell
from according.cli.policies import load_policies
from according.cli.read import read
from according.cli.readings import load_readings
from according.cli.run import run
from according.errors import UsageError

SECRETS = ("gharyan", "غريان", r"(?<![\da-f])87205(?![\da-f])", r"(?<![\d:])32\.17", "mountain", "hadi saleh")
"""Patterns of what is hidden; neither seconds of a time ("10:05:32.17") nor digits within an id are any of it."""
REPORTS = {
    "open.txt": "An air strike killed 12 people in Gharyan, in Libya, on 4 May 2019, residents said.",
    "coarse.txt": "Mountain Courier. An air strike killed at least 15 people in Gharyan, in Libya, on 4 May 2019, "
    "doctor Hadi Saleh said.",
    "late.txt": "Shells killed three people in Tarhuna, in Libya, on 5 May 2019, residents said.",
}
POLICIES = """
{coarse}: {{place_as: province, names: [Hadi Saleh, Mountain Courier]}}
{late}: {{not_before: 2999-01-01T00:00:00Z}}
"""
Given = tuple[Path, Path]


@pytest.fixture
def given(tmp_path: Path) -> Given:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    policies = tmp_path / "policies.yaml"
    policies.write_text(POLICIES.format(coarse=folder / "coarse.txt", late=folder / "late.txt"), encoding="utf-8")
    return folder, policies


def call(command: Callable[..., object], *words: object) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=False)  # type: ignore[arg-type]


def test_no_file_of_a_run_tells_what_a_policy_hides_and_the_audit_says_so(given: Given, tmp_path: Path) -> None:
    folder, policies = given
    (folder / "open.txt").unlink()
    call(run, folder, tmp_path / "out")  # without policies: what it records must not come back
    call(run, folder, tmp_path / "out", "--policies", policies, "--audit", tmp_path / "audit.jsonl")
    written = sorted((tmp_path / "out").glob("*.jsonl"))
    assert len(written) == 6
    told = "".join(path.read_text(encoding="utf-8") for path in written).lower()
    assert "15" in told
    for secret in (*SECRETS, "tarhuna"):
        assert not re.search(secret, told), secret
    lines = [json.loads(line) for line in (tmp_path / "audit.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(Path(line["input_id"]).name, line["result"]) for line in lines] == [
        ("coarse.txt", "changed"),
        ("late.txt", "left out"),
    ]
    assert lines[0]["places"] > 0
    assert lines[0]["policy"]["place_as"] == "province"


def test_what_is_coarse_is_not_linked_with_what_names_the_place(given: Given, tmp_path: Path) -> None:
    folder, policies = given
    readings = tmp_path / "readings.jsonl"
    call(read, folder, "--policies", policies, "-o", readings)
    told = readings.read_text(encoding="utf-8").splitlines()
    assert [("Gharyan" in line, "Tarhuna" in line) for line in told] == [(False, False), (True, False)]
    call(link, readings, "-o", tmp_path / "incidents.jsonl")
    strikes = [json.loads(line) for line in (tmp_path / "incidents.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted(strike["place"]["precision"] for strike in strikes) == ["province", "town"]
    on_map = tell(load_readings(str(readings))).incidents
    assert sorted(incident["place"]["precision"] for incident in on_map) == ["province", "town"]


@pytest.mark.parametrize("suffix", ["svg", "html"])
def test_a_map_under_policies_draws_nothing_that_they_hide(given: Given, tmp_path: Path, suffix: str) -> None:
    folder, policies = given
    (folder / "open.txt").unlink()
    readings = tmp_path / "readings.jsonl"
    call(read, folder, "--with-text", "-o", readings)
    output = tmp_path / f"map.{suffix}"
    call(draw, readings, "-o", output, "--policies", policies, "--title", "Strikes")
    told = output.read_text(encoding="utf-8") if suffix == "svg" else json.dumps(page_data(output))
    assert "Killed: 15 or more" in told or "killed: 15 or more" in told
    for secret in ("Hadi Saleh", "32.17", "5 May 2019"):
        assert secret not in told


def test_words_that_are_not_at_hand_cannot_be_hidden(given: Given, tmp_path: Path) -> None:
    folder, policies = given
    call(read, folder, "-o", tmp_path / "readings.jsonl")
    with pytest.raises(UsageError, match="with-text"):
        call(draw, tmp_path / "readings.jsonl", "-o", tmp_path / "map.svg", "--policies", policies)
    assert not (tmp_path / "map.svg").exists()


def test_a_policy_of_no_report_stops_the_call_before_anything_is_written(given: Given, tmp_path: Path) -> None:
    folder, policies = given
    policies.write_text("cosrse.txt: {place_as: country}", encoding="utf-8")
    with pytest.raises(UsageError, match="cosrse"):
        call(read, folder, "--policies", policies, "-o", tmp_path / "readings.jsonl")
    assert not (tmp_path / "readings.jsonl").exists()


@pytest.mark.parametrize(
    "text",
    ["a.txt: {place_as: street}", "a.txt: {hide: yes}", "a.txt: {not_before: soon}", "- a", "a: [", "a: {names: x}"],
)
def test_a_file_that_holds_no_policies_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError):
        load_policies(tmp_path / "p.yaml")
