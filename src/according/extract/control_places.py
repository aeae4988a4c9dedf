"""Which arguments name a place that somebody can hold, and how much of it is meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from according.extract.arguments import coordinated, phrase
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from according.extract.parse import Sentence
    from according.records import Span

PRONOUNS = frozenset(["it", "them", "which", "that", "this"])
SETTLEMENTS = frozenset(
    "town city village district province region area neighbourhood neighborhood suburb settlement hamlet port island "
    "enclave territory governorate county state township capital hub municipality oblast county peninsula".split()
)
LOCATING = frozenset(["in", "at", "outside", "near"])
DIRECTIONS = frozenset(
    "northern southern eastern western central north south east west northeastern northwestern southeastern "
    "southwestern northeast northwest southeast southwest upper lower rural".split()
)
EXCEPTING = frozenset(["except", "but", "excluding", "apart", "save"])
TITLES = frozenset("general colonel major captain lieutenant brigadier president minister mr mrs ms dr sheikh commander".split())


@dataclass(frozen=True, slots=True)
class PlaceArgument:
    """A place as the words give it, with the words that limit it."""

    span: Span
    extent: Span | None = None


def places_in(sentence: Sentence, heads: Iterable[Token], *, loosely: bool) -> list[PlaceArgument]:
    """The places that some head words stand for; ``loosely`` takes any unknown proper name for one, and "it"."""
    found: dict[tuple[int, int], PlaceArgument] = {}
    for head in heads:
        for member in coordinated(head):
            for place in _read(sentence, member, loosely=loosely):
                found.setdefault((place.span.start, place.span.end), place)
    return list(found.values())


def is_place(sentence: Sentence, head: Token, *, loosely: bool) -> bool:
    """Whether a head word stands for a place."""
    return bool(places_in(sentence, [head], loosely=loosely))


def _read(sentence: Sentence, head: Token, *, loosely: bool) -> Iterator[PlaceArgument]:
    extents = load_control_words().extents
    parts = _part_of(head)
    if parts and head.lemma_.lower() in extents.part_nouns:
        limit = None if head.lemma_.lower() in extents.whole else _limit(sentence, head, parts[0])
        for part in parts:
            for member in coordinated(part):
                for place in _read(sentence, member, loosely=loosely):
                    yield PlaceArgument(place.span, limit or place.extent or _hedged_whole(sentence, head))
        return
    span = _span(sentence, head, loosely=loosely)
    if span is not None:
        yield PlaceArgument(span, _excepted(sentence, head) or _quantified(sentence, head))


def _part_of(head: Token) -> list[Token]:
    return [g for c in head.children if c.lower_ == "of" for g in c.children if g.dep_ == "pobj"]


def _limit(sentence: Sentence, head: Token, part: Token) -> Span:
    """The words before the place: "nearly 70% of", "the western half of"."""
    words = [t for t in phrase(head) if t.i <= head.i or t.lower_ == "of" and t.head.i == head.i]
    before = [t for t in words if t.i < part.i and (t.i <= head.i or t.lower_ == "of")]
    return sentence.span_of(before)


def _hedged_whole(sentence: Sentence, head: Token) -> Span | None:
    """ "Nearly all of the city" is less than all of it."""
    near = [c for c in head.children if c.lower_ in ("nearly", "almost", "virtually")]
    return sentence.span_of([*near, head]) if near and head.lemma_.lower() != "none" else None


def _quantified(sentence: Sentence, head: Token) -> Span | None:
    """ "Most areas", "nearly the whole city", "half the town"."""
    extents = load_control_words().extents
    direct = [c for c in head.children if c.lower_ in extents.quantifiers and c.i < head.i and c.dep_ != "poss"]
    for child in direct:
        return sentence.span_of([child])
    whole = [c for c in head.children if c.lower_ in ("whole", "entire", "all") and c.i < head.i]
    near = [t for t in head.doc[max(0, head.i - 5) : head.i] if t.lower_ in ("nearly", "almost", "virtually")]
    return sentence.span_of([*near, *whole]) if whole and near else None


def _excepted(sentence: Sentence, head: Token) -> Span | None:
    """ "The city except the airport"."""
    for word in head.doc[head.i + 1 : head.i + 4]:
        if word.lower_ in EXCEPTING and word.dep_ in ("prep", "cc", "advmod", "mark"):
            return sentence.span_of([t for t in word.subtree if t.i >= word.i])
    return None


def _span(sentence: Sentence, head: Token, *, loosely: bool) -> Span | None:
    if head.lower_ in PRONOUNS:
        return sentence.span_of([head]) if loosely and head.lower_ in ("it", "them") else None
    named = _named(sentence, head)
    if named is not None:
        return named
    lemma = head.lemma_.lower()
    words = load_control_words()
    if head.pos_ in ("NOUN", "PROPN", "ADJ") and lemma in words.place_nouns and not _is_actor(sentence, head):
        return _common(sentence, head, lemma)
    if lemma == "there" or head.lower_ == "there":
        return sentence.span_of([head]) if loosely else None
    if loosely and _is_unknown_name(sentence, head):
        return sentence.span_of(_name_words(head))
    return None


def _named(sentence: Sentence, head: Token) -> Span | None:
    """A known place's name, with "northern" and the like before it."""
    mention = sentence.place_at(head)
    if mention is None or _titled(head):
        return None
    tokens = sentence.tokens_in(mention)
    before = tokens[0].nbor(-1) if tokens[0].i > 0 else None
    if before is not None and before.lower_ in DIRECTIONS:
        tokens = [before, *tokens]
    after = tokens[-1].nbor(1) if tokens[-1].i + 1 < len(head.doc) else None
    if after is not None and after.i == head.i:
        tokens.append(after)
    return sentence.span_of(tokens)


def _common(sentence: Sentence, head: Token, lemma: str) -> Span:
    """A noun for a kind of place: the name after "of" or beside it if there is one, else the phrase."""
    if lemma in SETTLEMENTS and head.tag_ in ("NN", "NNP"):
        for child in [*_part_of(head), *(c for c in head.children if c.dep_ in ("appos", "nmod"))]:
            if child.pos_ == "PROPN" and child.i > head.i:
                return _named(sentence, child) or sentence.span_of(_name_words(child))
    words = phrase(head)
    if lemma in SETTLEMENTS:
        inside = [m for m in sentence.places if {t.i for t in sentence.tokens_in(m)} <= {t.i for t in words}]
        if len(inside) == 1 and inside[0].end == sentence.offset + head.idx - 1 and head.pos_ == "NOUN":
            return sentence.span(inside[0].start - sentence.offset, head.idx + len(head))
    words = [t for t in words if t.pos_ != "PUNCT"] + [
        t for c in head.children if c.lower_ in LOCATING and c.dep_ == "prep" and c.i == words[-1].i + 1 for t in _simple(c)
    ]
    return sentence.span_of(words)


def _simple(preposition: Token) -> list[Token]:
    """A preposition with the noun phrase after it."""
    return [preposition, *(t for c in preposition.children if c.dep_ == "pobj" for t in phrase(c))]


def _is_unknown_name(sentence: Sentence, head: Token) -> bool:
    return head.pos_ == "PROPN" and head.ent_type_ != "PERSON" and not _is_actor(sentence, head) and not _titled(head)


def _is_actor(sentence: Sentence, head: Token) -> bool:
    return sentence.actor_at(head) is not None


def _titled(head: Token) -> bool:
    return any(c.dep_ in ("compound", "nmod") and c.lower_ in TITLES for c in head.children)


def _name_words(head: Token) -> list[Token]:
    """The run of proper-name words round a head."""
    first = last = head.i
    doc = head.doc
    while first > 0 and doc[first - 1].pos_ == "PROPN" and doc[first - 1].head.i in range(first, last + 1):
        first -= 1
    return list(doc[first : last + 1])
