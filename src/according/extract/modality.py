"""Polarity and realis: whether it is said to have happened, and in what way, read off the verbs above a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from according.extract.roles import is_verb
from according.extract.wordlists import find_phrases
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from spacy.tokens import Token

    from according.extract.parse import Sentence
    from according.records import Polarity, Realis

Relation = Literal["complement", "adjunct", "relative", "coordinated"]
NEGATIVE_DETERMINERS = frozenset(["no", "neither", "none", "nobody", "nothing"])
NEGATIVE_ADVERBS = frozenset(["never", "not", "n't", "n’t", "nor", "no", "hardly"])
FACTIVE = frozenset(["admit", "acknowledge", "concede", "recognise", "recognize", "accept"])
"""Not acknowledging something is denying it."""
UNCERTAIN_WHEN_NEGATED = frozenset(
    ["say", "confirm", "know", "clear", "specify", "verify", "report", "believe", "identify"]
)
MODALS_OF_FUTURE = frozenset(["will", "shall", "'ll", "’ll", "wo"])
MODALS_OF_DOUBT = frozenset(["would", "should", "could", "can", "ca", "might", "may", "must", "'d", "’d"])


@dataclass(frozen=True, slots=True)
class Governor:
    """One step up from a word: the word below, the word above, and how the lower stands to the upper."""

    below: Token
    above: Token
    relation: Relation


def governors(token: Token) -> Iterator[Governor]:
    """The words above a word, nearest first."""
    while token.head.i != token.i:
        yield Governor(token, token.head, _relation(token))
        token = token.head


def _relation(token: Token) -> Relation:
    if token.dep_ in (
        "ccomp",
        "xcomp",
        "dobj",
        "acl",
        "pcomp",
        "attr",
        "acomp",
        "oprd",
        "parataxis",
        "nsubjpass",
        "nsubj",
    ):
        return "relative" if token.dep_ == "acl" and not _infinitive(token) else "complement"
    if token.dep_ == "relcl":
        return "relative"
    return "coordinated" if token.dep_ in ("conj", "dep") else "adjunct"


def _infinitive(token: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)


def predicate_chain(token: Token) -> list[Token]:
    """The word and the light, control and aspect verbs that carry its tense and negation, lowest first."""
    chain = [token]
    for step in governors(token):
        if not _carries(step):
            break
        chain.append(step.above)
    return chain


def _carries(step: Governor) -> bool:
    words = load_wording().modality
    below, above = step.below, step.above
    if below.dep_ in ("aux", "auxpass"):
        return True
    if is_verb(below):
        return below.dep_ == "xcomp" and is_verb(above) and above.lemma_ not in load_wording().speech_kind
    if not is_verb(above):
        return above.lemma_ in words.attempt_nouns | words.plan_nouns and below.dep_ in ("pobj", "acl")
    if below.dep_ in ("dobj", "nsubjpass"):
        return above.lemma_ in words.light_verbs
    return below.dep_ == "nsubj" and (above.lemma_ in words.occur_verbs | words.hit_verbs)


def polarity_of(token: Token) -> tuple[Polarity, list[Token]]:
    """Affirmed or denied, with the words that deny; each denial turns the one below it round."""
    cues = _negations(token)
    for step in governors(token):
        if step.relation == "complement":
            cues += _denials(step)
    return ("denied" if len(cues) % 2 else "affirmed"), cues


def _negations(token: Token) -> list[Token]:
    chain = predicate_chain(token)
    found = [
        c for t in chain for c in t.children if c.dep_ == "neg" or c.lower_ in NEGATIVE_ADVERBS and c.dep_ == "advmod"
    ]
    nouns = [token, *(c for t in chain if is_verb(t) for c in t.children if c.dep_ in ("nsubj", "nsubjpass", "dobj"))]
    for noun in nouns:
        if noun.lower_ in NEGATIVE_DETERMINERS:
            found.append(noun)
        found += [c for c in noun.children if c.lower_ in NEGATIVE_DETERMINERS and c.dep_ in ("det", "preconj", "cc")]
    if token.dep_ in ("pcomp", "pobj") and token.head.lower_ == "without":
        found.append(token.head)
    return list({t.i: t for t in found}.values())[:1]


def _denials(step: Governor) -> list[Token]:
    kind = load_wording().speech_kind.get(step.above.lemma_)
    negated = [c for c in step.above.children if c.dep_ == "neg"]
    if step.below.dep_ in ("nsubj", "nsubjpass") and is_verb(step.below):
        return []
    if kind == "deny":
        return [] if negated else [step.above]
    if negated and (step.above.lemma_ in FACTIVE or step.above.lemma_ in ("think", "believe")):
        return negated
    return []


def realis_of(sentence: Sentence, token: Token) -> tuple[Realis, list[Token]]:
    """In what way it is said to be: the strongest departure from "it happened" on the way up."""
    chain = predicate_chain(token)
    for read in (_failed, _attempted, _hypothetical, _planned):
        found = read(token, chain)
        if found:
            return found
    return _aspect(sentence, chain)


def _failed(token: Token, chain: list[Token]) -> tuple[Realis, list[Token]] | None:
    words = load_wording().modality
    for above in chain[1:]:
        if above.lemma_ in words.failed and not _negated(above):
            return "failed", [above]
    vain = [hit for t in chain for hit in find_phrases(t.sent, words.in_vain)][:1]
    return ("failed", list(vain[0])) if vain and (len(chain) > 1) else None


def _attempted(token: Token, chain: list[Token]) -> tuple[Realis, list[Token]] | None:
    words = load_wording().modality
    for above in chain[1:]:
        if above.lemma_ in words.attempted | words.attempt_nouns:
            return "attempted", [above]
    return None


def _planned(token: Token, chain: list[Token]) -> tuple[Realis, list[Token]] | None:
    words = load_wording().modality
    for t in chain:
        future = [c for c in t.children if c.dep_ == "aux" and c.lower_ in MODALS_OF_FUTURE]
        if future:
            return "planned", future
    for above in chain[1:]:
        if above.lemma_ in words.planned | words.plan_nouns and (is_verb(above) or above.lemma_ in words.plan_nouns):
            if above.lemma_ not in words.light_verbs or is_verb(token):
                return "planned", [above]
    for step in governors(token):
        plans = step.above.lemma_ in words.planned | words.plan_nouns
        if step.relation == "complement" and plans and _infinitive(step.below):
            return "planned", [step.above]
    if is_verb(token) and token.dep_ == "advcl" and _infinitive(token):
        return "planned", [c for c in token.children if c.lower_ == "to"]
    return None


def _hypothetical(token: Token, chain: list[Token]) -> tuple[Realis, list[Token]] | None:
    words = load_wording().modality
    for t in chain:
        marks = [c for c in t.children if c.dep_ == "mark" and c.lower_ in words.conditional]
        modal = [c for c in t.children if c.dep_ == "aux" and c.lower_ in MODALS_OF_DOUBT]
        if marks or (modal and not any(c.lower_ == "have" for c in t.children)):
            return "hypothetical", marks or modal
    return None


def _negated(token: Token) -> bool:
    return any(c.dep_ == "neg" for c in token.children)


def _aspect(sentence: Sentence, chain: list[Token]) -> tuple[Realis, list[Token]]:
    words = load_wording().modality
    verb = next((t for t in reversed(chain) if is_verb(t)), None)
    if verb is None:
        return "happened", []
    often = [hit for hit in find_phrases(verb.sent, words.habitual) if _same_clause(hit[0], verb)]
    if often:
        return "habitual", list(often[0])
    if _is_present(verb) and sentence.passage.block != "headline":
        return "ongoing", []
    if any(_is_progressive(t) for t in chain if is_verb(t)):
        return "ongoing", [t for t in chain if is_verb(t)][:1]
    return "happened", []


def _same_clause(token: Token, verb: Token) -> bool:
    for above in token.ancestors:
        if above.i == verb.i:
            return True
        if is_verb(above):
            return False
    return token.i == verb.i


def _is_progressive(verb: Token) -> bool:
    """ "Are shelling", "have been shelling", "was shelling"; a bare participle is not."""
    return verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children)


def _is_present(verb: Token) -> bool:
    """Simple present or present passive ("is besieged", "besieges"): a state of affairs, or a habit."""
    if verb.tag_ in ("VBZ", "VBP"):
        return True
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    return bool(helpers) and all(c.tag_ in ("VBZ", "VBP") and c.lemma_ == "be" for c in helpers)
