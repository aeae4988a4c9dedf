"""Fighting for a place and its loss, by nouns and adjectives: "the battle for Y", "Y is contested", "the loss of Y"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.control_finding import STILL, Finding, after, is_party, surface_subjects
from according.extract.control_states import known_places
from according.extract.roles import is_verb, subjects_of
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.control_places import PlaceArgument
    from according.extract.parse import Sentence
    from according.extract.tokens import Token


ADMITTING = frozenset(["admit", "acknowledge", "concede", "confirm"])
SEEING = frozenset(["see", "report", "observe", "record", "note"])
"""Verbs of those who watch: there is fighting where they see it."""


def called_contested(sentence: Sentence, word: Token) -> Iterator[Finding]:
    """“Y is contested", "would only call it contested"."""
    above = word.head
    sides = tuple(m for s in after(word, "between") for m in (s, *s.conjuncts) if is_party(sentence, m))
    beside = (
        surface_subjects(above)
        if above.lemma_ in ("be", "remain", "stay")
        else [c for c in above.children if c.dep_ in ("dobj", "nsubj") and c.i > above.i]
    )
    if not is_verb(above):
        return
    places = known_places(sentence, beside, loosely=True)
    if places:
        yield Finding("contest", word, sides, places)


def loss(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“X's loss of Y”, "the loss of Y to Z", "with the loss of Y, X …": only of places that are known."""
    towns = load_control_words().towns
    of = after(noun, "of")
    lost = [p for p in of if sentence.place_at(p) is not None or p.lemma_.lower() in towns]
    takers = tuple(t for word in (noun, *of) for t in after(word, "to") if is_party(sentence, t))
    owners = [c for c in noun.children if c.dep_ == "poss"]
    verb = next((a for a in noun.ancestors if is_verb(a)), None)
    struck = suffering(sentence, verb) if verb is not None and noun.dep_ == "nsubj" else []
    owners = owners or struck
    admitted = verb is not None and noun.dep_ == "dobj" and verb.lemma_ in ADMITTING and bool(owners)
    if not lost and (struck or takers or admitted):
        lost = [p for p in of if p.tag_ == "NNP" and not is_party(sentence, p)]
    places = known_places(sentence, lost, loosely=True)
    if not owners and verb is not None:
        inside = {t.i for t in noun.subtree}
        owners = [s for s in surface_subjects(verb) if is_party(sentence, s) and s.i not in inside]
    if places and (owners or takers):
        yield Finding("lose", noun, tuple(owners), places, takers)
    elif not of and owners and _is_admitted(noun):
        yield Finding("lose", noun, tuple(owners))


def _is_admitted(noun: Token) -> bool:
    """“Admitted the loss", and not "has yet to admit it"."""
    verb = noun.head
    told = noun.dep_ == "dobj" and verb.lemma_ in ADMITTING and not _is_yet_to(verb)
    return told and any(c.lower_ in ("the", "its", "their") for c in noun.children)


def _is_yet_to(verb: Token) -> bool:
    """“Has yet to admit"."""
    return verb.dep_ == "xcomp" and any(c.lower_ == "yet" for c in verb.head.children)


def suffering(sentence: Sentence, verb: Token) -> list[Token]:
    """“Losing Y was a blow to X": X."""
    blows = [c for c in verb.children if c.dep_ == "attr" and c.lemma_ in ("blow", "setback", "defeat", "humiliation")]
    return [p for w in (verb, *blows) if blows for p in after(w, "to", "for") if is_party(sentence, p)]


def fighting(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“The battle for Y”, "fighting continues in Y", "clashes still raged in Y between X and Z"."""
    goals = [p for p in after(noun, "for", "over") if p.lemma_.lower() != "control"]
    on_it = any(g.lower_ == "it" for g in goals)
    verb = noun.head if is_verb(noun.head) else None
    if _is_past(noun):
        return
    if noun.dep_ == "pobj" and noun.head.head.lemma_ in ("lock", "engage", "embroil"):
        yield from _locked(sentence, noun, noun.head.head)
        return
    if verb is not None and noun.dep_ == "dobj" and verb.lemma_ in ("win", "lose"):
        goals = goals or after(verb, "for", "over")
        doers = tuple(s for s in subjects_of(verb) if is_party(sentence, s))
        predicate = "take" if verb.lemma_ == "win" else "lose"
        if doers and (fought_for := known_places(sentence, goals, loosely=True)):
            yield Finding(predicate, verb, doers, fought_for)
        return
    within_reach = [noun, *(noun.head.children if is_verb(noun.head) else ()), *after(noun.head, "in")]
    sides = _sides(sentence, [s for w in within_reach for s in after(w, "between")] + after(noun, "with", "of"))
    going_on = verb is not None and not _is_near(noun, verb) and (verb.lemma_ in STILL or _goes_on(verb))
    places = known_places(sentence, goals, loosely=on_it or going_on)
    if on_it and not going_on:
        return
    places = places or _seen(sentence, noun)
    if verb is not None and noun.dep_ in ("nsubj", "attr", "ccomp", "csubj"):
        sides = sides or _sides(sentence, after(verb, "between"))
        if not places and going_on:
            within = ("in", "inside", "around", "round", "at", "near", "on")
            there = [c for w in (noun, verb) for c in w.children if c.lower_ == "there"]
            places = known_places(sentence, [*after(noun, *within), *after(verb, *within), *there], loosely=True)
    if noun.lemma_ == "battlefield" and verb is not None:
        places = known_places(sentence, surface_subjects(verb), loosely=False)
    if places or going_on:
        yield Finding("contest", noun, tuple({s.i: s for s in sides}.values()), places)


def _locked(sentence: Sentence, noun: Token, verb: Token) -> Iterator[Finding]:
    """“X and Z are locked in street battles in Y"."""
    sides = _sides(sentence, surface_subjects(verb))
    near = (noun, verb, *after(noun, "with"), *after(verb, "with"))
    heads = [p for w in near for p in after(w, "in", "for", "over", "at") if p.i != noun.i]
    places = known_places(sentence, heads, loosely=True)
    if places:
        yield Finding("contest", noun, tuple(sides), places)


def on_all_sides(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“Troops stand on all sides of Y": a siege without the word."""
    verb = next((a for a in noun.ancestors if is_verb(a)), None)
    around = noun.head.lower_ == "on" and any(c.lower_ in ("all", "every", "three", "both") for c in noun.children)
    places = known_places(sentence, after(noun, "of"), loosely=True) if around and verb is not None else ()
    doers = tuple(s for s in surface_subjects(verb) if is_party(sentence, s)) if verb is not None else ()
    if places and doers:
        yield Finding("besiege", noun, doers, places)


def _is_past(noun: Token) -> bool:
    """“After the battle for Y", "the battle for Y is over"."""
    after_it = noun.dep_ == "pobj" and noun.head.lower_ == "after"
    return after_it or (is_verb(noun.head) and _is_over(noun.head))


def _is_over(verb: Token) -> bool:
    """“The battle for Y is over"."""
    ended = any(c.lower_ == "over" and not list(c.children) for c in verb.children)
    return verb.lemma_ == "be" and ended and not any(c.dep_ == "neg" for c in verb.children)


def _seen(sentence: Sentence, noun: Token) -> tuple[PlaceArgument, ...]:
    """“Analysts saw fighting in Y"."""
    verb = noun.head
    if noun.dep_ not in ("dobj", "nsubjpass") or verb.lemma_ not in SEEING:
        return ()
    return known_places(sentence, [p for w in (noun, verb) for p in after(w, "in", "inside")], loosely=False)


def _is_near(noun: Token, verb: Token) -> bool:
    return any(c.lower_ in ("nearby", "elsewhere") for w in (noun, verb) for c in w.children)


def _goes_on(verb: Token) -> bool:
    """“Is still fierce", "is ongoing", "is under way", "is not over"."""
    beside = {c.lower_ for c in verb.children}
    if "over" in beside and any(c.dep_ == "neg" for c in verb.children):
        return True
    return bool(beside & {"still", "ongoing", "underway"}) or any(w.lower_ == "way" for w in after(verb, "under"))


def _sides(sentence: Sentence, heads: list[Token]) -> list[Token]:
    """The parties to a fight, coordination taken apart."""
    near = {m.i: m for h in heads for m in (h, *h.conjuncts) if is_party(sentence, m)}
    return [near[i] for i in sorted(near)]
