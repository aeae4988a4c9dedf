"""When two things in a report are of different incidents: weights by pair of roles, from documents with gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from logistic import logistic

from according.export.muc4_fillers import Entity
from according.export.muc4_form import NUMBER, ROLES
from according.export.muc4_incidents import HARMED, features_of, pair_of, places_of
from according.extract.encoder import TYPES

if TYPE_CHECKING:
    from fit import Example

PENALTY = 1.0

Row = tuple[tuple[float, ...], bool, float]


def weights_apart(examples: Sequence[Example]) -> dict[str, tuple[float, ...]]:
    """The weights of every pair of roles, from the right things of every document."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for example in examples:
        for pair, row in _rows(example):
            rows[pair].append(row)
    return {pair: _fitted(each) for pair, each in sorted(rows.items())}


def _fitted(rows: Sequence[Row]) -> tuple[float, ...]:
    features, apart, counts = zip(*rows, strict=True)
    return logistic(np.array(features), np.array(apart, dtype=float), PENALTY, np.array(counts))


def _rows(example: Example) -> Iterator[tuple[str, Row]]:
    """Pairs of one type's things, at least one of them harmed; a document with many things counts no more for it."""
    for kind in TYPES:
        told = [(one, found) for one in example.things if (found := _templates(one, kind, example))]
        harmed = sum(one.role in HARMED for one, _ in told)
        for (one, mine), (other, theirs) in combinations(told, 2):
            if one.role in HARMED or other.role in HARMED:
                features = features_of(example.ground, places_of(one), places_of(other))
                yield pair_of(one.role, other.role), (features, not mine & theirs, 1 / max(1, harmed - 1))


def _templates(thing: Entity, kind: str, example: Example) -> frozenset[int]:
    """The gold templates of a type that a thing fills."""
    if thing.role in ROLES:
        of_type = ((i, one.roles[thing.role]) for i, one in enumerate(example.templates) if kind in one.incident_type)
        return frozenset(i for i, entities in of_type if any(thing.wording in entity for entity in entities))
    keys = ((i, key) for i, key in enumerate(example.keys) if kind in key.incident_type)
    return frozenset(i for i, key in keys if any(thing.wording in fill.mentions for fill in key.slots[NUMBER]))
