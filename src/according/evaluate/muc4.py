"""MUC-4 against the gold: templates as GTT scores them, role fillers by CEAF-REE, slots of the full keys.

Measures: ``template_f1`` (with precision, recall and each role's), ``ceaf_ree_f1`` (likewise), ``confidence_f1``,
``victim_number_f1`` and ``victim_effect_f1``. A document the reader fails on counts as one with no template.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NotRequired, TypedDict

import msgspec

from according.evaluate.gold import read_items
from according.evaluate.muc4_slots import SCORED, Credit, key_of, score_slots
from according.evaluate.muc4_templates import (
    INCIDENT_TYPE,
    Tallies,
    gold_templates,
    no_tallies,
    score_document,
    score_role_fillers,
    total,
)
from according.evaluate.scores import Scores
from according.export.muc4 import read_templates, to_json
from according.export.muc4_form import CONFIDENCE, EFFECT, NUMBER, ROLES, Response, Template
from according.issues import Issues
from according.pipeline import read_report
from according.records import Report, report_id
from according.vocabulary import Vocabulary, load_vocabulary

SLOT_NAMES = {CONFIDENCE: "confidence_f1", NUMBER: "victim_number_f1", EFFECT: "victim_effect_f1"}


class Document(TypedDict):
    """A line of the gold file; ``slots`` are the full keys."""

    docid: str
    doctext: str
    templates: list[dict[str, Any]]
    slots: NotRequired[list[dict[str, list[str]]]]


class Totals(msgspec.Struct):
    """What is counted over all documents."""

    templates: Tallies
    fillers: Tallies
    slots: dict[str, Credit]
    errors: list[str] = []


def score(gold: Path) -> Scores:
    """Read every document of the gold file and compare its templates, role fillers and slots."""
    vocabulary = load_vocabulary()
    totals = Totals(no_tallies(), no_tallies(ROLES), {slot: Credit() for slot in SCORED})
    for document in read_items(gold, Document):
        _count(document, _read(document, vocabulary, totals), totals)
    return _scores(totals)


def write_predictions(gold: Path, path: Path) -> None:
    """Write ``{docid: [templates]}`` in the gold's own template form: mentions with their first place in the text."""
    vocabulary = load_vocabulary()
    totals = Totals({}, {}, {})
    predictions = {
        document["docid"]: [
            to_json(template, document["doctext"]) for template, _ in _read(document, vocabulary, totals)
        ]
        for document in read_items(gold, Document)
    }
    path.write_text(json.dumps(predictions, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _read(document: Document, vocabulary: Vocabulary, totals: Totals) -> list[tuple[Template, Response]]:
    name, text = document["docid"], document["doctext"]
    report = Report(id=report_id(None, text), input_id=name, text=text, language="en")
    try:
        issues = Issues(name)
        return read_templates(read_report(report, vocabulary, issues), vocabulary, issues)
    except Exception as error:  # noqa: BLE001 - a crash on an item is a miss
        totals.errors.append(f"{name}: crashed: {error!r}")
        return []


def _count(document: Document, read: list[tuple[Template, Response]], totals: Totals) -> None:
    predicted, responses = [template for template, _ in read], [response for _, response in read]
    gold = gold_templates(document["templates"])
    templates = score_document(predicted, gold)
    for slot, tally in templates.items():
        totals.templates[slot].add(tally)
        if tally.right < tally.predicted or tally.found < tally.gold:
            totals.errors.append(_error(document["docid"], slot, predicted, gold))
    for role, tally in score_role_fillers(predicted, gold).items():
        totals.fillers[role].add(tally)
    keys = [key_of(key) for key in document.get("slots", ())]
    for slot, credit in score_slots(responses, keys).items():
        totals.slots[slot].add(credit)


def _error(docid: str, slot: str, predicted: list[Template], gold: list[Template]) -> str:
    return f"{docid}: {slot}: {_fillers(predicted, slot)} for {_fillers(gold, slot)}"


def _fillers(templates: list[Template], slot: str) -> str:
    if slot == INCIDENT_TYPE:
        return ", ".join(template.incident_type for template in templates) or "nothing"
    entities = [entity for template in templates for entity in template.roles[slot]]
    return "; ".join(" / ".join(entity) for entity in entities) or "nothing"


def _scores(totals: Totals) -> Scores:
    measures: dict[str, float] = {}
    support: dict[str, int] = {}
    for name, tallies in (("template", totals.templates), ("ceaf_ree", totals.fillers)):
        whole = total(tallies)
        measures |= {f"{name}_f1": whole.f1, f"{name}_precision": whole.precision, f"{name}_recall": whole.recall}
        measures |= {f"{name}_{slot}_f1": tally.f1 for slot, tally in tallies.items()}
        support[f"{name}_f1"] = whole.gold
        support |= {f"{name}_{slot}_f1": tally.gold for slot, tally in tallies.items()}
    measures |= {SLOT_NAMES[slot]: credit.f1 for slot, credit in totals.slots.items()}
    support |= {SLOT_NAMES[slot]: int(credit.possible) for slot, credit in totals.slots.items()}
    return Scores(set="muc4", measures=measures, support=support, errors=tuple(totals.errors))
