"""Deeds that only the doer tells: assailants who come into a village attack it, and a missile brings down a house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.extract.roles import is_verb
from according.extract.triggers import Trigger
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from according.extract.parse import Sentence
    from according.extract.tokens import Token

INTO = frozenset(["into", "to", "in", "on", "upon", "through", "at"])
PLAIN = frozenset(["go", "run", "walk", "move", "rush"])
"""Verbs of motion that tell of no attack unless somebody goes right into a place."""
THROUGH = frozenset(["into", "through", "upon", "among"])
ARMED = frozenset(["armed", "masked", "hooded", "uniformed"])
PEOPLE = frozenset(["man", "group", "person", "individual"])
FELLING = frozenset(["bring", "down"])
DOWN = frozenset(["down", "through"])


def with_arrivals(sentence: Sentence, found: Sequence[Trigger]) -> list[Trigger]:
    """The triggers of a sentence with the coming of assailants, and without what brings down houses and no aircraft."""
    kept = [trigger for trigger in found if not _fells_a_building(trigger) and not _is_disarmed(trigger)]
    taken = {t.i for trigger in kept for t in trigger.words}
    taken |= {verb.i for trigger in kept for verb in _came_before(trigger)}
    kept += [Trigger(verb, "attack", (verb,), guarded=False) for verb in _arrivals(sentence) if verb.i not in taken]
    taken |= {trigger.token.i for trigger in kept}
    kept += [Trigger(verb, "bomb", (verb,), guarded=False) for verb in _rammings(sentence) if verb.i not in taken]
    return sorted(kept, key=lambda trigger: trigger.token.i)


def _came_before(trigger: Trigger) -> Iterator[Token]:
    """As in "They broke through the gate and blew up a truck": the coming is told by what they did then."""
    verb = trigger.token
    while verb.dep_ == "conj" and is_verb(verb) and not any(c.dep_ == "nsubj" for c in verb.children):
        verb = verb.head
        yield verb


def _arrivals(sentence: Sentence) -> Iterator[Token]:
    """As in "Gunmen rode into Osk on Sunday", "some thirty armed men had come to the village"."""
    arriving = load_wording().modality.arriving
    for verb in sentence.doc:
        if verb.lemma_ in arriving and is_verb(verb):
            into = THROUGH if verb.lemma_ in PLAIN else INTO
            came = any(c.dep_ == "dobj" or (c.dep_ == "prep" and c.lower_ in into) for c in verb.children)
            if verb.lemma_ == "get":
                came = any(c.lower_ in ("in", "into", "inside") for c in verb.children)
            armed = any(c.lower_ == "with" and any(map(_is_arm, c.children)) for c in verb.children)
            if came and (armed or any(c.dep_ == "nsubj" and _is_assailant(c) for c in verb.children)):
                yield verb


def _is_arm(noun: Token) -> bool:
    return noun.lemma_.lower() in load_wording().modality.carried


def _rammings(sentence: Sentence) -> Iterator[Token]:
    """As in "A bomber drove a truck full of explosives into the gate": a vehicle that blows up where it is driven."""
    words = load_wording().modality
    for verb in sentence.doc:
        if not is_ramming(verb):
            continue
        into = any(c.dep_ == "prep" and c.lower_ in ("into", "at", "through") for c in verb.children)
        told = [t for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "prep") for t in c.subtree]
        if into and any(t.lemma_.lower() in words.charged for t in told):
            yield verb


def _is_assailant(noun: Token) -> bool:
    lemma = noun.lemma_.lower()
    if lemma in load_wording().modality.assailants:
        return True
    return lemma in PEOPLE and any(t.lower_ in ARMED for t in noun.subtree)


def _fells_a_building(trigger: Trigger) -> bool:
    """As in "A missile brought down a block of flats": what falls is no aircraft and no missile."""
    token = trigger.token
    if trigger.predicate != "disrupt" or token.lemma_ not in FELLING:
        return False
    instruments = load_wording().modality.instruments
    flying = instruments["airstrike"] | instruments["drone_strike"] | instruments["shell"]
    felled = [c for c in token.children if c.dep_ == "dobj"]
    return bool(felled) and all(t.lemma_.lower() not in flying for c in felled for t in c.subtree)


def _is_disarmed(trigger: Trigger) -> bool:
    """As in "the disarmed guerrillas", "a foiled plot": what somebody or something is, and no event."""
    return trigger.predicate == "disrupt" and trigger.token.dep_ == "amod"


def is_ramming(token: Token) -> bool:
    """Whether a word is a verb by which something may be driven into something."""
    return token.lemma_ in load_wording().modality.ramming and is_verb(token)


def comes_down(verb: Token) -> bool:
    """As in "A missile came down on the market", "a shell came through the roof"."""
    return verb.lemma_ == "come" and any(c.lower_ in DOWN for c in verb.children)
