"""Speakers that parsers take for something else: for what is told, for another name of a day or of a victim."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.arguments import is_time
from according.extract.tokens import text_of
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.tokens import Token

TELLING = frozenset(["tell", "inform"])
"""Verbs whose object is who is told."""


def inverted_speaker(verb: Token) -> list[Token]:
    """In "Y is free, declared the governor" parsers take the governor for what is declared."""
    if verb.i == 0 or verb.nbor(-1).text not in (",", '"', "”", "'", "’") or verb.tag_ not in ("VBD", "VBZ"):
        return []
    if verb.lemma_ in TELLING:
        return []  # whoever is told does not speak
    said = any(c.dep_ == "ccomp" and c.i < verb.i for c in verb.children) or verb.dep_ == "conj"
    own = any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "cc", "xcomp") for c in verb.children)
    kind = load_wording().speech_kind.get(verb.lemma_)
    if not said or own or kind not in ("report", "deny", "admit", "confirm"):
        return []
    behind = [c for c in verb.rights if c.dep_ == "dobj"][:1]
    return [
        c
        for c in behind
        if c.pos_ == "PROPN" or load_wording().voice_class(text_of(verb.doc[c.left_edge.i : c.right_edge.i + 1]))
    ]


def speaker_behind_day(verb: Token) -> list[Token]:
    """In "X took Y on Monday, residents told reporters" parsers take the residents for another name of the day."""
    if verb.dep_ != "advcl" or verb.i == 0 or load_wording().speech_kind.get(verb.lemma_) != "report":
        return []
    if verb.tag_ not in ("VBD", "VBZ", "VBP") or any(c.dep_ in ("nsubj", "mark", "aux") for c in verb.children):
        return []
    named = [t for t in verb.nbor(-1).ancestors if t.dep_ == "appos"]
    named += [verb.nbor(-1)] if verb.nbor(-1).dep_ == "appos" else []
    return [t for t in named if is_time(t.head) and t.i < verb.i][:1]


def speaker_in_apposition(verb: Token) -> Iterator[Token]:
    """In "It killed nine people, a nurse there, who fled, told AFP" parsers take the nurse for one of the nine."""
    if load_wording().speech_kind.get(verb.lemma_) != "report" or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return
    if verb.i == 0 or verb.nbor(-1).text != "," or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children):
        return
    for other in verb.doc[: verb.i]:
        opens = other.left_edge.i > 0 and verb.doc[other.left_edge.i - 1].text == ","
        if other.dep_ == "appos" and opens and all(t.is_punct for t in verb.doc[other.right_edge.i + 1 : verb.i]):
            able = other.pos_ == "PROPN" or load_wording().voice_class(
                text_of(verb.doc[other.left_edge.i : other.i + 1])
            )
            if able and not is_time(other.head):
                yield other
            return


def after_a_day(head: Token) -> list[Token]:
    """In "Early Monday, rebels said …" parsers take the rebels for another name of the day."""
    if not is_time(head):
        return [head]
    return [c for c in head.children if c.dep_ == "appos" and c.pos_ in ("NOUN", "PROPN")] or [head]
