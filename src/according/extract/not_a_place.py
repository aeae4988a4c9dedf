"""Capitalised words that name something else than a place: operations, feasts, those something is done to, peoples."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from according.extract.place_candidates import PlaceCandidate, is_of_calendar, kind_word
from according.extract.roles import is_verb
from according.vocabulary.gazetteer.words import load_place_words

if TYPE_CHECKING:
    from according.extract.tokens import Token

PLURAL = frozenset(["NNS", "NNPS"])
DONE_BY = frozenset(["nsubj", "agent"])


def is_named_otherwise(tokens: Sequence[Token]) -> bool:
    """As in "Operation Osk", "the Battle of Osk Day", "Palm Sunday": an operation's name or a day's."""
    first, last = tokens[0], tokens[-1]
    words = load_place_words()
    before = first.doc[first.i - 1].lower_ if first.i else ""
    if first.lower_ in words.operations or (before in words.operations and first.is_title):
        return True
    behind = last.doc[last.i + 1 : last.i + 2]
    return last.lower_ in words.feasts or (last.lower_ in words.named_days and any(is_of_calendar(t) for t in behind))


def is_bare_name_of_others(candidate: PlaceCandidate) -> bool:
    """Whether an unknown name without a word of settlement stands where places do not: who does it, who is killed."""
    first, last, head = candidate.tokens[0], candidate.tokens[-1], candidate.head
    if any(kind_word(t) for t in (*candidate.tokens, *last.doc[last.i + 1 : last.i + 2])) or _is_called_place(first):
        return False
    plural = len(candidate.tokens) == 1 and last.tag_ in PLURAL
    if plural and (first.is_sent_start or first.i == 0 or first.doc[first.i - 1].lower_ == "the"):
        return True
    if head.dep_ in DONE_BY and is_verb(head.head):
        return head.head.lemma_ not in load_place_words().done_in_places
    done_to = head.dep_ in ("dobj", "nsubjpass") and is_verb(head.head)
    return done_to and head.head.lemma_ in load_place_words().done_to_people


def _is_called_place(first: Token) -> bool:
    """As in "the village of Osk", "the town Osk"."""
    before = first.doc[max(0, first.i - 2) : first.i]
    return any(kind_word(t) is not None for t in before)
