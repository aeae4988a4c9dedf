"""Ties between actors against re3d: documents on Syria and Iraq with relations between annotated entities.

A predicted tie matches a gold relation of the same document when the kinds agree and the words of both sides overlap
those of the gold's ends: FightingAgainst ← oppose, AlliesOf ← ally or back, BelongsTo ← part_of or join, InChargeOf ←
lead, and of a place, hold. Alliance, hostility and (since the gold gives it either way round) belonging match in both
directions. The gold's other relations (CoLocated, HasAttrOf, IsSynonymOf, CommWith, Likes, Dislikes, Apart) are no ties
and are left out. The path is ``documents.jsonl``; ``relations.jsonl`` lies beside it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple, TypedDict

from according.evaluate.gold import read_item, read_items
from according.evaluate.scores import Scores, f1
from according.records import Report, Span, report_id
from according.vocabulary import Vocabulary, load_vocabulary

RELATIONS = {
    "oppose": "FightingAgainst",
    "ally": "AlliesOf",
    "back": "AlliesOf",
    "part_of": "BelongsTo",
    "join": "BelongsTo",
    "lead": "InChargeOf",
    "hold": "InChargeOf",
}
EITHER_WAY = frozenset(["FightingAgainst", "AlliesOf", "BelongsTo"])


class Document(TypedDict):
    """A line of the gold file."""

    _id: str
    sourceUrl: str
    text: str


class Row(TypedDict):
    """A line of the relations beside it."""

    documentId: str
    type: str
    sourceBegin: int
    sourceEnd: int
    targetBegin: int
    targetEnd: int


class Relation(NamedTuple):
    """A relation between two stretches of a document."""

    kind: str
    source: tuple[int, int]
    target: tuple[int, int]


def score(gold: Path) -> Scores:
    """Read every document and compare its ties with the gold's, all kinds together and each by itself."""
    vocabulary = load_vocabulary()
    wanted = _wanted(gold.with_name("relations.jsonl"))
    hits: Counter[str] = Counter()
    predicted: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    errors: list[str] = []
    for document in read_items(gold, Document):
        missed = list(wanted[document["_id"]])
        expected.update(relation.kind for relation in missed)
        for found in _read(document, vocabulary, errors):
            predicted[found.kind] += 1
            match = next((one for one in missed if _fits(found, one)), None)
            if match is not None:
                hits[found.kind] += 1
                missed.remove(match)
            else:
                errors.append(_told(document, found, "extra"))
        errors += [_told(document, one, "missed") for one in missed]
    kinds = sorted(set(RELATIONS.values()))
    measures = {kind: f1(hits[kind], predicted[kind], expected[kind]) for kind in kinds}
    total, said = sum(hits.values()), sum(predicted.values())
    measures |= {
        "f1": f1(total, said, sum(expected.values())),
        "precision": total / said if said else 0.0,
        "recall": total / sum(expected.values()) if expected else 0.0,
    }
    support = {kind: expected[kind] for kind in kinds}
    support |= {"f1": sum(expected.values()), "precision": said, "recall": sum(expected.values())}
    return Scores(set="re3d", measures=measures, support=support, errors=tuple(errors))


def _wanted(path: Path) -> dict[str, list[Relation]]:
    """The gold's ties by document, each once."""
    wanted: dict[str, list[Relation]] = defaultdict(list)
    for row in read_items(path, Row):
        relation = Relation(row["type"], (row["sourceBegin"], row["sourceEnd"]), (row["targetBegin"], row["targetEnd"]))
        if row["type"] in RELATIONS.values() and relation not in wanted[row["documentId"]]:
            wanted[row["documentId"]].append(relation)
    return wanted


def _read(document: Document, vocabulary: Vocabulary, errors: list[str]) -> list[Relation]:
    text, address = document["text"], document["sourceUrl"]
    report = Report(id=report_id(address, text), input_id=document["_id"], text=text, language="en")
    found = [
        Relation(RELATIONS[c.predicate], _ends(c.subject), _ends(target))
        for c in read_item(report, vocabulary, errors).claims
        if c.predicate in RELATIONS and c.polarity == "affirmed" and c.subject
        for target in [c.place if c.predicate == "hold" else c.object]
        if target
    ]
    return list(dict.fromkeys(found))


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _fits(found: Relation, wanted: Relation) -> bool:
    if found.kind != wanted.kind:
        return False
    if _meet(found.source, wanted.source) and _meet(found.target, wanted.target):
        return True
    crossed = _meet(found.source, wanted.target) and _meet(found.target, wanted.source)
    return crossed and found.kind in EITHER_WAY


def _meet(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _told(document: Document, relation: Relation, what: str) -> str:
    text = document["text"]
    source, target = text[slice(*relation.source)], text[slice(*relation.target)]
    return f"{document['_id'][:8]}: {what} {relation.kind} {source!r} – {target!r}"
