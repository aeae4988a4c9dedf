"""Fit how the encoder's marks are weighed: ``python tools/train/fit.py --gold ../shared/gold/muc4/dev.jsonl``.

Fitted on documents that the encoder was not trained on. Prints scores by cross-validation over them (five folds,
nothing scored was fitted on), then fits on all of them and writes ``export/muc4_weights.yaml``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from documents import named
from scipy.optimize import minimize

from according.evaluate.muc4_slots import SCORED, Credit, key_of, score_slots
from according.evaluate.muc4_templates import (
    gold_templates,
    no_tallies,
    score_document,
    score_role_fillers,
    total,
)
from according.export.muc4 import confidences_of, incidents_of, response_of, templates_of, wordings
from according.export.muc4_fillers import FEATURES, Candidate, Entity, Weights, candidates_of, things_of
from according.export.muc4_form import CONFIDENCE, NUMBER, ROLES, Response, Template, normalise
from according.export.muc4_rules import read_rule_templates
from according.extract.encoder import ROLES as ENCODER_ROLES
from according.extract.encoder import Marks, load_encoder
from according.issues import Issues
from according.pipeline import read_report
from according.records import Report, report_id
from according.vocabulary import load_vocabulary

FOLDS = 5
PENALTY = 4.0
WEIGHTS = Path(__file__).parent.parent.parent / "src/according/export/muc4_weights.yaml"
CHANCES = [round(0.2 + 0.05 * step, 2) for step in range(11)]


@dataclass
class Example:
    """A document: its marks, the wordings to weigh, the gold, the right wordings by role, and the weighed things."""

    text: str
    marks: Marks
    candidates: list[Candidate]
    gold: list[Template]
    keys: list[Response]
    right: dict[str, set[str]]
    sure: dict[str, str]
    things: list[Entity] = field(default_factory=list)


def examples_of(path: Path) -> list[Example]:
    """Read and mark every document of a gold file."""
    return [_example(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _example(item: dict[str, Any]) -> Example:
    vocabulary, encoder = load_vocabulary(), load_encoder()
    text = item["doctext"]
    report = Report(id=report_id(None, text), text=text, language="en")
    reading = read_report(report, vocabulary, Issues(item["docid"]))
    by_rules = read_rule_templates(reading, vocabulary)
    if encoder is None:
        raise SystemExit("there is no trained encoder yet; run tools/train/export.py")
    marks = encoder.mark(text)
    keys = [key_of(key) for key in item["slots"]]
    gold = gold_templates(item["templates"])
    candidates = candidates_of(text, marks, wordings(by_rules))
    return Example(text, marks, candidates, gold, keys, _right(item, gold), confidences_of(by_rules))


def _right(item: dict[str, Any], gold: Sequence[Template]) -> dict[str, set[str]]:
    """The right wordings by role: the templates' entities, and what the full keys name besides."""
    right: dict[str, set[str]] = {role: set() for role in ENCODER_ROLES}
    for template in gold:
        for role in ROLES:
            right[role] |= {wording for entity in template.roles[role] for wording in entity}
    for wording, role in named(item["slots"]):
        right[ENCODER_ROLES[role]].add(normalise(wording))
    return right


def fit(examples: Sequence[Example]) -> Weights:
    """The weights that make the right wordings likeliest, then the least chances that score best."""
    weights: dict[str, tuple[float, ...]] = {}
    for role in ENCODER_ROLES:
        own = [(c.features, c.wording in e.right[role]) for e in examples for c in e.candidates if c.role == role]
        weights[role] = _logistic(np.array([x for x, _ in own]), np.array([y for _, y in own], dtype=float))
    found = Weights(weights, dict.fromkeys(ENCODER_ROLES, 0.4), 0.4, 0.5)
    weigh(found, examples)
    for _ in range(2):
        found = _with_best_chances(found, examples)
    return found


def weigh(weights: Weights, examples: Iterable[Example]) -> None:
    """Weigh every document's wordings; what is likely enough is decided later."""
    for one in examples:
        one.things = things_of(one.candidates, weights)


def _logistic(features: np.ndarray, right: np.ndarray) -> tuple[float, ...]:
    scale = np.maximum(features.std(axis=0), 0.1)
    scaled = features / scale
    penalty = np.full(features.shape[1], PENALTY)
    penalty[-1] = 0

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = scaled @ w
        chance = 1 / (1 + np.exp(-score))
        value = np.logaddexp(0, score).sum() - (right * score).sum() + (penalty * w * w).sum() / 2
        return value, scaled.T @ (chance - right) + penalty * w

    answer = minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B")
    return tuple(round(float(w), 4) for w in answer.x / scale)


def _with_best_chances(weights: Weights, examples: Sequence[Example]) -> Weights:
    for role in ENCODER_ROLES:
        tried = [msgspec.structs.replace(weights, least={**weights.least, role: chance}) for chance in CHANCES]
        weights = max(tried, key=lambda one: worth(one, examples))
    for name in ("least_report", "least_type"):
        tried = [msgspec.structs.replace(weights, **{name: chance}) for chance in CHANCES]
        weights = max(tried, key=lambda one: worth(one, examples))
    return weights


def slots(weights: Weights, examples: Sequence[Example]) -> dict[str, Credit]:
    """The credit of the slots of the full keys."""
    given = {slot: Credit() for slot in SCORED}
    for one in examples:
        incidents = incidents_of(one.things, one.marks, weights)
        responses = [response_of(one.text, kind, own, one.sure) for kind, own in incidents]
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
    return [(templates_of(one.things, one.marks, weights), one.gold) for one in examples]


def worth(weights: Weights, examples: Sequence[Example]) -> float:
    """What is maximised: both scores and two slots alike."""
    told = slots(weights, examples)
    return sum(scores(predictions(weights, examples))) + 0.5 * (told[CONFIDENCE].f1 + told[NUMBER].f1)


def cross_validated(examples: Sequence[Example]) -> list[float]:
    """All scores with every document weighed by what was fitted on the others."""
    pairs = []
    given = {slot: Credit() for slot in SCORED}
    for fold in range(FOLDS):
        rest = [one for index, one in enumerate(examples) if index % FOLDS != fold]
        own = [one for index, one in enumerate(examples) if index % FOLDS == fold]
        weights = fit(rest)
        weigh(weights, own)
        pairs += predictions(weights, own)
        for slot, credit in slots(weights, own).items():
            given[slot].add(credit)
    return [*scores(pairs), *(credit.f1 for credit in given.values())]


def main(gold: Path) -> None:
    """Cross-validate, fit, write."""
    examples = examples_of(gold)
    names = ("templates", "role fillers", *SCORED)
    _print("cross-validated", dict(zip(names, cross_validated(examples), strict=True)))
    weights = fit(examples)
    told = [credit.f1 for credit in slots(weights, examples).values()]
    _print("fitted on all", dict(zip(names, [*scores(predictions(weights, examples)), *told], strict=True)))
    header = f"# Fitted by tools/train/fit.py. Weights in this order: {', '.join(FEATURES)}.\n"
    WEIGHTS.write_text(header + msgspec.yaml.encode(weights).decode(), encoding="utf-8")


def _print(what: str, measured: dict[str, float]) -> None:
    print(f"{what}: {', '.join(f'{name} {value:.3f}' for name, value in measured.items())}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    main(parser.parse_args().gold)
