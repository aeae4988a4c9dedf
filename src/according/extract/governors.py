"""The way up from a word: what governs it, and which of those words carry its tense and negation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from according.extract.roles import is_verb
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.tokens import Token

Relation = Literal["complement", "adjunct", "relative", "coordinated"]
COMPLEMENTS = frozenset("ccomp xcomp dobj acl pcomp attr acomp oprd parataxis nsubjpass nsubj".split())


@dataclass(frozen=True, slots=True)
class Governor:
    """One step up from a word: the word below, the word above, and how the lower stands to the upper."""

    below: Token
    above: Token
    relation: Relation


@lru_cache(maxsize=512)
def governors(token: Token) -> tuple[Governor, ...]:
    """The words above a word, nearest first; kept, for voices, hedges, polarity and realis all go up the same way."""
    above = token.head
    return () if above is token else (Governor(token, above, _relation(token)), *governors(above))


def _relation(token: Token) -> Relation:
    if token.dep_ in ("relcl", "acl"):
        marked = any(c.dep_ == "mark" and (token.dep_ == "acl" or c.lower_ == "that") for c in token.children)
        content = marked or (token.dep_ == "acl" and is_infinitive(token))
        return "complement" if content else "relative"
    if token.dep_ in COMPLEMENTS:
        return "complement"
    return "coordinated" if token.dep_ in ("conj", "dep") else "adjunct"


def is_infinitive(token: Token) -> bool:
    """Whether a verb stands with "to"."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def predicate_chain(token: Token) -> list[Token]:
    """The word and the light, control and aspect words that carry its tense and negation, lowest first."""
    chain = [token]
    for step in governors(token):
        if not _carries(step):
            break
        chain.append(step.above)
    return chain


def _carries(step: Governor) -> bool:
    wording = load_wording()
    words = wording.modality
    below, above = step.below, step.above
    if below.dep_ in ("aux", "auxpass"):
        return True
    if (above.lemma_ in words.attempt_nouns or above.lemma_ in words.plan_nouns) and not is_verb(above):
        return below.dep_ in ("acl", "pobj", "relcl")
    if is_verb(below):
        return _carries_verb(step)
    if not is_verb(above):
        return False
    if below.dep_ in ("dobj", "nsubjpass", "attr"):
        return above.lemma_ in words.light_verbs or above.lemma_ in ("be", "have", "see")
    return below.dep_ == "nsubj" and (above.lemma_ in words.occur_verbs or above.lemma_ in words.hit_verbs)


def _carries_verb(step: Governor) -> bool:
    """As in "Is attempting to take", "was unable to take", "began shelling"; what is said is not part of the saying."""
    if step.below.dep_ not in ("xcomp", "acomp", "acl"):
        return False
    adjective = step.above.dep_ in ("acomp", "oprd") or (step.above.dep_ == "advcl" and step.above.pos_ == "ADJ")
    return adjective or (is_verb(step.above) and step.above.lemma_ not in load_wording().speech_kind)
