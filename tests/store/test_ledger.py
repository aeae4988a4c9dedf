from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from according.errors import UsageError
from according.records import Claim, Incident, PlaceReading, Reading, Report, Resolution, Span, report_id, with_id
from according.store import Ledger

TOWN = PlaceReading(name="Saltmarsh", country="XX", latitude=1.0, longitude=2.0, precision="town")


def a_reading(text: str = "Rebels took Saltmarsh.", url: str | None = None) -> Reading:
    report = Report(id=report_id(url, text), text=text, input_id="one", url=url, title="Saltmarsh falls")
    claim = with_id(Claim(id="", report=report.id, evidence=Span.cut(text, 0, len(text)), predicate="take"))
    place = Resolution(claim=claim.id, role="place", referent="place:x/1", name="Saltmarsh", basis="stated", place=TOWN)
    incident = Incident(id="i" + claim.id, predicate="take", reports=("one",), claims=(claim.id,))
    return Reading(report=report, claims=(claim,), resolutions=(place,), incidents=(incident,))


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "ledger.db")


def test_what_is_added_comes_back_equal(ledger: Ledger) -> None:
    reading = a_reading()
    assert ledger.add(reading, "rules/1") == "added"
    assert ledger.reading(reading.report.id) == reading
    assert ledger.reading("one") == reading


def test_adding_again_changes_nothing(ledger: Ledger) -> None:
    ledger.add(a_reading(), "rules/1")
    before = ledger.count()
    assert ledger.add(a_reading(), "rules/1") == "unchanged"
    assert ledger.add(a_reading(), "rules/2") == "reread"
    assert ledger.count() == before == {"reading": 1, "claim": 1, "incident": 1}


def test_a_place_is_found_by_name_in_any_case_and_by_referent(ledger: Ledger) -> None:
    reading = a_reading()
    ledger.add(reading, "rules/1")
    assert ledger.referents("place", "saltmarsh") == {"place:x/1": "Saltmarsh"}
    assert ledger.readings_about("place", ["place:x/1"]) == [reading]
    assert ledger.referents("place", "Elsewhere") == {}


def test_claims_and_incidents_are_found_by_the_beginning_of_their_ids(ledger: Ledger) -> None:
    reading = a_reading()
    ledger.add(reading, "rules/1")
    assert ledger.reading_with_claim(reading.claims[0].id[:8]) == reading
    assert ledger.reading_with_incident(reading.incidents[0].id[:8]) == reading
    assert ledger.reading_with_claim("zzz") is None


def test_an_ambiguous_beginning_is_refused(ledger: Ledger) -> None:
    for number in range(20):
        ledger.add(a_reading(f"Rebels took Saltmarsh {number} times."), "rules/1")
    with pytest.raises(UsageError, match="several"):
        ledger.reading_with_incident("i")


def test_a_changed_page_supersedes_the_old_one_which_stays(ledger: Ledger) -> None:
    old = a_reading("Rebels took Saltmarsh.", url="https://example.org/a")
    new = a_reading("Rebels took Saltmarsh on Monday.", url="https://example.org/a")
    ledger.add(old, "rules/1")
    ledger.add(new, "rules/1")
    assert list(ledger.readings()) == [new]
    assert ledger.reading(old.report.id) == old


def test_what_is_no_ledger_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_bytes(b"this is not a database, it is a note of some length" * 50)
    with pytest.raises(UsageError, match="cannot be used as a ledger"):
        Ledger(tmp_path / "notes.db")


WRITER = """
import sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from test_ledger import a_reading
from according.store import Ledger
ledger = Ledger(Path({path!r}))
for number in range(100000):
    reading = a_reading(f"Rebels took Saltmarsh for the {{number}}th time.")
    ledger.add(reading, "rules/1")
    print(reading.report.id, flush=True)
"""


def test_a_killed_writer_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    code = WRITER.format(tests=str(Path(__file__).parent), path=str(path))
    writer = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    acknowledged = [writer.stdout.readline().strip() for _ in range(20)]
    time.sleep(0.05)
    os.kill(writer.pid, signal.SIGKILL)
    acknowledged += [line.strip() for line in writer.stdout.read().splitlines() if len(line.strip()) == 20]
    writer.wait()
    writer.stdout.close()
    with Ledger(path) as ledger:
        counts = ledger.count()
        assert all(ledger.reading(report) is not None for report in acknowledged)
    assert counts["reading"] == counts["claim"] == counts["incident"] >= len(acknowledged)
