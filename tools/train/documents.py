"""MUC-4 documents as training examples: windows of word pieces with their roles, types, effects and confidence."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from according.evaluate.muc4_slots import read_fills
from according.export.muc4_form import CONFIDENCE, EFFECT
from according.export.muc4_form import ROLES as TEMPLATE_ROLES
from according.extract.encoder import BEGIN, CONFIDENCES, EFFECTS, INSIDE, ROLES, TYPES, windows_of

KINDS = {"types": len(TYPES), "effects": len(EFFECTS), "confidences": len(CONFIDENCES)}
QUOTED = re.compile(r'"([^"]*)"')
KIND_OF_PLACE = re.compile(r"\s*\([^)]*\)")

Spans = list[tuple[int, int]]


@dataclass
class Window:
    """Word pieces of a document: ids, character offsets, role tags (pieces × roles) and what the mentions are like.

    ``kinds`` gives, by head, (pieces × classes) in 0/1, and ``told`` the pieces for which the head is taught.
    """

    ids: list[int]
    offsets: Spans
    tags: np.ndarray
    kinds: dict[str, np.ndarray]
    told: dict[str, np.ndarray]


@dataclass
class Document:
    """One document: its windows and which incident types it reports (0/1 a type)."""

    docid: str
    text: str
    types: np.ndarray
    windows: list[Window] = field(default_factory=list)


def load(path: Path, tokenizer: Tokenizer) -> list[Document]:
    """Read a file in the form of ``gold/muc4`` and cut every document into overlapping windows."""
    with path.open(encoding="utf-8") as lines:
        return [_document(json.loads(line), tokenizer) for line in lines]


def _document(item: dict[str, Any], tokenizer: Tokenizer) -> Document:
    text = item["doctext"]
    types = np.zeros(len(TYPES), dtype=np.float32)
    for template in item["templates"]:
        types[_types(template)] = 1
    encoded = tokenizer.encode(text, add_special_tokens=False)
    offsets = encoded.offsets
    tags = _tags(text, [*_fillers(item["templates"]), *named(item["slots"])], offsets)
    kinds, told = {}, {}
    for head, mentions in _described(item).items():
        kinds[head], told[head] = _kinds(text, mentions, offsets, KINDS[head])
    document = Document(item["docid"], text, types)
    for piece in windows_of(len(encoded.ids)):
        cut = [{head: rows[piece] for head, rows in each.items()} for each in (kinds, told)]
        document.windows.append(Window(encoded.ids[piece], offsets[piece], tags[piece], *cut))
    return document


def _types(template: dict[str, Any]) -> list[int]:
    """The indices of a template's incident types ("bombing / attack" is both)."""
    return [TYPES.index(part.strip()) for part in template["incident_type"].split("/") if part.strip() in TYPES]


def _described(item: dict[str, Any]) -> dict[str, list[tuple[str, list[int]]]]:
    """By head, the mentions it is taught on and the classes each belongs to."""
    types = [
        (mention, _types(template))
        for template in item["templates"]
        for role in TEMPLATE_ROLES
        for entity in template[role]
        for mention, _ in entity
    ]
    slots = item["slots"]
    return {
        "types": types,
        "effects": list(_filled(slots, EFFECT, EFFECTS)),
        "confidences": list(_filled(slots, CONFIDENCE, CONFIDENCES)),
    }


def _filled(slots: Iterable[dict[str, Any]], slot: str, classes: Sequence[str]) -> Iterable[tuple[str, list[int]]]:
    for template in slots:
        for fill in read_fills(template.get(slot, ())):
            indices = [classes.index(value) for value in fill.values if value in classes]
            for mention in fill.mentions:
                if indices:
                    yield mention.lower(), indices


def _occurrences(text: str, mention: str) -> Spans:
    """Every place where a mention's words stand in the text as whole words."""
    return [match.span() for match in re.finditer(rf"(?<!\w){re.escape(mention)}(?!\w)", text)]


def _pieces(offsets: Spans, start: int, end: int) -> list[int]:
    return [index for index, (first, last) in enumerate(offsets) if first < end and last > start]


def _fillers(templates: Iterable[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    """The mentions of the five roles of the templates, each with its role's index."""
    for template in templates:
        for role in TEMPLATE_ROLES:
            for entity in template[role]:
                yield from ((mention, ROLES.index(role)) for mention, _ in entity)


def named(slots: Iterable[dict[str, Any]]) -> Iterator[tuple[str, int]]:
    """Victims by description, and the narrowest places of the incidents, from the full keys."""
    for template in slots:
        for fill in template.get("HUM TGT: DESCRIPTION", ()):
            yield from ((mention.lower(), ROLES.index("VictimDescription")) for mention in QUOTED.findall(fill))
        for fill in template.get("INCIDENT: LOCATION", ()):
            for place in fill.split(":")[-1].split(" - "):
                name = KIND_OF_PLACE.sub("", place).strip(" -*?").lower()
                if name:
                    yield name, ROLES.index("Place")


def _tags(text: str, mentions: Iterable[tuple[str, int]], offsets: Spans) -> np.ndarray:
    """Begin, inside or outside by piece and role; of two mentions that overlap, the longer one."""
    tags = np.zeros((len(offsets), len(ROLES)), dtype=np.int64)
    spans = {(start, end, role) for mention, role in mentions for start, end in _occurrences(text, mention)}
    for start, end, role in sorted(spans, key=lambda span: (span[1] - span[0], span)):
        pieces = _pieces(offsets, start, end)
        if pieces:
            tags[pieces, role] = INSIDE
            tags[pieces[0], role] = BEGIN
    return tags


def _kinds(
    text: str, mentions: Iterable[tuple[str, list[int]]], offsets: Spans, size: int
) -> tuple[np.ndarray, np.ndarray]:
    kinds = np.zeros((len(offsets), size), dtype=np.float32)
    told = np.zeros(len(offsets), dtype=np.float32)
    for mention, classes in mentions:
        for start, end in _occurrences(text, mention):
            pieces = _pieces(offsets, start, end)
            kinds[np.ix_(pieces, classes)] = 1
            told[pieces] = 1
    return kinds, told
