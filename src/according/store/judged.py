"""What people's judgements mean for linking: claims left out, corrected and added, incidents cut, links that bind.

Newer judgements outrank older ones, and all of them the machine. Claims come first (``store.reviewed``), then the
incidents that are made of them. Without judgements nothing is touched, so that undoing one gives the same bytes as
before it was made.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from according.link import incidents_of
from according.records import Incident, Link, Reading
from according.store.judgements import HumanJudgement, Subject, counting
from according.store.reviewed import heirs_of, reviewed


class Judged(msgspec.Struct, frozen=True):
    """Readings as judgements make them, and the links that outrank the machine's."""

    readings: tuple[Reading, ...]
    links: tuple[Link, ...]


def judged(readings: Sequence[Reading], judgements: Sequence[HumanJudgement]) -> Judged:
    """Apply the judgements that stand to some readings."""
    standing = counting(judgements)
    if not standing:
        return Judged(tuple(readings), ())
    readings = reviewed(readings, standing)
    standing = _with_heirs(standing)
    parts = [frozenset(part.claims) for judgement in standing if (part := _part(judgement))]
    cut = tuple(_cut(reading, parts) for reading in readings)
    return Judged(cut, tuple(_links(cut, standing)))


def _with_heirs(standing: Sequence[HumanJudgement]) -> list[HumanJudgement]:
    """Judgements on incidents, which go on to hold for what their claims were corrected to."""
    heirs = heirs_of(standing)
    return [msgspec.structs.replace(one, subjects=tuple(_heir(s, heirs) for s in one.subjects)) for one in standing]


def _heir(subject: Subject, heirs: Mapping[str, str]) -> Subject:
    later = {heirs[claim] for claim in subject.claims if claim in heirs}
    return msgspec.structs.replace(subject, claims=(*subject.claims, *sorted(later - set(subject.claims))))


def _part(judgement: HumanJudgement) -> Subject | None:
    """The claims that a judgement takes out of their incident."""
    index = {"split": 1, "move": 0}.get(judgement.kind)
    return None if index is None else judgement.subjects[index]


def _cut(reading: Reading, parts: Sequence[frozenset[str]]) -> Reading:
    incidents = list(reading.incidents)
    here = {claim.id for claim in reading.claims}
    for part in parts:
        if part & here:
            incidents = [piece for one in incidents for piece in _pieces(one, part, reading)]
            loose = (part & here) - {claim for one in incidents for claim in one.claims}
            incidents += [_incident([one], None, reading) for one in sorted(loose)]
    if incidents == list(reading.incidents):
        return reading
    return msgspec.structs.replace(reading, incidents=tuple(incidents))


def _pieces(incident: Incident, part: frozenset[str], reading: Reading) -> list[Incident]:
    inside = [claim for claim in incident.claims if claim in part]
    outside = [claim for claim in incident.claims if claim not in part]
    if not inside or not outside:
        return [incident]
    return [_incident(claims, incident, reading) for claims in (outside, inside)]


def _incident(claims: Sequence[str], whole: Incident | None, reading: Reading) -> Incident:
    """An incident of just these claims of a report; what they do not tell themselves is as in the whole."""
    wanted = set(claims)
    told = incidents_of(
        [claim for claim in reading.claims if claim.id in wanted], reading.resolutions, reading.report.published
    )
    source = told[0] if told else whole
    digest = hashlib.sha256("\n".join(sorted(claims)).encode()).hexdigest()[:20]
    predicate = next(claim.predicate for claim in reading.claims if claim.id in wanted)
    return Incident(
        id=f"incident:{digest}",
        predicate=source.predicate if source else predicate,
        reports=(reading.report.id,),
        claims=tuple(claims),
        place=(source.place if source else None) or (whole.place if whole else None),
        time=(source.time if source else None) or (whole.time if whole else None),
    )


def _links(readings: Iterable[Reading], standing: Sequence[HumanJudgement]) -> list[Link]:
    """Links between reports' incidents that contradict no newer judgement."""
    home = {claim: one.id for reading in readings for one in reading.incidents for claim in one.claims}
    sides = _Sides()
    for judgement in reversed(standing):
        groups = [sorted({home[claim] for claim in one.claims if claim in home}) for one in judgement.subjects]
        apart, together = _meaning(judgement, groups)
        for left, right in apart:
            sides.keep_apart(left, right, judgement)
        for group in together:
            sides.bring_together(group, judgement)
    return sorted(sides.links, key=lambda link: (link.left, link.right))


Pairs = list[tuple[str, str]]


def _meaning(judgement: HumanJudgement, groups: list[list[str]]) -> tuple[Pairs, list[list[str]]]:
    """Which reports' incidents a judgement keeps apart, and which it brings together."""
    match judgement.kind:
        case "same":
            return [], [[one for group in groups for one in group]]
        case "different":
            return _across(combinations(groups, 2)), []
        case "split":
            whole, part = groups
            return _across([(part, [one for one in whole if one not in part])]), [part]
        case "move":
            part, target, origin = groups
            return _across([(part, [one for one in origin if one not in part])]), [[*target, *part]]
        case _:
            return [], []


def _across(groups: Iterable[tuple[Sequence[str], Sequence[str]]]) -> Pairs:
    return [(left, right) for one, other in groups for left in one for right in other if left != right]


class _Sides:
    """Groups that only grow, and pairs that stay apart; what comes first (the newer judgement) binds the later."""

    def __init__(self) -> None:
        self.links: list[Link] = []
        self._group: dict[str, set[str]] = {}
        self._apart: dict[str, set[str]] = defaultdict(set)

    def keep_apart(self, left: str, right: str, judgement: HumanJudgement) -> None:
        if right in self._of(left) or right in self._apart[left]:
            return
        self._apart[left].add(right)
        self._apart[right].add(left)
        self.links.append(_link(left, right, judgement, "negative"))

    def bring_together(self, items: Sequence[str], judgement: HumanJudgement) -> None:
        for index, item in enumerate(items):
            for earlier in items[:index]:
                if item in self._of(earlier) or self._join(earlier, item, judgement):
                    break

    def _join(self, left: str, right: str, judgement: HumanJudgement) -> bool:
        one, other = self._of(left), self._of(right)
        if any(self._apart[item] & other for item in one):
            return False
        one |= other
        for item in other:
            self._group[item] = one
        self.links.append(_link(left, right, judgement, "positive"))
        return True

    def _of(self, item: str) -> set[str]:
        return self._group.setdefault(item, {item})


def _link(left: str, right: str, judgement: HumanJudgement, verdict: str) -> Link:
    left, right = sorted((left, right))
    return Link(
        left=left,
        right=right,
        relation="same_incident",
        judgement="positive" if verdict == "positive" else "negative",
        score=1.0,
        by=judgement.author,
        at=judgement.time,
        reason=judgement.reason,
    )


def with_reasons(incidents: Iterable[Incident], judgements: Sequence[HumanJudgement]) -> list[Incident]:
    """Incidents that say which judgements made them what they are."""
    standing = counting(judgements)
    home: dict[str, list[HumanJudgement]] = defaultdict(list)
    for judgement in _with_heirs(standing):
        told = {judgement.told.claim.id} if judgement.told else set()
        for claim in sorted(told.union(*(subject.claims for subject in judgement.subjects))):
            home[claim].append(judgement)
    return [_with_reasons(one, home) if home else one for one in incidents]


def _with_reasons(incident: Incident, home: Mapping[str, Sequence[HumanJudgement]]) -> Incident:
    told = {judgement.id: judgement for claim in incident.claims for judgement in home.get(claim, ())}
    in_order = sorted(told.values(), key=lambda one: (one.time, one.id))
    lines = tuple(map(_said, in_order))
    return msgspec.structs.replace(incident, because=(*lines, *incident.because)) if lines else incident


_DONE: Mapping[str, str] = {
    "same": "said to be one incident",
    "different": "said to be another incident than one near it",
    "split": "split off from another incident",
    "move": "claims moved from another incident",
    "accept": "claim accepted",
    "reject": "claim rejected",
    "correct": "claim corrected",
    "add": "claim added",
}


def _said(judgement: HumanJudgement) -> str:
    why = f": {judgement.reason}" if judgement.reason else ""
    return f"{_DONE[judgement.kind]} by {judgement.author} on {judgement.time[:10]}{why} (judgement {judgement.id})"


def redirect(claims: Iterable[str], incidents: Iterable[Incident]) -> Incident | None:
    """Where an old address leads: the incident that has most of the claims it had, the first by id among equals."""
    wanted = set(claims)
    shared = [(-len(wanted & set(one.claims)), one.id, one) for one in incidents]
    found = min((one for one in shared if one[0] < 0), key=lambda one: one[:2], default=None)
    return found[2] if found else None
