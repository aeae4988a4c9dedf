"""What kind of attack it is, by the weapon or aircraft that does it and never by whose it is: jets that hit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from according.extract.roles import is_verb
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.arguments import Argument
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.extract.triggers import Trigger

OPEN = frozenset(["attack", "bomb", "shoot", "shell"])
"""Kinds that their doer may make more particular."""
PEOPLE = frozenset(["bombers"])
"""A plural for aircraft that stands for people too."""


def kind_of(trigger: Trigger, subjects: Sequence[Argument], targets: Sequence[Argument] = (), *, airborne: bool) -> str:
    """The predicate of a trigger, made more particular by its doer or the weapon it is done with.

    ``targets`` are the objects as they stand: what is fired is one of them. ``airborne`` is whether the report speaks
    of aircraft: who "bombed" a town did it from the air then, whoever it was.
    """
    if trigger.predicate not in OPEN:
        return trigger.predicate
    instruments = load_wording().modality.instruments
    if trigger.token.lemma_ == "fire" and any(_words_of(a) & instruments["shell"] for a in targets):
        return "shell"
    told = (words if airborne else words - _people_of(a) for a in subjects for words in [_words_of(a)])
    for words in (*told, _weapon_words(trigger)):
        for kind, names in instruments.items():
            if words & names and kind != trigger.predicate and (kind == "bomb" or "suicide" not in words):
                return _sharpened(trigger.predicate, kind)
    if trigger.predicate == "attack" and comes_from_the_air(trigger.token):
        return "airstrike"
    bombed = trigger.predicate == "bomb" and trigger.token.lemma_ == "bomb" and is_verb(trigger.token)
    return "airstrike" if bombed and airborne and not _weapon_words(trigger) else trigger.predicate


def speaks_of_aircraft(sentences: Iterable[Sentence], triggers: Iterable[Trigger]) -> bool:
    """Whether a report tells of aircraft or of raids from the air, outside its comments."""
    if any(trigger.predicate == "airstrike" for trigger in triggers):
        return True
    flying = load_wording().modality.instruments["airstrike"]
    return any(t.lemma_.lower() in flying for s in sentences if s.passage.block != "comment" for t in s.doc)


def _sharpened(predicate: str, kind: str) -> str:
    """Only an open kind is changed: a bomb from a jet is an air strike, a shot from a car stays a shooting."""
    return kind if predicate == "attack" or kind in ("airstrike", "drone_strike") else predicate


def _words_of(argument: Argument) -> set[str]:
    near = [argument.head, *(c for c in argument.head.children if c.dep_ in ("compound", "amod", "nummod"))]
    return {w for t in near for w in (t.lemma_.lower(), t.lower_)} | (
        {"aircraft"} if _is_air_force(argument) else set()
    )


def _people_of(argument: Argument) -> frozenset[str]:
    """As in "Bombers kill nine", "two bombers struck": people, unless the words say whose aircraft they are."""
    head = argument.head
    whose = [c for c in head.lefts if c.dep_ in ("amod", "compound", "poss", "nmod")]
    named = any(c.text[:1].isupper() or c.lemma_.lower() in load_wording().modality.armed_modifiers for c in whose)
    return PEOPLE if not named else frozenset()


def comes_from_the_air(token: Token) -> bool:
    """As in "The market was attacked from the air", "were hit by air"."""
    behind = [(c, g) for c in token.children if c.dep_ in ("prep", "agent") for g in c.children]
    return any(c.lower_ in ("from", "by") and g.lower_ in ("air", "sky", "skies") for c, g in behind)


def _is_air_force(argument: Argument) -> bool:
    words = argument.span.text.lower()
    return "air force" in words or "airforce" in words


def _weapon_words(trigger: Trigger) -> set[str]:
    """As in "Attacked with rockets", "a car bomb attack": what it is done with, behind "with" or before the noun."""
    token = trigger.token
    tools = [g for c in token.children if c.lower_ in ("with", "using") for g in c.children if g.dep_ == "pobj"]
    tools += [c for c in token.children if c.dep_ == "compound"]
    return {t.lemma_.lower() for t in tools}
