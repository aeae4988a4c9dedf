"""The linked tables: every way of asking finds what was put in, states are whole, and hostile words find nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from according.errors import UsageError
from according.pipeline import Linked, link_readings
from according.scale.generate import coverage
from according.store import Ledger
from according.store.linked import Change, LinkedLedger
from according.store.linked_filter import Filter

READINGS = [made.reading for made in coverage(30, seed=3)]
LINKED: Linked = link_readings(READINGS)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("linked") / "ledger.db"
    with Ledger(path) as ledger:
        for reading in READINGS:
            ledger.add(reading, "generated")
    LinkedLedger(path).replace(LINKED.incidents, LINKED.spells, LINKED.ties)
    return path


@pytest.fixture
def ledger(path: Path) -> LinkedLedger:
    return LinkedLedger(path)


def everything(ledger: LinkedLedger, asked: Filter, limit: int) -> list[str]:
    found: list[str] = []
    after = None
    while True:
        page = ledger.incidents(asked, after, limit)
        found += [one.id for one in page.items]
        after = page.after
        if after is None:
            return found


@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_pages_of_any_size_give_every_incident_once_newest_first(ledger: LinkedLedger, limit: int) -> None:
    found = everything(ledger, Filter(), limit)
    assert sorted(found) == sorted(one.id for one in LINKED.incidents)
    days = [one.time.earliest or "" if (one := ledger.incident(name)) and one.time else "" for name in found]
    assert days == sorted(days, reverse=True)


def test_each_filter_gives_just_the_incidents_that_it_describes(ledger: LinkedLedger) -> None:
    some = next(one for one in LINKED.incidents if one.place and one.attribution and one.time and one.time.earliest)
    assert some.place
    assert some.place.place
    assert some.time
    where = some.place.place
    day, town = some.time.earliest or "", some.place.referent or ""
    actor = some.attribution[0].actor or ""
    east, north = where.longitude or 0.0, where.latitude or 0.0
    box = (east, north, east, north)
    asked: dict[Filter, Callable[[Any], bool]] = {
        Filter(predicates=(some.predicate,)): lambda one: one.predicate == some.predicate,
        Filter(countries=(where.country or "",)): lambda one: one.place.place.country == where.country,
        Filter(places=(town,)): lambda one: one.place.referent == town,
        Filter(actors=(actor,)): lambda one: actor in {each.actor for each in one.attribution},
        Filter(grades=(some.grade,)): lambda one: one.grade == some.grade,
        Filter(since=day, until=day): lambda one: one.time.earliest <= day <= one.time.latest,
        Filter(box=box): lambda one: (one.place.place.longitude, one.place.place.latitude) == box[:2],
    }
    for filtered, holds in asked.items():
        wanted = {one.id for one in LINKED.incidents if one.place and one.time and one.time.earliest and holds(one)}
        assert wanted
        assert wanted == set(everything(ledger, filtered, 50)), filtered
        assert ledger.count(filtered) == len(wanted)


def test_tolls_compare_with_what_somebody_gives(ledger: LinkedLedger) -> None:
    least, most = Filter(toll_least=12), Filter(toll_most=11)
    high, low = set(everything(ledger, least, 50)), set(everything(ledger, most, 50))
    for one in LINKED.incidents:
        killed = [tally for tally in one.tallies if tally.effect == "killed"]
        if killed:
            assert (one.id in high) == any(tally.open_ended or (tally.high or 0) >= 12 for tally in killed)
            assert (one.id in low) == any((tally.low or 0) <= 11 for tally in killed)


def test_a_box_over_the_date_line_has_both_of_its_sides(ledger: LinkedLedger) -> None:
    assert everything(ledger, Filter(box=(9.0, -90.0, 8.0, 90.0)), 50) == everything(ledger, Filter(), 50)
    assert everything(ledger, Filter(box=(170.0, -90.0, -170.0, 90.0)), 50) == []


@pytest.mark.parametrize("said", ["yesterday", "2020-13", "2020-02-30", "２０２０", "20-20-20", "2020-1-1", ""])
def test_what_is_no_date_is_refused_in_one_line(ledger: LinkedLedger, said: str) -> None:
    if said:
        with pytest.raises(UsageError, match="no date"):
            ledger.incidents(Filter(since=said))
    with pytest.raises(UsageError, match="go on from"):
        ledger.incidents(after=said or "!")


def test_a_report_has_its_reading_and_its_incidents(ledger: LinkedLedger) -> None:
    reading = READINGS[4]
    assert ledger.reading(reading.report.id) == reading
    claims = {claim.id for claim in reading.claims}
    wanted = {one.id for one in LINKED.incidents if claims & set(one.claims)}
    assert {one.id for one in ledger.incidents_of(reading.report.id)} == wanted
    for name in wanted:
        assert reading.report.id in {line.id for line in ledger.reports_of(name)}
    assert ledger.reading("nobody's") is None


def test_words_find_reports_quotes_incidents_places_and_actors(ledger: LinkedLedger) -> None:
    town = next(one.place.place.name for one in LINKED.incidents if one.place and one.place.place)
    kinds = {hit.kind for hit in ledger.search(town.upper(), limit=500).items}
    assert {"report", "quote", "incident", "place"} <= kinds
    assert {hit.kind for hit in ledger.search("Front", ["actor"]).items} == {"actor"}
    first = ledger.search(town, limit=3)
    second = ledger.search(town, after=first.after, limit=3)
    assert not {hit.id for hit in first.items} & {hit.id for hit in second.items}
    assert ledger.search(f'"{town} killed"').items == ()


HOSTILE = [
    '"',
    "a OR",
    "NEAR(a b",
    "title:x",
    "*",
    "^a",
    "-a",
    "a AND NOT",
    "(",
    "'; DROP TABLE reading; --",
    "a\0b",
    "_",
    '""',
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_query_raises(ledger: LinkedLedger, typed: str) -> None:
    ledger.search(typed)
    ledger.incidents(Filter(words=typed))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_no_words_at_all_raise(path: Path, typed: str) -> None:
    ledger = LinkedLedger.__new__(LinkedLedger)
    ledger._path, ledger._threads = path, threading.local()
    ledger.search(typed)
    ledger.close()


def test_snippets_are_escaped(tmp_path: Path) -> None:
    kept = READINGS[0]
    text = "Killed <script>alert(1)</script> at the \ue000market\ue001 & gone."
    hostile = type(kept)(report=type(kept.report)(id="r", text=text, title="<b>"))
    ledger = LinkedLedger(tmp_path / "ledger.db")
    ledger.replace([], [], [], [hostile])
    (hit,) = ledger.search("market").items
    assert hit.snippet == "Killed &lt;script&gt;alert(1)&lt;/script&gt; at the <mark>market</mark> &amp; gone."


def test_former_addresses_lead_to_where_their_claims_went(tmp_path: Path) -> None:
    ledger = LinkedLedger(tmp_path / "ledger.db")
    ledger.replace(LINKED.incidents, [], [], [])
    old = next(one for one in LINKED.incidents if len(one.claims) > 2)
    new = type(old)(id="new", predicate=old.predicate, reports=(), claims=old.claims[1:])
    ledger.change(Change(gone=(old.id,), made=(new,)))
    assert ledger.redirect(old.id) == "new"
    assert ledger.incident(old.id) == new
    assert ledger.redirect("new") is None
    ledger.replace([old], [], [], [])
    assert ledger.incident("new") == old


def test_a_reader_holds_one_state_while_another_is_written(tmp_path: Path) -> None:
    ledger = LinkedLedger(tmp_path / "ledger.db")
    first = ledger.replace(LINKED.incidents, LINKED.spells, LINKED.ties, READINGS)
    with ledger.snapshot():
        assert ledger.version() == first
        writer = threading.Thread(target=lambda: ledger.replace([], [], [], []))
        writer.start()
        writer.join()
        assert ledger.version() == first
        assert ledger.count() == len(LINKED.incidents)
    assert ledger.version() != first
    assert ledger.count() == 0
    assert ledger.reports().items == ()
    assert ledger.search("killed").items == ()


def test_a_reading_taken_away_leaves_no_words(tmp_path: Path) -> None:
    ledger = LinkedLedger(tmp_path / "ledger.db")
    ledger.replace([], [], [], READINGS[:1])
    place = next(one for one in READINGS[0].resolutions if one.role == "place")
    assert ledger.place(place.referent or "")
    assert ledger.search(place.name or "").items
    ledger.change(Change(withdrawn=(READINGS[0].report.id,)))
    assert ledger.place(place.referent or "") is None
    assert ledger.search(place.name or "").items == ()
