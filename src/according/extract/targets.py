"""Whom it is done to: the logical objects of a verb or an action noun, and the two sides of a clash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.extract.arguments import is_time
from according.extract.roles import (
    RELATIVE_TAGS,
    agents_of,
    antecedent,
    behind,
    counted_between,
    is_counted,
    is_passive,
    is_showered,
    is_squeezed,
    is_verb,
    laid_on,
    surface_subjects,
)
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.tokens import Token

OBJECT_PREPOSITIONS = frozenset(["on", "against", "of", "upon", "targeting", "into", "over", "at"])


def objects_of(token: Token) -> list[Token]:
    """The head words of those it is done to, logically."""
    if not is_verb(token):
        return _noun_objects(token)
    if is_passive(token):
        return surface_subjects(token)
    return (_opponents(token) if is_reciprocal(token) else []) or _verb_objects(token)


def _is_ground(place: Token) -> bool:
    """As in "fighting in the area between the rebels and the army": armed people stand on both sides of it."""
    sides = [g for c in place.children if c.lower_ == "between" for g in c.children if g.dep_ == "pobj"]
    return any(side.lower_ in load_wording().modality.armed_words for side in sides)


def is_reciprocal(token: Token) -> bool:
    """Whether both sides do it to each other ("clash", "fighting")."""
    return token.lemma_.lower() in load_wording().modality.reciprocal


def sides_of(noun: Token) -> tuple[Token, ...]:
    """The two sides of a "clash between X and Y", the first side first."""
    if is_verb(noun) and not is_reciprocal(noun):
        return ()  # "bombed between X and Y" says where
    holders = [noun]
    if noun.dep_ in ("nsubj", "attr", "dobj") and is_verb(noun.head) and not is_verb(noun):
        holders.append(noun.head)
    holders += [
        g for holder in holders for c in holder.children if c.lower_ == "in" for g in c.children if _is_ground(g)
    ]
    between = [side for holder in holders for side in behind(holder, ("between", "among")) if not is_counted(side)]
    return tuple(t for first in between for t in (first, *(c for c in first.children if c.dep_ == "conj")))


def _opponents(token: Token) -> list[Token]:
    return list(behind(token, ("with", "against")))


def _verb_objects(token: Token) -> list[Token]:
    named = [antecedent(c) for c in token.children if c.dep_ == "dobj"]
    named = [t for t in named if t.lower_ != "that" or t.i > token.i]
    if named or is_squeezed(token):
        return named or [token.head]
    conjuncts = [c for c in token.children if c.dep_ == "conj" and not any(g.dep_ == "nsubj" for g in c.children)]
    shared = [g for c in conjuncts for g in c.children if g.dep_ == "dobj"]
    if shared or (counted := counted_between(token)):
        return shared or counted
    return [token.head] if _has_gap(token) else []


def _has_gap(token: Token) -> bool:
    """Whether a relative clause lacks the object that its noun is ("the town the army seized")."""
    if token.dep_ != "relcl":
        return False
    children = list(token.children)
    subjects = [c for c in children if c.dep_ == "nsubj"]
    adverbs = any(c.lower_ in ("where", "when", "why", "whose") for c in token.subtree)
    return bool(subjects) and subjects[0].tag_ not in RELATIVE_TAGS and not adverbs


def _noun_objects(noun: Token) -> list[Token]:
    """As in "A strike on X", "the shelling of X", "a strike targeting X", "a strike hit X", "X was hit by a strike"."""
    holders, laid = [noun, *agents_of(noun)], laid_on(noun)
    found = [
        g
        for holder in holders
        for c in holder.children
        if c.lower_ in (OBJECT_PREPOSITIONS if holder is noun else ("on", "against")) and c.dep_ == "prep"
        if c is not laid
        for g in c.children
        if g.dep_ == "pobj" and not is_time(g)
    ]
    if is_reciprocal(noun):
        found = _opponents(noun) or found
    described = [g for c in noun.children if c.dep_ in ("acl", "relcl") and _hits(c) for g in _verb_objects(c)]
    return found or described or _objects_of_governor(noun)


def _hits(verb: Token) -> bool:
    return verb.lemma_ in load_wording().modality.hit_verbs


def _objects_of_governor(noun: Token) -> list[Token]:
    head = noun.head
    if noun.dep_ == "nsubj" and is_verb(head) and _hits(head):
        return _verb_objects(head)
    if noun.dep_ == "pobj" and head.dep_ == "agent" and is_verb(head.head) and _hits(head.head):
        return surface_subjects(head.head)
    if noun.dep_ == "pobj" and head.lower_ == "under" and is_verb(head.head):
        return surface_subjects(head.head)
    return objects_of(head.head) if is_showered(noun) else []
