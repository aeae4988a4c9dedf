"""Incidents within one report: which of its claims describe one event, and which another one told as background."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

import msgspec

from according.link.apart import (
    adds,
    goes_on,
    is_before,
    is_count_of_the_week,
    is_long_past,
    is_of_one,
    is_one_of,
    is_other_deed,
    is_record,
    is_set_apart,
    is_the_deed,
    is_told_back,
    is_total,
    points_back,
    turns_away,
)
from according.link.companies import companies_of
from according.link.facts import Facts
from according.link.kinds import is_act, is_event, kinds_fit
from according.link.recalled import is_of_a_war, recalls
from according.link.when import days_apart, is_bounded, length_days
from according.link.where import is_around, is_finer, is_known_town, main_place, seats_fit
from according.records import Claim, Incident, Resolution, TimeReading
from according.vocabulary.groups import load_groups
from according.vocabulary.linking import wording_of

_HAPPENED = frozenset({"happened", "ongoing", "attempted", "failed"})
_REMARKS = frozenset({"claim_responsibility", "condemn", "assess"})

# A night's events carry two dates, and a report may count from either.
_SAME_DAYS = 1
# How well places fit that are one town, and what a time says that is not told.
_SAME_PLACE = 0.8
_NEAR = 0.5
_LOOSE_KIND = 0.5
_NO_TIME = 0.5
_APART_VICTIMS = 0.6
_LEANS = 0.3
# "In 2011 a bomb …" after news without a day: background.
_NEXT_CHARS = 2
_FINE = frozenset({"exact", "neighbourhood", "town"})
_LONG = frozenset({"month", "season", "year"})


class Group(msgspec.Struct):
    """An incident in the making: its claims in text order, and the times and places they tell themselves.

    ``leant`` are the times of the claims that tell none, by what they lean on.
    """

    members: list[Claim]
    told: list[TimeReading]
    where: list[Resolution]
    leant: list[TimeReading]

    @property
    def kinds(self) -> list[str]:
        """The predicates that name the event, harm only when there is nothing else."""
        named = [claim.predicate for claim in self.members if is_act(claim)]
        return named or [claim.predicate for claim in self.members]


def incidents_of(
    claims: Iterable[Claim], resolutions: Iterable[Resolution], published: str | None = None
) -> list[Incident]:
    """Group a report's event claims into the incidents they describe: bare, in the order they are first told.

    Comments, habits, plans, hypotheses and running totals make no incident. Denials and claims of responsibility join
    one, but do not make one. A verdict on harm that the report tells nothing else of is all there is of it. No event of
    a report is on a day after that on which it was ``published``.
    """
    ordered = sorted((claim for claim in claims if claim.block != "comment"), key=_telling)
    facts = Facts(resolutions, ordered, published)
    acts = [claim for claim in ordered if is_act(claim)]
    groups = _grouped([claim for claim in ordered if _makes_incident(claim, facts, acts)], facts)
    for claim in ordered:
        if _remarks(claim):
            _attach(claim, groups, facts)
    if not groups:
        groups = [Group([claim], [], [], []) for claim in ordered if claim.predicate == "assess"][:1]
    return [_incident(group, facts) for group in groups]


def denials_of(claims: Iterable[Claim], resolutions: Iterable[Resolution], told: AbstractSet[str]) -> list[Incident]:
    """What a report says of events only to deny them, in sentences of which no claim is ``told`` in an incident.

    Such a denial makes no incident, but may belong to one that other reports tell.
    """
    denied = [
        claim
        for claim in claims
        if claim.id not in told and claim.polarity == "denied" and claim.block != "comment" and is_event(claim)
    ]
    if not denied:
        return []
    facts = Facts(resolutions, denied)
    placed = [claim for claim in denied if facts.place(claim) or facts.own_time(claim)]
    return [_incident(group, facts) for group in _grouped(sorted(placed, key=_telling), facts)]


def _telling(claim: Claim) -> tuple[int, int, str]:
    """Where a claim is told: its sentence, then its own words in it."""
    return claim.evidence.start, claim.cues[0].start if claim.cues else claim.evidence.start, claim.id


def _makes_incident(claim: Claim, facts: Facts, acts: Sequence[Claim]) -> bool:
    if not is_event(claim) or claim.polarity == "denied" or claim.realis not in _HAPPENED:
        return False
    if is_total(claim, facts.own_time(claim)) and not is_of_one(claim, acts):
        return False
    return not is_record(claim) and not is_count_of_the_week(claim) and not is_of_a_war(claim)


def _remarks(claim: Claim) -> bool:
    doubted = claim.realis == "hypothetical" and is_act(claim) and claim.subject is not None and claim.event is not None
    return claim.predicate in _REMARKS or doubted or (is_event(claim) and claim.polarity == "denied")


def _grouped(claims: list[Claim], facts: Facts) -> list[Group]:
    """Claims in the order told, each followed by those that lean on it, into the groups they fit best."""
    groups: list[Group] = []
    turned: dict[int, Group] = {}
    for company in companies_of(claims, facts):
        first = company[0]
        if turns_away(first):
            group = turned.get(first.evidence.start)
        else:
            group = None if is_set_apart(first) or goes_on(first) else _best(company, groups, facts)
        if group is None:
            group = Group([], [], [], [])
            groups.append(group)
            if turns_away(first):
                turned[first.evidence.start] = group
        for claim in company:
            _add(claim, group, facts)
    groups.sort(key=lambda group: min(_telling(claim) for claim in group.members))
    return groups


def _add(claim: Claim, group: Group, facts: Facts) -> None:
    group.members.append(claim)
    time, place = facts.own_time(claim), facts.place(claim)
    if time:
        group.told.append(time)
    elif leant := facts.time(claim):
        group.leant.append(leant)
    if place and _tells(claim, place):
        group.where.append(place)


def _tells(claim: Claim, place: Resolution) -> bool:
    """Whether a place is told in the words of a claim or of its sentence."""
    return claim.place is not None or place.basis == "stated"


def _best(company: list[Claim], groups: list[Group], facts: Facts) -> Group | None:
    scored = [(score, index) for index, group in enumerate(groups) if (score := _score(company, group, facts)) > 0]
    return groups[max(scored)[1]] if scored else None


def _score(company: list[Claim], group: Group, facts: Facts) -> float:
    """How well a claim fits a group: 0 when place, time or kind forbid it, or the group tells what goes on."""
    claim = company[0]
    if _is_of_another_time(company, group, facts):
        return 0.0
    kind = max(kinds_fit(claim.predicate, other) for other in group.kinds)
    times = [time for one in company if (time := facts.own_time(one))]
    loose = any(map(points_back, company)) or facts.is_title(group.members)
    when = min((_time_fit(time, group, loose=loose) for time in times[:1]), default=_NO_TIME)
    seats = [place for one in company if one.place and (place := facts.place(one))]
    where = seats_fit(seats[0] if seats else None, group.where)
    added = adds(claim) and is_act(claim)
    finer = bool(seats) and not added and is_finer(seats[0], group.where)
    finer = finer or (_goes_on_from(claim, group) and not _are_rivals(company, group, facts))
    led = _is_lead(company, group, facts)
    if led or is_one_of(claim, group.members) or (seats and is_the_deed(claim) and _is_there(seats[0], group.where)):
        finer, where = True, max(where, _NEAR)
    elsewhere = _told_elsewhere(company, kind, when, where, known=bool(group.where))
    apart = is_act(claim) and not (finer and when >= _NO_TIME) and elsewhere
    several = len({one.evidence for one in group.members if one.block != "headline"}) > 1
    more = adds(claim) and bool(seats) and (several or bool(group.where)) and where < _SAME_PLACE and not finer
    if min(kind, when, where) <= 0 or apart or more:
        return 0.0
    if is_act(claim) and kind < 1.0 and seats and not finer and not led and _are_two_towns(claim, seats[0], group):
        return 0.0
    elsewhere = bool(seats) and where < _SAME_PLACE and not finer
    if is_other_deed(company, group.members, facts.doers, elsewhere=elsewhere):
        return 0.0
    leant = _leant_fit(claim, group, facts) if not times else 0.0
    seat = _leant_seat(claim, group, facts) if not seats else 0.0
    return kind + when + where + leant + seat + _nearness(claim, group) + _leaning(claim, group)


def _is_of_another_time(company: list[Claim], group: Group, facts: Facts) -> bool:
    """Whether a group tells what goes on, or a claim what was long before, or at a distance of, what a group tells."""
    claim = company[0]
    if is_act(claim) and any(goes_on(member) for member in group.members):
        return True
    back = any(is_before(one, group.members) or is_told_back(one, group.members) for one in company)
    if back or _is_off(claim, group, facts):
        return True
    time = next((time for one in company if (time := facts.own_time(one))), None)
    if time is None or group.told or any(one.id == claim.event for one in group.members):
        return False
    return is_long_past(time, group.members, facts.claims, facts.told_by(group.members))


def _is_lead(company: list[Claim], group: Group, facts: Facts) -> bool:
    """Whether a title is all that a group tells, and the next sentence tells of the same target or as many dead.

    Titles name places loosely: "central Gaza", a province's town.
    """
    first = company[0]
    if first.evidence.start != facts.lead or not is_act(first) or not facts.is_title(group.members):
        return False
    told = wording_of("\n".join({one.evidence.text for one in group.members}))
    lead = wording_of(first.evidence.text)
    counts = [{(one.predicate, one.quantity.low) for one in side if one.quantity} for side in (company, group.members)]
    return not told.sites.isdisjoint(lead.sites) or not counts[0].isdisjoint(counts[1])


def _is_there(place: Resolution, where: list[Resolution]) -> bool:
    """Whether a deed that is known already may be told of by a place around it, or by one near that."""
    return is_around(place, where) or (bool(where) and all(is_finer(one, [place]) for one in where))


def _goes_on_from(claim: Claim, group: Group) -> bool:
    """Whether a group is a single sentence that tells no place, and a claim stands in the next."""
    ends = {one.evidence.end for one in group.members}
    return not group.where and len(ends) == 1 and 0 <= claim.evidence.start - max(ends) <= _NEXT_CHARS


def _are_two_towns(claim: Claim, place: Resolution, group: Group) -> bool:
    """Whether a deed of another kind than the group's is told of another known town than all of the group's."""
    plain = {claim.predicate, *group.kinds} - {"attack"}
    if len(plain) < 2 or claim.predicate == "attack" or not group.where:
        return False
    return is_known_town(place) and all(is_known_town(one) and one.referent != place.referent for one in group.where)


def _are_rivals(company: list[Claim], group: Group, facts: Facts) -> bool:
    """Whether a claim and a group each say who did it, and name different sides."""
    doing, done = facts.doers(*company), facts.doers(*group.members)
    return bool(doing and done) and doing.isdisjoint(done)


def _is_off(claim: Claim, group: Group, facts: Facts) -> bool:
    """Whether only one of the two is told by how far it was from another event."""
    return not any(facts.are_level(one, claim) for one in group.members)


def _leaning(claim: Claim, group: Group) -> float:
    """What the event a toll was read to belong to says for it, and whom else was harmed against it."""
    return (_LEANS if any(one.id == claim.event for one in group.members) else 0.0) - _other_victims(claim, group)


def _other_victims(claim: Claim, group: Group) -> float:
    """A toll of people fits badly where only fighters were harmed."""
    groups = load_groups()
    harmed = {groups.status(one.group) for one in group.members if one.group and one.quantity}
    return _APART_VICTIMS if claim.group and harmed == {"fighter"} and groups.status(claim.group) != "fighter" else 0.0


def _told_elsewhere(company: list[Claim], kind: float, time: float, place: float, *, known: bool) -> bool:
    """Another day or another kind of deed, and not in the same town: two events, though they be near.

    A place that is not ``known`` of what is told so far is no other place.
    """
    if time < _NO_TIME and kind <= _LOOSE_KIND:
        return True
    placed = any(one.place is not None for one in company)
    named = any(one.object is not None or one.subject is not None for one in company)
    if placed and place >= _SAME_PLACE:
        return False
    other = (place < _NEAR and kind < 1.0) or (known and place <= _NEAR and kind <= _LOOSE_KIND)
    return (placed and other) or ((placed or named) and time < _NO_TIME)


def _time_fit(time: TimeReading, group: Group, *, loose: bool = False) -> float:
    if any(_told_apart(time, other) or _told_apart(other, time) for other in group.told):
        return 0.0
    leant = [other for other in group.leant if other.precision not in _LONG]
    gaps = [gap for other in group.told or leant if (gap := days_apart(time, other)) is not None]
    if not gaps:
        loose = loose or recalls(group.members)
        return 0.0 if time.precision in _LONG and not loose else _NO_TIME
    return 1.0 if min(gaps) == 0 else 0.4 if min(gaps) <= _SAME_DAYS else 0.0


def _leant_fit(claim: Claim, group: Group, facts: Facts) -> float:
    """What the day of the words that a claim leans on says for a group that tells its own, or against it."""
    leant = facts.time(claim)
    gaps = [gap for other in group.told if leant and (gap := days_apart(leant, other)) is not None]
    return 0.0 if not gaps else _LEANS if min(gaps) == 0 else 0.0 if min(gaps) <= _SAME_DAYS else -_LEANS


def _leant_seat(claim: Claim, group: Group, facts: Facts) -> float:
    """What the place of the words that a claim leans on says for a group of that place."""
    leant = facts.place(claim)
    places = [facts.place(one) for one in group.members] if leant and leant.referent else []
    return _LEANS if any(one and leant and one.referent == leant.referent for one in places) else 0.0


def _told_apart(weekday: TimeReading, past: TimeReading) -> bool:
    """A bare weekday is of these days; "in October 2017", beside it, is not."""
    bare = weekday.partial is not None and weekday.partial.startswith("-W-") and weekday.earliest is None
    return bare and past.precision in _LONG


def _nearness(claim: Claim, group: Group) -> float:
    """Sentences that stand together belong together, a little."""
    gap = min(abs(claim.evidence.start - other.evidence.end) for other in group.members)
    return 1.0 / (1.0 + gap / 200)


def _attach(claim: Claim, groups: list[Group], facts: Facts) -> None:
    by_event = [group for group in groups if any(member.id == claim.event for member in group.members)]
    group = by_event[0] if by_event else None if claim.realis == "hypothetical" else _remarked(claim, groups, facts)
    if group is not None and claim not in group.members:
        group.members.append(claim)


def _remarked(claim: Claim, groups: list[Group], facts: Facts) -> Group | None:
    """What a remark is about: a verdict what the report opens with, a claim or a condemnation the nearest event."""
    if claim.predicate not in _REMARKS:
        return _best([claim], groups, facts)
    if claim.predicate == "assess":
        here = [group for group in groups if any(_accuses_in(claim, member) for member in group.members)]
        told = [group for group in groups if any(member.evidence == claim.evidence for member in group.members)]
        leans = claim.polarity == "affirmed" and _NEEDS_DEED.search(claim.cues[0].text if claim.cues else "")
        return next(iter(here or told or ([] if leans else groups)), None)
    scored = [(_nearness(claim, group), -index) for index, group in enumerate(groups)]
    return groups[-max(scored)[1]] if scored else None


# "Admitted that …": what is accepted follows, and is harm only when the sentence tells of harm.
_NEEDS_DEED = re.compile(r"\b(?:that|the|it|admitted|conceded)$", re.IGNORECASE)


def _accuses_in(verdict: Claim, member: Claim) -> bool:
    """Whether an act is laid at somebody's door in the very sentence of a verdict."""
    return member.evidence == verdict.evidence and member.subject is not None and is_act(member)


def _incident(group: Group, facts: Facts) -> Incident:
    members = sorted(group.members, key=_telling)
    ids = tuple(claim.id for claim in members)
    digest = hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:20]
    return Incident(
        id=f"incident:{digest}",
        predicate=main_kind(group.kinds),
        reports=tuple(sorted({claim.report for claim in members})),
        claims=ids,
        place=_place_of(group, members, facts),
        time=_time_of(group, members, facts),
    )


def main_kind(kinds: list[str]) -> str:
    """The kind that an incident is called by: the one said most often, the first said among equals."""
    counts = {kind: kinds.count(kind) for kind in kinds}
    return max(counts, key=lambda kind: (kind != "attack", counts[kind], -kinds.index(kind)))


def _place_of(group: Group, members: list[Claim], facts: Facts) -> Resolution | None:
    placed = [(claim, place) for claim in members if (place := facts.place(claim))]
    told = [(claim, place) for claim, place in placed if _tells(claim, place) or not group.where]
    told = [pair for pair in told if pair[0].block != "headline" or pair[1].referent] or told
    if told and all(one.referent and one.place and one.place.precision not in _FINE for _, one in told):
        # "In a village near X … the attack": what an act leans on is finer than what is said of the others
        leaning = [(one, place) for one in members if one.place is None and (place := facts.place(one))]
        told += [(one, place) for one, place in leaning if place.basis == "earlier_sentence"]
    acted = {
        (claim.evidence.start, claim.cues[0].start if claim.cues else 0): place
        for claim, place in reversed(told)
        if is_act(claim) and claim.block != "headline"
    }
    acts = list(reversed(acted.values()))
    return main_place(acts, [place for _, place in told])


def _time_of(group: Group, members: list[Claim], facts: Facts) -> TimeReading | None:
    acts = [time for claim in members if is_act(claim) and (time := facts.own_time(claim))]
    affirmed = [claim for claim in members if claim.polarity != "denied"] or members
    said = acts or group.told or [time for claim in affirmed if (time := facts.time(claim))]
    said = said or [time for claim in affirmed if (time := facts.bound(claim))]
    return min(said, key=_vagueness) if said else None


def _vagueness(time: TimeReading) -> tuple[bool, int]:
    return not is_bounded(time), length_days(time) or 0
