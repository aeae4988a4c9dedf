"""How sure a report is of an organisation's part, in the keys' five words: a weighing of the encoder, rules and cues.

The encoder's own reading of the mentions, what the rules read, and the words for claiming, accusing, suspecting and for
authorities in the sentences that name the organisation and in the whole report; weights fitted on gold.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from math import log1p

import msgspec

from according.export.muc4_fillers import Entity, are_within, logit
from according.extract.encoder import CONFIDENCES
from according.records import Reading
from according.segment.sentences import split_sentences
from according.vocabulary import Vocabulary
from according.vocabulary.muc4 import load_muc4

ARMED = frozenset({"armed_group", "criminal_group"})
CUES = ("claims", "accusations", "suspicions", "authorities", "possibilities")
FEATURES = (
    *(f"encoder: {one.lower()}" for one in CONFIDENCES),
    *(f"rules: {one.lower()}" for one in CONFIDENCES),
    *(f"sentences: {one}" for one in CUES),
    *(f"report: {one}" for one in CUES),
    "armed group", "unknown kind", "marks", "constant",
)  # fmt: skip


class Attributions(msgspec.Struct, frozen=True):
    """What a report tells of attributions: its sentences, and how sure the rules found it by wording."""

    sentences: tuple[str, ...]
    starts: tuple[int, ...]
    read: Mapping[str, str]
    kinds: Mapping[str, str]


NOTHING_TOLD = Attributions((), (), {}, {})


def attributions_of(
    reading: Reading, read: Mapping[str, str], organisations: Sequence[Entity], vocabulary: Vocabulary
) -> Attributions:
    """What a reading tells of these organisations."""
    text = reading.report.text
    sentences = split_sentences(text, 0, len(text))
    wordings = {one.wording for one in organisations}
    kinds = {wording: kind for wording in wordings if (kind := _kind(wording, vocabulary))}
    return Attributions(
        tuple(text[start:end].lower() for start, end in sentences), tuple(start for start, _ in sentences), read, kinds
    )


def _kind(wording: str, vocabulary: Vocabulary) -> str | None:
    """The kind of the first actor that the registry knows in a wording."""
    known = (vocabulary.actors.get(mention.ids[0]) for mention in vocabulary.actors.spot(wording))
    return next((actor.kind for actor in known if actor is not None), None)


def confidence_of(organisation: Entity, told: Attributions, weights: Mapping[str, Sequence[float]]) -> str:
    """The likeliest of the five."""
    features = features_of(organisation, told)
    return max(CONFIDENCES, key=lambda one: sum(w * x for w, x in zip(weights[one], features, strict=True)))


def features_of(organisation: Entity, told: Attributions) -> tuple[float, ...]:
    """The features of an organisation's part, in the order of FEATURES."""
    marks = organisation.candidates[0].marks
    whole = sum(mark.score for mark in marks)
    chances = [sum(mark.score * mark.confidences[i] for mark in marks) / whole for i in range(len(CONFIDENCES))]
    read = next((how for wording, how in told.read.items() if are_within(wording, organisation.wording)), None)
    kind = told.kinds.get(organisation.wording)
    own = {bisect_right(told.starts, mark.start) - 1 for mark in marks}
    return (
        *(logit(chance) for chance in chances),
        *(float(read == one) for one in CONFIDENCES),
        *_cues(" ".join(told.sentences[index] for index in sorted(own))),
        *_cues(" ".join(told.sentences)),
        float(kind in ARMED),
        float(kind is None),
        log1p(len(marks)),
        1.0,
    )


def _cues(text: str) -> list[float]:
    return [float(pattern.search(text) is not None) for pattern in _patterns()]


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    cues = load_muc4().confidence_cues
    return tuple(re.compile(rf"\b(?:{'|'.join(map(re.escape, cues[one]))})") for one in CUES)
