"""A claim as a page shows it: what was read, from which words, according to whom, how surely."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from according.records import Claim, Reading, Resolution, Span
from according.vocabulary.groups import load_groups
from according.web.pages import words

Roles = Mapping[tuple[str, str, int], Resolution]


class Line(msgspec.Struct, frozen=True):
    """One role of a claim: the words for it, what they were read as, the page of that, and why.

    ``brief`` is the reading where a few words must do.
    """

    label: str
    said: str
    read: str = ""
    link: str | None = None
    basis: str = ""
    brief: str = ""


class Saying(msgspec.Struct, frozen=True):
    """One voice of a claim."""

    said: str
    kind: str
    name: str = ""
    link: str | None = None


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """One claim in words. ``against`` marks a denial; ``number`` counts within its report."""

    id: str
    number: int
    report: str
    title: str
    summary: str
    marks: tuple[str, ...]
    against: bool
    comment: bool
    lines: tuple[Line, ...]
    sayings: tuple[Saying, ...]
    quote: str
    start: int
    end: int
    confidence: int
    method: str


def shown(reading: Reading) -> list[Shown]:
    """Every claim of a reading in words, in the order of the text."""
    roles: Roles = {(one.claim, one.role, one.index): one for one in reading.resolutions}
    ordered = sorted(reading.claims, key=lambda claim: (claim.evidence.start, claim.evidence.end))
    return [_shown(claim, roles, number) for number, claim in enumerate(ordered, start=1)]


def _shown(claim: Claim, roles: Roles, number: int) -> Shown:
    names = words.load_words()
    marks = (
        "denied" if claim.polarity == "denied" else "",
        names.realis[claim.realis],
        names.hedges[claim.hedge],
        names.blocks[claim.block],
    )
    lines = tuple(_lines(claim, roles))
    return Shown(
        id=claim.id,
        number=number,
        report=claim.report,
        title=words.predicate(claim.predicate),
        summary=_summary(claim, lines),
        marks=tuple(filter(None, marks)),
        against=claim.polarity == "denied",
        comment=claim.block == "comment",
        lines=lines,
        sayings=tuple(_sayings(claim, roles)),
        quote=" ".join(claim.evidence.text.split()),
        start=claim.evidence.start,
        end=claim.evidence.end,
        confidence=round(claim.confidence * 100),
        method=claim.method,
    )


def _summary(claim: Claim, lines: Sequence[Line]) -> str:
    """The roles in a few words, as read where that is known."""
    passed = {"limited to", "whom"} if claim.quantity else {"limited to"}
    told = (line.brief or line.read or line.said for line in lines if line.label not in passed)
    return " · ".join(dict.fromkeys(told))


def _lines(claim: Claim, roles: Roles) -> Iterator[Line]:
    if claim.subject:
        yield _actor("who", claim.subject, roles.get((claim.id, "subject", 0)))
    if claim.quantity:
        low, high = claim.quantity.low, claim.quantity.high
        many = f"{words.bounds(low, high)} {load_groups().called(claim.group or '', low, high)}".strip()
        said = claim.quantity.span.text
        yield Line("how many", said, many, basis=claim.quantity.rule.replace("_", " "))
    if claim.object:
        yield _actor("whom", claim.object, roles.get((claim.id, "object", 0)))
    yield from _where(claim, roles.get((claim.id, "place", 0)))
    yield from _when(claim, roles.get((claim.id, "time", 0)))


def _actor(label: str, span: Span, found: Resolution | None) -> Line:
    if found is None:
        return Line(label, _flat(span.text))
    link = words.address(found.referent) if found.referent else None
    return Line(label, _flat(span.text), found.name or "", link, _basis(found))


def _where(claim: Claim, found: Resolution | None) -> Iterator[Line]:
    span = claim.place or (found.span if found else None)
    if span or found:
        place = found.place if found else None
        read = ", ".join(filter(None, (place.name, place.country, place.precision))) if place else ""
        link = words.address(found.referent) if found and found.referent else None
        basis = _basis(found) if found else ""
        yield Line("where", _flat(span.text) if span else "", read, link, basis, place.name if place else "")
    if claim.extent:
        yield Line("limited to", _flat(claim.extent.text))


def _when(claim: Claim, found: Resolution | None) -> Iterator[Line]:
    span = claim.time or (found.span if found else None)
    read = words.when(found.time) if found and found.time else ""
    if span or read:
        yield Line("when", _flat(span.text) if span else "", read, None, _basis(found) if found else "")


def _basis(found: Resolution) -> str:
    return words.load_words().bases.get(found.basis, found.basis.replace("_", " "))


def _sayings(claim: Claim, roles: Roles) -> Iterator[Saying]:
    for index, voice in enumerate(claim.voices):
        found = roles.get((claim.id, "voice", index))
        said = voice.span.text if voice.span else voice.name or words.load_words().voices[voice.voice_class]
        name = found.name or "" if found else ""
        link = words.address(found.referent) if found and found.referent else None
        kind = words.load_words().voices[voice.voice_class] if voice.span else ""
        yield Saying(_inside(_flat(said)), kind, "" if name == said else name, link)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _inside(said: str) -> str:
    """Words that began a sentence, as they stand inside one: "The mayor" is "the mayor"."""
    return said[0].lower() + said[1:] if said.startswith(("The ", "A ", "An ")) else said
