"""What must hold of many reports together, whatever they say and whatever people decide about them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from according.export.reading import incident_json, place_resolutions, spell_json, tie_json
from according.ingest import ingest_html, ingest_text
from according.issues import Issues
from according.pipeline import Linked, link_readings, read_report
from according.records import Incident, Reading
from according.scale.incremental import Linker
from according.store import HumanJudgement, JudgementLog
from according.store.judgements import Subject
from according.vocabulary import load_vocabulary

WIRE = "At least 7 people were killed when warplanes struck a market in Gharyan late on Monday, a medic said."
PAGE = """<html><head><title>Market bombed in Gharyan</title></head><body><article><h1>Market bombed in Gharyan</h1>
<p>An air strike killed 12 people at a market in Gharyan on 24 June 2019, the health ministry said. Rescuers dug through
the rubble of a dozen stalls until the morning, and the wounded were taken to two hospitals in the town.</p></article>
<section id="comments"><h2>2 comments</h2><ol class="comment-list">
<li class="comment" id="comment-1"><cite>Old hand</cite><p>No way. At least 400 people were killed in Gharyan on 24 June
2019, and it was Egypt that bombed the market.</p></li>
<li class="comment" id="comment-2"><cite>Reader</cite><p>The Libyan National Army captured Gharyan on 20 June 2019, my
cousin says.</p></li></ol></section></body></html>"""
COVERAGE = (
    ("wire", "2019-06-25", WIRE),
    ("copy", "2019-06-25", "Market bombed. " + WIRE),
    ("night", "2019-06-25", "Jets bombed the market of Gharyan early on Tuesday, killing a dozen, a nurse said."),
    ("risen", "2019-06-28", "The toll of the air strike on a market in Gharyan on 24 June rose to 31, a doctor said."),
    ("denied", "2019-06-26", "The Libyan National Army denied that its planes bombed Gharyan on Monday night."),
    ("blamed", "2019-06-26", "The mayor accused the Libyan National Army of the strike on Gharyan on 24 June 2019."),
    ("next", "2019-06-30", "An air strike killed 3 people at a checkpoint in Gharyan on Saturday, police said."),
    ("year", "2020-06-25", "Shelling killed two teachers at a school in Gharyan on 24 June 2020, an official said."),
    ("held", "2019-04-08", "The Libyan National Army, which Egypt backs, captured Gharyan on 4 April 2019."),
    ("lost", "2019-06-28", "Government forces recaptured Gharyan from the Libyan National Army on 26 June 2019."),
    ("page", "2019-06-26", PAGE),
)  # fmt: skip
NAMES = [name for name, *_ in COVERAGE]
CHOSEN = st.lists(st.sampled_from(NAMES), min_size=2, max_size=7, unique=True)
DECISIONS = st.lists(
    st.tuples(st.sampled_from(["same", "different", "split", "move"]), st.integers(0, 99), st.integers(0, 99)),
    min_size=1,
    max_size=4,
)
few = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@cache
def read(name: str) -> Reading:
    published, text = {one: (day, words) for one, day, words in COVERAGE}[name]
    known: dict[str, Any] = {"published": published, "input_id": name, "url": f"https://{name}.example/news"}
    report = ingest_html(text.encode(), **known) if text.startswith("<html") else ingest_text(text, **known)
    return read_report(report, load_vocabulary(), Issues(name))


def comments(readings: Sequence[Reading]) -> set[str]:
    return {claim.id for one in readings for claim in one.claims if claim.block == "comment"}


def as_bytes(linked: Linked) -> bytes:
    places = place_resolutions(one for reading in linked.readings for one in reading.resolutions)
    rows = [incident_json(one) for one in linked.incidents]
    rows += [spell_json(one, places) for one in linked.spells] + [tie_json(one) for one in linked.ties]
    return json.dumps(rows).encode()


def rests_on(linked: Linked) -> list[tuple[str, ...]]:
    """The claims of every derived value, one item a value."""
    values = [one.claims for one in linked.incidents]
    for incident in linked.incidents:
        values += [tuple(figure.claim for figure in tally.figures) for tally in incident.tallies]
        values += [one.claims for one in incident.attribution]
    values += [(*one.claims_for, *one.claims_against) for one in linked.spells]
    values += [(*one.claims_for, *one.claims_against) for one in linked.ties]
    return values


@few
@given(CHOSEN)
def test_every_derived_value_names_claims_and_no_value_rests_on_a_comment(chosen: list[str]) -> None:
    readings = [read(name) for name in chosen]
    linked = link_readings(readings)
    known = {claim.id for one in readings for claim in one.claims} - comments(readings)
    assert all(claims and known.issuperset(claims) for claims in rests_on(linked))
    for incident in linked.incidents:
        about = [figure.claim for tally in incident.tallies for figure in tally.figures]
        assert set(incident.claims).issuperset(
            [*about, *(claim for one in incident.attribution for claim in one.claims)]
        )


def test_the_comments_of_the_page_are_read_and_change_nothing_but_themselves() -> None:
    page = read("page")
    assert {claim.quantity.low for claim in page.claims if claim.quantity and claim.block == "comment"} == {400}
    told = [tally for incident in link_readings([page]).incidents for tally in incident.tallies]
    assert told
    assert all(tally.high == 12 for tally in told)
    assert not link_readings([page]).spells


@few
@given(CHOSEN, st.randoms(use_true_random=False))
def test_order_is_no_matter(chosen: list[str], random: Any) -> None:
    readings = [read(name) for name in chosen]
    shuffled = list(readings)
    random.shuffle(shuffled)
    assert as_bytes(link_readings(shuffled)) == as_bytes(link_readings(readings))


@few
@given(CHOSEN, DECISIONS)
def test_undoing_every_judgement_gives_the_same_bytes(chosen: list[str], decisions: list[tuple[str, int, int]]) -> None:
    readings = [read(name) for name in chosen]
    before = as_bytes(link_readings(readings))
    with TemporaryDirectory() as folder, JudgementLog(Path(folder) / "people.db") as log:
        made = [one for decision in decisions if (one := decide(log, readings, *decision))]
        for one in made:
            log.undo(one.id, "ana", "no")
        assert as_bytes(link_readings(readings, log.judgements())) == before


@few
@given(CHOSEN, DECISIONS, st.integers(0, 5))
def test_day_by_day_under_judgements_gives_what_linking_at_once_gives(
    chosen: list[str], decisions: list[tuple[str, int, int]], days: int
) -> None:
    readings = [read(name) for name in chosen]
    linker = Linker()
    with TemporaryDirectory() as folder, JudgementLog(Path(folder) / "people.db") as log:
        link_readings(readings[:days], linking=linker.link)
        for decision in decisions:
            decide(log, readings, *decision)
            judgements = log.judgements()
            grown = link_readings(readings, judgements, linking=linker.link)
            assert as_bytes(grown) == as_bytes(link_readings(readings, judgements))
        fewer = link_readings(readings[1:], linking=linker.link)
        assert as_bytes(fewer) == as_bytes(link_readings(readings[1:]))


def decide(log: JudgementLog, readings: Sequence[Reading], kind: str, first: int, second: int) -> HumanJudgement | None:
    """Decide something about incidents as they stand, if there is anything to decide."""
    incidents = link_readings(readings, log.judgements()).incidents
    if not incidents:
        return None
    one, other = incidents[first % len(incidents)], incidents[second % len(incidents)]
    part = Subject(id="part", claims=one.claims[: 1 + second % len(one.claims)])
    say: dict[str, Callable[[], HumanJudgement]] = {
        "same": lambda: log.same([_subject(one), _subject(other)], "ana", "why"),
        "different": lambda: log.different([_subject(one), _subject(other)], "ana", "why"),
        "split": lambda: log.split(_subject(one), part, "ana", "why"),
        "move": lambda: log.move(part, _subject(other), _subject(one), "ana", "why"),
    }
    possible = len(part.claims) < len(one.claims) if kind == "split" else one.id != other.id
    return say[kind]() if possible else None


def _subject(incident: Incident) -> Subject:
    return Subject(id=incident.id, claims=incident.claims)
