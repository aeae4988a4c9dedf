"""Parties: people as phrases with a kind and bounds, here those told of without a noun for people.

"Ten Orlesians", "another", "an eight-year-old", "four more": by nation, rank or age alone, or by a bare number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from according.extract.quantities import Count, read_counts
from according.vocabulary import load_vocabulary
from according.vocabulary.groups import Status, load_groups

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

INDEFINITE = frozenset(["a", "an", "another", "one"])
DEFINITE = frozenset(
    ["the", "this", "that", "his", "her", "its", "their", "our", "my", "your", "these", "those", "all", "whose"]
)
ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split())
_RANK = re.compile(r"\d+(?:st|nd|rd|th)")
MODIFIER_TAGS = frozenset(
    ["JJ", "JJR", "JJS", "NN", "NNP", "NNPS", "VBN", "VBG", "HYPH", "POS", "AFX", "NNS", "RB", "CD", "VBD"]
)
FREQUENT_NON_MODIFIERS = frozenset(
    "was were had has said killed killing hurt wounded injured left when where then also according".split()
)
NEVER_MODIFIERS = DEFINITE | INDEFINITE | ORDINALS | FREQUENT_NON_MODIFIERS
ARMED = frozenset(["armed_forces", "armed_group", "coalition", "criminal_group"])
"""Kinds of actors whose members are fighters."""
BESIDES = frozenset(["other", "more", "further", "additional", "fellow", "young", "unarmed"])
"""Words between a number and a nation's name ("six other Orlesians")."""
MANY = 2
OF_AGE = 18
SUSTAINING = frozenset(["sustained", "suffered", "received"])
WOUNDS = frozenset(["injuries", "wounds", "burns"])
MOST_MODIFIERS = 7
COUNTABLE = frozenset(["NN", "NNS", "NNP", "NNPS", "JJ", "CD", "VBG", "JJR", "JJS"])
"""Tags of words after "another" that say another of what."""
VICTIMS = frozenset(["dead", "killed", "wounded", "injured", "slain", "victims", "casualties", "fatalities", "missing"])
"""Words for people harmed before, of whom a number is taken ("four of the dead")."""
HARM_STATES = frozenset(
    [
        "harm",
        "dead",
        "killed",
        "wounded",
        "injured",
        "hurt",
        "missing",
        "death",
        "fatality",
        "casualty",
        "deaths",
        "fatalities",
        "casualties",
        "injuries",
        "bodies",
        "victims",
        "lives",
        "corpses",
        "wounds",
    ]
)
"""Words for harm that stand where a counted noun would ("40 dead", "12 deaths")."""


class Party(msgspec.Struct, frozen=True):
    """People at tokens ``[first, last)``. ``group`` is None for a bare number, whose kind an earlier party gives.

    ``low`` and ``high`` are None together when the words give no number at all ("civilians"). ``number`` is where the
    words of the number stand.
    """

    first: int
    last: int
    head: int
    group: str | None
    status: Status
    low: int | None = None
    high: int | None = None
    rule: str | None = None
    number: tuple[int, int] | None = None
    definite: bool = False
    named: bool = False

    @property
    def counted(self) -> bool:
        """Whether the words give any number."""
        return self.rule is not None


class Parties:
    """The words of one sentence, its counts, and which of its words parties have taken."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.doc = sentence.doc
        self.words = [token.lower_ for token in sentence.doc]
        self.known = load_groups()
        self.counts = {count.last: count for count in read_counts([token.text for token in sentence.doc])}
        self.taken: set[int] = set()

    def _nationals(self) -> list[Party]:
        """As in "Killed ten Orlesians": people counted by their nation's name alone, fighters by their group's."""
        found = []
        for count in self.counts.values():
            at = count.last
            while self.words[at : at + 1] and self.words[at] in BESIDES:
                at += 1
            head = self.doc[at] if at < len(self.doc) else None
            if (
                head is None
                or head.tag_ not in ("NNP", "NNPS")
                or head.i in self.taken
                or self._describes_next_name(head)
            ):
                continue
            actor = self.sentence.actor_at(head)
            if actor is None or actor.end > head.end + self.sentence.offset:
                continue
            known = load_vocabulary().actors.get(actor.ids[0])
            armed = known is not None and known.kind in ARMED
            if head.tag_ == "NNP" and (not armed or (count.low or 0) < MANY):
                continue  # "22 Taliban" are fighters, "one Hamas" is nobody
            kind: tuple[str, Status] = ("fighters", "fighter") if armed else ("people", "open")
            number = (count.first, count.last)
            found.append(Party(count.first, head.i + 1, head.i, *kind, count.low, count.high, count.rule, number))
            self.taken.update(range(count.first, head.i + 1))
        return found

    def _describes_next_name(self, head: Token) -> bool:
        return head.dep_ in ("compound", "amod", "nmod") and head.head.i > head.i

    def _ranked(self) -> list[Party]:
        """As in "A third died later", "killing one and wounding another": a person told of by rank alone."""
        found = []
        for at in range(1, len(self.words)):
            after = self.doc[at + 1].tag_ if at + 1 < len(self.doc) else "."
            if self.words[at] == "another" and at not in self.taken and after not in COUNTABLE:
                found.append(Party(at, at + 1, at, None, "open", 1, 1, "one", (at, at + 1)))
        for at in range(1, len(self.words) - 1):
            other = self.words[at] == "other" and self.words[at - 1] == "the"  # "one was killed, the other lost a leg"
            ranked = self.words[at] in ORDINALS or _RANK.fullmatch(self.words[at]) is not None
            ranked = ranked and self.words[at - 1] in INDEFINITE
            alone = (ranked or other) and at not in self.taken
            if alone and (self.doc[at + 1].tag_[:1] in ("V", "M") or self.words[at + 1] == ","):
                found.append(Party(at - 1, at + 1, at, None, "open", 1, 1, "one", (at - 1, at + 1)))
        return found

    def _aged(self) -> list[Party]:
        """As in "A shell killed an eight-year-old": somebody told of by age alone."""
        found = []
        for at in range(2, len(self.words) - 3):
            alone = self.words[at : at + 4] == ["-", "year", "-", "old"] and self.words[at - 2] in INDEFINITE
            after = self.doc[at + 4].tag_ if at + 4 < len(self.doc) else "."
            if alone and after not in COUNTABLE and not self.taken.intersection(range(at - 2, at + 4)):
                years = read_counts([self.words[at - 1]])
                child = bool(years) and (years[0].high or OF_AGE) < OF_AGE
                status: Status = "civilian" if child else "open"
                group = "children" if child else "people"
                found.append(Party(at - 2, at + 4, at + 3, group, status, 1, 1, "one", (at - 2, at - 1)))
        return found

    def _modifiers_start(self, first: int) -> int:
        start = first
        while start > 0 and first - start < MOST_MODIFIERS and start not in self.counts and self._modifies(start - 1):
            start -= 1
        return start

    def _modifies(self, at: int) -> bool:
        token = self.doc[at]
        describing = token.dep_ == "amod" and token.head.i > at and at in self.counts  # "55 injured people"
        if at in self.taken or (token.lower_ in NEVER_MODIFIERS and not describing):
            return False
        if token.lower_ in self.known.part_openers or (token.tag_ == "VBG" and _governs_next(token)):
            return False
        if token.tag_ in ("VBD", "CD"):
            years = self.words[at + 1 : at + 5 : 2] == ["-", "-"] and self.words[at + 4 : at + 5] == ["old"]
            return years or self.sentence.actor_at(token) is not None
        if token.tag_ == "RB" and not token.lower_.endswith("ly"):
            return False
        return token.tag_ in MODIFIER_TAGS or self.sentence.actor_at(token) is not None

    def _stands_alone(self, count: Count) -> bool:
        """Whether a number counts nobody named in this phrase, and nothing else either."""
        if any(at in self.taken for at in range(count.first, count.last)) or self._is_age(count):
            return False
        at = count.last
        if self.words[at : at + 1] == ["fatally"]:
            return True  # "injured three miners, one fatally"
        if self.words[at : at + 1] and self.words[at] in SUSTAINING and not WOUNDS.isdisjoint(self.words[at : at + 4]):
            return True
        while at < len(self.doc) and self.words[at] not in HARM_STATES and self._modifies(at) and at - count.last < 4:
            at += 1
        counted = self.words[at] if at < len(self.doc) else ""
        if (
            counted in HARM_STATES
            or at >= len(self.doc)
            or self.words[count.last + 1 : count.last + 3] == ["to", "death"]
        ):
            return True
        if at == count.last:
            return self.doc[at].tag_ not in ("NN", "NNS")
        return self.words[at - 1] in self.known.anaphors

    def _is_age(self, count: Count) -> bool:
        """As in "A farmer of 47", "Abbas Maghdid, 30,", "four of them under 18"."""
        before = self.doc[count.first - 1] if count.first else None
        if before is None:
            return False
        if count.rule == "fewer_than" and (count.high or 0) < 18:
            return True
        after = self.words[count.last : count.last + 1]
        if before.lower_ == "," and before.i and after in ([","], ["."], [")"]):
            return self.doc[before.i - 1].tag_ in ("NNP", "NN")
        return before.lower_ == "of" and before.i - 1 in self.taken and self.doc[before.i - 1].tag_ in ("NN", "NNP")

    def _bare(self, count: Count) -> Party:
        last = count.last
        if self.words[last : last + 2] == ["of", "the"] and not VICTIMS.isdisjoint(self.words[last + 2 : last + 3]):
            last += 3
        while last < len(self.words) and self.words[last] in ("more", "other", "others", "of"):
            if self.words[last] == "of" and self.words[last + 1 : last + 2] not in (
                ["them"],
                ["these"],
                ["those"],
                ["whom"],
            ):
                break
            last += 2 if self.words[last] == "of" else 1
        number = (count.first, count.last)
        return Party(count.first, last, count.last - 1, None, "open", count.low, count.high, count.rule, number)


def _governs_next(verb: Token) -> bool:
    """As in "Killing and abducting villagers": the villagers are what the verb is done to."""
    return any(child.dep_ == "dobj" and child.i > verb.i for child in verb.children)
