"""Nouns of leaving a place: whose withdrawal it is, from where, and whether it took place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.control_finding import Finding, after, is_party, surface_subjects
from according.extract.control_states import known_places
from according.extract.roles import is_verb, subjects_of
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

OPENING = frozenset(["put", "open", "allow", "let", "give", "hand", "end", "complete", "pave", "clear", "seal"])
"""What a withdrawal that has taken place does to a town or a battle."""


def withdrawal(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“X's withdrawal from Y", "the evacuation of the last fighters put Y back …": whose, and from where."""
    words = load_control_words()
    sources = after(noun, "from", "of", "out")
    sources += [p for o in after(noun, "of") if is_party(sentence, o) for p in after(o, "from")]
    if any(s.lemma_.lower() in words.not_left for s in sources):
        return
    owners = [c for c in noun.children if c.dep_ == "poss"] + [
        p for p in after(noun, "of", "by") if is_party(sentence, p)
    ]
    owners += [c for c in noun.children if c.dep_ in ("compound", "amod") and sentence.actor_at(c) is not None]
    verb = noun.head
    if not owners and is_verb(verb) and noun.dep_ == "dobj":
        owners = [s for s in subjects_of(verb) if is_party(sentence, s)]
    places = known_places(sentence, [s for s in sources if s not in owners], loosely=True)
    if not owners and places:
        owners = _speakers_side(sentence, noun)
    if not owners and not places:
        yield from _withdrawal_spoken_of(sentence, noun)
    elif owners and (
        places
        or (noun.dep_ == "dobj" and verb.lemma_ in ("make", "carry", "conduct", *load_control_words().owning_up))
        or _is_named_so(noun)
        or _is_cause(noun)
    ):
        yield Finding("withdraw", noun, tuple(owners), places)


def _is_named_so(noun: Token) -> bool:
    """“Moscow called it a regrouping of its troops": what has just been told is their leaving."""
    return noun.dep_ in ("oprd", "ccomp", "attr") and noun.head.lemma_ in ("call", "describe", "term", "label", "dub")


def _is_cause(noun: Token) -> bool:
    """“The evacuation of the last fighters put the town back in …": it has taken place."""
    return noun.dep_ == "nsubj" and noun.head.tag_ == "VBD" and noun.head.lemma_ in OPENING


def _speakers_side(sentence: Sentence, noun: Token) -> list[Token]:
    """“The army's communiqué speaks of a repositioning from Y": the army's."""
    verb = next((a for a in noun.ancestors if is_verb(a)), None)
    if verb is None or verb.lemma_ not in load_control_words().owning_up:
        return []
    heads = surface_subjects(verb)
    return [w for h in heads for w in (h, *h.lefts) if is_party(sentence, w)][:1]


def _withdrawal_spoken_of(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“The army will look into the surprise withdrawal": its own, from the place spoken of."""
    verb = next((a for a in noun.ancestors if is_verb(a)), None)
    if (
        verb is None
        or verb.lemma_ not in load_control_words().owning_up
        or not any(c.lower_ == "the" for c in noun.lefts)
    ):
        return
    who = tuple(s for s in surface_subjects(verb) if is_party(sentence, s))
    if who:
        yield Finding("withdraw", noun, who, realis="happened")
