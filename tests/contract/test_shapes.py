"""The shapes that the interface promises, field by field: nothing may be missing, nothing more may be there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

import msgspec
import pytest
from click.testing import CliRunner

from according.cli import according
from according.vocabulary import load_vocabulary

PlacePrecision = Literal["exact", "neighbourhood", "town", "district", "province", "country"]
TimePrecision = Literal["day", "week", "month", "season", "year", "none"]
VoiceClass = Literal[
    "outlet", "official", "military", "medical", "witness", "organisation", "media", "commenter", "unnamed"
]


class Shape(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """An object of the interface: every field is there, null or not, and no other."""


class Span(Shape):
    start: int
    end: int
    text: str


class MaybeSpan(Shape):
    start: int | None
    end: int | None
    text: str | None


class Actor(Span):
    referent: str | None
    name: str | None


class Candidate(Shape):
    referent: str
    name: str


class Agent(Actor):
    either: list[Candidate]


class Patient(Actor):
    group: str | None


class Voice(MaybeSpan):
    voice_class: VoiceClass = msgspec.field(name="class")
    referent: str | None
    name: str | None


class Place(MaybeSpan):
    referent: str | None
    name: str | None
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: PlacePrecision | None
    province: str | None
    basis: Literal["stated", "earlier_sentence", "dateline", "headline"]
    settled_by: Span | None


class Bounds(Shape):
    earliest: str | None
    latest: str | None
    partial: str | None
    precision: TimePrecision


class Time(MaybeSpan):
    earliest: str | None
    latest: str | None
    partial: str | None
    precision: TimePrecision
    basis: Literal["stated", "relative", "dateline", "publication_bound"]
    settled_by: Span | None


class Quantity(Span):
    low: int | None
    high: int | None
    rule: str


class Claim(Shape):
    id: str
    predicate: str
    polarity: Literal["affirmed", "denied"]
    realis: Literal["happened", "ongoing", "habitual", "attempted", "failed", "planned", "hypothetical"]
    hedge: Literal["none", "reported", "probable", "possible", "unverified"]
    evidence: Span
    block: Literal["headline", "byline", "dateline", "body", "caption", "comment"]
    voices: list[Voice]
    subject: Agent | None
    object: Patient | None
    place: Place | None
    time: Time | None
    quantity: Quantity | None
    extent: Span | None
    part_of: str | None
    event: str | None
    cues: list[Span]
    method: str
    confidence: float


class Figure(Shape):
    low: int | None
    high: int | None
    claim: str
    report: str
    voice: str | None


class Rules(Shape):
    acled: int | None
    ucdp: list[int | None] | None
    two_sources: list[int | None] | None
    airwars: list[int | None] | msgspec.UnsetType | None = msgspec.UNSET


class Tally(Shape):
    group: str
    effect: Literal["killed", "injured", "missing", "displaced"]
    low: int | None
    best: int | None
    high: int | None
    open_ended: bool
    figures: list[Figure]
    rules: Rules


class Attribution(Shape):
    actor: str | None
    name: str
    blamed_by: list[str]
    claimed_by: list[str]
    denied_by: list[str]
    status: Literal["acknowledged", "claimed", "alleged", "disputed", "denied", "unclear"]


class Incident(Shape):
    id: str
    predicate: str
    reports: list[str]
    claims: list[str]
    place: Place | None
    time: Bounds | None
    tallies: list[Tally]
    attribution: list[Attribution]
    grade: Literal["confirmed", "fair", "weak", "contested", "discounted"]
    independent_voices: int
    because: list[str]


class Named(Shape):
    referent: str | None
    name: str | None


class Spell(Shape):
    place: Place
    holder: Named | None
    state: Literal["held", "contested", "besieged", "unknown"]
    start: str | None = msgspec.field(name="from")
    end: str | None = msgspec.field(name="to")
    ongoing: bool
    claims_for: list[str]
    claims_against: list[str]
    as_of: str | None


class Tie(Shape):
    source: Named = msgspec.field(name="from")
    target: Named = msgspec.field(name="to")
    kind: Literal["backs", "leads", "part_of", "allied_with", "hostile_to", "broke_away_from", "became"]
    since: str | None
    until: str | None
    claims_for: list[str]
    claims_against: list[str]


class Block(Shape):
    kind: Literal["headline", "byline", "dateline", "body", "caption", "furniture", "comment"]
    start: int
    end: int
    author: str | None
    parent: int | None


class Issue(Shape):
    level: Literal["info", "warning", "error"]
    code: str
    message: str
    start: int | None
    end: int | None


class Report(Shape):
    id: str
    input_id: str | None
    source: str | None
    url: str | None
    title: str | None
    author: str | None
    published: str | None
    language: str | None


class Reading(Shape):
    report: Report
    blocks: list[Block]
    claims: list[Claim]
    incidents: list[Incident]
    spells: list[Spell]
    ties: list[Tie]
    issues: list[Issue]


class NamedIssue(Issue):
    input_id: str | None
    report: str


EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
INPUTS = ("tajoura.jsonl", "kupiansk.md", "shusha.txt", "gharyan.html")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``according run`` writes of some examples, and of an input that gives no report."""
    folder = tmp_path_factory.mktemp("shapes")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    inputs = [*(str(EXAMPLES / name) for name in INPUTS), str(folder / "empty.txt")]
    result = CliRunner().invoke(according, ["run", *inputs, str(folder / "out")], standalone_mode=False)
    assert result.return_value == 1, result.output
    return folder / "out"


def lines(path: Path, shape: type) -> list[object]:
    return [msgspec.json.decode(line, type=shape, strict=True) for line in path.read_bytes().splitlines()]


@pytest.mark.parametrize(
    ("name", "shape", "least"),
    [
        ("readings.jsonl", Reading, 7),
        ("incidents.jsonl", Incident, 8),
        ("spells.jsonl", Spell, 8),
        ("ties.jsonl", Tie, 4),
        ("issues.jsonl", NamedIssue, 1),
    ],
)
def test_every_line_has_exactly_the_shape_of_the_interface(out: Path, name: str, shape: type, least: int) -> None:
    assert len(lines(out / name, shape)) >= least


def test_claims_are_named_where_they_are_told_of(out: Path) -> None:
    readings = [json.loads(line) for line in (out / "readings.jsonl").read_bytes().splitlines()]
    known = {claim["id"] for reading in readings for claim in reading["claims"]}
    inputs = {reading["report"]["input_id"] for reading in readings}
    incidents = [json.loads(line) for line in (out / "incidents.jsonl").read_bytes().splitlines()]
    assert all(known >= set(incident["claims"]) for incident in incidents)
    assert all(inputs >= set(incident["reports"]) for incident in incidents)
    for name in ("spells.jsonl", "ties.jsonl"):
        told = [json.loads(line) for line in (out / name).read_bytes().splitlines()]
        assert all(known >= {*one["claims_for"], *one["claims_against"]} for one in told)


def test_predicates_are_those_of_the_vocabulary(out: Path) -> None:
    readings = [json.loads(line) for line in (out / "readings.jsonl").read_bytes().splitlines()]
    assert {claim["predicate"] for one in readings for claim in one["claims"]} <= load_vocabulary().predicates.keys()


def test_an_input_without_a_report_has_a_reading_that_says_why(out: Path) -> None:
    last = json.loads((out / "readings.jsonl").read_bytes().splitlines()[-1])
    assert last["report"]["id"] == ""
    assert [issue["code"] for issue in last["issues"]] == ["empty_input"]
    assert last["claims"] == last["incidents"] == []
