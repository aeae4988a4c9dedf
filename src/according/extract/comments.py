"""Comments that answer who did it with no more than a name: "Orlesia, 100% certain"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from according.extract.authors import VIOLENT
from according.extract.build import claim_of
from according.extract.clauses import read_clause
from according.extract.roles import is_verb

if TYPE_CHECKING:
    from according.extract.events import EventMention
    from according.extract.parse import Sentence
    from according.records import Claim, Hedge, Span
    from according.vocabulary.names import NameMention

CERTAIN = re.compile(
    r"\b(?:\d{1,3}\s?%|definitely|certain(?:ly)?|for sure|no doubt|without (?:a )?doubt|of course|obviously|clearly|"
    r"surely|undoubtedly|sure)(?!\w)",
    re.IGNORECASE,
)
UNSURE = re.compile(
    r"\b(?:probably|i(?:'d| would)? (?:think|guess|say|bet)|maybe|perhaps|most likely|likely|possibly)\b", re.IGNORECASE
)
ASKS_WHO = re.compile(
    r"\b(?:who|whom|whose|which (?:country|side|group|army)|what country)\b[^?]*\?|\?[^?]*\bwhom?\b", re.IGNORECASE
)
OPENING = 40
"""Characters within which an answer names its actor and its certainty."""


def extract_answers(sentences: Sequence[Sentence], mentions: Sequence[EventMention]) -> Iterator[Claim]:
    """Attributions by commenters who answer a question, or an article that leaves the author open, with a name."""
    open_event = _unowned(mentions)
    asked = _asked_event(sentences, mentions)
    opened: set[int] = set()
    for position, sentence in enumerate(sentences):
        passage = sentence.passage
        first = passage.block == "comment" and passage.block_index not in opened
        if not first:
            continue
        opened.add(passage.block_index)
        answer = _answer(sentence)
        event = _latest(asked, position) or open_event
        if answer and event:
            yield _claim(sentence, answer, event)


def _answer(sentence: Sentence) -> tuple[NameMention, Span, Hedge] | None:
    """The actor that a comment opens with, the words of certainty beside it, and how sure they are."""
    opening = sentence.text[:OPENING]
    certain, unsure = CERTAIN.search(opening), UNSURE.search(opening)
    found = certain or unsure
    names = [m for m in sentence.actors if m.start - sentence.offset < OPENING]
    if not found or not names or _is_told(sentence, names[0]):
        return None
    hedge: Hedge = "probable" if unsure and not certain else "none"
    return names[0], sentence.span(*found.span()), hedge


def _is_told(sentence: Sentence, name: NameMention) -> bool:
    """Whether the name is the subject of a verb of its own, so that the words say more than who."""
    tokens = sentence.tokens_in(name)
    head = tokens[-1].head
    return tokens[-1].dep_ == "nsubj" and is_verb(head) and head.lemma_ != "be" and head.idx < OPENING


def _claim(sentence: Sentence, answer: tuple[NameMention, Span, Hedge], event: Claim) -> Claim:
    name, cue, hedge = answer
    clause = read_clause(sentence, sentence.tokens_in(name)[-1])
    return claim_of(
        sentence,
        clause,
        event.predicate,
        subject=sentence.span(name.start - sentence.offset, name.end - sentence.offset),
        cues=(cue,),
        hedge=hedge,
        polarity="affirmed",
        realis="happened",
        place=None,
        time=None,
        voices=clause.voices[:1],
        event=event.event or event.id,
    )


def _unowned(mentions: Sequence[EventMention]) -> Claim | None:
    """The article's first violent event whose author nobody names."""
    told = [m.claim for m in mentions if m.claim.block != "comment" and m.claim.predicate in VIOLENT]
    owned = {c.event or c.id for c in told if c.subject is not None}
    return next((c for c in told if c.subject is None and c.realis == "happened" and c.id not in owned), None)


def _asked_event(sentences: Sequence[Sentence], mentions: Sequence[EventMention]) -> list[tuple[int, Claim]]:
    """The events that comments ask the author of, by position: the one asked about, else the article's open one."""
    open_event = _unowned(mentions)
    asked = []
    for position, sentence in enumerate(sentences):
        if sentence.passage.block != "comment" or not ASKS_WHO.search(sentence.text):
            continue
        about = next((m.claim for m in mentions if m.position == position and m.claim.predicate in VIOLENT), None)
        event = open_event if open_event and (about is None or about.predicate == open_event.predicate) else about
        if event:
            asked.append((position, event))
    return asked


def _latest(asked: Sequence[tuple[int, Claim]], position: int) -> Claim | None:
    return next((event for at, event in reversed(asked) if at < position), None)
