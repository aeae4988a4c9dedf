"""What pages carry besides the report: interface phrases in many languages, and the model that sorts lines."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Literal

import ahocorasick_rs
import msgspec
import yaml

from according.records import BlockKind

PhraseClass = Literal["comments", "form", "related", "appeal", "interface", "byline", "caption"]
PhrasePlace = Literal["whole", "opens", "within"]

_NUMERIC_DATE = re.compile(r"\b\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b")
_NOT_LETTERS = re.compile(r"[^\w'+%&]+|[\d_]+")
_LONGEST_OPENING_WORDS = 8
_LONGEST_CHAIN = 120
_LINKING_WORDS = frozenset(("in", "on", "from", "by", "and", "or", "up", "us", "more", "or"))


class Hit(msgspec.Struct, frozen=True):
    """A phrase found in a line: its class, where it stands, and how many words it has."""

    phrase_class: PhraseClass
    place: PhrasePlace
    words: int


class State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A state of the line model: the kind of block it makes, and the weight of each feature of a line in it."""

    kind: BlockKind
    weights: dict[str, float]


class _Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    phrases: dict[PhraseClass, dict[PhrasePlace, list[str]]]
    words: dict[str, frozenset[str]]
    states: dict[str, State]
    transitions: dict[str, dict[str, float]]


def fold(line: str) -> str:
    """A line as phrases are compared: without case, numbers and punctuation, words one space apart."""
    return " ".join(_NOT_LETTERS.sub(" ", _NUMERIC_DATE.sub(" ", line.casefold().replace("’", "'"))).split())


class Furniture:
    """The phrases, ready to be looked up, and the line model."""

    def __init__(self, content: _Content) -> None:
        self.words = content.words
        self.states = content.states
        self.transitions = content.transitions
        self._whole: dict[str, Hit] = {}
        self._opens: dict[str, Hit] = {}
        within: dict[str, Hit] = {}
        tables = {"whole": self._whole, "opens": self._opens, "within": within}
        for phrase_class, places in content.phrases.items():
            for place, phrases in places.items():
                for phrase in filter(None, map(fold, phrases)):  # a phrase of signs alone folds to nothing
                    tables[place].setdefault(phrase, Hit(phrase_class, place, len(phrase.split())))
        self._within = list(within.values())
        self._matcher = ahocorasick_rs.AhoCorasick([f" {phrase} " for phrase in within])

    def whole(self, folded: str) -> Hit | None:
        """The phrase that is this whole folded line, or the first of the phrases that fill it one after another."""
        hit = self._whole.get(folded)
        if hit is None and " " in folded and len(folded) <= _LONGEST_CHAIN:
            hit = self._chain(folded.split())
        return hit

    def _chain(self, words: list[str]) -> Hit | None:
        first: Hit | None = None
        position = 0
        while position < len(words):
            for count in range(min(len(words) - position, _LONGEST_OPENING_WORDS), 0, -1):
                hit = self._whole.get(" ".join(words[position : position + count]))
                if hit and not (count == 1 and words[position] in _LINKING_WORDS):
                    break
            else:
                return None
            first = first or hit
            position += count
        return first

    def opening(self, folded: str) -> Hit | None:
        """The longest phrase that opens this folded line."""
        words = folded.split(" ", _LONGEST_OPENING_WORDS)[:_LONGEST_OPENING_WORDS]
        for count in range(len(words), 0, -1):
            if hit := self._opens.get(" ".join(words[:count])):
                return hit
        return None

    def within(self, folded: str) -> list[Hit]:
        """Phrases that stand anywhere in this folded line."""
        return [self._within[index] for index, _, _ in self._matcher.find_matches_as_indexes(f" {folded} ")]


@cache
def load_furniture() -> Furniture:
    """Load and validate ``furniture.yaml``: every transition must name known states."""
    data = (Path(__file__).parent / "furniture.yaml").read_bytes()
    content = msgspec.convert(yaml.load(data, Loader=yaml.CSafeLoader), _Content)
    named = set(content.transitions) | {state for row in content.transitions.values() for state in row}
    unknown = named - set(content.states) - {"start", "end"}
    if unknown:
        raise msgspec.ValidationError(f"furniture.yaml: transitions name unknown states {sorted(unknown)}")
    return Furniture(content)
