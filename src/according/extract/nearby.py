"""Crowds near a word for harm: beside it, bound to it by the parse, or across a phrase but never across a clause."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from according.extract.crowds import Crowd
from according.extract.roles import antecedent, is_verb, surface_subjects
from according.vocabulary.casualties import load_casualty_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from according.extract.parse import Sentence
    from according.extract.parties import Party
    from according.extract.tokens import Token

BE = frozenset(["was", "were", "is", "are", "been", "be", "being", "get", "gets", "got", "getting"])
HAVE = frozenset(["have", "has", "had", "having", "'ve"])
STOPS = frozenset(
    [
        ";",
        ":",
        "that",
        "when",
        "while",
        "because",
        "but",
        "after",
        "before",
        "although",
        "though",
        "as",
        "until",
        "where",
        "rest",
    ]
)
FINITE = frozenset(["VBD", "VBZ", "VBP"])
FARTHEST = 14
"""Words over which a crowd is looked for."""
ADVERBS = frozenset(
    [
        "at",
        "least",
        "another",
        "also",
        "both",
        "a",
        "further",
        "more",
        "badly",
        "seriously",
        "severely",
        "critically",
        "fatally",
        "out",
        "then",
        "up",
    ]
)


class Nearby:
    """The crowds of one sentence, and which of them a word for harm may mean."""

    def __init__(self, sentence: Sentence, crowds: Sequence[Crowd]) -> None:
        self.sentence = sentence
        self.doc = sentence.doc
        self.words = [token.lower_ for token in sentence.doc]
        self.known = load_casualty_words()
        self.crowds = crowds
        self.used: dict[int, int] = {}
        self.spoken: set[int] = set()

    def _covering(self, at: int) -> Crowd | None:
        """The party that the word describes ("four dead guards")."""
        for crowd in self.crowds:
            for party in (*crowd.members, *crowd.parts):
                if party.first <= at < party.head and party.counted:
                    alike = all(self._is_alike(self.words[at], party, other) for other in crowd.members)
                    return self._take(crowd if alike else Crowd((party,)))
        return None

    def _take(self, crowd: Crowd) -> Crowd:
        self.used[crowd.last] = crowd.first
        return crowd

    def _right(self, at: int) -> Crowd | None:
        for crowd in self.crowds:
            if crowd.first > at:
                between = range(at + 1, crowd.first)
                return self._take(crowd) if len(between) <= 4 and all(self._light(i) for i in between) else None
        return None

    def _light(self, at: int) -> bool:
        if self.words[at] in ("and", "or", "/"):
            named = at > 0 and self.doc[at - 1].tag_ == "NNP"
            return named or (at + 1 < len(self.words) and self._is_harm(at + 1))
        named = self.doc[at].tag_ == "NNP" and self.sentence.actor_at(self.doc[at]) is None
        return self.words[at] in ADVERBS or self.doc[at].tag_ == "RB" or self._is_harm(at) or named

    def _adjacent(self, at: int) -> Crowd | None:
        crowd = self._last_before(at)
        if crowd is None:
            return None
        end = crowd.last if crowd.last <= at else _end_of_members(crowd)
        thin = all(self._thin(i) for i in range(end, at))
        return self._take(self._befell(crowd, at)) if thin else None

    def _befell(self, crowd: Crowd, at: int) -> Crowd:
        """As in "Ten of the 33 were wounded": it befell the ten, where "ten of the 33 wounded" are of those hurt."""
        whole, part = crowd.members[0], crowd.parts[0] if crowd.parts else None
        said_of = not (BE | HAVE).isdisjoint(self.words[crowd.last : at])
        if part is None or part.first > whole.first or not said_of or self.words[whole.first] != "the":
            return crowd
        return Crowd((msgspec.structs.replace(part, last=whole.last, group=whole.group, status=whole.status),))

    def _thin(self, at: int) -> bool:
        token = self.doc[at]
        return (
            self.words[at] in self.known.between
            or token.tag_ in ("RB", "MD")
            or self._is_harm(at)
            or self._joins_harm(at)
        )

    def _joins_harm(self, at: int) -> bool:
        return self.words[at] in ("and", "or", ",", "/") and any(self._is_harm(i) for i in (at - 1, at - 2) if i >= 0)

    def _last_before(self, at: int) -> Crowd | None:
        before = [
            crowd for crowd in self.crowds if crowd.last <= at or _end_of_members(crowd) <= at < crowd.parts[-1].first
        ]
        return before[-1] if before else None

    def _left(self, token: Token) -> Crowd | None:
        crowd = self._adjacent(token.i) or self._by_parse(token, "nsubj") or self._across(token.i)
        crowd = self._befell(crowd, token.i) if crowd is not None else None
        if crowd is not None and crowd.is_part and self.words[max(0, crowd.first - 1)] == ":":
            return msgspec.structs.replace(crowd, is_part=False)  # "gave another account: 35 people died"
        return crowd

    def _by_parse(self, token: Token, role: str) -> Crowd | None:
        """The crowd that holds the grammatical subject or object."""
        if not is_verb(token):
            return None
        heads = (
            surface_subjects(token)
            if role == "nsubj"
            else [*map(antecedent, objects_of(token)), *(c for c in token.children if c.dep_ == "nsubjpass")]
        )
        for head in heads:
            for crowd in self.crowds:
                if any(party.first <= head.i < party.last for party in crowd.members):
                    return self._take(crowd)
        return None

    def _across(self, at: int) -> Crowd | None:
        """The nearest crowd before a word, over a prepositional phrase but not over another clause."""
        crowd = self._last_before(at)
        if crowd is None or at - crowd.last > FARTHEST or crowd.last in self.used:
            return None
        for i in range(crowd.last, at):
            finite = self.doc[i].tag_ in FINITE and self.words[i] not in self.known.between
            if finite or self.words[i] in STOPS:
                return None
        return (
            self._take(crowd)
            if any(self.doc[i].tag_ == "IN" or self.words[i] == "," for i in range(crowd.last, at))
            else None
        )

    def _be_before(self, at: int) -> bool:
        for before in range(at - 1, max(at - 7, -1), -1):
            if self.words[before] in HAVE:
                return False
            if self.words[before] in BE:
                return True
            tag = self.doc[before].tag_
            linking = self.words[before] in self.known.between or tag in ("RB", "CC") or self._is_harm(before)
            if not linking:
                return False
        return False

    def _is_harm(self, at: int) -> bool:
        word = self.words[at]
        return word in self.known.transitive or word in self.known.state_words

    def _is_alike(self, word: str, described: Party, other: Party) -> bool:
        """Whether what describes one party is said of another one too: "two dead children and their mother"."""
        kin = other.first > described.last and self.words[other.first] in ("his", "her", "their")
        return kin or self._describes_party(word, other)

    def _describes_party(self, word: str, party: Party) -> bool:
        return word in self.words[party.first : party.head]


def _end_of_members(crowd: Crowd) -> int:
    """As in "Ten died, a nurse among them": the token behind those counted, a part standing behind the verb."""
    return max(party.last for party in crowd.members) if crowd.parts else crowd.last


def objects_of(verb: Token) -> list[Token]:
    """What a verb is done to, which stands behind the last of several ("killing and abducting villagers")."""
    own = [c for c in verb.children if c.dep_ == "dobj"]
    joined = [c for c in verb.children if c.dep_ == "conj" and c.tag_ == verb.tag_ and c.i <= verb.i + 2]
    return own or [o for c in joined for o in c.children if o.dep_ == "dobj"]
