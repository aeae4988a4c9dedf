"""People a word for harm befell who are of no listed kind: names, nationalities, members of a named group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.arguments import coordinated, phrase
from according.extract.groups import Party
from according.extract.quantities import read_counts
from according.vocabulary.casualties import load_casualty_words

if TYPE_CHECKING:
    from spacy.tokens import Token

    from according.extract.parse import Sentence

THIRD_PERSONS = frozenset(["he", "she", "him", "her"])


def party_of(sentence: Sentence, head: Token) -> Iterator[Party]:
    """The parties that an argument of a word for harm names, coordination taken apart; nothing for things."""
    for member in coordinated(head):
        party = _party(sentence, member)
        if party is not None:
            yield party


def _party(sentence: Sentence, head: Token) -> Party | None:
    if head.lower_ in load_casualty_words().not_people or sentence.place_at(head) is not None:
        return None
    words = phrase(head)
    first, last = words[0].i, words[-1].i + 1
    if head.lower_ in THIRD_PERSONS:
        return Party(head.i, head.i + 1, head.i, "people", "open", 1, 1, "definite", (head.i, head.i + 1), named=True)
    counts = [c for c in read_counts([token.lower_ for token in words]) if first + c.last <= head.i]
    fighters = sentence.actor_at(head) is not None
    if counts:
        count = counts[-1]
        kind = ("fighters", "fighter") if fighters else ("people", "open")
        number = (first + count.first, first + count.last)
        return Party(
            first, last, head.i, kind[0], "fighter" if fighters else "open", count.low, count.high, count.rule, number
        )
    if head.tag_ == "NNP" and not fighters:
        return Party(first, last, head.i, "people", "open", 1, 1, "named", (first, last), named=True)
    return None
