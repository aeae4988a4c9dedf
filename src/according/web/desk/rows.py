"""What the coding screen shows: the text with the chosen claim's roles marked, and every claim with how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, get_args

import msgspec

from according.records import Claim, Hedge, Polarity, Reading, Realis, Resolution, VoiceClass
from according.store.judgements import HumanJudgement
from according.store.reviewed import Standing
from according.store.telling import Wanted
from according.vocabulary import Vocabulary
from according.vocabulary.gazetteer.place import Place
from according.vocabulary.groups import load_groups
from according.web.pages import words
from according.web.pages.claims import Shown, shown

Progress = dict[str, int]
_ROLES = ("subject", "object", "place", "time", "extent")
CHOICES: dict[str, tuple[str, ...]] = {
    "polarity": get_args(Polarity),
    "realis": get_args(Realis),
    "hedge": get_args(Hedge),
    "voice_class": get_args(VoiceClass),
}


class Row(msgspec.Struct, frozen=True):
    """One claim in words and how it stands. ``told_by`` credits the person who told it."""

    shown: Shown
    standing: Standing
    told_by: str | None

    @property
    def open(self) -> bool:
        """Whether nobody has judged it yet."""
        return self.standing.state == "read"


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text: the claims whose evidence it is in, and its part in the chosen one."""

    start: int
    text: str
    claims: tuple[str, ...]
    chosen: bool = False
    role: str = ""


class Line(msgspec.Struct, frozen=True):
    """One block of the report."""

    kind: str
    start: int
    pieces: tuple[Piece, ...]


def rows_of(reading: Reading, found: Sequence[Standing]) -> list[Row]:
    """The claims in the order of the text, a correction right behind what it corrects."""
    told = [resolution for one in found if one.origin and one.origin.told for resolution in one.origin.told.resolutions]
    known = {(one.claim, one.role, one.index): one for one in (*reading.resolutions, *told)}
    whole = msgspec.structs.replace(
        reading, claims=tuple(one.claim for one in found), resolutions=tuple(known.values())
    )
    in_words = {one.id: one for one in shown(whole)}
    by_id = {one.claim.id: one for one in found}
    roots = sorted((one for one in found if one.corrects not in by_id), key=_place_in_text)
    return [
        Row(in_words[one.claim.id], one, one.origin.author if one.origin else None)
        for root in roots
        for one in _with_heirs(root, by_id)
    ]


def _place_in_text(standing: Standing) -> tuple[int, int]:
    claim = standing.claim
    return claim.evidence.start, claim.cues[0].start if claim.cues else claim.evidence.end


def _with_heirs(standing: Standing, by_id: dict[str, Standing]) -> Iterable[Standing]:
    yield standing
    while standing.heir and standing.heir in by_id:
        standing = by_id[standing.heir]
        yield standing


def progress_of(rows: Sequence[Row]) -> Progress:
    """How many claims were read, and how many are decided."""
    read = [row for row in rows if row.standing.origin is None]
    return {"read": len(read), "decided": sum(not row.open for row in read), "told": len(rows) - len(read)}


def after(rows: Sequence[Row], claim: str) -> str | None:
    """The next claim that nobody judged, behind one, else from the beginning."""
    names = [row.shown.id for row in rows]
    at = names.index(claim) + 1 if claim in names else 0
    return next((row.shown.id for row in (*rows[at:], *rows[:at]) if row.open and row.shown.id != claim), None)


def lines_of(reading: Reading, rows: Sequence[Row], chosen: Claim | None) -> list[Line]:
    """The blocks of a report, those that are not read too, each cut where a claim or a role of the chosen one is."""
    claims = [(row.standing.claim.evidence, row.shown.id) for row in rows]
    roles = list(_roles(chosen)) if chosen else []
    lines = []
    report = reading.report
    unread = {issue.start for issue in reading.issues if issue.code == "other_language_paragraph"}
    for block in report.blocks:
        marks = [*(span for span, _ in claims), *(span for span, _ in roles)]
        inside = {point for span in marks for point in (span.start, span.end) if block.start < point < block.end}
        edges = sorted({block.start, block.end, *inside})
        pieces = []
        for start, end in pairwise(edges):
            here = tuple(dict.fromkeys(name for span, name in claims if span.start <= start and end <= span.end))
            role = next((name for span, name in roles if span.start <= start and end <= span.end), "")
            pieces.append(Piece(start, report.text[start:end], here, chosen is not None and chosen.id in here, role))
        lines.append(Line("unread" if block.start in unread else block.kind, block.start, tuple(pieces)))
    return lines


def _roles(claim: Claim) -> Iterable[tuple[Any, str]]:
    if claim.quantity:
        yield claim.quantity.span, "quantity"
    for role in _ROLES:
        if span := getattr(claim, role):
            yield span, role
    for voice in claim.voices:
        if voice.span:
            yield voice.span, "voice"


class Option(msgspec.Struct, frozen=True):
    """One value that a form offers."""

    value: str
    label: str


def places_for(wanted: Wanted, found: Resolution | None, vocabulary: Vocabulary, most: int = 8) -> list[Option]:
    """The places that the words for a place may mean, the one they were read as first."""
    known = [vocabulary.gazetteer.get(found.referent)] if found and found.referent else []
    named = vocabulary.gazetteer.candidates(wanted.place) if wanted.place else []
    chosen = [vocabulary.gazetteer.get(wanted.referent)] if wanted.referent else []
    places = {one.id: one for one in (*chosen, *known, *named) if one}
    return [Option(one.id, _place_in_words(one)) for one in list(places.values())[:most]]


def _place_in_words(place: Place) -> str:
    return ", ".join(filter(None, (place.name, place.province, place.country, place.kind)))


def families(vocabulary: Vocabulary) -> list[tuple[str, list[Option]]]:
    """The predicates by family, as a form offers them."""
    grouped: dict[str, list[Option]] = {}
    for one in vocabulary.predicates.values():
        grouped.setdefault(one.family, []).append(Option(one.name, words.predicate(one.name)))
    return list(grouped.items())


def groups() -> list[str]:
    """The kinds of people that a toll may be of."""
    return sorted(load_groups().groups)


class Changed(msgspec.Struct, frozen=True):
    """One field that a correction changed."""

    field: str
    old: str
    new: str


def changes(old: Wanted, new: Wanted) -> list[Changed]:
    """Every field in which two tellings differ, in words."""
    names = {"predicate": "what", "polarity": "it is", "realis": "as", "hedge": "how firmly"}
    names |= {"quantity": "how many", "low": "from", "high": "to", "group": "of which people", "voice_class": "who is"}
    names |= {"subject": "who", "object": "whom", "place": "where", "time": "when", "voice": "according to"}
    hidden = {"quote_start", "referent"}
    return [
        Changed(names.get(name, name.replace("_", " ")), _value(name, old), _value(name, new))
        for name in Wanted.__struct_fields__
        if name not in hidden and getattr(old, name) != getattr(new, name)
    ]


def _value(name: str, telling: Wanted) -> str:
    said = str(getattr(telling, name) or "")
    return words.predicate(said) if name == "predicate" and said else said


class Entry(msgspec.Struct, frozen=True):
    """One judgement in the log, with what it changed and whether it stands."""

    judgement: HumanJudgement
    what: str
    quote: str
    changed: tuple[Changed, ...]
    stands: bool
    may_undo: bool
