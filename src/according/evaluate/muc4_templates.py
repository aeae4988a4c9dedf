"""How filled templates are scored: as the papers on MUC-4 do, by aligned templates and by role alone.

Templates follow GTT (Du, Rush and Cardie 2021): mention strings are normalised; a predicted entity is right when all
its mentions stand in one gold entity's list of mentions; templates pair one to one, and only when the predicted
incident type is contained in the gold one ("attack" in "bombing / attack"), so that the document's micro-F1 is highest;
the incident type counts as one more slot. Role fillers without templates follow CEAF-REE (GRIT, 2021).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from scipy.optimize import linear_sum_assignment

from according.export.muc4_form import ROLES, Entity, Template, normalise

INCIDENT_TYPE = "incident_type"
SLOTS = (INCIDENT_TYPE, *ROLES)
MOST_ENUMERATED = 20_000
"""How many ways of pairing a document's templates are tried one by one; above that they are assigned by weight."""


class Tally(msgspec.Struct):
    """Fillers predicted and those of them right; fillers in the gold and those of them found."""

    right: int = 0
    predicted: int = 0
    found: int = 0
    gold: int = 0

    def add(self, other: Tally) -> None:
        """Count another tally into this one."""
        self.right += other.right
        self.predicted += other.predicted
        self.found += other.found
        self.gold += other.gold

    @property
    def precision(self) -> float:
        """Share of the predicted fillers that are right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold fillers that are found."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Tallies = dict[str, Tally]


def no_tallies(slots: Iterable[str] = SLOTS) -> Tallies:
    """A tally of nothing for every slot."""
    return {slot: Tally() for slot in slots}


def total(tallies: Tallies) -> Tally:
    """All slots together: the micro average."""
    whole = Tally()
    for tally in tallies.values():
        whole.add(tally)
    return whole


def template_of(raw: Mapping[str, Any]) -> Template:
    """A template from the gold's own form, where a mention is a string or a string with its offset."""
    return Template(raw[INCIDENT_TYPE], {role: tuple(_entities(raw.get(role, ()))) for role in ROLES})


def _entities(raw: Iterable[Sequence[Any]]) -> Iterator[Entity]:
    for entity in raw:
        mentions = tuple(normalise(one if isinstance(one, str) else one[0]) for one in entity)
        if mentions:
            yield mentions


def gold_templates(raw: Iterable[Mapping[str, Any]]) -> list[Template]:
    """The templates of a gold document, each once."""
    templates: list[Template] = []
    for one in map(template_of, raw):
        if one not in templates:
            templates.append(one)
    return templates


def fits(predicted: Entity, gold: Entity) -> bool:
    """Whether every predicted mention stands in the gold entity's list."""
    return set(predicted) <= set(gold)


def score_document(predicted: Sequence[Template], gold: Sequence[Template]) -> Tallies:
    """A document's tallies by slot, with its templates paired as is best for it."""
    pairs = align(predicted, gold)
    tallies = no_tallies()
    for template in predicted:
        _count(template, tallies, "predicted")
    for template in gold:
        _count(template, tallies, "gold")
    for ours, theirs in pairs.items():
        for slot, (right, found) in _rights(predicted[ours], gold[theirs]).items():
            tallies[slot].right += right
            tallies[slot].found += found
    return tallies


def _count(template: Template, tallies: Tallies, field: str) -> None:
    tallies[INCIDENT_TYPE].add(Tally(**{field: 1}))
    for role in ROLES:
        tallies[role].add(Tally(**{field: len(template.roles[role])}))


def _rights(predicted: Template, gold: Template) -> dict[str, tuple[int, int]]:
    """For two paired templates, by slot: how many predicted fillers are right, how many gold ones are found."""
    rights = {INCIDENT_TYPE: (1, 1)}
    for role in ROLES:
        ours, theirs = predicted.roles[role], gold.roles[role]
        right = sum(any(fits(one, other) for other in theirs) for one in ours)
        found = sum(any(fits(one, other) for one in ours) for other in theirs)
        rights[role] = (right, found)
    return rights


def align(predicted: Sequence[Template], gold: Sequence[Template]) -> dict[int, int]:
    """Which predicted template stands for which gold one: the pairing with the highest micro-F1 for the document."""
    worth: dict[tuple[int, int], tuple[int, int]] = {}
    for i, ours in enumerate(predicted):
        for j, theirs in enumerate(gold):
            if ours.incident_type in theirs.incident_type:
                rights = _rights(ours, theirs).values()
                worth[i, j] = (sum(right for right, _ in rights), sum(found for _, found in rights))
    sizes = (sum(map(_size, predicted)), sum(map(_size, gold)))
    ways = np.prod([1 + sum(i == one for i, _ in worth) for one in range(len(predicted))], dtype=float)
    if ways > MOST_ENUMERATED:
        return _assigned(worth, sizes)
    return max(_pairings(worth, len(predicted)), key=lambda pairing: _micro_f1(pairing, worth, sizes), default={})


def _size(template: Template) -> int:
    return 1 + sum(len(entities) for entities in template.roles.values())


def _pairings(worth: Mapping[tuple[int, int], object], count: int) -> Iterator[dict[int, int]]:
    """Every one-to-one pairing of the first ``count`` templates, those left unpaired included."""
    if count == 0:
        yield {}
        return
    last = count - 1
    for pairing in _pairings(worth, last):
        yield pairing
        taken = set(pairing.values())
        for i, j in worth:
            if i == last and j not in taken:
                yield {**pairing, last: j}


def _micro_f1(
    pairing: Mapping[int, int], worth: Mapping[tuple[int, int], tuple[int, int]], sizes: tuple[int, int]
) -> float:
    rights = [worth[pair] for pair in pairing.items()]
    return Tally(sum(right for right, _ in rights), sizes[0], sum(found for _, found in rights), sizes[1]).f1


def _assigned(worth: Mapping[tuple[int, int], tuple[int, int]], sizes: tuple[int, int]) -> dict[int, int]:
    """The pairing with the highest sum of precision and recall, where there are too many to try."""
    weights = np.zeros((1 + max(i for i, _ in worth), 1 + max(j for _, j in worth)))
    for (i, j), (right, found) in worth.items():
        weights[i, j] = right / sizes[0] + found / sizes[1]
    rows, columns = linear_sum_assignment(-weights)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return {i: j for i, j in pairs if (i, j) in worth}


def merge_entities(templates: Iterable[Template], role: str) -> list[Entity]:
    """The entities of a role over all templates; one whose mentions lie within another's is that other."""
    merged: list[Entity] = []
    for template in templates:
        for entity in template.roles[role]:
            if not any(fits(entity, one) or fits(one, entity) for one in merged):
                merged.append(entity)
    return merged


def score_role_fillers(predicted: Sequence[Template], gold: Sequence[Template]) -> Tallies:
    """CEAF-REE: by role, entities aligned one to one, a predicted one worth 1 if it lies within its gold one."""
    tallies = no_tallies(ROLES)
    for role in ROLES:
        ours, theirs = merge_entities(predicted, role), merge_entities(gold, role)
        hits = _best_hits(ours, theirs)
        tallies[role].add(Tally(hits, len(ours), hits, len(theirs)))
    return tallies


def _best_hits(ours: Sequence[Entity], theirs: Sequence[Entity]) -> int:
    if not ours or not theirs:
        return 0
    similar = np.array([[fits(one, other) for other in theirs] for one in ours], dtype=float)
    rows, columns = linear_sum_assignment(-similar)
    return int(similar[rows, columns].sum())
