"""Which things of one incident type belong together: a report may tell of several attacks, one after the other.

Two things are told apart by a logistic function of where they stand: how far from each other, beside which place and
which time, in which incidents that the rules linked. The weights are fitted on gold (``tools/train/fit.py``). Those
harmed and what was attacked are grouped first; who did it and the weapons then go to the groups they are told with.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from math import log1p

import msgspec

from according.export.muc4_fillers import VICTIMS, Apart, Entity, logistic
from according.records import Reading
from according.segment.sentences import split_sentences
from according.vocabulary.times import spot_times

FEATURES = (
    "same sentence", "sentences apart", "times between", "same place", "other place", "other time", "other incident",
    "constant",
)  # fmt: skip
HARMED = VICTIMS | {"Target"}
MOST_TIMES = 3

Spans = Sequence[tuple[int, int]]


class Spot(msgspec.Struct, frozen=True):
    """What is told around one position: the number of its sentence, the nearest place and time in it, the incidents."""

    sentence: int
    place: str | None
    time: str | None
    incidents: frozenset[int]


class Ground(msgspec.Struct):
    """A text as far as it tells incidents apart: where sentences begin, times and places stand, incidents are told."""

    sentences: tuple[int, ...]
    times: tuple[tuple[int, str], ...]
    places: tuple[tuple[int, str], ...]
    incidents: tuple[tuple[tuple[int, int], ...], ...]
    _spots: dict[int, Spot] = {}

    def spot(self, position: int) -> Spot:
        """What is told around a position."""
        found = self._spots.get(position)
        if found is None:
            sentence = self._sentence(position)
            places, times = (self._nearest(told, position, sentence) for told in (self.places, self.times))
            told = (i for i, spans in enumerate(self.incidents) if any(a <= position < b for a, b in spans))
            found = self._spots[position] = Spot(sentence, places, times, frozenset(told))
        return found

    def _sentence(self, position: int) -> int:
        return bisect_right(self.sentences, position) - 1

    def _nearest(self, told: Sequence[tuple[int, str]], position: int, sentence: int) -> str | None:
        near = [(abs(place - position), what) for place, what in told if self._sentence(place) == sentence]
        return min(near)[1] if near else None


NO_GROUND = Ground((0,), (), (), ())


def ground_of(reading: Reading, things: Iterable[Entity]) -> Ground:
    """What the text of a reading and the places among its things tell."""
    text = reading.report.text
    evidence = {claim.id: (claim.evidence.start, claim.evidence.end) for claim in reading.claims}
    places = ((start, one.wording) for one in things if one.role == "Place" for start, _ in places_of(one))
    return Ground(
        tuple(start for start, _ in split_sentences(text, 0, len(text))) or (0,),
        tuple((time.start, time.text.lower()) for time in spot_times(text)),
        tuple(sorted(places)),
        tuple(tuple(evidence[claim] for claim in one.claims if claim in evidence) for one in reading.incidents),
    )


def places_of(entity: Entity) -> list[tuple[int, int]]:
    """Where the wordings of a thing stand."""
    return sorted({(mark.start, mark.end) for one in entity.candidates for mark in one.marks})


def features_of(ground: Ground, one: Spans, other: Spans) -> tuple[float, ...]:
    """The features of two things by where they stand, in the order of FEATURES, of the nearest two places."""
    sentences, _, first, second = min(
        (abs(ground.spot(a[0]).sentence - ground.spot(b[0]).sentence), abs(a[0] - b[0]), min(a, b), max(a, b))
        for a in one
        for b in other
    )
    between = sum(first[1] <= position < second[0] for position, _ in ground.times)
    here, there = ground.spot(first[0]), ground.spot(second[0])
    both = here.place is not None and there.place is not None
    timed = here.time is not None and there.time is not None
    told = bool(here.incidents and there.incidents)
    return (
        float(sentences == 0),
        log1p(sentences),
        float(min(between, MOST_TIMES)),
        float(both and here.place == there.place),
        float(both and here.place != there.place),
        float(timed and here.time != there.time),
        float(told and not here.incidents & there.incidents),
        1.0,
    )


def pair_of(one: str, other: str) -> str:
    """The name of a pair of roles: two of those harmed, or somebody who did it and one of those harmed."""
    roles = sorted("Victim" if role in VICTIMS else role for role in (one, other))
    return " ".join(roles)


def incidents_among(ground: Ground, entities: Sequence[Entity], apart: Apart) -> list[list[Entity]]:
    """The things of one incident type by incident; a thing may belong to several, and all to one."""
    harmed = [one for one in entities if one.role in HARMED]
    groups = _grouped(harmed, _chances(ground, harmed, harmed, apart), apart.least["Victim"])
    if len(groups) <= 1:
        return [list(entities)]
    rest = [one for one in entities if one.role not in HARMED]
    chances = _chances(ground, rest, harmed, apart)
    for one in rest:
        each = [min(chances[id(one), id(other)] for other in group if other.role in HARMED) for group in groups]
        for group, chance in zip(groups, each, strict=True):
            if chance == min(each) or chance < apart.least[one.role]:
                group.append(one)
    return groups


def _chances(
    ground: Ground, ones: Iterable[Entity], others: Sequence[Entity], apart: Apart
) -> dict[tuple[int, int], float]:
    """How likely each two things belong to different incidents; where nothing was fitted, not at all."""
    found = {}
    for one, other in product(ones, others):
        weights = apart.weights.get(pair_of(one.role, other.role))
        if one is not other:
            features = features_of(ground, places_of(one), places_of(other))
            found[id(one), id(other)] = 0.0 if weights is None else logistic(features, weights)
    return found


def _grouped(things: Sequence[Entity], chances: Mapping[tuple[int, int], float], least: float) -> list[list[Entity]]:
    """Things joined, the likeliest to belong together first, until every two groups are likely enough apart."""
    groups = [[one] for one in things]
    while len(groups) > 1:
        apart, first, second = min(
            (_mean(chances, one, other), i, j) for (i, one), (j, other) in combinations(enumerate(groups), 2)
        )
        if apart >= least:
            break
        groups[first] += groups.pop(second)
    return groups


def _mean(chances: Mapping[tuple[int, int], float], group: Sequence[Entity], others: Sequence[Entity]) -> float:
    return sum(chances[id(one), id(other)] for one in group for other in others) / (len(group) * len(others))
