"""The records that flow through According, in flow order.

Every record is a frozen :class:`msgspec.Struct`. Offsets are code points into ``Report.text``. A claim says what one
report says in one place and never changes; resolutions, links and everything inferred lie beside it and point at it.
"""

from __future__ import annotations

import hashlib
import json
from typing import Literal

import msgspec

BlockKind = Literal["headline", "byline", "dateline", "body", "caption", "furniture", "comment"]
Polarity = Literal["affirmed", "denied"]
Realis = Literal["happened", "ongoing", "habitual", "attempted", "failed", "planned", "hypothetical"]
Hedge = Literal["none", "reported", "probable", "possible", "unverified"]
VoiceClass = Literal[
    "outlet", "official", "military", "medical", "witness", "organisation", "media", "commenter", "unnamed"
]
Role = Literal["subject", "object", "place", "time", "voice"]
PlacePrecision = Literal["exact", "neighbourhood", "town", "district", "province", "country"]
COARSE = frozenset({"province", "country"})
"""The precisions of what is no point on a map."""
TimePrecision = Literal["day", "week", "month", "season", "year", "none"]
Effect = Literal["killed", "injured", "missing", "displaced"]
AttributionStatus = Literal["acknowledged", "claimed", "alleged", "disputed", "denied", "unclear"]
Grade = Literal["confirmed", "fair", "weak", "contested", "discounted"]
SpellState = Literal["held", "contested", "besieged", "unknown"]
TieKind = Literal["backs", "leads", "part_of", "allied_with", "hostile_to", "broke_away_from", "became"]
Judgement = Literal["positive", "negative", "unsure"]
IssueLevel = Literal["info", "warning", "error"]


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Root of all records: frozen, keyword-only, equal by value."""


class Span(msgspec.Struct, frozen=True):
    """A stretch of ``Report.text``: ``text == report.text[start:end]``."""

    start: int
    end: int
    text: str

    @classmethod
    def cut(cls, text: str, start: int, end: int) -> Span:
        """Cut ``[start, end)`` out of a report's text."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}-{end} lies outside a text of {len(text)} characters")
        return cls(start, end, text[start:end])


class Issue(Record, frozen=True):
    """Something that went wrong or was doubtful while reading, in words a user can act on."""

    level: IssueLevel
    code: str
    message: str
    start: int | None = None
    end: int | None = None
    input_id: str | None = None


class Block(Record, frozen=True):
    """A part of a report of one kind; a comment also has its author and the index of the block it answers."""

    kind: BlockKind
    start: int
    end: int
    author: str | None = None
    parent: int | None = None


class Report(Record, frozen=True):
    """One report, its text normalised once and frozen. ``published`` is an ISO date, possibly partial ("2017-10")."""

    id: str
    text: str
    input_id: str | None = None
    source: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    retrieved: str | None = None
    language: str | None = None
    blocks: tuple[Block, ...] = ()


def report_id(address: str | None, text: str) -> str:
    """The id of a report: a hash of its source address and its normalised text."""
    return _digest([address, text])


class Passage(Record, frozen=True):
    """One sentence or headline. ``speaker`` is who speaks when the passage stands in a quotation longer than itself."""

    report: str
    index: int
    span: Span
    block: BlockKind
    block_index: int
    speaker: Span | None = None
    author: str | None = None


class Voice(Record, frozen=True):
    """Somebody who says something, by the words that name them. No span means the outlet or a comment's author."""

    voice_class: VoiceClass = msgspec.field(name="class")
    span: Span | None = None
    name: str | None = None


class Quantity(Record, frozen=True):
    """A number as said and as read: ``low`` and ``high`` are inclusive bounds, ``None`` is open or unknown.

    ``rule`` names the reading rule that turned the words into bounds (``exact``, ``at_least``, ``more_than``, …).
    """

    span: Span
    low: int | None
    high: int | None
    rule: str


class Claim(Record, frozen=True):
    """What one report says in one place; see :func:`claim_id` for what its identity rests on.

    ``event`` is the id of the claim that names the event this harm or place belongs to ("killed … in an air strike").
    ``group`` is the kind of people ``object`` denotes (people, civilians, children, fighters …).
    """

    id: str
    report: str
    evidence: Span
    predicate: str
    polarity: Polarity = "affirmed"
    realis: Realis = "happened"
    hedge: Hedge = "none"
    block: BlockKind = "body"
    voices: tuple[Voice, ...] = ()
    subject: Span | None = None
    object: Span | None = None
    group: str | None = None
    place: Span | None = None
    time: Span | None = None
    quantity: Quantity | None = None
    extent: Span | None = None
    cues: tuple[Span, ...] = ()
    part_of: str | None = None
    event: str | None = None
    method: str = ""
    confidence: float = 1.0


def claim_id(claim: Claim) -> str:
    """The id of a claim: a hash of report, evidence, predicate, polarity, realis, voices, roles and quantity.

    Method, confidence, hedge and cues are left out, so that a new version of the reader keeps the ids of what it
    finds again. So are ``group``, ``part_of`` and ``event``, which are readings of the roles.
    """
    return _digest(
        [
            claim.report,
            _place(claim.evidence),
            claim.predicate,
            claim.polarity,
            claim.realis,
            [_place(voice.span) for voice in claim.voices],
            [_place(claim.subject), _place(claim.object), _place(claim.place), _place(claim.time)],
            _place(claim.extent),
            [_place(claim.quantity.span), claim.quantity.low, claim.quantity.high] if claim.quantity else None,
        ]
    )


def with_id(claim: Claim) -> Claim:
    """The same claim carrying the id that its content gives it."""
    return msgspec.structs.replace(claim, id=claim_id(claim))


def _place(span: Span | None) -> list[int | str] | None:
    return None if span is None else [span.start, span.end, span.text]


def _digest(content: object) -> str:
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:20]


class Candidate(Record, frozen=True):
    """Something a mention might refer to, with how well it fits (0 to 1) and why."""

    referent: str
    name: str
    score: float
    because: str = ""


class PlaceReading(Record, frozen=True):
    """Where a place is, as precisely as the words allow. ``source`` says which gazetteer gave the coordinates."""

    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    precision: PlacePrecision
    province: str | None = None
    source: str = ""


class TimeReading(Record, frozen=True):
    """When, as an interval of ISO dates (inclusive); ``partial`` keeps what the text alone gives ("--10-31")."""

    earliest: str | None
    latest: str | None
    partial: str | None
    precision: TimePrecision


class Resolution(Record, frozen=True):
    """What a role of a claim refers to: a judgement beside the claim, with its basis and the candidates weighed.

    ``span`` is the mention that settled it when the claim's own sentence has none (a dateline, an earlier sentence).
    ``index`` tells voices apart.
    """

    claim: str
    role: Role
    referent: str | None
    basis: str
    name: str | None = None
    score: float = 1.0
    span: Span | None = None
    index: int = 0
    candidates: tuple[Candidate, ...] = ()
    place: PlaceReading | None = None
    time: TimeReading | None = None
    method: str = ""


class Feature(Record, frozen=True):
    """One compared feature of a link: its value (0 to 1), its weight, and what was compared in words."""

    name: str
    value: float
    weight: float
    working: str = ""


class Link(Record, frozen=True):
    """A judgement that two claims or reports belong together, with the features compared, by whom and when."""

    left: str
    right: str
    relation: Literal["same_incident", "copy_of", "contradicts", "supersedes"]
    judgement: Judgement
    score: float
    features: tuple[Feature, ...] = ()
    by: str = "machine"
    at: str | None = None
    reason: str = ""


class Figure(Record, frozen=True):
    """One source's figure in a tally. ``voice`` is who gives it in words ("medical sources"), or the outlet."""

    low: int | None
    high: int | None
    claim: str
    report: str
    voice: str | None = None


class Tally(Record, frozen=True):
    """How many of one group suffered one effect: every figure, and what each named rule makes of them."""

    group: str
    effect: Effect
    low: int | None
    best: int | None
    high: int | None
    open_ended: bool
    figures: tuple[Figure, ...]
    rules: dict[str, int | list[int | None] | None] = {}


class Attribution(Record, frozen=True):
    """Who blames, claims and denies an actor's part in an incident, by voice name; the status is computed."""

    actor: str | None
    name: str
    blamed_by: tuple[str, ...] = ()
    claimed_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    status: AttributionStatus = "unclear"
    claims: tuple[str, ...] = ()


class Incident(Record, frozen=True):
    """The claims that describe one event, with what follows from them; ``because`` is the working in words."""

    id: str
    predicate: str
    reports: tuple[str, ...]
    claims: tuple[str, ...]
    place: Resolution | None = None
    time: TimeReading | None = None
    tallies: tuple[Tally, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    grade: Grade = "weak"
    independent_voices: int = 0
    because: tuple[str, ...] = ()


class Spell(Record, frozen=True):
    """Who holds, contests or besieges a place over a time; each end an ISO date as precise as it is known."""

    place: str
    place_name: str
    holder: str | None
    holder_name: str | None
    state: SpellState
    start: str | None
    end: str | None
    ongoing: bool
    claims_for: tuple[str, ...]
    claims_against: tuple[str, ...] = ()
    as_of: str | None = None


class Tie(Record, frozen=True):
    """A relation between two actors, with the claims for and against it."""

    source: str
    source_name: str
    target: str
    target_name: str
    kind: TieKind
    since: str | None = None
    until: str | None = None
    claims_for: tuple[str, ...] = ()
    claims_against: tuple[str, ...] = ()


class Reading(Record, frozen=True):
    """Everything According makes of one report."""

    report: Report
    claims: tuple[Claim, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    incidents: tuple[Incident, ...] = ()
    spells: tuple[Spell, ...] = ()
    ties: tuple[Tie, ...] = ()
    issues: tuple[Issue, ...] = ()
