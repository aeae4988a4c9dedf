"""Polarity: whether something is said to be so, or said not to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.extract.governors import governors, predicate_chain
from according.extract.modality import could_not
from according.extract.roles import is_verb
from according.vocabulary.charges import load_charges
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.governors import Governor
    from according.extract.tokens import Token
    from according.records import Polarity

DETERMINERS = frozenset(["no", "neither", "none", "nobody", "nothing"])
ADVERBS = frozenset(["never", "not", "n't", "n’t", "nor", "no", "hardly"])
DENIED_WHEN_NEGATED = frozenset("admit acknowledge concede recognise recognize accept think believe".split())
"""Not acknowledging something is denying it."""


def polarity_of(token: Token) -> tuple[Polarity, list[Token]]:
    """Affirmed or denied, with the words that deny; each denial turns the one below it round.

    A denial does not reach into relative clauses, adverbials and prepositional phrases: who denies killing civilians
    in a strike does not deny the strike.
    """
    cues = _negations(token) or _denied_doing(token)
    for step in governors(token):
        if not _reaches(step):
            break
        cues += _denials(step)
    return ("denied" if len(cues) % 2 else "affirmed"), cues


def _negations(token: Token) -> list[Token]:
    chain = predicate_chain(token)
    found = [c for t in chain if not could_not(t) for c in t.children if _negates(c)]
    parts = [c for t in chain if is_verb(t) for c in t.children if c.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")]
    for word in [*chain, *parts]:
        found += [word] if word.lower_ in DETERMINERS else []
        found += [c for c in word.children if c.lower_ in DETERMINERS and c.dep_ in ("det", "preconj", "cc")]
        found += _no_of_several(word)
    found += [g for c in token.children if c.dep_ == "agent" for g in c.children if _is_nobody(g)]
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lemma_ == "claim":
        found += [c for c in token.head.head.children if c.lower_ in DETERMINERS]  # "no claim of responsibility"
    if token.dep_ in ("pcomp", "pobj") and token.head.lower_ == "without":
        found.append(token.head)
    return [t for t in found if not _counts(t)][:1] or _not_yet(token)


def _counts(negation: Token) -> bool:
    """As in "No fewer than nine were killed", "no less than a battalion": a number, and nothing that is denied."""
    after = [t.lower_ for t in negation.doc[negation.i + 1 : negation.i + 3]]
    return negation.lower_ in ("no", "not") and after in (["fewer", "than"], ["less", "than"])


def _no_of_several(noun: Token) -> list[Token]:
    """As in "No Orlesian or coalition strike": parsers take the first of two owners for a strike of its own."""
    first = noun.head
    if noun.dep_ != "conj" or is_verb(noun) or not any(c.lower_ == "or" for c in first.children):
        return []
    return [c for c in first.children if c.lower_ in DETERMINERS and c.dep_ == "det"]


def _denied_doing(token: Token) -> list[Token]:
    """As in "Has always denied killing migrants": parsers take the killing for what kind of migrants they are."""
    verb = token.doc[token.i - 1] if token.i else token
    misread = token.tag_ == "VBG" and token.dep_ == "amod" and token.head.dep_ == "dobj" and token.head.head == verb
    return [verb] if misread and load_wording().speech_kind.get(verb.lemma_) == "deny" else []


def _is_nobody(word: Token) -> bool:
    """As in "Has been occupied by nobody", "by no army"."""
    return word.lower_ in DETERMINERS or any(c.lower_ == "no" and c.dep_ == "det" for c in word.children)


def _not_yet(token: Token) -> list[Token]:
    """As in "Have yet to take X"."""
    above = token.head
    infinitive = token.dep_ == "xcomp" and any(c.lower_ == "to" for c in token.children)
    if not infinitive or above.lemma_ not in ("have", "be", "remain"):
        return []
    return [c for c in above.children if c.lower_ == "yet" and above.i < c.i < token.i]


def _negates(child: Token) -> bool:
    if child.i and child.nbor(-1).lower_ == "than":
        return False  # "more likely than not"
    return child.dep_ == "neg" or (child.lower_ in ADVERBS and child.dep_ == "advmod")


def _reaches(step: Governor) -> bool:
    """Whether a denial above a step is a denial of what lies below it, and not only set beside it by a semicolon."""
    first, last = sorted((step.below.i, step.above.i))
    if any(t.text == ";" for t in step.above.doc[first:last]):
        return False
    if step.relation in ("complement", "coordinated"):
        return step.below.dep_ not in ("nsubj", "nsubjpass") or not is_verb(step.below)
    if _is_behind(step):
        return True
    transparent = load_wording().modality.transparent_nouns
    if step.below.dep_ == "pobj":
        return step.above.head.lemma_ in transparent or step.above.head.lemma_ in load_wording().speech_kind
    if step.below.dep_ == "prep":
        return step.above.lemma_ in transparent or step.above.lemma_ in load_wording().speech_kind
    return False


def _is_behind(step: Governor) -> bool:
    """As in "It denied that it was behind the raid", "was not responsible for the raid": whose deed is denied."""
    accountable = load_charges().accountable
    if step.below.dep_ == "pobj":
        return step.above.lower_ == "behind" or (step.above.lower_ == "for" and step.above.head.lower_ in accountable)
    if step.below.lower_ == "for":
        return step.above.lower_ in accountable
    return step.below.lower_ in {"behind", *accountable} and step.above.lemma_ == "be"


def _denials(step: Governor) -> list[Token]:
    if step.relation == "coordinated":
        return []
    negated = [c for c in step.above.children if c.dep_ == "neg"]
    if negated and _is_behind(step):
        return negated
    if _is_untrue(step.above, negated=bool(negated)):
        return negated or [step.above]
    if load_wording().speech_kind.get(step.above.lemma_) == "deny" and step.below.dep_ != "nsubj":
        return [] if negated or _denied_by_nobody(step.above) else [step.above]
    return negated if negated and step.above.lemma_ in DENIED_WHEN_NEGATED else []


def _is_untrue(verb: Token, *, negated: bool) -> bool:
    """As in "It is not true that …", "it is untrue that …"."""
    said = {c.lower_ for c in verb.children if c.dep_ in ("acomp", "attr")} if verb.lemma_ == "be" else set()
    words = load_charges()
    return bool(said & (words.true_words if negated else words.untrue))


def _denied_by_nobody(verb: Token) -> bool:
    """As in "No one disputes that …", "nobody denies that …"."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    return any(s.lower_ in DETERMINERS or any(c.lower_ in DETERMINERS for c in s.children) for s in subjects)
