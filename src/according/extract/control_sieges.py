"""Sieges told by nouns: "X's siege of Y", "Y is under siege", "X laid siege to Y"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.control_finding import Finding, after, is_party
from according.extract.control_states import known_places, owners_of, state_findings
from according.extract.roles import is_verb, subjects_of
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token


def siege(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“Under siege by X”, "X's siege of Y", "X laid siege to Y", "X keeps Y under siege"; not one that was lifted."""
    words = load_control_words()
    verb = noun.head if is_verb(noun.head) else None
    if noun.dep_ == "pobj" and noun.head.head.lemma_ in words.siege_enders | {"lifting", "breaking"}:
        return  # "the end of the siege"
    if verb is not None and verb.lemma_ in words.siege_enders and noun.dep_ in ("dobj", "nsubjpass"):
        yield from _to_be_lifted(sentence, noun, verb)
        return
    if noun.head.lower_ in ("under", "in") and noun.head.dep_ == "prep":
        yield from state_findings(sentence, noun, noun.head, predicate="besiege")
        return
    places = known_places(sentence, after(noun, "of", "on", "around", "round"), loosely=True)
    doers = tuple(o for o in owners_of(sentence, noun) if o.dep_ != "pobj" or is_party(sentence, o))
    if verb is not None and verb.lemma_ in words.siege_verbs:
        places = places or known_places(sentence, after(verb, "to", "on", "around", "round"), loosely=True)
        doers = doers or tuple(subjects_of(verb))
    if verb is not None and noun.dep_ == "dobj" and [d.lower_ for d in doers] in (["its"], ["their"]):
        doers = tuple(subjects_of(verb))  # "completed its encirclement of Y"
    if noun.lemma_ in ("ring", "noose") and (verb is None or verb.lemma_ not in words.siege_verbs):
        return
    if places:
        yield Finding("besiege", noun, tuple(d for d in doers if is_party(sentence, d)), places)


def _to_be_lifted(sentence: Sentence, noun: Token, verb: Token) -> Iterator[Finding]:
    """“Demanded that X lift its siege of Y", "urged X to end it": it goes on."""
    asked = verb.tag_ in ("VB", "VBP") and verb.head.lemma_ in ("demand", "urge", "ask", "call", "press", "order")
    places = known_places(sentence, after(noun, "of", "on", "around", "round"), loosely=True) if asked else ()
    doers = tuple(d for d in (*owners_of(sentence, noun), *subjects_of(verb)) if is_party(sentence, d))
    if places and doers:
        yield Finding("besiege", noun, doers[:1], places, realis="ongoing")
