"""Verbs that tie one actor to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from according.extract.control_finding import after, is_party, objects_of, subjects_of
from according.extract.roles import is_passive
from according.vocabulary.ties import TieWords, load_tie_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

LOOSE = frozenset(["back", "ally", "break_away", "join", "rename", "part_of", "lead"])
"""Ties whose verbs mean little else, so that an unknown proper name is taken for an actor."""


@dataclass(frozen=True, slots=True)
class Bond:
    """One tie in the making: the head words of both sides."""

    predicate: str
    trigger: Token
    sources: tuple[Token, ...]
    targets: tuple[Token, ...]
    presupposed: bool = False


def verb_ties(sentence: Sentence, verb: Token) -> Iterator[Bond]:
    """What one verb says of ties."""
    words = load_tie_words()
    yield from _direct(sentence, verb, words)
    yield from _through_preposition(sentence, verb, words)


def _direct(sentence: Sentence, verb: Token, words: TieWords) -> Iterator[Bond]:
    for predicate, lemmas in words.verbs.items():
        if verb.lemma_ not in lemmas or predicate == "part_of":
            continue
        sources, targets = (
            actors(sentence, heads, loosely=predicate in LOOSE) for heads in (subjects_of(verb), objects_of(verb))
        )
        if predicate == "join" and not targets and verb.i + 1 < len(verb.doc):
            # an acronym after the verb that the parser made nothing of ("joined ISIS [the Islamic State]")
            targets = (verb.nbor(),) if sentence.actor_at(verb.nbor()) is not None else ()
        if predicate == "lead":
            targets = tuple(t for t in targets if sentence.actor_at(t) is not None or is_organised(sentence, t))
        if predicate == "oppose":
            owners = owners_of_targets(sentence, objects_of(verb))
            targets = targets or actors(sentence, owners, loosely=False)
            targets = tuple(t for t in targets if sentence.place_at(t) is None or sentence.actor_at(t) is not None)
        # "X, a group led by Y": Y leads X
        named = tuple(t.head if t.dep_ == "appos" and t.head.pos_ == "PROPN" else t for t in targets)
        yield from _bond(predicate, verb, sources, named if predicate == "lead" else targets)


def _through_preposition(sentence: Sentence, verb: Token, words: TieWords) -> Iterator[Bond]:
    for predicate, verbs in words.with_preposition.items():
        prepositions = verbs.get(verb.lemma_)
        if prepositions is None or not _means_it(verb, predicate, words):
            continue
        others = after(verb, *prepositions) if prepositions else [c for c in verb.children if c.dep_ == "attr"]
        others += [p for o in objects_of(verb) if predicate == "back" for p in after(o, "to")]
        passive = is_passive(verb) and predicate in ("ally", "rename", "join")
        doers = objects_of(verb) if passive else subjects_of(verb) or ([verb.head] if verb.dep_ == "acl" else [])
        loosely = predicate in LOOSE and predicate != "rename"
        yield from _bond(
            predicate, verb, actors(sentence, doers, loosely=loosely), actors(sentence, others, loosely=loosely)
        )


def _means_it(verb: Token, predicate: str, words: TieWords) -> bool:
    """Giving and sending back somebody only with arms or the like; pledging ties only with allegiance."""
    given = {o.lemma_ for o in objects_of(verb)} | {c.lemma_ for o in objects_of(verb) for c in o.children}
    if predicate == "back":
        return bool(given & words.provisions)
    return bool(given & words.allegiance) if verb.lemma_ in ("pledge", "swear") else True


def owners_of_targets(sentence: Sentence, heads: Iterable[Token]) -> list[Token]:
    """“Strikes on ISIL targets”, "against al-Qaeda operatives": those whose targets or people they are."""
    words = load_tie_words().target_nouns
    found = []
    for head in heads:
        owners = [c for c in head.children if c.dep_ in ("compound", "amod", "nmod", "poss") and sentence.actor_at(c)]
        found.append(owners[0] if owners and head.lemma_.lower() in words else head)
    return found


def _bond(predicate: str, trigger: Token, sources: tuple[Token, ...], targets: tuple[Token, ...]) -> Iterator[Bond]:
    if sources and targets:
        yield Bond(predicate, trigger, sources, targets)


def actors(sentence: Sentence, heads: Iterable[Token], *, loosely: bool) -> tuple[Token, ...]:
    """Those of some head words, coordination taken apart, that name actors."""
    members = {m.i: m for head in heads for m in (head, *(c for c in head.conjuncts if c.i > head.i))}
    return tuple(m for m in members.values() if is_actor(sentence, m, loosely=loosely))


def is_actor(sentence: Sentence, head: Token, *, loosely: bool) -> bool:
    """Whether a head word names an actor; ``loosely`` takes proper names nobody knows, but never a mere place's."""
    if is_party(sentence, head):
        return True
    if head.lower_ in ("which", "who", "itself"):
        return False
    return loosely and head.pos_ == "PROPN" and sentence.place_at(head) is None


def is_organised(sentence: Sentence, head: Token) -> bool:
    """Whether a head word names a body that has leaders: an armed party, not a single person or an undertaking."""
    return (
        head.pos_ in ("NOUN", "PROPN")
        and is_party(sentence, head)
        and head.lemma_.lower() not in ("general", "commander", "official")
    )
