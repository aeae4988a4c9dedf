"""What words that only point at a place stand for: "the northern part", a town whose name no gazetteer knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.vocabulary.control import load_control_words
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Span
    from according.vocabulary.names import NameMention

BARE_PARTS = frozenset(["part", "half", "rest", "side"])
LEADING = frozenset(["in", "at", "inside", "into", "near", "around"])
GONE_TO = frozenset(["to", "into", "on", "at", "against", "towards"])
OF_PLACES = frozenset(["resident", "people", "elder", "inhabitant", "outskirt", "mayor", "centre", "center", "street"])


def is_definite_part(head: Token) -> bool:
    """“The northern part", "the rest" of what was spoken of: no "of" behind it."""
    if head.lemma_.lower() not in BARE_PARTS or any(c.lower_ == "of" for c in head.children):
        return False
    known = any(c.lower_ == "the" for c in head.children)
    directed = any(c.lower_ in load_control_words().directions for c in head.children)
    return known and (directed or head.lower_ == "rest")


def is_bare_part(span: Span) -> bool:
    """Whether a place is given as nothing but a part: "the northern part"."""
    words = span.text.lower().split()
    return 1 < len(words) <= 3 and words[0] == "the" and words[-1] in BARE_PARTS


def unknown_name_before(sentence: Sentence, end: int) -> Span | None:
    """The last name before a character of the sentence that stands where a place does ("residents of Y")."""
    for word in reversed(sentence.doc):
        if word.head.head.lemma_ in load_wording().speech_kind:
            continue
        if word.idx >= end or word.pos_ != "PROPN" or word.dep_ != "pobj" or sentence.actor_at(word) is not None:
            continue
        before = word.head
        placed = before.lower_ in LEADING or (before.lower_ == "of" and before.head.lemma_.lower() in OF_PLACES)
        if placed and word.lower_ not in load_control_words().calendar:
            return sentence.span_of(t for t in sentence.doc[word.left_edge.i : word.i + 1] if t.pos_ == "PROPN")
    return None


def site_before(sentence: Sentence, end: int) -> Span | None:
    """“Drove up to the rebels' base at Y and occupied it": the last place by what it is that was gone to or done to."""
    words = load_control_words()
    kinds = words.sites | words.towns
    for word in reversed(sentence.doc):
        if word.idx >= end or word.lemma_.lower() not in kinds or word.pos_ not in ("NOUN", "PROPN"):
            continue
        if word.dep_ == "dobj" or (word.dep_ == "pobj" and word.head.lower_ in GONE_TO):
            named = [t for c in word.children if c.lower_ in LEADING for t in c.subtree]
            lefts = [t for c in word.lefts for t in c.subtree]
            return sentence.span_of(sorted([*lefts, word, *named], key=lambda t: t.i))
    return None


def is_said_from(sentence: Sentence, name: NameMention) -> bool:
    """“A spokesman in Y said", "said in Y": where somebody speaks is not what they speak of."""
    told = load_wording().speech_kind
    for word in sentence.tokens_in(name):
        where = word.head if word.dep_ == "pobj" and word.head.lower_ in ("in", "at", "from") else None
        speech = where.head if where is not None else None
        if speech is not None and speech.dep_ == "nsubj":
            speech = speech.head
        if speech is not None and speech.lemma_ in told:
            return True
    return False


def people_s_place(sentence: Sentence, trigger: Token) -> Span | None:
    """“Residents of Y cheered the soldiers who had driven them out": out of Y."""
    if trigger.dep_ != "relcl":
        return None
    above = next((a for a in trigger.ancestors if a.tag_[:2] == "VB"), trigger)
    for subject in (c for c in above.children if c.dep_ == "nsubj" and c.lemma_.lower() in OF_PLACES):
        for word in (g for c in subject.children if c.lower_ in ("of", "in") for g in c.children if g.dep_ == "pobj"):
            name = sentence.place_at(word)
            if name is not None:
                return sentence.span(name.start - sentence.offset, name.end - sentence.offset)
    return None
