"""Giving a place to somebody: handing it over, giving it up, a town that gives in."""

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
    parties_in,
)

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.vocabulary.control import ControlWords

YIELDING = frozenset(["surrender", "capitulate", "succumb"])
"""What a town does that gives in to somebody."""


def hand_over(sentence: Sentence, verb: Token, words: ControlWords) -> Iterator[Finding]:
    """“Handed Y over to X", "gave up Y", "Y surrendered to X"."""
    over = words.hand_over | YIELDING
    known = verb.lemma_ in over or verb.lemma_ in words.hand_over_particles or verb.lemma_ in words.give_up
    if not known and verb.lemma_ not in ("hand", "return"):
        return
    hands = verb.lemma_ in over or words.hand_over_particles.get(verb.lemma_, frozenset()) & particles(verb)
    gives_up = words.give_up.get(verb.lemma_, frozenset()) & particles(verb)
    receivers = tuple(p for w in (verb, *objects_of(verb)) for p in after(w, "to"))
    passes_on = verb.lemma_ in words.hand_over_particles and any(is_party(sentence, p) for p in receivers)
    passes_on = passes_on or (verb.lemma_ == "hand" and bool(receivers))
    passes_on = passes_on or (verb.lemma_ == "return" and bool(parties_in(sentence, receivers)))
    objects = [o for o in objects_of(verb) if o.lower_ != "them"]  # prisoners, more often than places
    objects += [
        p for c in verb.children if c.dep_ == "ccomp" and c.lemma_ in ("leave", "remain") for p in after(c, "of")
    ]
    if not (hands or gives_up or passes_on):
        return
    places = of_places(sentence, objects, loosely=bool(hands or gives_up) or is_pronoun(objects))
    givers = doers_of(verb)
    if not objects and verb.lemma_ in YIELDING:
        yield from _yielded(sentence, verb, givers, receivers)
        return
    if places and receivers and givers and all(g.lemma_.lower() in words.local_heads for g in givers):
        yield Finding("take", verb, receivers, places)  # mayors hold no places
    elif places and receivers:
        yield Finding("hand_over", verb, doers_of(verb), places, receivers)
    elif places and (gives_up or verb.lemma_ in ("relinquish", "surrender", "cede", "yield")):
        yield Finding("withdraw", verb, doers_of(verb), places)
    elif hands and not receivers and doers_of(verb):
        given = of_places(sentence, objects, loosely=False)
        if given and all(is_party(sentence, d) for d in doers_of(verb)):
            yield Finding("withdraw", verb, doers_of(verb), given)  # "are to hand over the islands"


def _yielded(
    sentence: Sentence, verb: Token, towns: tuple[Token, ...], receivers: tuple[Token, ...]
) -> Iterator[Finding]:
    """“The town surrendered to X": X took it."""
    takers = parties_in(sentence, receivers)
    armed = bool(takers) and all(is_party(sentence, t) for t in takers)
    places = of_places(sentence, towns, loosely=armed) if takers else ()
    if places:
        yield Finding("take", verb, takers, places)
