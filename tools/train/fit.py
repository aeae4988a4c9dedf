"""Fit how the encoder's marks are weighed: ``python tools/train/fit.py --gold ../shared/gold/muc4 --folds .train``.

Fitted on documents that the encoder did not see: the development documents, and the training documents as marked by
encoders trained on the other half of them (``FOLDS/fold0``, ``FOLDS/fold1``). Prints scores by cross-validation over
the development documents (five folds, nothing scored was fitted on), then fits on all and writes
``export/muc4_weights.yaml``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from documents import named
from logistic import logistic, multinomial
from pairs import weights_apart

from according.evaluate.muc4_slots import SCORED, Credit, key_of, score_slots
from according.evaluate.muc4_templates import (
    gold_templates,
    no_tallies,
    score_document,
    score_role_fillers,
    template_of,
    total,
)
from according.export.muc4 import (
    DESCRIBED,
    confidences_of,
    incidents_of,
    organisations_among,
    places_of,
    response_of,
    templates_of,
    wordings,
)
from according.export.muc4_confidence import NOTHING_TOLD, Attributions, attributions_of
from according.export.muc4_confidence import features_of as confidence_features
from according.export.muc4_fillers import (
    FEATURES,
    Apart,
    Candidate,
    Entity,
    Weights,
    candidates_of,
    likely_ones,
    things_of,
)
from according.export.muc4_form import CONFIDENCE, NUMBER, ROLES, Fill, Response, Template, normalise
from according.export.muc4_incidents import FEATURES as PAIR_FEATURES
from according.export.muc4_incidents import NO_GROUND, Ground, ground_of
from according.export.muc4_rules import read_rule_templates
from according.extract.encoder import CONFIDENCES, Encoder, Marks, load_encoder
from according.extract.encoder import ROLES as ENCODER_ROLES
from according.issues import Issues
from according.pipeline import read_report
from according.records import Reading, Report, report_id
from according.vocabulary import load_vocabulary

FOLDS, HALVES = 5, 2
JUDGED = 3
"""Of so many documents seen in training one is judged by: scoring them is what takes the time."""
PLACE = "Place"
PENALTY = 4.0
WEIGHTS = Path(__file__).parent.parent.parent / "src/according/export/muc4_weights.yaml"
CHANCES = [round(0.2 + 0.05 * step, 2) for step in range(11)]


@dataclass
class Example:
    """A document: its marks, the wordings to weigh, the gold, the right wordings by role, and the weighed things.

    ``templates`` are the gold templates one for each of ``keys``; ``gold`` has each but once.
    """

    reading: Reading
    marks: Marks
    candidates: list[Candidate]
    gold: list[Template]
    templates: list[Template]
    keys: list[Response]
    right: dict[str, set[str]]
    sure: dict[str, str]
    ground: Ground = NO_GROUND
    told: Attributions = NOTHING_TOLD
    things: list[Entity] = field(default_factory=list)


def examples_of(path: Path, encoders: Sequence[Encoder]) -> list[Example]:
    """Read and mark every document of a gold file, with one encoder after the other in turn."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_example(json.loads(line), encoders[index % len(encoders)]) for index, line in enumerate(lines)]


def _example(item: dict[str, Any], encoder: Encoder) -> Example:
    vocabulary = load_vocabulary()
    text = item["doctext"]
    report = Report(id=report_id(None, text), text=text, language="en")
    reading = read_report(report, vocabulary, Issues(item["docid"]))
    by_rules = read_rule_templates(reading, vocabulary)
    read = wordings(by_rules)
    marks = encoder.mark(text, places_of(text, read))
    keys = [key_of(key) for key in item["slots"]]
    gold, templates = gold_templates(item["templates"]), [template_of(one) for one in item["templates"]]
    candidates = candidates_of(text, marks, read)
    right = _right(item, gold, keys)
    return Example(reading, marks, candidates, gold, templates, keys, right, confidences_of(by_rules))


def _right(item: dict[str, Any], gold: Sequence[Template], keys: Sequence[Response]) -> dict[str, set[str]]:
    """The right wordings by role: the templates' entities, the keys' places, and those harmed who count on their own.

    What describes somebody who is named ("LIBERAL LEADER": "LUIS CARLOS GALAN") is counted with the name.
    """
    right: dict[str, set[str]] = {role: set() for role in ENCODER_ROLES}
    for template in gold:
        for role in ROLES:
            right[role] |= {wording for entity in template.roles[role] for wording in entity}
    for wording, role in named(item["slots"]):
        if ENCODER_ROLES[role] == PLACE:
            right[PLACE].add(normalise(wording))
    right[DESCRIBED] = {wording for key in keys for fill in key.slots[NUMBER] for wording in fill.mentions}
    return right


def fit(seen: Sequence[Example], unseen: Sequence[Example]) -> Weights:
    """The weights that make the right wordings likeliest; then the least chances that score best.

    ``seen`` are documents of training as half an encoder marks them: all are weighed by, a part judged by.
    """
    examples, judged = [*seen, *unseen], [*seen[::JUDGED], *unseen]
    weights: dict[str, tuple[float, ...]] = {}
    for role in ENCODER_ROLES:
        own = [(c.features, c.wording in e.right[role]) for e in examples for c in e.candidates if c.role == role]
        weights[role] = logistic(np.array([x for x, _ in own]), np.array([y for _, y in own], dtype=float), PENALTY)
    least = dict.fromkeys(ENCODER_ROLES, 0.4)
    found = Weights(weights, least, 0.4, 0.5, Apart({}, {**least, "Victim": 0.5}), {})
    weigh(found, examples)
    apart = Apart(weights_apart(examples), found.apart.least)
    found = msgspec.structs.replace(found, apart=apart, confidence=_confidence(examples))
    for _ in range(2):
        found = _with_best_chances(found, judged)
    return found


def _confidence(examples: Sequence[Example]) -> dict[str, tuple[float, ...]]:
    """The weights of how sure an attribution is, from the right organisations of every document."""
    rows = [
        (confidence_features(one, example.told), CONFIDENCES.index(fill.values[0]))
        for example in examples
        for one in organisations_among(example.things)
        for fill in _fills(example, one.wording)
    ]
    features, classes = zip(*rows, strict=True)
    fitted = multinomial(np.array(features), np.array(classes), len(CONFIDENCES), PENALTY)
    return dict(zip(CONFIDENCES, fitted, strict=True))


def _fills(example: Example, wording: str) -> Iterator[Fill]:
    """The keys' fills about an organisation, the first value of each one of the five."""
    fills = (fill for key in example.keys for fill in key.slots[CONFIDENCE])
    return (fill for fill in fills if wording in fill.mentions and fill.values[0] in CONFIDENCES)


def weigh(weights: Weights, examples: Iterable[Example]) -> None:
    """Weigh every document's wordings; what is likely enough is decided later."""
    for one in examples:
        one.things = things_of(one.candidates, weights)
        one.ground = ground_of(one.reading, likely_ones(one.things, weights))
        one.told = attributions_of(one.reading, one.sure, organisations_among(one.things), load_vocabulary())


def _with_best_chances(weights: Weights, examples: Sequence[Example]) -> Weights:
    for role in ENCODER_ROLES:
        tried = [msgspec.structs.replace(weights, least={**weights.least, role: chance}) for chance in CHANCES]
        weights = max(tried, key=lambda one: worth(one, examples))
    for name in ("least_report", "least_type"):
        tried = [msgspec.structs.replace(weights, **{name: chance}) for chance in CHANCES]
        weights = max(tried, key=lambda one: worth(one, examples))
    for role in ("Victim", "PerpInd", "PerpOrg", "Weapon"):
        least = [{**weights.apart.least, role: chance} for chance in CHANCES]
        tried = [msgspec.structs.replace(weights, apart=Apart(weights.apart.weights, one)) for one in least]
        weights = max(tried, key=lambda one: worth(one, examples))
    return weights


def slots(weights: Weights, examples: Sequence[Example]) -> dict[str, Credit]:
    """The credit of the slots of the full keys."""
    given = {slot: Credit() for slot in SCORED}
    for one in examples:
        incidents = incidents_of(one.things, one.marks, weights, one.ground)
        responses = [response_of(one.reading.report.text, kind, own, one.told, weights) for kind, own in incidents]
        for slot, credit in score_slots(responses, one.keys).items():
            given[slot].add(credit)
    return given


def scores(pairs: Sequence[tuple[list[Template], list[Template]]]) -> tuple[float, float]:
    """Template micro-F1 and role fillers' F1 of predictions beside their gold."""
    templates, fillers = no_tallies(), no_tallies(ROLES)
    for predicted, gold in pairs:
        for slot, tally in score_document(predicted, gold).items():
            templates[slot].add(tally)
        for role, tally in score_role_fillers(predicted, gold).items():
            fillers[role].add(tally)
    return total(templates).f1, total(fillers).f1


def predictions(weights: Weights, examples: Sequence[Example]) -> list[tuple[list[Template], list[Template]]]:
    """What these weights give for the documents, beside the gold."""
    return [(templates_of(one.things, one.marks, weights, one.ground), one.gold) for one in examples]


def worth(weights: Weights, examples: Sequence[Example]) -> float:
    """What is maximised: both scores and two slots alike."""
    told = slots(weights, examples)
    return sum(scores(predictions(weights, examples))) + 0.5 * (told[CONFIDENCE].f1 + told[NUMBER].f1)


def cross_validated(seen: Sequence[Example], examples: Sequence[Example]) -> list[float]:
    """All scores with every document weighed by what was fitted on the others, and on those seen in training."""
    pairs = []
    given = {slot: Credit() for slot in SCORED}
    for fold in range(FOLDS):
        rest = [one for index, one in enumerate(examples) if index % FOLDS != fold]
        own = [one for index, one in enumerate(examples) if index % FOLDS == fold]
        weights = fit(seen, rest)
        weigh(weights, own)
        pairs += predictions(weights, own)
        for slot, credit in slots(weights, own).items():
            given[slot].add(credit)
    return [*scores(pairs), *(credit.f1 for credit in given.values())]


def main(gold: Path, folds: Path) -> None:
    """Cross-validate, fit, write."""
    encoder = load_encoder()
    if encoder is None:
        raise SystemExit("there is no trained encoder yet; run tools/train/export.py")
    halves = [Encoder(folds / f"fold{half}") for half in range(HALVES)]
    seen, examples = examples_of(gold / "train.jsonl", halves), examples_of(gold / "dev.jsonl", [encoder])
    names = ("templates", "role fillers", *SCORED)
    _print("cross-validated", dict(zip(names, cross_validated(seen, examples), strict=True)))
    weights = fit(seen, examples)
    weigh(weights, examples)
    told = [credit.f1 for credit in slots(weights, examples).values()]
    _print("fitted on all", dict(zip(names, [*scores(predictions(weights, examples)), *told], strict=True)))
    header = f"# Fitted by tools/train/fit.py. Weights in this order: {', '.join(FEATURES)}.\n"
    pairs = f"# Under apart: {', '.join(PAIR_FEATURES)}.\n"
    WEIGHTS.write_text(header + pairs + msgspec.yaml.encode(weights).decode(), encoding="utf-8")


def _print(what: str, measured: dict[str, float]) -> None:
    print(f"{what}: {', '.join(f'{name} {value:.3f}' for name, value in measured.items())}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--folds", type=Path, required=True)
    arguments = parser.parse_args()
    main(arguments.gold, arguments.folds)
