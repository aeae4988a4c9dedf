"""Flags: who raises one over a place has taken it, whose flies there has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from according.extract.control_finding import (
    Finding,
    after,
    doers_of,
    objects_of,
    of_places,
    parties_in,
    surface_subjects,
)
from according.extract.control_places import is_place
from according.extract.roles import is_passive
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.vocabulary.control import ControlWords

FLAGS = frozenset(["flag", "banner", "tricolour", "tricolor", "standard", "ensign"])
SEATS = frozenset(["office", "hall"])
"""Where a town is governed from."""
FLYING = frozenset(["fly", "wave", "flutter", "go", "rise"])
"""What flags do."""


def flag(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“X raised its flag over Y", "the flag of X flies over Y"."""
    if verb.lemma_ not in FLYING and verb.lemma_ not in words.flag_verbs:
        return
    subjects = [s for s in surface_subjects(verb) if s.lemma_ in FLAGS]
    if subjects and not is_passive(verb) and verb.lemma_ in ("fly", "wave", "flutter"):
        poles = [*after(verb, "over", "in", "on", "at", "above", "atop"), *objects_of(verb)]
        places = of_places(sentence, poles, loosely=True)
        owners = _flying(sentence, subjects)
        if places and owners:
            yield Finding("hold" if not again(verb) else "take", verb, owners, places)
    elif subjects and verb.lemma_ in ("go", "rise") and "up" in {c.lower_ for c in verb.children}:
        poles = [p for c in (verb, *verb.children) for p in after(c, "over", "on", "above", "atop", "in", "across")]
        owners = _flying(sentence, subjects)
        places = of_places(sentence, poles, loosely=True)
        if places and owners:
            yield Finding("take", verb, owners, places)
    elif verb.lemma_ in words.flag_verbs and any(o.lemma_ in FLAGS for o in objects_of(verb)):
        flags = [o for o in objects_of(verb) if o.lemma_ in FLAGS]
        doers = parties_in(sentence, (d for d in doers_of(verb) if not is_place(sentence, d, loosely=False)))
        planted = bool(doers) and verb.lemma_ in ("raise", "hoist", "plant", "run", "unfurl")
        poles = [p for w in (verb, *flags) for p in after(w, "over", "in", "on", "at", "above", "atop")]
        poles += [c for c in verb.children if c.lower_ == "there"]
        towns = [p for pole in poles for p in after(pole, "in", "of")]
        seated = bool(poles) and all(p.lemma_ in SEATS for p in poles)  # who has a town's offices has the town
        places = of_places(sentence, towns if seated else [], loosely=True)
        places = places or of_places(sentence, [p for p in poles if p.lemma_ != "hall"], loosely=True)
        places = places or of_places(sentence, towns, loosely=True)
        if places or poles or planted:
            yield Finding("take", verb, doers or _flying(sentence, flags) or _raising(sentence, verb), places)


def flying_noun(sentence: Sentence, noun: Token) -> Iterator[Finding]:
    """“The flag of X flies over Y", when the parser takes the flying for insects and the waving for the sea."""
    flags = [c for c in noun.children if c.lemma_ in FLAGS and c.i < noun.i]
    owners = _flying(sentence, flags)
    owners = owners or parties_in(sentence, (c for c in noun.children if flags and c.dep_ == "poss"))
    places = of_places(sentence, after(noun, "over", "in", "on", "at", "above", "atop"), loosely=True) if owners else ()
    if places:
        yield Finding("hold", noun, owners, places, realis="ongoing")


def _whose(owner: Token) -> Token:
    """“The militia, whose flag flies there": the militia."""
    verb = next((a for a in owner.ancestors if a.dep_ == "relcl"), None) if owner.tag_ == "WP$" else None
    return verb.head if verb is not None else owner


def _raising(sentence: Sentence, verb: Token) -> tuple[Token, ...]:
    """“X declared Y free after raising the flag over it", "X ordered the flag to be raised over Y": X."""
    above = next((a for a in verb.ancestors if a.lemma_ in load_wording().speech_kind or a.lemma_ == "order"), None)
    return parties_in(sentence, surface_subjects(above)) if above is not None else ()


def _flying(sentence: Sentence, flags: Iterable[Token]) -> tuple[Token, ...]:
    """Whose some flags are: "their flag", "the Orlesian flag", "the flag of the rebels"."""
    owners = [c for f in flags for c in f.children if c.dep_ in ("amod", "compound", "poss")]
    owners += [p for f in flags for p in after(f, "of")]
    owners = [_whose(o) for o in owners]
    return parties_in(sentence, owners)


def again(verb: Token) -> bool:
    """Whether a verb stands with "again", "back" or "once more"."""
    return any(c.lower_ in ("again", "back", "now", "once") for c in verb.children)
