"""Verbs of leaving and losing a place: who gives it up, and to whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from according.extract.control_fighting import suffering
from according.extract.control_finding import (
    Finding,
    after,
    direct_objects,
    doers_of,
    is_party,
    is_person,
    objects_of,
    of_places,
    particles,
    parties_in,
    surface_subjects,
)
from according.extract.roles import antecedent, is_passive
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.vocabulary.control import ControlWords

TAKEN = frozenset(["take", "capture", "secure", "seize", "recapture", "retake", "conquer", "overrun"])
WILDS = frozenset(["bush", "hill", "mountain", "forest", "desert", "countryside", "jungle", "wood"])
"""Where those go who have given a place up."""
HEIGHTS = frozenset(["hill", "height", "ridge", "mountain", "stronghold", "bastion"])
LOOSELY_LEFT = frozenset(["abandon", "evacuate", "leave", "vacate", "desert", "quit"])
MOVING_OTHERS = frozenset(
    "bring order call lead evacuate relocate take get fly lift ship airlift extricate bus truck ferry escort".split()
)
FROM = ("from", "out", "of", "off")


def lose(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“X lost Y", "X forfeited Y to Z": with somebody it was lost to, that one took it."""
    if verb.lemma_ not in words.lose:
        return
    lost = objects_of(verb) or [c for c in verb.children if c.lower_ == "either"]
    places = of_places(sentence, lost, loosely=True)
    takers = parties_in(sentence, [p for w in (verb, *objects_of(verb)) for p in after(w, "to")])
    if places:
        doers = doers_of(verb) or (tuple(suffering(sentence, verb.head)) if verb.dep_ == "csubj" else ())
        yield Finding("lose", verb, doers, places, takers)
        if takers:
            yield Finding("take", verb, takers, places, doers_of(verb))


def with_it(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“With Y gone, X …": X has lost Y; "with Y taken, X …": X took it."""
    del words
    taken = verb.lemma_ in TAKEN
    if verb.dep_ != "advcl" or verb.tag_ not in ("VBN", "VBD") or not (taken or verb.lemma_ in ("go", "lose", "fall")):
        return
    lost = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    losers = tuple(s for s in surface_subjects(verb.head) if is_party(sentence, s))
    places = of_places(sentence, lost, loosely=True) if any(c.lower_ == "with" for c in verb.children) else ()
    own = any(c.dep_ == "poss" and c.lower_ in ("its", "their") for s in lost for c in s.children)
    if places and losers:
        yield Finding("take" if taken and not own else "lose", verb, losers, places, realis="happened")


def leave(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Abandoned Y”; "leaving Y to X" says that X has it now."""
    if verb.lemma_ not in words.withdraw_from_object:
        return
    takers = parties_in(sentence, [p for w in (verb, *objects_of(verb)) for p in after(w, "to")])
    if verb.lemma_ in ("leave", "abandon") and takers and (not is_passive(verb) or verb.lemma_ == "abandon"):
        left = of_places(sentence, objects_of(verb), loosely=True)
        if left:
            yield Finding("take", verb, takers, left)
    if after(verb, "as"):
        return  # "leaving Y as the only town under X"
    leavers = tuple(_armed_ones(sentence, doers_of(verb)))
    armed = bool(leavers) and all(h.lemma_.lower() in words.forces for h in leavers)
    loosely = verb.lemma_ in LOOSELY_LEFT or (armed and verb.lemma_ == "flee")
    places = of_places(sentence, objects_of(verb), loosely=loosely)
    if places and leavers and all(_may_leave(sentence, head) for head in leavers):
        yield Finding("withdraw", verb, leavers, places)


def _armed_ones(sentence: Sentence, leavers: tuple[Token, ...]) -> list[Token]:
    """“The governor and the police left Y": the police."""
    offices = load_control_words().offices
    all_of_them = [m for head in leavers for m in (head, *(c for c in head.conjuncts if c.i > head.i))]
    armed = [m for m in all_of_them if m.lower_ not in offices and is_party(sentence, m)]
    return armed if any(head.lower_ in offices for head in leavers) and armed else list(leavers)


def withdraw(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Withdrew from X”, "were pulled out of X", "retreated", "withdrew its troops from X"."""
    moved: object = words.withdraw_particles.get(verb.lemma_, frozenset()) & particles(verb)
    rides_out = verb.lemma_ in words.entering and "out" in particles(verb) and not direct_objects(verb)
    moved = moved and not (verb.lemma_ == "drive" and is_passive(verb))
    falls_back = verb.lemma_ in ("move", "shift") and _falls_back(verb, words)
    if verb.lemma_ == "take" and "up" in particles(verb):
        yield from _new_lines(sentence, verb, words)
        return
    moved = moved or falls_back or _moves_on(verb) or (rides_out and after(verb, "out", "of"))
    remains = verb.lemma_ == "leave" and is_passive(verb)  # "no soldier was left in Y"
    if remains or (verb.lemma_ not in words.withdraw and not moved) or _only_gathers(verb):
        return
    sources = [*after(verb, *FROM), *_sources_of(sentence, direct_objects(verb))] or _sources_above(verb)
    if any(p.lemma_.lower() in words.not_left for p in sources):
        return
    if verb.lemma_ in MOVING_OTHERS and not all(is_party(sentence, d) for d in objects_of(verb)):
        return  # what is brought out of a place are mostly its people
    leavers = tuple(objects_of(verb)) if is_passive(verb) else doers_of(verb)
    moved_men = tuple(o for o in direct_objects(verb) if is_party(sentence, o))
    if moved_men and any(is_person(sentence, head) or not _may_leave(sentence, head) for head in leavers):
        leavers = moved_men  # "the general ordered his units out of Y", "buses took the rebels out of it"
    if not sources:  # "its men in Y have been withdrawn"
        sources = [p for leaver in leavers for p in after(leaver, "in", "at", "inside")]
        sources = sources or _garrisoned(sentence, leavers)
    places = of_places(sentence, sources, loosely=True)
    decides = verb.dep_ == "xcomp" and verb.head.lemma_ in ("decide", "choose", "agree", "refuse")
    if not leavers or (not (decides and places) and not all(_may_leave(sentence, head) for head in leavers)):
        return
    own_men = moved_men and not sources and any(c.dep_ == "poss" for m in moved_men for c in m.children)
    if places or own_men or (not sources and not direct_objects(verb) and _leaves_for_good(verb)):
        yield Finding("withdraw", verb, leavers, places)
    goals = (
        after(verb, "to", *(("on",) if verb.lemma_ == "fall" else ()))
        if verb.lemma_ not in ("leave", "go", "depart")
        else []
    )
    refuges = (words.sites | HEIGHTS) - {"position"}
    refuge = of_places(sentence, [p for p in goals if p.lemma_.lower() in refuges], loosely=False)
    if refuge:
        yield Finding("hold", verb, leavers, refuge)


def _sources_of(sentence: Sentence, objects: list[Token]) -> list[Token]:
    """“Withdrew its men of Y", "pulled tanks out of Y"; "left the keys of Y" names no source."""
    return [p for o in objects for p in after(o, *(FROM if is_party(sentence, o) else ("from", "out")))]


def _sources_above(verb: Token) -> list[Token]:
    """“Y, from which they are preparing to depart": Y."""
    return after(verb.head, *FROM) if verb.dep_ == "xcomp" and verb.head.dep_ == "relcl" else []


def _only_gathers(verb: Token) -> bool:
    """“Regrouped in the hills": where they do so is all that is said."""
    return verb.lemma_ == "regroup" and not after(verb, *FROM)


def _garrisoned(sentence: Sentence, leavers: Iterable[Token]) -> list[Token]:
    """“Y's garrison has fled": from Y."""
    owners = [c for leaver in leavers for c in leaver.children if c.dep_ == "poss" and sentence.actor_at(c) is None]
    towns = [antecedent(o) for o in owners if o.tag_ == "WP$"]  # "Y, whose garrison has fled"
    named = [o for o in owners if sentence.place_at(o) is not None and o.pos_ == "PROPN"]
    return named + [t for t in towns if sentence.actor_at(t) is None and not is_party(sentence, t)]


def _falls_back(verb: Token, words: ControlWords) -> bool:
    """“Had moved from Y to more favourable lines”."""
    return any(p.lemma_.lower() in words.fallback_positions for p in after(verb, "to", "into", "behind"))


def _new_lines(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Had taken up new lines": they left the place spoken of."""
    lines = [o for o in direct_objects(verb) if o.lemma_.lower() in words.fallback_positions]
    elsewhere = any(
        c.lower_ in ("new", "better", "rear", "stronger", "favourable", "other") for o in lines for c in o.lefts
    )
    leavers = tuple(s for s in surface_subjects(verb) if is_party(sentence, s))
    if elsewhere and leavers:
        yield Finding("withdraw", verb, leavers)


def _moves_on(verb: Token) -> bool:
    """“Had moved on": away from the place spoken of, and not on to another."""
    return verb.lemma_ == "move" and any(
        c.lower_ == "on" and c.dep_ in ("prt", "advmod") and not list(c.children) for c in verb.children
    )


def _leaves_for_good(verb: Token) -> bool:
    """Without a place, only verbs that say enough by themselves: "retreated", "were forced to go", "had left"."""
    if verb.lemma_ == "go":
        once = verb.dep_ != "advcl" or any(c.lower_ in ("after", "once", "when") for c in verb.children)
        told = ("already", "since", "long", *(("had",) if once else ()))
        goals = after(verb, "to", "into", "for", "through", "on", "over")
        elsewhere = [p for p in goals if p.lemma_.lower() not in WILDS]
        already = verb.tag_ == "VBN" and any(c.lower_ in told for c in verb.children) and not elsewhere
        return already or verb.head.lemma_ in ("force", "make", "compel", "oblige")
    if verb.dep_ == "xcomp" and any(c.lower_ == "since" for c in verb.head.children):
        return False  # "since the foreign troops began to leave"
    if verb.lemma_ == "leave" and after(verb, "to", "behind", "for"):
        return not any(p.pos_ == "PROPN" for p in after(verb, "to", "for")) and not after(verb, "to", "behind")
    return verb.lemma_ not in ("flee", "evacuate", "depart", "relocate", "exit")


def _may_leave(sentence: Sentence, head: Token) -> bool:
    """Armed parties leave places in the sense of giving them up; people, delegations and aid groups only go."""
    if is_person(sentence, head) or head.lower_ in ("that", "this"):
        return False
    if head.lemma_.lower() in ("group", "agency", "staff", "organisation", "organization", "mission"):
        return not any(
            c.lemma_.lower() in ("aid", "relief", "charity", "medical", "humanitarian") for c in head.children
        )
    return is_party(sentence, head) or (head.pos_ == "PROPN" and sentence.place_at(head) is None)
