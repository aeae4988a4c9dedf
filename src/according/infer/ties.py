"""Ties between actors, from the claims for and against them.

One tie is one kind between two actors; alliance and hostility have no direction. A dated joining, renaming or breaking
away dates its tie; breaking away also ends belonging and alliance to the same actor, and that these go on stands
against it. A tie needs a claim that says it is so: plans, failures and comments give none, and denials stand against.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import msgspec

from according.infer.control_facts import LETTERS_BY_PRECISION, REAL, is_pronoun
from according.infer.control_parties import Party, said
from according.records import Claim, Resolution, Role, Span, Tie, TieKind, TimeReading

KINDS: dict[str, TieKind] = {
    "back": "backs",
    "lead": "leads",
    "part_of": "part_of",
    "ally": "allied_with",
    "oppose": "hostile_to",
    "break_away": "broke_away_from",
    "join": "part_of",
    "rename": "became",
}
DESCRIBED = re.compile(
    r",? (?:allied|aligned|affiliated|linked|loyal|close|hostile|opposed|backed|led|who|that|which)\b"
)
"""Words with which a description of an actor by its ties begins ("local brigades | allied with X")."""
SYMMETRIC = frozenset(["allied_with", "hostile_to"])
ENDED_BY_BREAKING = frozenset(["part_of", "allied_with"])


def ties(claims: Iterable[Claim], resolutions: Iterable[Resolution]) -> tuple[Tie, ...]:
    """The ties that the claims of one or many reports tell, in an order of their own."""
    roles = {(r.claim, r.role, r.index): r for r in resolutions}
    told: dict[tuple[TieKind, Party, Party], list[Claim]] = defaultdict(list)
    for claim in claims:
        sides = _sides(claim, roles)
        if claim.predicate in KINDS and claim.block not in {"comment", "furniture"} and sides and claim.realis in REAL:
            told[(KINDS[claim.predicate], *_directed(KINDS[claim.predicate], *sides))].append(claim)
    found = [_tie(key, members, roles) for key, members in _merged(told).items()]
    still = _still(told)
    made = [_doubted(tie, still) for tie in found if tie is not None]
    return tuple(sorted((_until(tie, made) for tie in made), key=lambda t: (t.kind, t.source, t.target)))


Roles = dict[tuple[str, Role, int], Resolution]
Told = dict[tuple[TieKind, Party, Party], list[Claim]]


Pair = frozenset[str]
STILL = re.compile(r"\b(?:remain(?:s|ed|ing)?|still|continues? to be)\b", re.IGNORECASE)
"""What says that a tie goes on where another claim ends it ("said the group remained part of al-Qaeda")."""


def _still(told: Told) -> dict[Pair, list[str]]:
    """By pair of actors, the claims that one of them still belongs to the other or is its ally."""
    found: dict[Pair, list[str]] = defaultdict(list)
    for (kind, source, target), members in told.items():
        if kind in ENDED_BY_BREAKING:
            going_on = (one.id for one in members if one.polarity == "affirmed" and STILL.search(one.evidence.text))
            found[frozenset({source.key, target.key})] += going_on
    return found


def _doubted(tie: Tie, still: dict[Pair, list[str]]) -> Tie:
    """A breaking away with what is told against it: that what it would have ended goes on."""
    against = still.get(frozenset({tie.source, tie.target}))
    if tie.kind != "broke_away_from" or not against:
        return tie
    return msgspec.structs.replace(tie, claims_against=tuple(sorted({*tie.claims_against, *against})))


def _merged(told: Told) -> Told:
    """One entry a pair of actors, under the first of the names they go by."""
    merged: Told = {}
    by_id: dict[tuple[TieKind, str, str], tuple[TieKind, Party, Party]] = {}
    for key in sorted(told, key=lambda k: (k[0], k[1].key, k[2].key, k[1].name, k[2].name)):
        first = by_id.setdefault((key[0], key[1].key, key[2].key), key)
        merged.setdefault(first, []).extend(told[key])
    return merged


def _directed(kind: TieKind, source: Party, target: Party) -> tuple[Party, Party]:
    if kind in SYMMETRIC and target.key < source.key:
        return target, source
    return source, target


def _sides(claim: Claim, roles: Roles) -> tuple[Party, Party] | None:
    source = _party(claim.subject, roles.get((claim.id, "subject", 0)))
    target = _party(claim.object, roles.get((claim.id, "object", 0)))
    return (source, target) if source and target and source.key != target.key else None


def _party(span: Span | None, resolution: Resolution | None) -> Party | None:
    if resolution is not None and resolution.referent:
        return Party(resolution.referent, resolution.name or (span.text if span else resolution.referent))
    if span is None or is_pronoun(span.text):
        return None
    party = said(DESCRIBED.split(span.text)[0])
    return party if any(letter.isupper() for letter in party.name) else None


def _tie(key: tuple[TieKind, Party, Party], members: list[Claim], roles: Roles) -> Tie | None:
    kind, source, target = key
    claims_for = sorted(c.id for c in members if c.polarity == "affirmed")
    if not claims_for:
        return None
    since = sorted(date for c in members if c.polarity == "affirmed" and (date := _since(c, roles)))
    return Tie(
        source=source.key,
        source_name=source.name,
        target=target.key,
        target_name=target.name,
        kind=kind,
        since=since[0] if since else None,
        claims_for=tuple(claims_for),
        claims_against=tuple(sorted(c.id for c in members if c.polarity == "denied")),
    )


def _since(claim: Claim, roles: Roles) -> str | None:
    """When a tie began: the date of a change, or the "since" of a state."""
    resolution = roles.get((claim.id, "time", 0))
    time = resolution.time if resolution is not None else None
    words = claim.time.text.casefold() if claim.time else ""
    if time is None or not (claim.predicate in {"join", "break_away", "rename"} or words.startswith(("since", "from"))):
        return None
    return _cut(time)


def _cut(time: TimeReading) -> str | None:
    day = time.earliest or time.latest
    return day[: LETTERS_BY_PRECISION[time.precision]] if day else None


def _until(tie: Tie, made: list[Tie]) -> Tie:
    """The tie with its end where one actor is told to have broken away from the other."""
    if tie.kind not in ENDED_BY_BREAKING:
        return tie
    pair = {tie.source, tie.target}
    ends = [t for t in made if t.kind == "broke_away_from" and {t.source, t.target} == pair]
    if not ends:
        return tie
    claims_for = tuple(sorted({*tie.claims_for, *(c for t in ends for c in t.claims_for)}))
    return msgspec.structs.replace(tie, until=ends[0].since, claims_for=claims_for)
