"""Attackers counted with those they killed: "11 people died, the girls among them" where two girls set off bombs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from according.extract.crowds import Crowd, crowds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from according.extract.parse import Sentence
    from according.extract.parties import Party

BLASTING = frozenset(["blow", "detonate", "explode", "set", "trigger", "activate"])
"""Verbs of those who die by their own bombs."""
OWN = frozenset(["themselves", "himself", "herself", "off", "bombs", "explosives", "bomb", "vest", "vests", "belts"])
"""Words that say that it was a bomb of their own."""


class Attackers:
    """How many of each word for people are known to have attacked in the sentences read so far."""

    def __init__(self) -> None:
        self.counted: dict[str, Party] = {}

    def read(self, sentence: Sentence, crowds: Sequence[Crowd] | None = None) -> None:
        """Remember the attackers whom a sentence counts."""
        if crowds is None:
            if not any(token.lemma_ in BLASTING or "bomber" in token.lower_ for token in sentence.doc):
                return
            crowds = crowds_of(sentence)
        for crowd in crowds:
            for party in crowd.members:
                if party.counted and party.low == party.high and (_attacks(sentence, party)):
                    self.counted[sentence.doc[party.head].lemma_.lower()] = party

    def among(self, sentence: Sentence, crowd: Crowd) -> Crowd:
        """A crowd with its parts known as attackers, and how many they are."""
        if not crowd.parts:
            return crowd
        return msgspec.structs.replace(crowd, parts=tuple(self._known(sentence, party) for party in crowd.parts))

    def _known(self, sentence: Sentence, party: Party) -> Party:
        before = self.counted.get(sentence.doc[party.head].lemma_.lower())
        if before is None or not (party.definite or party.rule == "definite"):
            return party
        low, high = (party.low, party.high) if party.rule == "exact" else (before.low, before.high)
        rule, number = (party.rule, party.number) if party.rule == "exact" else ("exact", (party.first, party.last))
        return msgspec.structs.replace(
            party, low=low, high=high, rule=rule, number=number, group="fighters", status="fighter"
        )


def _attacks(sentence: Sentence, party: Party) -> bool:
    if party.group == "fighters" and "bomber" in sentence.doc[party.head].lower_:
        return True
    behind = sentence.doc[party.last : party.last + 6]
    acts = next((token for token in behind if token.lemma_ in BLASTING), None)
    return acts is not None and any(token.lower_ in OWN for token in sentence.doc[acts.i : acts.i + 4])
