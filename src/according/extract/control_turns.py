"""Turns of war told by how they come about: rule that is ended, towns that change hands, men who are still inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.control_finding import (
    Finding,
    after,
    doers_of,
    is_party,
    objects_of,
    of_places,
    particles,
    surface_subjects,
)
from according.extract.control_states import known_places, owners_of
from according.extract.roles import is_passive, is_verb

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.vocabulary.control import ControlWords

ENDING = frozenset(["end", "terminate", "replace", "overthrow"])
DECLARING = frozenset(["declare", "proclaim", "announce", "report", "pronounce"])
CLINGING = frozenset(["cling", "hold", "hang"])
TURNING = frozenset(["change", "go", "swing", "pass", "move"])
GREY = frozenset(["grey", "gray", "contested", "disputed"])
PASSING = frozenset(["collapse", "crumble", "pass", "revert", "return"])
"""What a place does to whoever has it next, behind "to"."""


def ended_rule(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“Moved into Y, ending ten years of rebel rule there": theirs now, and lost by the rebels."""
    through = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    verb = through.head
    owners = tuple(o for o in owners_of(sentence, noun) if is_party(sentence, o))
    if not owners or through.dep_ != "dobj" or verb.lemma_ not in ENDING or is_passive(verb):
        return
    there = [c for w in (noun, verb) for c in w.children if c.lower_ == "there"]
    own = {noun.i, *(o.i for o in owners)}
    inside = [p for w in (noun, through) for p in after(w, "in", "over", "of", "on") if p.i not in own]
    places = known_places(sentence, [*there, *inside], loosely=True)
    if there and verb.dep_ == "advcl":
        places = known_places(sentence, after(verb.head, "into", "in"), loosely=True) or places
    doers = tuple(s for s in surface_subjects(verb if verb.dep_ != "advcl" else verb.head) if is_party(sentence, s))
    if places and doers:
        yield Finding("take", verb, doers, places, owners)
        yield Finding("lose", noun, owners, places, doers, realis="happened")


def no_mans(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“Y is a grey zone", "Y lies in a grey zone", "Y has become a battleground"."""
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "in" else noun.head
    if is_grey(noun) and noun.dep_ in ("attr", "pobj") and verb.lemma_ in ("be", "become", "remain", "lie"):
        places = known_places(sentence, surface_subjects(verb), loosely=True)
        if places:
            yield Finding("contest", noun, (), places, decided=False)


def is_grey(noun: Token) -> bool:
    """Whether a noun is for ground that nobody holds ("a grey zone")."""
    return noun.lemma_.lower() == "battleground" or any(c.lower_ in GREY for c in noun.children)


def declared_taken(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Y was declared liberated by X": X says that it took it."""
    above = verb.head
    declared = verb.dep_ in ("oprd", "xcomp", "acomp") and above.lemma_ in DECLARING and is_passive(above)
    if not declared or verb.tag_ != "VBN" or verb.lemma_ not in words.take.strong | words.take.weak:
        return
    takers = tuple(p for w in (verb, above) for p in after(w, "by") if is_party(sentence, p))
    places = of_places(sentence, objects_of(above), loosely=bool(takers))
    if takers and places:
        yield Finding("take", verb, takers, places, by_claim=True)


def stormed(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“X stormed Y and held it for a day", "stormed and occupied Y": the storm took it."""
    del words
    if verb.lemma_ != "storm" or is_passive(verb):
        return
    kept = [c for c in verb.children if c.dep_ == "conj" and c.lemma_ in ("hold", "control", "keep", "rule", "run")]
    doers = tuple(d for d in doers_of(verb) if is_party(sentence, d))
    before = any(c.lower_ == "had" and c.dep_ == "aux" for c in verb.children)  # "had stormed Y in May"
    places = of_places(sentence, objects_of(verb), loosely=True) if (kept or before) and doers else ()
    if places:
        yield Finding("take", verb, doers, places)


def clings(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“X clings to Y", "is holding on to Y", "could not hang on to Y"."""
    del words
    on = verb.i + 1 < len(verb.doc) and verb.nbor().lower_ in ("on", "onto")
    cling = verb.lower_ == "cling" or verb.lemma_ == "cling"
    if not cling and not (on and verb.lemma_ in CLINGING):
        return
    doers = tuple(s for s in surface_subjects(verb) if is_party(sentence, s) or s.pos_ == "NOUN")
    places = of_places(sentence, after(verb, "to", "onto"), loosely=False)
    if doers and places:
        lost = any(c.dep_ == "neg" for c in verb.children) and any(c.lower_ in ("could", "can") for c in verb.children)
        yield Finding("hold", verb, doers, places, realis="failed" if lost else None)


def swings(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Y has changed hands five times", "has gone back and forth between X and Z": nobody keeps it."""
    del words
    if verb.lemma_ not in TURNING:
        return
    hands = verb.lemma_ == "change" and any(o.lower_ == "hands" for o in objects_of(verb))
    behind = {t.lower_ for t in verb.doc[verb.i + 1 : verb.i + 8]}
    often = hands and bool(behind & {"times", "twice", "repeatedly", "again", "daily", "hourly", "constantly"})
    to_and_fro = verb.lemma_ != "change" and {"back", "forth"} <= behind
    if hands and any(c.dep_ == "neg" for c in verb.children):  # "the town has not changed hands"
        yield Finding("take", verb, (), of_places(sentence, surface_subjects(verb), loosely=True))
        return
    if not (often or to_and_fro) or not is_verb(verb):
        return
    places = of_places(sentence, surface_subjects(verb), loosely=True)
    sides = tuple(m for s in after(verb, "between") for m in (s, *s.conjuncts) if is_party(sentence, m))
    if places:
        yield Finding("contest", verb, sides, places, decided=False)


def passes_to(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Y collapsed to the rebels", "came back to the government": theirs now."""
    del words
    back = verb.lemma_ in ("come", "go") and "back" in particles(verb)
    if is_passive(verb) or not (back or verb.lemma_ in PASSING):
        return
    near = (verb, *(c for c in verb.children if c.lower_ == "back"))
    takers = tuple(p for w in near for p in after(w, "to") if is_party(sentence, p))
    subjects = surface_subjects(verb)
    moved = any(is_party(sentence, s) for s in subjects)
    places = of_places(sentence, subjects, loosely=True) if takers and not moved else ()
    if places:
        yield Finding("take", verb, takers, places)


def bid(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“Made a fresh bid for Y": they try to take it."""
    verb = noun.head
    if noun.dep_ != "dobj" or verb.lemma_ not in ("make", "launch", "mount", "begin", "start", "renew"):
        return
    doers = tuple(s for s in surface_subjects(verb) if is_party(sentence, s))
    goals = [p for w in (noun, verb) for p in after(w, "for")]
    places = known_places(sentence, [g for g in goals if g.pos_ == "PROPN" or g.lemma_ == "control"], loosely=True)
    if doers and places:
        yield Finding("take", noun, doers, places, realis="attempted")
