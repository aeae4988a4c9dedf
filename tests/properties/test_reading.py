"""What must hold of every reading, whatever the text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from according.export.reading import to_json
from according.export.reading_back import from_json
from according.ingest import ingest_text
from according.issues import Issues
from according.pipeline import link_readings, read_report
from according.records import Reading, Span, claim_id
from according.vocabulary import load_vocabulary

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
SENTENCES = [
    sentence.strip()
    for path in sorted(EXAMPLES.glob("*.txt"))
    for sentence in path.read_text(encoding="utf-8").replace("\n", " ").split(". ")
    if sentence.strip()
]
UNRELATED = "Two people were wounded when a bomb went off in Cali on 3 May 2011, police in Colombia said."


def read(text: str, name: str = "one", published: str | None = "2020-06-01") -> Reading:
    report = ingest_text(text, published=published, input_id=name)
    return read_report(report, load_vocabulary(), Issues(name))


texts = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(lambda chosen: ". ".join(chosen) + ".")
slow = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def spans_of(reading: Reading) -> list[Span]:
    spans: list[Span | None] = []
    for claim in reading.claims:
        spans += [claim.evidence, claim.subject, claim.object, claim.place, claim.time, claim.extent, *claim.cues]
        spans += [voice.span for voice in claim.voices]
        spans.append(claim.quantity.span if claim.quantity else None)
    spans += [resolution.span for resolution in reading.resolutions]
    return [span for span in spans if span]


@slow
@given(texts)
def test_every_span_is_the_text_it_says(text: str) -> None:
    reading = read(text)
    assert all(reading.report.text[span.start : span.end] == span.text for span in spans_of(reading))
    assert all(block.end <= len(reading.report.text) for block in reading.report.blocks)


@slow
@given(texts)
def test_ids_follow_from_what_is_said_and_reading_again_gives_the_same(text: str) -> None:
    reading = read(text)
    assert all(claim.id == claim_id(claim) for claim in reading.claims)
    assert len({claim.id for claim in reading.claims}) == len(reading.claims)
    assert read(text) == reading


@slow
@given(texts)
def test_everything_derived_names_claims_of_the_reading(text: str) -> None:
    reading = read(text)
    known = {claim.id for claim in reading.claims}
    rests_on = [set(incident.claims) for incident in reading.incidents]
    rests_on += [set(spell.claims_for) for spell in reading.spells]
    rests_on += [set(tie.claims_for) | set(tie.claims_against) for tie in reading.ties]
    assert all(claims and claims <= known for claims in rests_on)
    assert {resolution.claim for resolution in reading.resolutions} <= known


@slow
@given(texts)
def test_the_interface_keeps_everything_it_shows(text: str) -> None:
    written = to_json(read(text), with_text=True)
    assert to_json(from_json(json.loads(json.dumps(written))), with_text=True) == written


@slow
@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    if text.strip():
        read("Reports: " + text)


@slow
@given(st.lists(texts, min_size=2, max_size=4, unique=True), st.randoms())
def test_linking_gives_the_same_in_any_order_and_an_unrelated_report_changes_nothing(
    chosen: list[str], random: object
) -> None:
    readings = [read(text, str(number)) for number, text in enumerate(chosen)]
    linked = link_readings(readings)
    backwards = link_readings(readings[::-1])
    assert set(map(repr, backwards.incidents)) == set(map(repr, linked.incidents))
    assert set(map(repr, backwards.spells)) == set(map(repr, linked.spells))
    widened = link_readings([*readings, read(UNRELATED, "unrelated", "2011-05-04")])
    assert set(map(repr, linked.incidents)) <= set(map(repr, widened.incidents))


def test_a_comment_is_counted_nowhere() -> None:
    page = (EXAMPLES / "gharyan.html").read_text(encoding="utf-8")
    from according.ingest import ingest_html  # noqa: PLC0415

    report = ingest_html(page.encode(), input_id="page")
    reading = read_report(report, load_vocabulary(), Issues("page"))
    comments = {claim.id for claim in reading.claims if claim.block == "comment"}
    assert comments
    figures = {figure.claim for incident in reading.incidents for tally in incident.tallies for figure in tally.figures}
    assert not figures & comments
    assert not any(comments & set(incident.claims) for incident in reading.incidents)


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_nothing_is_refused_in_plain_words(text: str) -> None:
    from according.ingest import UnreadableError  # noqa: PLC0415

    with pytest.raises(UnreadableError):
        ingest_text(text)
