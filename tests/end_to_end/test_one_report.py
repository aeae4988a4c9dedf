"""One report by itself: reading it and linking it alone say the same of every incident."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from according.ingest import IngestOptions, read_inputs
from according.issues import Issues
from according.pipeline import link_readings, read_report
from according.records import Reading, Report
from according.settings import load_settings
from according.vocabulary import load_vocabulary

EXAMPLES = Path(__file__).parents[2] / "examples"


def reports() -> list[Report]:
    return [one.report for one in read_inputs([str(EXAMPLES)], IngestOptions(), load_settings()) if one.report]


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return [read_report(report, load_vocabulary(), Issues(report.input_id)) for report in reports()]


def test_linking_a_report_alone_changes_none_of_its_incidents(readings: list[Reading]) -> None:
    for reading in readings:
        linked = link_readings([reading])
        assert sorted(reading.incidents, key=lambda one: one.id) == list(linked.incidents)
        assert [msgspec.structs.replace(one, as_of=None) for one in reading.spells] == list(linked.spells)
        assert reading.ties == linked.ties


def test_what_only_one_report_tells_stays_as_it_reads_beside_others(readings: list[Reading]) -> None:
    own = {one.id: one for reading in readings for one in reading.incidents}
    linked = link_readings(readings).incidents
    alone = [one for one in linked if one.id in own]
    assert alone
    assert any(one.id not in own for one in linked)
    told = [(one.predicate, one.place, one.time) for one in alone]
    assert told == [(own[one.id].predicate, own[one.id].place, own[one.id].time) for one in alone]
