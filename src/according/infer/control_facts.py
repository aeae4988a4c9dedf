"""What claims of control amount to: who gained, lost, held, contested or besieged which place, and when.

A fact is one claim (or one half of a handing-over) with its roles resolved. Only claims of what is so count: plans,
attempts, failures, conditionals and denials never make a fact, and a comment never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from according.infer.control_parties import Party, one_place, said, settled
from according.records import COARSE, Claim, Resolution, Span, TimeReading
from according.vocabulary.actors.phrases import load_actor_phrases
from according.vocabulary.control import is_minor_extent, load_control_words

Change = Literal["gain", "end", "hold", "contested", "besieged"]
CONTROL = frozenset({"hold", "take", "lose", "besiege", "contest", "withdraw", "hand_over"})
REAL = frozenset({"happened", "ongoing", "habitual"})
LETTERS_BY_PRECISION = {"day": 10, "week": 10, "month": 7, "season": 7, "year": 4, "none": 10}
UPPER_BOUND_WORDS = ("until", "till", "up to", "before", "to ")
ADMISSION, INDEPENDENT, PARTISAN = 3, 2, 1
_SOME = re.compile(r"(?:another|one|two|three|four|five|six|several|some|many|more|dozens)\b")
_PERSON = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,3}")


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """One change or state of control of one place.

    ``since`` and ``until`` are ISO dates as precise as known; ``first`` and ``last`` bound them as full dates for
    ordering. ``strength`` says how much the voice has to gain from saying so: a party speaking for itself is weakest,
    an admission against itself strongest.
    """

    claim: Claim
    place: Party
    change: Change
    holder: Party | None
    other: Party | None = None
    since: str | None = None
    until: str | None = None
    first: str | None = None
    last: str | None = None
    minor: bool = False
    strength: int = INDEPENDENT

    @property
    def order(self) -> tuple[str, int, str, str]:
        """Where the fact's words stand: by report, then by place in its text."""
        return (self.claim.report, self.claim.evidence.start, self.claim.id, self.change)


class Reader:
    """Reads claims of control against their resolutions."""

    def __init__(self, resolutions: Iterable[Resolution]) -> None:
        self._roles = {(r.claim, r.role, r.index): r for r in resolutions}
        self._one_place = one_place(self._roles.values())
        self._joined: dict[tuple[str, int, int], Party] = {}

    def facts(self, claims: Iterable[Claim], as_of: str | None) -> tuple[list[Fact], list[Fact]]:
        """What all claims say is so, up to the day ``as_of``, and what they deny, each in an order of its own."""
        return known_by(self.told(claims), as_of)

    def told(self, claims: Iterable[Claim]) -> list[Fact]:
        """What all claims say is or is not so, each holder under the name its own report gives."""
        claims = [claim for claim in claims if counts(claim) or claim.predicate == "join"]
        self._read_joinings(claims)
        return [fact for claim in claims if counts(claim) and claim.realis in REAL for fact in self._facts_of(claim)]

    def _read_joinings(self, claims: Iterable[Claim]) -> None:
        """“Fighters who broke away from X and joined Y”: what those fighters take is Y's."""
        for claim in sorted(claims, key=lambda c: c.id):
            joined = self._actor(claim, "object") if claim.predicate == "join" and is_real(claim) else None
            if joined is not None and claim.subject is not None:
                self._joined[_at(claim.report, claim.subject)] = joined

    def _facts_of(self, claim: Claim) -> Iterator[Fact]:
        place = self._place(claim)
        if place is None:
            return
        subject, other = self._actor(claim, "subject"), self._actor(claim, "object")
        for change, holder, rival in _changes(claim, subject, other):
            fact = Fact(claim=claim, place=place, change=change, holder=holder, other=rival)
            fact = msgspec.structs.replace(fact, minor=_is_minor(claim), strength=self._strength(fact))
            yield _dated(fact, self._time(claim))

    def _place(self, claim: Claim) -> Party | None:
        """The place; a part or a site of one ("Tripoli airport", "the countryside") never stands for the whole."""
        resolution, span = self._roles.get((claim.id, "place", 0)), claim.place
        whole = span is None or not is_part(span.text) or (resolution is not None and _covers(resolution, span))
        if span is not None and resolution is not None and _is_one_in(span.text, resolution):
            return None
        if resolution is not None and resolution.referent and whole:
            name = resolution.name or (resolution.place.name if resolution.place else resolution.referent)
            return Party(self._one_place.get(resolution.referent, resolution.referent), name)
        if span is None or not any(letter.isupper() for letter in span.text) or _is_several(span.text):
            return None
        return said(span.text)

    def _actor(self, claim: Claim, role: Literal["subject", "object"]) -> Party | None:
        resolution = self._roles.get((claim.id, role, 0))
        span = claim.subject if role == "subject" else claim.object
        if resolution is not None and resolution.referent:
            return Party(resolution.referent, resolution.name or (span.text if span else resolution.referent))
        if span is not None and _at(claim.report, span) in self._joined:
            return self._joined[_at(claim.report, span)]
        if span is None or is_pronoun(span.text) or _is_speaker(claim, span, resolution):
            return None
        return said(span.text)

    def _time(self, claim: Claim) -> TimeReading | None:
        resolution = self._roles.get((claim.id, "time", 0))
        return resolution.time if resolution is not None else None

    def _strength(self, fact: Fact) -> int:
        if not fact.claim.voices:
            return INDEPENDENT
        speakers = {self._speaker(fact.claim, index) for index in range(len(fact.claim.voices))}
        if fact.holder is not None and fact.holder.key in speakers:
            return ADMISSION if fact.change == "end" else PARTISAN
        if fact.other is not None and fact.other.key in speakers:
            return ADMISSION if fact.change == "gain" else PARTISAN
        return PARTISAN if fact.claim.hedge in {"possible", "unverified"} else INDEPENDENT

    def _speaker(self, claim: Claim, index: int) -> str | None:
        resolution = self._roles.get((claim.id, "voice", index))
        return resolution.referent if resolution is not None else None


def known_by(told: Iterable[Fact], as_of: str | None) -> tuple[list[Fact], list[Fact]]:
    """The facts up to a day, with each holder under one name, and the denials, each in an order of its own."""
    known = settled(fact for fact in told if is_denial(fact.claim) or is_known(fact, as_of))
    known.sort(key=lambda fact: fact.order)
    return [f for f in known if is_real(f.claim)], [f for f in known if is_denial(f.claim)]


def is_known(fact: Fact, as_of: str | None) -> bool:
    """Whether a fact is of a day no later than that; one without a date always is."""
    return as_of is None or fact.first is None or fact.first[: len(as_of)] <= as_of


def counts(claim: Claim) -> bool:
    """Whether a claim is one of control that may bear on a spell: never a comment's."""
    return claim.predicate in CONTROL and claim.block not in {"comment", "furniture"}


def is_real(claim: Claim) -> bool:
    """Whether a claim says what is or was so."""
    return claim.polarity == "affirmed" and claim.realis in REAL


def is_denial(claim: Claim) -> bool:
    """Whether a claim denies that something is or was so."""
    return claim.polarity == "denied" and claim.realis in REAL


def is_pronoun(text: str) -> bool:
    """Whether words name nobody by themselves."""
    return text.casefold() in {"it", "they", "them", "he", "she", "its", "their", "we", "who", "which", "others"}


def _at(report: str, span: Span) -> tuple[str, int, int]:
    return report, span.start, span.end


def _is_speaker(claim: Claim, span: Span, resolution: Resolution | None) -> bool:
    """“Under control, said Omar Sadiq": somebody who speaks for nobody known holds no town."""
    name = (resolution.name if resolution is not None else None) or span.text
    words = load_actor_phrases().group_words
    speaks = any(voice.span is not None and voice.span == span for voice in claim.voices)
    return speaks and _PERSON.fullmatch(name) is not None and words.isdisjoint(name.split())


def is_part(words: str) -> bool:
    """Whether words name a part or a site of a place rather than the place ("the airport", "areas near X")."""
    return _head(words) in load_control_words().partial


def _is_one_in(words: str, resolution: Resolution) -> bool:
    """“Another district in X": what lies in a province is not the province."""
    wide = resolution.place is not None and resolution.place.precision in COARSE
    return wide and _SOME.match(words.casefold()) is not None


def _is_several(words: str) -> bool:
    """“Positions in X”, "five villages": which ones is not said."""
    head = _head(words)
    return is_part(words) and head.endswith("s") and head not in {"headquarters", "barracks"}


def _head(words: str) -> str:
    """The noun a phrase is about: the last word before its first preposition."""
    first = re.split(r" (?:of|in|at|around|near|outside|along|on|north|south|east|west) ", words.casefold())[0]
    return first.split()[-1] if first.split() else ""


def _covers(resolution: Resolution, span: Span) -> bool:
    """Whether what words were resolved to is as narrow as they are: "Menagh air base" found as such."""
    place = resolution.place
    return place is not None and (place.precision == "exact" or _head(span.text) in place.name.casefold())


def _is_minor(claim: Claim) -> bool:
    return claim.extent is not None and is_minor_extent(claim.extent.text)


def _changes(
    claim: Claim, subject: Party | None, other: Party | None
) -> Iterator[tuple[Change, Party | None, Party | None]]:
    match claim.predicate:
        case "take":
            yield from _handing(other, subject)
        case "hand_over":
            yield from _handing(subject, other)
        case "lose":
            yield from _handing(subject, other)
        case "withdraw":
            yield "end", subject, None
        case "hold":
            yield "hold", subject, other
        case "besiege":
            yield "besieged", subject, other
        case _:
            yield "contested", subject, other


def _handing(giver: Party | None, taker: Party | None) -> Iterator[tuple[Change, Party | None, Party | None]]:
    if giver is not None:
        yield "end", giver, taker
    if taker is not None or giver is None:
        yield "gain", taker, giver


def _dated(fact: Fact, time: TimeReading | None) -> Fact:
    """The fact with its dates: a change has one date, the first day on which it is certain; a state has two ends."""
    if time is None:
        return fact
    first, last = time.earliest or time.latest, time.latest or time.earliest
    is_past = fact.change == "hold" and fact.claim.realis != "ongoing"
    if is_past and fact.claim.time is None and time.earliest is None:
        return fact  # "until then they held it" is not of the day of the report
    since, until = _labels(fact, time)
    return msgspec.structs.replace(fact, since=since, until=until, first=first, last=last)


def _labels(fact: Fact, time: TimeReading) -> tuple[str | None, str | None]:
    letters = LETTERS_BY_PRECISION[time.precision]
    earliest = time.earliest[:letters] if time.earliest else None
    latest = time.latest[:letters] if time.latest else None
    if earliest is None and latest is None:
        return None, None
    if earliest is None and fact.claim.time is None:
        return None, None  # no more is known than that it was told by then
    if fact.change in {"gain", "end"}:
        return (latest or earliest), None
    if earliest is None and not _is_upper_bound(fact.claim):
        return latest, None
    is_present = fact.claim.realis == "ongoing"
    return (None if is_present and earliest == latest else earliest), (None if is_present else latest)


def _is_upper_bound(claim: Claim) -> bool:
    return claim.time is not None and claim.time.text.casefold().startswith(UPPER_BOUND_WORDS)
