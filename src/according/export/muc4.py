"""MUC-4 templates of a report: incidents with who did it, to whom, to what and with which weapon.

The trained encoder's marks, weighed together with what rules read from the claims. Without the encoder the rules' own
templates are given (:mod:`according.export.muc4_rules`), and an issue says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from according.export.muc4_confidence import Attributions, attributions_of, confidence_of
from according.export.muc4_fillers import (
    Entity,
    Weights,
    candidates_of,
    likely_ones,
    load_weights,
    things_of,
    types_of,
    types_told,
    victims_of,
)
from according.export.muc4_form import (
    CONFIDENCE,
    EFFECT,
    NUMBER,
    ROLES,
    Fill,
    Response,
    Template,
    occurrences,
    words_of,
)
from according.export.muc4_incidents import Ground, ground_of, incidents_among
from according.export.muc4_numbers import number_of
from according.export.muc4_rules import read_rule_templates
from according.extract.encoder import EFFECTS, TYPES, Mark, Marks, Place, load_encoder
from according.issues import Issues
from according.records import Reading
from according.vocabulary import Vocabulary

LIKELY = 0.5
DESCRIBED = "VictimDescription"


def read_templates(reading: Reading, vocabulary: Vocabulary, issues: Issues) -> list[tuple[Template, Response]]:
    """The templates of a report, each with the fills of the full keys that can be told."""
    by_rules = read_rule_templates(reading, vocabulary)
    encoder = load_encoder()
    if encoder is None:
        issues.warning("no_encoder", "the trained encoder is not installed; roles are read by rules alone")
        return by_rules
    text = reading.report.text
    read = wordings(by_rules)
    marks = encoder.mark(text, places_of(text, read))
    candidates = candidates_of(text, marks, read)
    weights = load_weights()
    things = things_of(candidates, weights)
    incidents = incidents_of(things, marks, weights, ground_of(reading, likely_ones(things, weights)))
    told = attributions_of(reading, confidences_of(by_rules), organisations_among(things), vocabulary)
    return [(_template(kind, own), response_of(text, kind, own, told, weights)) for kind, own in incidents]


def to_json(template: Template, text: str) -> dict[str, Any]:
    """A template in the papers' own form: a mention as the text has it, and where it first stands (-1: differently)."""
    roles = {role: [[_told(one, text) for one in entity] for entity in template.roles[role]] for role in ROLES}
    return {"incident_type": template.incident_type, **roles}


def _told(mention: str, text: str) -> list[str | int]:
    start = text.lower().find(mention)
    return [text[start : start + len(mention)] if start >= 0 else mention, start]


def wordings(read: Iterable[tuple[Template, Response]]) -> dict[str, list[str]]:
    """What rules read, by role: the templates' wordings, and those harmed whom no name tells."""
    found: dict[str, list[str]] = {role: [] for role in (*ROLES, DESCRIBED)}
    for template, response in read:
        for role in ROLES:
            found[role] += [entity[0] for entity in template.roles[role]]
        harmed = [fill.mentions[0] for fill in response.slots.get(NUMBER, ())]
        found[DESCRIBED] += [one for one in harmed if one not in found["Victim"]]
    return found


def organisations_among(things: Iterable[Entity]) -> list[Entity]:
    """The organisations that may have done it."""
    return [one for one in things if one.role == "PerpOrg"]


def places_of(text: str, read: Mapping[str, Iterable[str]]) -> Iterator[Place]:
    """Where the wordings that rules read stand, each with its role: the encoder is asked about them."""
    words = words_of(text)
    for role, each in read.items():
        for wording in dict.fromkeys(each):
            yield from ((start, end, role) for start, end in occurrences(words, wording))


def confidences_of(read: Iterable[tuple[Template, Response]]) -> dict[str, str]:
    """How sure the report is of each organisation's part, by its wording, where rules read it."""
    fills = [fill for _, response in read for fill in response.slots.get(CONFIDENCE, ())]
    return {fill.mentions[0]: fill.values[0] for fill in fills}


def templates_of(things: Sequence[Entity], marks: Marks, weights: Weights, ground: Ground) -> list[Template]:
    """The templates that weighed things make."""
    return [_template(kind, own) for kind, own in incidents_of(things, marks, weights, ground)]


def incidents_of(
    things: Sequence[Entity], marks: Marks, weights: Weights, ground: Ground
) -> list[tuple[int, list[Entity]]]:
    """Each incident that is told, by type, with the likely things that belong to it; none when no type is likely."""
    told = types_told(marks, weights)
    entities = likely_ones(things, weights) if told else []
    return [
        (kind, own)
        for kind in told
        for own in incidents_among(ground, [e for e in entities if kind in types_of(e, told, weights)], weights.apart)
    ]


def _template(kind: int, entities: Sequence[Entity]) -> Template:
    roles = {role: tuple((one.wording,) for one in entities if one.role == role) for role in ROLES}
    return Template(TYPES[kind], roles)


def response_of(text: str, kind: int, entities: Sequence[Entity], told: Attributions, weights: Weights) -> Response:
    """The fills of the full keys for one incident and the entities that belong to it."""
    organisations = [one for one in entities if one.role == "PerpOrg"]
    victims = victims_of(entities)
    harmed = [(one, effect) for one in victims if (effect := _effect(one)) is not None]
    return Response(
        TYPES[kind],
        {
            CONFIDENCE: tuple(
                Fill((confidence_of(one, told, weights.confidence),), (one.wording,)) for one in organisations
            ),
            NUMBER: tuple(Fill((_number(text, one),), (one.wording,)) for one in victims),
            EFFECT: tuple(Fill((effect,), (one.wording,)) for one, effect in harmed),
        },
    )


def _marks(entity: Entity) -> tuple[Mark, ...]:
    return entity.candidates[0].marks


def _effect(entity: Entity) -> str | None:
    """What became of a victim, when that is likely enough."""
    marks = _marks(entity)
    chances = [sum(mark.effects[index] for mark in marks) / len(marks) for index in range(len(EFFECTS))]
    best = max(chances)
    return EFFECTS[chances.index(best)] if best >= LIKELY else None


def _number(text: str, entity: Entity) -> str:
    """The first number that its mentions are told with; one when none is told and its words are no plural."""
    is_name = entity.role == "Victim"
    told = [number_of(text, mark.start, mark.end, is_name=is_name) for mark in _marks(entity)]
    return next((one for one in told if one not in {"1", "PLURAL"}), told[0])
