"""Whose weapons did it, where a sentence only says that: "the aircraft were Orlesian", "the rockets came from …"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.extract.doers import NOT_DOERS, is_inanimate, modifying_doers, owners
from according.extract.roles import agents_of, is_passive, is_verb, surface_subjects
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

RECOGNISING = frozenset("identify describe recognise recognize name list mark report".split())
RESULTS = frozenset(["result", "consequence", "outcome"])
COMING = frozenset("come originate emanate fly".split())
CAUSES = frozenset(["cause", "culprit", "explanation", "reason"])
FIRING = frozenset("fire launch lob drop shoot use send".split())
SITES = frozenset("position area territory direction base side part post line front village town site district".split())
"""Where fire may come from; it is whoever holds it who fires."""


def whose(sentence: Sentence, verb: Token) -> list[Token]:
    """The head words of those whose weapons a verb says they were, or who it says fired them."""
    if not is_verb(verb) or any(c.dep_ == "neg" for c in verb.children):
        return []
    if verb.lemma_ in ("be", "belong"):
        return _were_theirs(sentence, verb) or _were_the_cause(sentence, verb) or _was_their_weapon(sentence, verb)
    if verb.lemma_ in RECOGNISING or verb.lemma_ == "cause":
        return _caused(sentence, verb) if verb.lemma_ == "cause" else _recognised(sentence, verb)
    if verb.lemma_ in COMING or (verb.lemma_ in FIRING and (is_passive(verb) or verb.dep_ == "ccomp")):
        return _came_from(sentence, verb)
    if verb.lemma_ in FIRING and verb.dep_ == "pcomp":
        return _accused_of_firing(verb)
    return []


def _were_theirs(sentence: Sentence, verb: Token) -> list[Token]:
    """As in "The aircraft were Orlesian", "the drone was the army's", not what kind of drone it was."""
    named = [c for c in verb.children if c.dep_ in ("acomp", "attr") and c.i > verb.i]
    if not any(is_fired(t) for t in surface_subjects(verb)):
        return []
    if verb.lemma_ == "belong":
        return [g for c in verb.children if c.lower_ == "to" for g in c.children if g.dep_ == "pobj"]
    of = [g for c in verb.children if c.lower_ == "of" and c.i > verb.i for g in c.children]
    of = [g for g in of if _is_armed(sentence, g) or g.lemma_.lower() in load_wording().modality.armed_modifiers]
    return of or [c for c in named if is_nation(c) or (_is_possessor(c) and _is_armed(sentence, c))]


def _were_the_cause(sentence: Sentence, verb: Token) -> list[Token]:
    """As in "An Orlesian missile was the most likely cause", "the probable cause was army shelling"."""
    told, named = surface_subjects(verb), [c for c in verb.children if c.dep_ == "attr"]
    if not any(t.lemma_.lower() in CAUSES for t in (*told, *named)):
        return []
    others = [t for t in (*told, *named) if t.lemma_.lower() not in CAUSES]
    return [one.head for t in others if is_inanimate(t) or is_fired(t) for one in owners(sentence, t)]


def _was_their_weapon(sentence: Sentence, verb: Token) -> list[Token]:
    """As in "The blast was a rocket fired by the rebels", "it was the result of a failed launch by the rebels"."""
    if not any(is_inanimate(t) or t.lower_ in ("it", "this", "that") for t in surface_subjects(verb)):
        return []
    named = [c for c in verb.children if c.dep_ == "attr"]
    results = [g for c in named if c.lemma_ in RESULTS for of in c.children if of.lower_ == "of" for g in of.children]
    weapons = [t for t in named if is_fired(t)] + [t for t in results if is_fired(t) or is_inanimate(t) or agents_of(t)]
    return [one.head for t in weapons for one in owners(sentence, t)]


def _caused(sentence: Sentence, verb: Token) -> list[Token]:
    """As in "The blast was caused by a rebel rocket": whose weapon it was."""
    if not is_passive(verb) or not any(is_inanimate(t) or t.lower_ == "it" for t in surface_subjects(verb)):
        return []
    return [one.head for t in agents_of(verb) if is_fired(t) for one in owners(sentence, t)]


def _recognised(sentence: Sentence, verb: Token) -> list[Token]:
    """As in "Identified the planes as Orlesian", "described the jets as belonging to the army"."""
    things = surface_subjects(verb) if is_passive(verb) else [c for c in verb.children if c.dep_ == "dobj"]
    if not any(is_fired(t) or is_inanimate(t) for t in things):
        return []
    called = [g for c in verb.children if c.lower_ == "as" for g in c.children]
    owners = [g for t in called if t.lemma_ == "belong" for c in t.children for g in c.children]
    return [*(t for t in called if is_nation(t) or _is_actor(sentence, t)), *owners]


def _came_from(sentence: Sentence, verb: Token) -> list[Token]:
    """As in "The rockets had come from army positions", "were launched from areas held by the rebels"."""
    told = surface_subjects(verb)
    whole = is_passive(verb) and verb.dep_ not in ("acl", "relcl")
    firing = agents_of(verb) if whole and any(map(is_fired, told)) else []
    if firing:
        return firing  # "the rocket was fired by the rebels"
    sources = [g for c in verb.children if c.lower_ == "from" for g in c.children if g.dep_ == "pobj"]
    if verb.lemma_ in COMING and any(t.lower_ in ("it", "they") for t in told):
        sources = [g for g in sources if is_fired(g) or g.lemma_.lower() in SITES]
    elif not any(is_fired(t) for t in told):
        return []
    flown = any(t.lemma_.lower() in load_wording().modality.instruments["airstrike"] for t in told)
    named = [s for s in sources if flown or sentence.place_at(s) is None or s.tag_ != "NNP"]  # "rockets from Orlesia"
    return [head for source in named for head in _behind(sentence, source)]


def _behind(sentence: Sentence, source: Token) -> list[Token]:
    """Who fires from a source: whoever holds it, or the source itself where that is somebody armed."""
    if _is_actor(sentence, source):
        return [source]
    if source.lemma_.lower() not in SITES:
        return [source] if _is_armed(sentence, source) else []
    held = [doer for c in source.children if c.dep_ in ("acl", "relcl") for doer in agents_of(c)]
    own = [g for c in source.children if c.lower_ == "of" for g in c.children if _is_actor(sentence, g)]
    return held or own or [one.head for one in modifying_doers(sentence, source)]


def _accused_of_firing(verb: Token) -> list[Token]:
    """As in "Accused militias of firing the rockets themselves"."""
    blaming = verb.head.head if verb.head.dep_ == "prep" else verb.head
    blamed = {blaming.lemma_, blaming.head.lemma_} & load_wording().modality.blaming
    fired = [c for c in verb.children if c.dep_ == "dobj" and (is_fired(c) or c.pos_ == "PROPN" or c.lower_ == "them")]
    return surface_subjects(verb) if blamed and fired else []


def is_fired(token: Token) -> bool:
    """Whether a word names what flies or is fired, or the fire itself."""
    kinds, lemma = load_wording().modality.instruments, token.lemma_.lower()
    return lemma in ("fire", "gunfire", "shellfire", "shot") or any(
        lemma in kinds[kind] for kind in ("airstrike", "drone_strike", "shell")
    )


def _is_actor(sentence: Sentence, token: Token) -> bool:
    name = sentence.actor_at(token)
    return name is not None and name.how not in NOT_DOERS


def _is_armed(sentence: Sentence, token: Token) -> bool:
    return _is_actor(sentence, token) or token.lemma_.lower() in load_wording().modality.armed_words


def is_nation(token: Token) -> bool:
    """As in "Were Orlesian": a nation's adjective standing alone."""
    alone = not any(c.dep_ in ("det", "amod", "compound") for c in token.children)
    return alone and token.text[:1].isupper() and token.tag_ in ("JJ", "NNP")


def _is_possessor(token: Token) -> bool:
    return any(c.dep_ == "case" for c in token.children)
