"""Having a place, told without a word for holding: "has all of Y", "Y is all it has left", "Y answers to X"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.arguments import is_time
from according.extract.control_finding import (
    Finding,
    after,
    direct_objects,
    is_party,
    is_person,
    objects_of,
    of_places,
    on_helper,
    parties_in,
    subjects_of,
    surface_subjects,
)
from according.extract.control_states import known_places
from according.extract.roles import is_passive, is_verb
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.vocabulary.control import ControlWords

RIDDING = {"rid": "lose", "empty": "withdraw"}
"""Verbs by which a place is without somebody, and what those did."""
OBEYING = frozenset(["answer", "belong", "submit", "bow", "defect"])
REFLEXIVE = frozenset(["themselves", "itself", "himself"])
SHUTTING_IN = frozenset(["shut", "barricade", "lock", "entrench", "establish", "ensconce", "install", "dig", "hole"])
MARKING = frozenset(
    ["mark", "show", "list", "colour", "color", "describe", "paint", "class", "classify", "shade", "give"]
)
ROADS = frozenset(["road", "highway", "route", "approach", "access", "crossroads", "junction"])
BUTS = ("but", "except", "save", "beyond", "besides")
LEFT = frozenset(["all", "place", "one", "thing"])


def still_has(sentence: Sentence, verb: Token) -> bool:
    """“The front says that it still has Y”, "they claim to have the airport": no more than having, of a place."""
    if verb.lemma_ != "have" or verb.dep_ in ("aux", "auxpass") or _is_helping(verb):
        return False
    lasting = any(
        c.lower_ in ("still", "now", "already", "will", "well", "too", "again", "back", "longer") for c in verb.children
    )
    lasting = lasting or comes_by(verb)
    lasting = lasting or (verb.tag_ in ("VBZ", "VBP") and any(is_town(sentence, o) for o in objects_of(verb)))
    lasting = lasting or has_whole_or_part(sentence, verb) or any(t.lower_ in REFLEXIVE for t in after(verb, "to"))
    lasting = lasting or (verb.tag_ == "VBD" and _had_towns(sentence, verb))
    claimed = verb.dep_ == "xcomp" and verb.head.lemma_ == "claim"
    subjects = subjects_of(verb)
    return (lasting or claimed) and bool(subjects) and all(is_party(sentence, s) for s in subjects)


def _had_towns(sentence: Sentence, verb: Token) -> bool:
    """“By the truce the rebels had Y and Z": had nothing but known towns, for no purpose."""
    had = direct_objects(verb)
    plain = not any(
        c.dep_ in ("xcomp", "ccomp", "oprd") or c.lower_ in ("in", "as", "under", "for") for c in verb.children
    )
    plain = plain and not any(t.lemma_ in load_control_words().besiege and t.tag_ == "VBN" for t in verb.subtree)
    return plain and bool(had) and all(h.pos_ == "PROPN" and sentence.place_at(h) is not None for h in had)


def _is_helping(verb: Token) -> bool:
    """“Have overrun villages" parsed as villages that are had."""
    behind = verb.nbor() if verb.i + 1 < len(verb.doc) else verb
    return behind.tag_ in ("VBN", "VBD") and behind.dep_ in ("amod", "compound") and behind.head.head.i == verb.i


def comes_by(verb: Token) -> bool:
    """“By Monday they had the bridge": they took it."""
    return verb.tag_ == "VBD" and any(
        c.lower_ == "by" and c.i < verb.i and any(is_time(g) for g in c.children) for c in verb.children
    )


def is_town(sentence: Sentence, head: Token) -> bool:
    """Whether a head word stands for a town: a word for one, a known place, or an unknown name by itself."""
    known = sentence.place_at(head)
    particles = load_control_words().name_particles
    alone = all(t.lower_ in particles or t.text == "-" for t in head.lefts)  # "El-Fasher"
    bare = head.pos_ == "PROPN" and sentence.actor_at(head) is None and alone
    return head.lemma_.lower() in load_control_words().towns or (known is not None and head.pos_ == "PROPN") or bare


def commands_road(sentence: Sentence, verb: Token) -> bool:
    """“A town that controls the road to Y": lies on it."""
    if not any(o.lemma_ in ROADS for o in objects_of(verb)):
        return False
    who = subjects_of(verb)
    towns = load_control_words().towns
    return bool(who) and all(
        (sentence.place_at(w) is not None or w.lemma_.lower() in towns) and sentence.actor_at(w) is None for w in who
    )


def has_whole_or_part(sentence: Sentence, verb: Token) -> bool:
    """“Has all of Y", "have the northern side", "has the airport": a place, the whole or a named part of one."""
    extents = load_control_words().extents
    for had in direct_objects(verb):
        definite = any(c.lower_ == "the" for h in (had, *had.children) for c in h.children)
        if verb.tag_ in ("VBZ", "VBP") and had.lemma_.lower() in load_control_words().sites and definite:
            return True
        parts = of_places(sentence, after(had, "of"), loosely=True)
        if parts and had.lemma_.lower() in extents.part_nouns - {"control", "side"}:
            return True
        part_of_town = had.lemma_.lower() in load_control_words().town_parts | {"side"}
        if part_of_town and any(c.lower_ in ("the", "its") for c in had.children):
            return bool(parts) or any(c.lower_ in load_control_words().directions for c in had.children)
    return False


def all_left(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Y and Z are all that X has left", "Y is the only town left to X": X holds them."""
    what = verb.head
    if verb.lemma_ not in ("leave", "have") or verb.dep_ != "relcl" or what.dep_ != "attr" or what.head.lemma_ != "be":
        return
    remains = any(c.lower_ == "left" for c in (verb, *verb.children))
    counted = what.lemma_.lower() in LEFT | words.towns
    who = tuple(s for s in surface_subjects(verb) if s.i != what.i and is_party(sentence, s))
    places = of_places(sentence, surface_subjects(what.head), loosely=True) if remains and counted and who else ()
    if places:
        yield Finding("hold", verb, who, places, realis="ongoing")


def down_to(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“X has nothing left but Y", "has little more than Y", "is down to Y": X holds it."""
    del words
    had = direct_objects(verb) if verb.lemma_ in ("have", "hold", "control", "keep") else []
    kept: list[Token] = []
    for what in had:
        if what.lower_ in ("nothing", "little") and any(c.lower_ in BUTS for w in (verb, what) for c in w.children):
            kept += [c for w in (verb, what) for c in w.children if c.dep_ == "conj" and c.i > what.i]
            kept += after(what, *BUTS)
        if what.lower_ in ("more", "little", "less", "nothing"):
            kept += [m for p in after(what, "than") for m in (p, *p.conjuncts)]
            kept += [c for c in what.children if c.dep_ == "conj"] if kept else []
    if verb.lemma_ == "be":
        down = [c for c in verb.children if c.lower_ == "down"]
        kept += [p for c in down for p in after(c, "to")] + [c for c in verb.children if down and c.dep_ == "conj"]
    who = tuple(s for s in surface_subjects(verb) if is_party(sentence, s)) if kept else ()
    places = of_places(sentence, [k for k in kept if not is_verb(k)], loosely=False) if who else ()
    if places:
        yield Finding("hold", verb, who, places, realis="ongoing")


def answers_to(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Six districts now answer to X", "Y belongs to X": X holds them."""
    del words
    if verb.lemma_ not in OBEYING or is_passive(verb):
        return
    owners = tuple(p for p in after(verb, "to") if is_party(sentence, p) and not is_person(sentence, p))
    places = of_places(sentence, surface_subjects(verb), loosely=True) if owners else ()
    if places:
        yield Finding("take" if verb.lemma_ == "defect" else "hold", verb, owners, places)


def is_gone(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“All of the army's camps are gone", "Y is gone, the governor said": lost by whoever had it."""
    del words
    passive = verb.lower_ == "gone" and is_passive(verb)  # as parsers may take "is gone"
    described = verb.lemma_ == "be" and any(c.lower_ == "gone" and c.dep_ in ("acomp", "oprd") for c in verb.children)
    if not passive and not described:
        return
    subjects = on_helper(verb) or surface_subjects(verb)
    owned_up = verb.dep_ == "ccomp" and verb.head.lemma_ in load_control_words().conceding_verbs
    places = of_places(sentence, [s for s in subjects if not is_party(sentence, s)], loosely=owned_up)
    near = [t for s in subjects for t in (s, *after(s, "of"))]
    owners = tuple(c for t in near for c in t.children if c.dep_ == "poss" and is_party(sentence, c))
    if places:
        yield Finding("lose", verb, owners, places)


def is_rid(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Y is wholly rid of X": X has lost it; "Y had been emptied of troops": they had left it."""
    del words
    if verb.lemma_ not in RIDDING or not is_passive(verb):
        return
    gone = parties_in(sentence, after(verb, "of"))
    places = of_places(sentence, objects_of(verb), loosely=verb.lemma_ == "rid") if gone else ()
    if places:
        yield Finding(RIDDING[verb.lemma_], verb, gone, places)


def shut_in(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Have shut themselves in at the airport", "dug themselves in in Y": they hold it."""
    del words
    if verb.lemma_ not in SHUTTING_IN or not any(o.lower_ in REFLEXIVE for o in direct_objects(verb)):
        return
    who = tuple(surface_subjects(verb))
    inside = [p for w in (verb, *verb.children) for p in after(w, "in", "inside", "at")]
    places = of_places(sentence, inside, loosely=False)
    if places and who and all(is_party(sentence, w) for w in who):
        yield Finding("hold", verb, who, places)


def said_held(sentence: Sentence, word: Token, holder: Token) -> Iterator[Finding]:
    """“Y is X-held", "the areas have been X-run since 2014"."""
    verb = word.head
    if word.dep_ not in ("acomp", "attr", "oprd") or verb.lemma_ not in ("be", "remain", "stay", "become"):
        return
    places = known_places(sentence, surface_subjects(verb), loosely=True)
    if places and (is_party(sentence, holder) or holder.text[:1].isupper()):
        yield Finding("take" if verb.lemma_ == "become" else "hold", verb, (holder,), places)


def marked_as(sentence: Sentence, word: Token, holder: Token) -> Iterator[Finding]:
    """“The map shows both villages as X-held": X holds them."""
    verb = word.head if word.dep_ == "advcl" else word.head.head
    as_it = any(c.lower_ == "as" for c in word.children) or word.head.lower_ == "as"
    if not as_it or not is_verb(verb) or verb.lemma_ not in MARKING:
        return
    heads = surface_subjects(verb) if is_passive(verb) else objects_of(verb)
    places = known_places(sentence, heads)
    if places:
        yield Finding("hold", word, (holder,), places, realis="ongoing", presupposed=True)
