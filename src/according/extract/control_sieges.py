"""Sieges told by nouns: "X's siege of Y", "Y is under siege", "X laid siege to Y"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.control_finding import Finding, after, is_party, objects_of
from according.extract.control_states import SPANS, known_places, owners_of, state_findings
from according.extract.roles import is_verb, subjects_of
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token


UNITS = frozenset(["division", "brigade", "garrison", "regiment", "battalion", "unit"])
"""What is besieged itself, behind "of"."""


def siege(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“Under siege by X”, "X's siege of Y", "X laid siege to Y", "X keeps Y under siege"; not one that was lifted."""
    words = load_control_words()
    verb = noun.head if is_verb(noun.head) else None
    if noun.dep_ == "pobj" and noun.head.head.lemma_ in words.siege_enders | {"lifting", "breaking"}:
        return  # "the end of the siege"
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lemma_ in SPANS:
        yield from _lasted(sentence, noun.head.head)
        return
    if noun.dep_ == "pobj" and noun.head.lower_ == "after" and (lasted := list(_lasted(sentence, noun))):
        yield from lasted
        return
    if verb is not None and verb.lemma_ in words.siege_enders and noun.dep_ in ("dobj", "nsubjpass"):
        yield from _to_be_lifted(sentence, noun, verb)
        return
    if noun.head.lower_ in ("under", "in") and noun.head.dep_ == "prep":
        yield from state_findings(sentence, noun, noun.head, predicate="besiege")
        return
    places = known_places(sentence, after(noun, "of", "on", "around", "round"), loosely=True)
    doers = tuple(o for o in owners_of(sentence, noun) if o.dep_ != "pobj" or is_party(sentence, o))
    doers = tuple(d for d in doers if d.dep_ != "pobj" or d.head.lower_ != "of" or d.lemma_.lower() not in UNITS)
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
    """“Demanded that X lift its siege of Y", "urged X to end it": it goes on; "broke X's siege of Y": it was one."""
    lifted = verb.tag_ in ("VBD", "VBN") and not any(c.dep_ == "neg" for c in verb.children)
    rivals = tuple(o for o in owners_of(sentence, noun) if is_party(sentence, o) and o.lower_ not in ("its", "their"))
    besieged = known_places(sentence, after(noun, "of", "on", "around", "round"), loosely=True) if lifted else ()
    if rivals and besieged:
        yield Finding("besiege", noun, rivals[:1], besieged, realis="happened")
        return
    asked = verb.tag_ in ("VB", "VBP") and verb.head.lemma_ in ("demand", "urge", "ask", "call", "press", "order")
    places = known_places(sentence, after(noun, "of", "on", "around", "round"), loosely=True) if asked else ()
    doers = tuple(d for d in (*owners_of(sentence, noun), *subjects_of(verb)) if is_party(sentence, d))
    if places and doers:
        yield Finding("besiege", noun, doers[:1], places, realis="ongoing")


def _lasted(sentence: Sentence, span: Token) -> Iterator[Finding]:
    """“After months of siege the rebels took Y": they had besieged it."""
    verb = next((a for a in span.ancestors if is_verb(a)), None)
    if (
        verb is None
        or span.head.lower_ != "after"
        or verb.lemma_ not in load_control_words().take.strong | {"take", "enter"}
    ):
        return
    doers = tuple(s for s in subjects_of(verb) if is_party(sentence, s))
    places = known_places(
        sentence, [*objects_of(verb), *(c for c in verb.children if c.lower_ == "there")], loosely=True
    )
    if doers and places:
        yield Finding("besiege", span, doers, places, realis="happened")
