"""What a party is after, or was kept from: "X is their next goal", "they repelled an attack on X"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.arguments import is_time
from according.extract.control_finding import (
    Finding,
    after,
    is_party,
    objects_of,
    of_places,
    particles,
    subjects_of,
    surface_subjects,
)
from according.extract.control_states import known_places, owners_of
from according.extract.roles import is_passive, is_verb
from according.vocabulary.control import load_control_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.vocabulary.control import ControlWords

ONWARD = frozenset(["next", "main", "ultimate", "final", "ultimately", "real", "stated", "declared"])
"""Adjectives by which a goal or target is one to be taken, not one that is shot at."""
BREAKING = frozenset(["push", "break", "storm", "penetrate", "infiltrate", "advance", "fight"])
"""Verbs of getting into a place by force."""
TOWARDS = ("on", "against", "at", "towards", "toward", "into")
FALTERING = frozenset(["stall", "fail", "falter", "collapse", "founder", "fizzle", "flounder"])
"""What an assault does that takes nothing."""
HELD_OFF = {
    "back": frozenset(["beat", "push", "drive", "throw", "force", "turn", "hold"]),
    "off": frozenset(["fight", "hold", "fend", "ward", "stave", "beat"]),
}
"""Verbs that foil an assault with a particle."""


def goal(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“Y is their next goal", "the rebels' next target is Y": they mean to take it."""
    verb = noun.head
    if verb.lemma_ != "be" or noun.dep_ not in ("nsubj", "attr"):
        return
    others = [c for c in verb.children if c.dep_ in ("nsubj", "attr") and c.i != noun.i]
    if not _is_onward(noun) and not any(o.lemma_.lower() in load_control_words().take_nouns for o in others):
        return
    gains = load_control_words().take_nouns
    others = [p for o in others for p in (after(o, "of") if o.lemma_.lower() in gains else [o])]
    places = known_places(sentence, others, loosely=True)
    owners = tuple(o for o in owners_of(sentence, noun) if is_party(sentence, o) or o.dep_ == "poss")
    if places and owners:
        yield Finding("take", noun, owners, places, realis="planned")


def _is_onward(noun: Token) -> bool:
    return any(c.lower_ in ONWARD for c in noun.children)


def sights(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Have set their sights on Y": they mean to take it."""
    del words
    if verb.lemma_ == "be" and any(c.lower_ in ("now", "next", "still") for c in verb.children):  # "are now after Y"
        doers = tuple(s for s in surface_subjects(verb) if is_party(sentence, s))
        sought = [p for p in after(verb, "after") if not is_time(p)] if doers else []
        after_it = of_places(sentence, sought, loosely=False)
        if after_it:
            yield Finding("take", verb, doers, after_it, realis="planned")
            return
    aimed = [o for o in objects_of(verb) if o.lower_ == "sights"] if verb.lemma_ in ("set", "have", "turn") else []
    places = of_places(sentence, [p for w in (verb, *aimed) for p in after(w, "on")], loosely=True) if aimed else ()
    if places:
        yield Finding("take", verb, tuple(subjects_of(verb)), places, realis="planned")


def tried(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Gangs tried in vain to push into Y", "troops failed to break into Y": an attempt to take it."""
    tries = verb.dep_ == "xcomp" and verb.head.lemma_ in ("try", "attempt", "seek", "fail", "struggle")
    barred = verb.dep_ == "xcomp" and _is_barred(verb.head)
    sets_foot = verb.lemma_ == "set" and any(o.lower_ == "foot" for o in objects_of(verb))
    missed = verb.lemma_ == "reach" and (barred or verb.head.lemma_ == "fail")
    if not (tries or barred) or not (sets_foot or missed or verb.lemma_ in words.entering | BREAKING):
        return
    doers = tuple(s for s in subjects_of(verb) if is_party(sentence, s) and s.lemma_.lower() != "police")
    inside = after(verb, "in", "into", "inside") if sets_foot else after(verb, "into")
    places = of_places(sentence, [*inside, *objects_of(verb)], loosely=bool(doers))
    if doers and places:
        yield Finding("take", verb, doers, places, realis="failed" if barred else None)


def _is_barred(above: Token) -> bool:
    """“Never managed to enter Y", "were unable to enter Y"."""
    able = above.lemma_ == "manage" or (above.lemma_ == "be" and any(c.lower_ == "able" for c in above.children))
    return above.lower_ == "unable" or (able and any(c.dep_ == "neg" for c in above.children))


def repelled(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“The army beat back a rebel assault on Y": the rebels did not take it; whose assault it was must be said."""
    halted = verb.lemma_ in ("halt", "stop") and is_passive(verb)
    foils = (
        halted
        or verb.lemma_ in words.repelling
        or any(verb.lemma_ in verbs and particle in particles(verb) for particle, verbs in HELD_OFF.items())
    )
    for noun in objects_of(verb) if foils else []:
        if verb.lemma_ in words.repelling - {"defeat", "resist"} and is_party(sentence, noun) and not is_passive(verb):
            yield Finding("take", verb, (noun,), (), realis="failed")  # "repulsed the raiders"
            continue
        if noun.lemma_.lower() not in words.assaults or any(c.dep_ == "acl" for c in noun.children):
            continue
        attackers = [*owners_of(sentence, noun), *(p for p in after(verb, "by") if not surface_subjects(verb)[1:])]
        attackers = [a for a in attackers if is_party(sentence, a) and a not in subjects_of(verb)]
        goals = [p for w in (noun, *after(noun, "by")) for p in after(w, *TOWARDS)]
        goals = goals or [c for s in subjects_of(verb) for c in s.children if c.dep_ == "poss"]  # "Y's defenders"
        places = of_places(sentence, goals, loosely=True)
        if attackers and places:
            yield Finding("take", noun if not is_verb(noun) else verb, tuple(attackers), places, realis="failed")
        elif not attackers and (places or not goals):  # whose attack it was is left to what went before
            defenders = tuple(s for s in subjects_of(verb) if is_party(sentence, s))
            yield Finding("take", verb, (), places, defenders, realis="failed")


def faltered(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“The army's drive on Y has stalled", "an offensive against Y was called off": it was not taken."""
    if not _has_failed(verb, words):
        return
    for noun in objects_of(verb) if is_passive(verb) else surface_subjects(verb):
        attackers = tuple(o for o in owners_of(sentence, noun) if is_party(sentence, o))
        goals = after(noun, *TOWARDS) if noun.lemma_.lower() in words.assaults | {"drive", "bid"} else []
        places = of_places(sentence, goals, loosely=bool(attackers))
        if places:
            yield Finding("take", verb, attackers, places, realis="failed")


def _has_failed(verb: Token, words: ControlWords) -> bool:
    if any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
        return False
    if is_passive(verb):
        called_off = verb.lemma_ == "call" and "off" in particles(verb)
        return called_off or verb.lemma_ in words.repelling | {"halt", "stop", "abandon", "abort", "cancel", "break"}
    standing = any(p.lemma_ in ("halt", "standstill", "nothing") for p in after(verb, "to"))
    return verb.lemma_ in FALTERING or (verb.lemma_ in ("come", "grind") and standing)
