"""Who counts as one holder: organs of one side, "the rebels" beside the group they are, places that share a name.

A report calls one holder many names: "Orlesia", "the Orlesian army", "its Defence Ministry", "troops". Spells need one.
An organ that holds nothing itself (a ministry, a general staff) counts as the forces it belongs to; the organs of a
state are one side, shown under the name used most; a common noun is the one known party of its kind at that place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from according.vocabulary import load_vocabulary
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.infer.control_facts import Fact
    from according.records import PlaceReading, Resolution
    from according.vocabulary.actors import ActorRegistry

ORGANS = frozenset(["state", "government", "armed_forces", "police"])
IRREGULAR = frozenset(["armed_group", "coalition", "criminal_group"])
HOLDING = ("/state", "/government", "/armed-forces")
NEAR = 0.4
"""Degrees within which two places of one name are one (a town and the district round it)."""
FINENESS = ("town", "neighbourhood", "exact", "district", "province", "country")


class Party(msgspec.Struct, frozen=True):
    """An actor or a place by its key (an id, or the folded words when nothing fits) and the name to show."""

    key: str
    name: str


def _actors() -> ActorRegistry:
    return load_vocabulary().actors


def said(words: str) -> Party:
    """A party known by words alone, without what only points ("its", "the")."""
    parts = words.split()
    pointing = load_control_words().pointing
    while len(parts) > 1 and parts[0].lower() in pointing:
        parts = parts[1:]
    name = " ".join(parts)
    if len(parts) == 1 and name.lower() in load_control_words().fighters:
        name = f"{name.lower()}s"  # "Militant-held": the militants
    return Party(f"said:{name.casefold()}", name)


def settled(facts: Iterable[Fact]) -> list[Fact]:
    """The facts with holders under one name each, without those of nobody and of people who hold no places."""
    able = [f for f in facts if f.claim.polarity == "denied" or _is_able(f)]
    able.sort(key=lambda fact: (fact.place.key, fact.order))
    meant = [fact for _, told in groupby(able, key=lambda f: f.place.key) for fact in _specific(list(told))]
    shown = _shown(party for fact in meant for party in (fact.holder, fact.other) if party)
    return [_renamed(fact, shown) for fact in meant]


def _is_able(fact: Fact) -> bool:
    if fact.holder is None:
        return fact.change in {"contested", "besieged"}
    return not _is_office(fact.holder)


def _is_office(party: Party) -> bool:
    head = party.name.split(" of ")[0].split()
    return party.key.startswith("said:") and bool(head) and head[-1].lower() in load_control_words().offices


def _specific(facts: list[Fact]) -> list[Fact]:
    """The facts of one place, "the rebels" read as the only known party that may be called so."""
    known = {p.key: p for f in facts for p in (f.holder, f.other) if p and not p.key.startswith("said:")}
    return [
        msgspec.structs.replace(f, holder=_meant(f.holder, f.other, known), other=_meant(f.other, f.holder, known))
        for f in facts
    ]


def _meant(party: Party | None, opponent: Party | None, known: dict[str, Party]) -> Party | None:
    kinds = _kinds(party) if party is not None else frozenset()
    if not kinds:
        return party
    against = _side(opponent.key) if opponent else None
    fitting = {
        _side(key): one
        for key, one in sorted(known.items())
        if (actor := _actors().get(key)) is not None and actor.kind in kinds and _side(key) != against
    }
    return next(iter(fitting.values())) if len(fitting) == 1 else party


def may_be(party: Party | None, known: Party | None) -> bool:
    """Whether a common noun ("militants") may stand for a party known by name."""
    actor = _actors().get(known.key) if known is not None else None
    return party is not None and actor is not None and actor.kind in _kinds(party)


def _kinds(party: Party) -> frozenset[str]:
    """Which kinds of actors a common noun may stand for; none for a name or a longer description."""
    words = party.name.split()
    if not party.key.startswith("said:") or len(words) > 2 or any(w[0].isupper() for w in words[1:]):
        return frozenset()
    lower = {word.lower() for word in words}
    lists = load_control_words()
    if any(word.removesuffix("s") in lists.fighters for word in lower):
        return IRREGULAR
    if lower & lists.regulars:
        return ORGANS | {"mission"}
    return IRREGULAR if words[-1].lower() in ("group", "movement", "militia", "fighters") else frozenset()


def _side(key: str) -> str:
    """The whole that an actor acts as: its state for the organs of one, else itself."""
    actor = _actors().get(key)
    return _actors().side(key) if actor is not None and actor.kind in ORGANS else key


def _shown(parties: Iterable[Party]) -> dict[str, Party]:
    """For each party's key, the party under whose name its side is shown."""
    told = Counter(_forces(party) for party in parties)
    by_side: dict[str, list[Party]] = defaultdict(list)
    for party in sorted(told, key=lambda p: (-told[p], p.key, p.name)):
        by_side[_side(party.key)].append(party)
    return {side: members[0] for side, members in by_side.items()}


def _forces(party: Party) -> Party:
    """A ministry or a general staff counts as what it is a part of."""
    actor = _actors().get(party.key)
    if actor is None or actor.kind not in ORGANS or actor.id.endswith(HOLDING) or actor.parent is None:
        return party
    whole = _actors().get(actor.parent)
    return Party(whole.id, whole.name) if whole is not None else party


def _renamed(fact: Fact, shown: dict[str, Party]) -> Fact:
    holder = shown[_side(_forces(fact.holder).key)] if fact.holder else None
    other = shown[_side(_forces(fact.other).key)] if fact.other else None
    return msgspec.structs.replace(fact, holder=holder, other=other)


def one_place(resolutions: Iterable[Resolution]) -> dict[str, str]:
    """For places that share name and neighbourhood (a town and its district), the referent that stands for them."""
    by_name: dict[str, dict[str, PlaceReading]] = defaultdict(dict)
    for found in resolutions:
        if found.role == "place" and found.referent and found.place is not None:
            by_name[found.place.name.casefold()][found.referent] = found.place
    return {one: kept for places in by_name.values() if len(places) > 1 for one, kept in _merged(places)}


def _merged(places: dict[str, PlaceReading]) -> Sequence[tuple[str, str]]:
    ranked = sorted(places, key=lambda ref: (FINENESS.index(places[ref].precision), ref))
    return [
        (one, next(kept for kept in ranked if kept == one or _is_near(places[kept], places[one]))) for one in ranked
    ]


def _is_near(left: PlaceReading, right: PlaceReading) -> bool:
    if left.latitude is None or right.latitude is None or left.longitude is None or right.longitude is None:
        return False
    return abs(left.latitude - right.latitude) < NEAR and abs(left.longitude - right.longitude) < NEAR
