"""Which predicates can name one and the same event."""

from __future__ import annotations

from functools import cache

from according.records import Claim
from according.vocabulary import load_vocabulary

EVENT_FAMILIES = frozenset({"violence", "harm", "unrest"})

# What is seen of one event under different words: a plane "bombs" a place, a "raid" may come by air or by land.
_WORDED = (
    frozenset({"airstrike", "drone_strike", "bomb", "shell", "attack", "burn_destroy", "chemical_attack"}),
    frozenset({"attack", "clash", "storm", "shoot", "execute", "shell", "bomb", "burn_destroy", "loot", "abduct"}),
    frozenset({"protest", "riot", "crackdown", "shoot", "arrest", "attack"}),
    frozenset({"abduct", "arrest", "detain", "missing", "torture", "execute", "sexual_violence"}),
    frozenset({"attack", "storm", "torture", "sexual_violence", "loot"}),
    *(frozenset({"disrupt", other}) for other in ("attack", "airstrike", "drone_strike", "bomb", "shoot")),
)
_HOLDING = frozenset({"arrest", "abduct", "storm", "clash", "torture", "missing"})
_VAGUE = frozenset({"attack", "burn_destroy"})


@cache
def family_of(predicate: str) -> str:
    """The family of a predicate, empty for one that the vocabulary does not know."""
    known = load_vocabulary().predicates.get(predicate)
    return known.family if known else ""


def is_event(claim: Claim) -> bool:
    """Whether a claim is of an event that harms or may harm people."""
    return family_of(claim.predicate) in EVENT_FAMILIES


def is_act(claim: Claim) -> bool:
    """Whether a claim is of the act itself rather than of the harm it did."""
    return names_act(claim.predicate)


def names_act(predicate: str) -> bool:
    """Whether a predicate is a deed and not the harm it did."""
    return family_of(predicate) in {"violence", "unrest"}


@cache
def kinds_fit(left: str, right: str) -> float:
    """How well two predicates can name one event: 1 the same, 0 never."""
    if left == right:
        return 1.0
    if "detain" in {left, right}:  # who is held is held by those who raid, or long after by a court
        return 0.5 if {left, right} & _HOLDING else 0.0
    if "harm" in {family_of(left), family_of(right)}:
        return 0.7
    if any(left in group and right in group for group in _WORDED):
        return 0.7 if {left, right} & _VAGUE or {left, right} <= _AIR else 0.5
    return 0.0


_AIR = frozenset({"airstrike", "drone_strike", "bomb"})
