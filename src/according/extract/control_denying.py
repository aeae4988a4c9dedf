"""Denials that no word of denying makes: "holding X is not holding Y", "without acknowledging that Y fell"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.extract.roles import is_verb

if TYPE_CHECKING:
    from according.extract.tokens import Token

MEANING = frozenset(["mean", "signify", "imply", "equal", "amount"])
CONCEDING = frozenset(["acknowledge", "admit", "concede", "confirm", "recognise", "recognize"])
SUCCEEDING = frozenset(["manage", "succeed"])
AIMS = frozenset(["intention", "plan", "desire", "wish"])
MUSING = frozenset(["speak", "talk", "dream", "think"])
TELLING = frozenset(["say", "tell", "confirm", "disclose", "specify", "comment", "reveal"])
SUPPOSED = frozenset(["sign", "indication", "evidence", "proof", "confirmation"])


def denying_word(trigger: Token) -> Token | None:
    """The word above a trigger by which it is said not to be so, or None."""
    return _not_the_same(trigger) or _not_conceded(trigger) or _no_sign(trigger)


def not_managed(trigger: Token) -> bool:
    """“Had not managed to take Y", "did not succeed in taking it": tried and failed, which is no denial."""
    above = trigger.head
    if trigger.dep_ == "pcomp" and above.lower_ == "in":
        above = above.head
    able = above.lemma_ in SUCCEEDING or (above.lemma_ == "be" and any(c.lower_ == "able" for c in above.children))
    return above is not trigger and able and any(c.dep_ == "neg" for c in above.children)


def is_unanswered(trigger: Token) -> bool:
    """“Would not say whether X holds Y", "had no intention of taking Y", "on condition that X leaves Y": not said."""
    noun = trigger.head.head if trigger.head.lower_ == "of" else trigger.head
    if noun.lemma_ == "condition" and trigger.dep_ in ("acl", "ccomp", "relcl"):
        return True
    if noun.lemma_ in AIMS and trigger.dep_ == "pcomp":
        return any(c.lower_ == "no" for c in noun.children)
    if trigger.dep_ == "pcomp" and trigger.head.lower_ == "of" and trigger.head.head.lemma_ in MUSING:
        return True
    speech = trigger.head
    asked = trigger.dep_ == "ccomp" and any(
        c.lower_ in ("whether", "if") and c.dep_ == "mark" for c in trigger.children
    )
    shy = any(c.dep_ == "neg" for c in speech.children) or speech.head.lemma_ in ("refuse", "decline")
    untold = trigger.dep_ == "ccomp" and speech.lemma_ == "say" and any(c.lower_ == "did" for c in speech.children)
    untold = untold and any(c.dep_ == "neg" for c in speech.children)  # "did not say that it had lost Y"
    return untold or (asked and shy and speech.lemma_ in TELLING)


def _not_the_same(trigger: Token) -> Token | None:
    """“Holding X is not the same as holding Y", "does not mean controlling Y": Y is not held."""
    above = trigger.head
    if trigger.tag_ != "VBG" or above is trigger:
        return None
    if above.lower_ == "as" and above.head.lower_ == "same":
        above = above.head.head
    elif above.lower_ == "to" and above.head.lemma_ == "amount":
        above = above.head
    elif above.lemma_ not in MEANING:
        return None
    denied = any(c.dep_ == "neg" for c in above.children) and is_verb(above)
    subject = trigger.dep_ in ("csubj", "nsubj")
    return above if denied and not subject else None


def _not_conceded(trigger: Token) -> Token | None:
    """“Spoke of attacks without acknowledging that Y had fallen": not acknowledging it is denying it."""
    for above in trigger.ancestors:
        if above.lemma_ in CONCEDING and above.dep_ == "pcomp" and above.head.lower_ == "without":
            return above.head
        if above.lemma_ in {"say", *CONCEDING} and above.dep_ == "pcomp" and above.head.head.lower_ == "short":
            return above.head.head  # "stopped short of saying that Y had fallen"
    return None


def _no_sign(trigger: Token) -> Token | None:
    """“Sees no sign that Y was taken"."""
    noun = trigger.head
    if trigger.dep_ in ("acl", "relcl", "ccomp", "appos") and noun.lemma_.lower() in SUPPOSED:
        return next((c for c in noun.children if c.lower_ == "no"), None)
    return None
