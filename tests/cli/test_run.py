"""The whole run: what it writes, that it goes on where it was stopped, and what it says has changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from tests.cli.conftest import Call

from according.ingest import Ingested
from according.link import across, compare
from according.link.profile import Profile
from according.records import Reading
from according.scale import pool

FILES = ["readings.jsonl", "incidents.jsonl", "spells.jsonl", "ties.jsonl", "issues.jsonl", "changes.jsonl"]


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The inputs that are really read, in order."""
    found: list[str] = []
    whole = pool.read_ingested

    def noted(ingested: Ingested) -> Reading:
        found.append(Path(ingested.input_id).name)
        return whole(ingested)

    monkeypatch.setattr(pool, "read_ingested", noted)
    return found


def test_everything_is_written_and_refers_to_one_another(call: Call, reports: Path, tmp_path: Path) -> None:
    (reports / "empty.txt").write_text("")
    result = call("run", reports, tmp_path / "out")
    assert result.return_value == 1
    assert "4 reports (1 failed)" in result.output
    readings = lines(tmp_path / "out" / "readings.jsonl")
    assert [Path(one["report"]["input_id"]).name for one in readings] == [
        "empty.txt",
        "one.txt",
        "three.txt",
        "two.txt",
    ]
    claims = {claim["id"] for reading in readings for claim in reading["claims"]}
    incidents = lines(tmp_path / "out" / "incidents.jsonl")
    assert sorted(len(one["reports"]) for one in incidents) == [1, 2]
    assert all(set(one["claims"]) <= claims for one in incidents)
    assert [one["code"] for one in lines(tmp_path / "out" / "issues.jsonl")] == ["empty_input"]
    assert all((tmp_path / "out" / name).is_file() for name in FILES)


def test_a_second_run_reads_only_what_is_new_and_writes_the_same(
    call: Call, reports: Path, tmp_path: Path, read: list[str]
) -> None:
    call("run", reports, tmp_path / "out")
    before = {name: (tmp_path / "out" / name).read_bytes() for name in FILES}
    assert read == ["one.txt", "three.txt", "two.txt"]
    assert "0 changes" in call("run", reports, tmp_path / "out").output
    assert {name: (tmp_path / "out" / name).read_bytes() for name in FILES} == before
    (reports / "four.txt").write_text("Shelling killed two children in Taiz on 5 May 2020, a doctor said.")
    call("run", reports, tmp_path / "out")
    assert read[3:] == ["four.txt"]


def test_a_stopped_run_publishes_nothing_and_goes_on_where_it_was(
    call: Call, reports: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    noted = pool.read_ingested

    def stopped(ingested: Ingested) -> Reading:
        if len(read) == 2:
            raise KeyboardInterrupt
        return noted(ingested)

    with monkeypatch.context() as patch:
        patch.setattr(pool, "read_ingested", stopped)
        with pytest.raises(click.exceptions.Abort):
            call("run", reports, tmp_path / "out")
    assert [name for name in FILES if (tmp_path / "out" / name).exists()] == []
    call("run", reports, tmp_path / "out")
    assert read == ["one.txt", "three.txt", "two.txt"]
    assert len(lines(tmp_path / "out" / "readings.jsonl")) == 3


def test_what_is_known_about_an_input_makes_it_another_one(
    call: Call, reports: Path, tmp_path: Path, read: list[str]
) -> None:
    call("run", reports / "one.txt", tmp_path / "out")
    call("run", reports / "one.txt", tmp_path / "out", "--published", "2019-06-25")
    assert read == ["one.txt", "one.txt"]
    assert lines(tmp_path / "out" / "readings.jsonl")[0]["report"]["published"] == "2019-06-25"


def test_one_report_given_twice_is_read_once_and_counts_once(
    call: Call, reports: Path, tmp_path: Path, read: list[str]
) -> None:
    (reports / "zero.txt").write_text((reports / "one.txt").read_text())
    call("run", reports, tmp_path / "out")
    assert len(read) == 3
    names = [Path(one["report"]["input_id"]).name for one in lines(tmp_path / "out" / "readings.jsonl")]
    assert names == ["one.txt", "three.txt", "two.txt", "zero.txt"]
    assert sorted(len(one["reports"]) for one in lines(tmp_path / "out" / "incidents.jsonl")) == [1, 2]


def test_many_processes_write_the_same(call: Call, reports: Path, tmp_path: Path) -> None:
    def single() -> Iterator[bytes]:
        for name, jobs in (("out", 1), ("other", 2)):
            call("run", reports, tmp_path / name, "--jobs", str(jobs))
            yield b"".join((tmp_path / name / file).read_bytes() for file in FILES[:-1])

    one, other = single()
    assert one == other


def test_what_was_linked_before_gives_what_linking_at_once_gives(call: Call, reports: Path, tmp_path: Path) -> None:
    out, news = tmp_path / "out", reports / "news.txt"
    call("run", reports / "one.txt", reports / "three.txt", out)
    news.write_text("An air strike on a market in Gharyan killed 20 people on 24 June 2019, residents said.")
    call("run", reports, out)
    joined = max(lines(out / "incidents.jsonl"), key=lambda one: len(one["reports"]))
    call("judge", "split", joined["id"], news, "--reason", "another market")
    for inputs in ([reports], [reports / "two.txt", news], [reports]):
        call("run", *inputs, out)
        call("run", *inputs, tmp_path / "afresh")
        assert all((out / name).read_bytes() == (tmp_path / "afresh" / name).read_bytes() for name in FILES[:-1])
        (tmp_path / "afresh" / "ledger.linking").unlink()
    assert len(lines(out / "incidents.jsonl")) == 3
    (out / "ledger.linking").write_bytes(b"damaged")
    assert "0 changes" in call("run", reports, out).output


def test_a_new_report_is_not_a_reason_to_compare_the_old_ones_again(
    call: Call, reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("run", reports, tmp_path / "out")
    compared: list[set[str]] = []
    whole = compare.score

    def noted(left: Profile, right: Profile) -> float:
        compared.append({left.report, right.report})
        return whole(left, right)

    monkeypatch.setattr(across, "score", noted)
    (reports / "four.txt").write_text("Gunmen shot dead a judge in Baidoa on 4 March 2018, police said.")
    call("run", reports, tmp_path / "out")
    known = {one["report"]["id"]: one["report"]["input_id"] for one in lines(tmp_path / "out" / "readings.jsonl")}
    assert all("four.txt" in " ".join(known[one] for one in pair) for pair in compared)
