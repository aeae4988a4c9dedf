"""Sieges told by verbs: besieging, cutting off, holding every road out of a place, standing all around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.control_finding import (
    Finding,
    after,
    doers_of,
    is_party,
    is_pronoun,
    objects_of,
    of_places,
    particles,
    subjects_of,
    surface_subjects,
)
from according.extract.roles import is_passive
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.vocabulary.control import ControlWords

SUPPLY = frozenset(["road", "route", "access", "supply", "line", "highway", "entrance", "exit", "path"])
BARRING = frozenset(["bar", "block", "close", "cut", "sever", "shut", "seal", "blockade"])
"""What is done to a road that nobody may take any more."""


def bar_roads(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“X has manned every road out of Y", "X blocks all routes into Y": a siege without the word."""
    if verb.lemma_ not in words.shutting:
        return
    kept = [c for c in verb.children if c.dep_ == "nsubj"] if _is_had(verb) else []
    roads = [
        o
        for o in kept or objects_of(verb)
        if o.lemma_ in SUPPLY and (_are_all(o) or (verb.lemma_ in BARRING and o.tag_ == "NNS" and _is_definite(o)))
    ]
    heads = [p for w in (verb, *roads) for p in after(w, "into", "to", "from", "out", "of")] if roads else []
    heads = heads or [c for o in roads for c in o.children if c.dep_ == "poss" and sentence.actor_at(c) is None]
    places = of_places(sentence, heads, loosely=True)
    if places:
        yield Finding("besiege", verb, doers_of(verb.head) if kept else doers_of(verb), places)


def _is_had(verb: Token) -> bool:
    """“Had every exit blocked": the subject before the participle is what it is done to."""
    inside = verb.tag_ in ("VBN", "VBD") and verb.dep_ in ("ccomp", "xcomp", "oprd", "acomp", "advcl", "acl")
    return inside and verb.head.lemma_ == "have" and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def _are_all(noun: Token) -> bool:
    return any(c.lower_ in ("every", "all", "both", "only", "last") for c in noun.children)


def _is_definite(noun: Token) -> bool:
    return any(c.lower_ in ("the", "its") for c in noun.children)


def besiege(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“X besieges Y", "Y is cut off", "troops are trapped in Y"."""
    objects = objects_of(verb)
    if verb.lemma_ in words.besiege and (misread := [*_ringed_by_having(sentence, verb), *_cut_short(sentence, verb)]):
        yield from misread
        return
    if (
        verb.tag_ in ("VBN", "VBD")
        and verb.dep_ in ("xcomp", "oprd", "acomp", "ccomp")
        and verb.head.lemma_ in ("keep", "leave", "hold")
    ) or _is_had(verb):
        yield from _kept_besieged(sentence, verb, words)
        return
    if verb.lemma_ in words.besiege and verb.dep_ in ("acomp", "oprd", "ccomp") and verb.head.lemma_ == "remain":
        heads = [*surface_subjects(verb.head), *after(verb, "in", "inside", "at")]
        places = of_places(sentence, heads, loosely=any(is_party(sentence, p) for p in after(verb, "by")))
    elif verb.lemma_ in words.besiege:
        armed = bool(doers_of(verb)) and all(is_party(sentence, d) for d in doers_of(verb))
        loosely = verb.lemma_ in ("besiege", "encircle", "blockade") or (armed and verb.lemma_ in ("surround", "ring"))
        trapped = is_passive(verb) and any(o.lemma_.lower() in words.forces for o in objects)
        around = [*after(verb, "in", "inside", "at"), *(p for o in objects for p in after(o, "of", "in", "at"))]
        around += [c for o in objects for c in o.children if c.dep_ == "poss" and sentence.actor_at(c) is None]
        places = of_places(sentence, around, loosely=True) if trapped else ()
        places = places or of_places(sentence, objects, loosely=loosely)
    elif verb.lemma_ == "cut" and any(o.lemma_ in SUPPLY for o in objects):
        roads = [o for o in objects if o.lemma_ in SUPPLY]
        places = of_places(
            sentence, [p for w in (verb, *roads) for p in after(w, "into", "to", "from", "out", "of")], loosely=True
        )
    elif verb.lemma_ in ("cut", "seal", "shut", "close") and "off" in particles(verb):
        armed = bool(doers_of(verb)) and all(is_party(sentence, d) for d in doers_of(verb))
        loosely = armed or (is_pronoun(objects) and bool(after(verb, "from")))
        places = of_places(sentence, objects, loosely=loosely)
        if not places and verb.lemma_ == "cut" and verb.dep_ == "advcl":  # "cut off in Y, the garrison …"
            places = of_places(sentence, after(verb, "in", "inside", "at"), loosely=False)
    else:
        return
    doers = tuple(s for s in subjects_of(verb) if s.lemma_ not in words.no_besiegers)
    if places and (doers or not subjects_of(verb)):
        yield Finding("besiege", verb, doers, places)


def _ringed_by_having(sentence: Sentence, verb: Token) -> Iterator[Finding]:
    """“X, which has Y surrounded", parsed as a perfect with two subjects."""
    has = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    if not has or len(subjects) != 2 or verb.dep_ != "relcl":
        return
    places = of_places(sentence, subjects[1:], loosely=subjects[1].pos_ == "PROPN")
    if places and is_party(sentence, verb.head):
        yield Finding("besiege", verb, (verb.head,), places)


def _cut_short(sentence: Sentence, verb: Token) -> Iterator[Finding]:
    """“Fighters encircled in Y were promised a truce", parsed as if they encircled: they are in it."""
    inside = after(verb, "in", "inside", "at")
    named = [p for p in inside if p.pos_ == "PROPN"]
    ringed = [s for s in verb.children if s.dep_ == "nsubj" and s.tag_ == "NNS" and s.i < verb.i]
    active = is_passive(verb) or verb.tag_ != "VBD" or any(c.dep_ in ("dobj", "aux", "auxpass") for c in verb.children)
    if active or not named or not any(is_party(sentence, r) for r in ringed):
        return
    yield Finding("besiege", verb, (), of_places(sentence, named, loosely=True))


def _kept_besieged(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Y, which X has kept cut off since May", "X keeps Y surrounded"."""
    keeper = verb.head
    cut = verb.lemma_ in ("cut", "seal", "shut") and "off" in particles(verb)
    kept = [c for c in verb.children if c.dep_ == "nsubj"] or objects_of(keeper)
    shut = cut or verb.lemma_ in words.besiege or (keeper.lemma_ == "have" and verb.lemma_ == "trap")
    kept = [p for k in kept if k.lemma_.lower() in words.forces for p in after(k, "of", "in", "at")] or kept
    places = of_places(sentence, kept, loosely=True) if shut else ()
    doers = tuple(d for d in doers_of(keeper) if is_party(sentence, d))
    if places and doers:
        yield Finding("besiege", verb, doers, places)


def stands_around(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Troops stand all around Y": a siege without the word."""
    del words
    if verb.lemma_ not in ("stand", "be", "sit"):
        return
    around = [c for c in verb.children if c.lower_ in ("around", "round")]
    all_of_it = any(t.lower_ == "all" for a in around for t in (a.nbor(-1) if a.i else a, *a.children))
    doers = tuple(s for s in surface_subjects(verb) if is_party(sentence, s))
    places = of_places(sentence, after(verb, "around", "round"), loosely=True) if all_of_it and doers else ()
    if places:
        yield Finding("besiege", verb, doers, places)


def called_besieged(sentence: Sentence, word: Token) -> Iterator[Finding]:
    """“Y is encircled on three sides", which parsers take for an adjective."""
    above = word if any(c.dep_ in ("nsubj", "nsubjpass") for c in word.children) else word.head
    if word.pos_ != "ADJ" or not (above is word or above.lemma_ in ("be", "remain", "stay")):
        return
    ringed = surface_subjects(above)
    armed = any(r.lemma_.lower() in load_control_words().forces for r in ringed)
    places = of_places(sentence, after(word, "in", "inside", "at") if armed else ringed, loosely=True)
    if places:
        yield Finding("besiege", word, tuple(p for p in after(word, "by") if is_party(sentence, p)), places)
