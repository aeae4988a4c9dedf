"""Scores on sentences with one event and the place that belongs to it, or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import spacy

from according.evaluate.gold import read_items
from according.evaluate.scores import Scores
from according.extract.location import place_of_event
from according.extract.parse import parse
from according.records import Passage, Report, Span, report_id
from according.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

_BATCH = 60
Position = tuple[int, int]


class GoldSpan(msgspec.Struct, frozen=True):
    """A marked stretch: the event ("VERB") or a place of it ("LOCATION")."""

    start: int
    end: int
    label: str


class GoldSentence(msgspec.Struct, frozen=True):
    """A sentence of the gold file."""

    text: str
    spans: list[GoldSpan]


def score(gold: Path) -> Scores:
    """How often the place of an event is right, or rightly none; with the two halves apart."""
    return score_sentences(read_gold(gold), load_vocabulary())


def read_gold(gold: Path) -> list[GoldSentence]:
    """The sentences of a gold file."""
    return read_items(gold, GoldSentence)


def score_sentences(gold: Sequence[GoldSentence], vocabulary: Vocabulary) -> Scores:
    """Score every marked event of some sentences; one that cannot be found in its sentence is a miss."""
    counts = {"placed": 0, "placed_right": 0, "unplaced": 0, "unplaced_right": 0}
    errors = []
    for item, event, given in _readings(gold, vocabulary):
        wanted = places_of(item)
        right = any(given[0] < end and start < given[1] for start, end in wanted) if given and wanted else given is None
        right = right and (given is not None or not wanted)
        kind = "placed" if wanted else "unplaced"
        counts[kind] += 1
        counts[f"{kind}_right"] += right
        if not right:
            said = item.text[given[0] : given[1]] if given else "nowhere"
            meant = ", ".join(item.text[start:end] for start, end in wanted) or "nowhere"
            errors.append(f"{item.text[event.start : event.end]}: {said}, not {meant}: {item.text.strip()[:300]}")
    total = counts["placed"] + counts["unplaced"]
    return Scores(
        set="event_location",
        measures={
            "accuracy": (counts["placed_right"] + counts["unplaced_right"]) / total if total else 0.0,
            "accuracy_placed": counts["placed_right"] / counts["placed"] if counts["placed"] else 0.0,
            "accuracy_unplaced": counts["unplaced_right"] / counts["unplaced"] if counts["unplaced"] else 0.0,
        },
        support={"events": total, "placed": counts["placed"], "unplaced": counts["unplaced"]},
        errors=tuple(errors),
    )


def _readings(
    gold: Sequence[GoldSentence], vocabulary: Vocabulary
) -> Iterator[tuple[GoldSentence, GoldSpan, Position | None]]:
    """Each marked event with where it is read to be, as a position in its sentence."""
    sentences = parse_sentences([item.text for item in gold], vocabulary)
    for item in gold:
        sentence = sentences.get(item.text)
        for event in (span for span in item.spans if span.label == "VERB"):
            trigger = trigger_of(sentence, event) if sentence else None
            place = place_of_event(sentence, trigger) if sentence and trigger else None
            offset = sentence.offset if sentence else 0
            yield item, event, (place.start - offset, place.end - offset) if place else None


def trigger_of(sentence: Sentence, event: GoldSpan) -> Token | None:
    """The token at a marked event."""
    return next((t for t in sentence.doc if t.idx < event.end and event.start < t.end), None)


def parse_sentences(texts: Iterable[str], vocabulary: Vocabulary) -> dict[str, Sentence]:
    """Parse sentences a batch at a time, each its own passage."""
    parsed: dict[str, Sentence] = {}
    waiting = sorted(set(texts))
    for first in range(0, len(waiting), _BATCH):
        text, passages = "", []
        for index, each in enumerate(waiting[first : first + _BATCH]):
            span = Span(len(text), len(text) + len(each), each)
            passages.append(Passage(report="", index=index, span=span, block="body", block_index=0))
            text += each + "\n\n"
        report = Report(id=report_id(None, text), text=text)
        parsed.update((sentence.text, sentence) for sentence in parse(report, passages, vocabulary))
    return parsed


def places_of(item: GoldSentence) -> list[Position]:
    """Where the marked places stand, in characters.

    A tenth of the published marks are counted in tokens, first to last, not in characters; they are known by lying
    across words or holding nothing, and are read as tokens.
    """
    return [position for span in item.spans if span.label == "LOCATION" if (position := _position(item.text, span))]


def _position(text: str, span: GoldSpan) -> Position | None:
    if not _is_counted_in_tokens(text, span):
        return span.start, span.end
    tokens = spacy.blank("en")(text)
    if span.end >= len(tokens):
        return None
    return tokens[span.start].idx, tokens[span.end].idx + len(tokens[span.end])


def _is_counted_in_tokens(text: str, span: GoldSpan) -> bool:
    marked = text[span.start : span.end]
    if not marked or marked != marked.strip() or (len(marked) < 3 and not marked.isupper()):
        return True
    cuts = [(span.start, text[span.start - 1 : span.start + 1]), (span.end, text[span.end - 1 : span.end + 1])]
    return any(position > 0 and len(pair) == 2 and pair.isalnum() for position, pair in cuts)
