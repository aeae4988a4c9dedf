"""The newsroom: day by day the tables are what they would be if made at once, and people's decisions take effect."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from according.errors import UsageError
from according.ingest import ingest_text
from according.maps.policy import Policy
from according.pipeline import link_readings
from according.records import Incident, Reading
from according.scale.generate import coverage
from according.store.judgements import JudgementLog, Subject
from according.store.ledger import Ledger
from according.store.linked import LinkedLedger
from according.store.shown_history import changes_about, last_changed
from according.web.newsroom import Newsroom

READINGS = [made.reading for made in coverage(25, seed=9)]
TEXT = "Army troops captured the town of Derna on Monday. At least 17 people were killed in an air strike on Derna."


def all_of(linked: LinkedLedger) -> list[Incident]:
    return sorted(linked.incidents(limit=10_000).items, key=lambda one: one.id)


def at_once(readings: Sequence[Reading]) -> list[Incident]:
    return sorted(link_readings(readings).incidents, key=lambda one: one.id)


@pytest.fixture
def room(tmp_path: Path) -> Newsroom:
    return Newsroom(tmp_path / "ledger.db")


def test_days_of_reports_give_what_all_at_once_gives(room: Newsroom) -> None:
    for start in range(0, len(READINGS), 20):
        room.keep(READINGS[start : start + 20])
    assert all_of(room.linked) == at_once(READINGS)


def test_what_a_command_added_is_taken_up_at_the_next_start(room: Newsroom, tmp_path: Path) -> None:
    room.keep(READINGS[:30])
    room.close()
    with Ledger(tmp_path / "ledger.db") as ledger:
        for reading in READINGS[30:]:
            ledger.add(reading, "other")
    later = Newsroom(tmp_path / "ledger.db")
    said: list[str] = []
    assert later.open(said.append)
    assert said
    assert all_of(later.linked) == at_once(READINGS)
    later.close()
    assert not Newsroom(tmp_path / "ledger.db").open()


def test_a_report_is_read_kept_and_found(room: Newsroom) -> None:
    reading = room.take(ingest_text(TEXT, title="Fall of Derna", published="2014-04-11", source="The Lantern"))
    assert room.linked.reading(reading.report.id) == reading
    assert {spell.holder_name for spell in room.linked.spells("place:geonames/87205")}
    assert [hit.id for hit in room.linked.search("fall", ["report"]).items] == [reading.report.id]
    with pytest.raises(UsageError):
        room.fetch("http://127.0.0.1:9/nothing")


def test_a_new_version_of_a_page_takes_the_place_of_the_old(room: Newsroom) -> None:
    room.take(ingest_text(TEXT, url="https://example.org/derna"))
    new = room.take(ingest_text(TEXT.replace("17", "19"), url="https://example.org/derna"))
    assert [line.id for line in room.linked.reports().items] == [new.report.id]
    assert room.linked.search("17").items == ()
    tolls = [tally.low for one in all_of(room.linked) for tally in one.tallies]
    assert tolls == [19]


def test_judgements_take_effect_and_are_undone(tmp_path: Path) -> None:
    with JudgementLog(tmp_path / "people.db") as log:
        room = Newsroom(tmp_path / "ledger.db", judgements=log.judgements)
        room.keep(READINGS)
        before = all_of(room.linked)
        one, other = before[0], before[-1]
        said = log.same([Subject(id=each.id, claims=each.claims) for each in (one, other)], "ana", "one strike")
        room.follow()
        assert len(all_of(room.linked)) == len(before) - 1
        assert room.linked.redirect(one.id) == room.linked.redirect(other.id) is not None
        assert all_of(room.linked) == sorted(
            link_readings(READINGS, log.judgements()).incidents, key=lambda each: each.id
        )
        log.undo(said.id, "ana", "two strikes")
        room.follow()
        assert all_of(room.linked) == before


def test_two_newsrooms_do_not_undo_each_other(tmp_path: Path) -> None:
    one, other = Newsroom(tmp_path / "ledger.db"), Newsroom(tmp_path / "ledger.db")
    one.keep(READINGS[:20])
    other.keep(READINGS[20:40])
    threads = [
        threading.Thread(target=lambda room=room, start=start: room.keep(READINGS[start : start + 20]))
        for room, start in ((one, 40), (other, 60))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all_of(one.linked) == at_once(READINGS[:80])


def test_what_came_due_while_nobody_was_there_is_shown_at_the_start(tmp_path: Path) -> None:
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    report = ingest_text(TEXT)
    policies = {report.id: Policy(not_before="2026-01-02T00:00:00+00:00")}
    Newsroom(tmp_path / "ledger.db", policies=lambda: policies, clock=lambda: now[0]).take(report)
    now[0] += timedelta(days=2)
    later = Newsroom(tmp_path / "ledger.db", policies=lambda: policies, clock=lambda: now[0])
    assert later.linked.count() == 0
    assert later.open()
    assert later.linked.count() == 1


def test_work_goes_on_after_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("according.web.newsroom._LONGEST_WAIT_S", 0.05)
    failures = [UsageError("the people's database is away")] * 2

    def policies() -> dict[str, Policy]:
        if failures:
            raise failures.pop()
        return {}

    with Ledger(tmp_path / "ledger.db") as ledger:
        ledger.add(READINGS[0], "other")
    room = Newsroom(tmp_path / "ledger.db", policies=policies)
    with room.at_work():
        for _ in range(100):
            if room.linked.count():
                break
            time.sleep(0.05)
    assert room.linked.count()


HOLDERS = (
    ("2014-04-12", "Army troops captured Derna on April 10, 2014. Turkey backs the Libyan army."),
    ("2014-06-02", "Rebels captured Derna from the army on June 1, 2014. They still hold Derna."),
    ("2014-07-02", "Rebels besieged Tobruk on July 1, 2014. Egypt backs the Libyan army, Qatar backs the rebels."),
    ("2014-08-02", "The Libyan army retook Derna from the rebels on August 1, 2014."),
)


def test_spells_ties_and_towns_grow_to_what_they_are_all_at_once(room: Newsroom, tmp_path: Path) -> None:
    for published, text in HOLDERS:
        room.take(ingest_text(text, published=published, source=published))
    grown = room.linked
    whole = LinkedLedger(tmp_path / "ledger.db")
    before = sorted(map(str, grown.spells())), sorted(map(str, grown.ties())), grown.towns()
    assert all(before)
    room.rebuild()
    assert (sorted(map(str, whole.spells())), sorted(map(str, whole.ties())), whole.towns()) == before


def test_a_report_that_is_held_back_appears_when_its_time_comes(tmp_path: Path) -> None:
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    policies: dict[str, Policy] = {}
    room = Newsroom(tmp_path / "ledger.db", policies=lambda: policies, clock=lambda: now[0])
    report = ingest_text(TEXT)
    policies[report.id] = Policy(not_before="2026-01-02T00:00:00+00:00")
    room.take(report)
    assert room.linked.count() == 0
    assert room.linked.reading(report.id) is None
    assert room.linked.search("Derna").items == ()
    assert room.next_due() == now[0] + timedelta(days=1)
    now[0] += timedelta(days=1)
    with room.at_work():
        for _ in range(200):
            if room.linked.count():
                break
            time.sleep(0.05)
    assert room.linked.reading(report.id) is not None
    policies[report.id] = Policy(withheld=True)
    room.follow()
    assert room.linked.count() == 0
    assert room.linked.spells() == ()


def test_readers_never_see_half_of_a_change(room: Newsroom) -> None:
    room.keep(READINGS[:20])
    stop = threading.Event()
    wrong: list[str] = []

    def look() -> None:
        while not stop.is_set():
            with room.linked.snapshot():
                reports = {line.id for line in room.linked.reports(limit=1000).items}
                for incident in room.linked.incidents(limit=1000).items:
                    wrong.extend(line.id for line in room.linked.reports_of(incident.id) if line.id not in reports)
                    if not room.linked.reports_of(incident.id):
                        wrong.append(incident.id)
        room.linked.close()

    reader = threading.Thread(target=look)
    reader.start()
    for start in range(20, len(READINGS), 25):
        room.keep(READINGS[start : start + 25])
    stop.set()
    reader.join()
    assert wrong == []


STRIKE = "At least {} people were killed in an air strike on Derna, Libya, on 3 May 2019, medics said."


def test_what_changes_is_noted_at_the_incident_and_forgotten_when_a_policy_hides_it(tmp_path: Path) -> None:
    policies: dict[str, Policy] = {}
    ledger = tmp_path / "ledger.db"
    room = Newsroom(ledger, policies=lambda: policies)
    one = room.take(ingest_text(STRIKE.format(17), source="A", published="2019-05-04"))
    room.take(ingest_text(STRIKE.format(19), source="B", published="2019-05-04"))
    (strike,) = room.linked.incidents_of(one.report.id)
    fields = {each.field: (each.old, each.new) for each in changes_about(ledger, strike.id)}
    assert fields["incident"][0] is None
    assert fields["reports"] == ("1", "2")
    assert last_changed(ledger, [strike.id])
    policies[one.report.id] = Policy(place_as="country")
    room.follow()
    assert {each.field for each in changes_about(ledger, strike.id)} <= {"incident"}
    later = Newsroom(ledger, policies=lambda: policies)
    before = [changes_about(ledger, each.id) for each in all_of(room.linked)]
    assert not later.open()
    later.rebuild()
    assert [changes_about(ledger, each.id) for each in all_of(room.linked)] == before
