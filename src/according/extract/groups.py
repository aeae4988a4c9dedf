"""People that a sentence counts or names by a noun, as parties with a kind and bounds ("two of them", "the driver").

Parties are found in the words themselves, with part-of-speech tags only to tell nouns from verbs: in clipped reporting
("Reuters had two guards dead and four wounded") a dependency parse is least certain just where the figures stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from according.extract.arguments import is_time
from according.extract.parties import DEFINITE, INDEFINITE, MODIFIER_TAGS, ORDINALS, Parties, Party
from according.extract.quantities import Count, bounds
from according.extract.victims import is_armed
from according.vocabulary.casualties import load_casualty_words
from according.vocabulary.groups import PeopleWord, Status
from according.vocabulary.quantities import load_count_words
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

QUANTIFIERS = frozenset(["every", "each", "any", "either", "neither", "such"])
FAMILIES = frozenset(["family", "families", "household", "households"])
OLDEST = 110
OF_AGES = frozenset(["of", "aged", "between", "from", "under", "over", "about"])
JOINED = (["and"], [","], ["among"], ["included"])
MOMENTS = frozenset("moments seconds minutes hours days weeks months years".split())


def find_parties(sentence: Sentence) -> list[Party]:
    """All parties of a sentence in text order, never overlapping: people words first, then numbers left over."""
    return _Finder(sentence).parties()


class _Finder(Parties):
    """Finds the parties of one sentence."""

    def parties(self) -> list[Party]:
        found = []
        at = 0
        while at < len(self.words):
            noun = self._noun_at(at)
            if noun is None:
                at += 1
                continue
            party = self._party(at, *noun)
            self.taken.update(range(party.first, party.last))
            found.append(party)
            at = party.last
        found += self._nationals()
        found += self._ranked()
        found += self._aged()
        for count in self.counts.values():
            if self._stands_alone(count):
                found.append(self._bare(count))
                self.taken.update(range(count.first, found[-1].last))
        return sorted(found, key=lambda party: party.first)

    def _noun_at(self, at: int) -> tuple[int, PeopleWord] | None:
        """The people noun that begins at ``at`` and where it ends, unless it only describes another noun."""
        if self.words[at] not in self.known.openers or at in self.taken:
            return None
        for length in range(min(self.known.longest, len(self.words) - at), 0, -1):
            word = self.known.words.get(tuple(self.words[at : at + length]))
            if length > 1 and self.words[at] == "old" and at and self.words[at - 1] == "-":
                continue  # "a 56-year-old man" is no old man
            if word is not None and self._is_noun(at, at + length):
                return at + length, word
        return None

    def _is_noun(self, first: int, last: int) -> bool:
        head = self.doc[last - 1]
        if head.tag_ in ("IN", "RB", "RP") and last - first > 1:
            return True  # "a passer-by", which taggers take for anything
        if head.tag_[:2] not in ("NN", "JJ", "VB") or (head.tag_[:2] == "VB" and not self._counted_before(first)):
            return False
        if head.lower_ == "dead" or (head.tag_ == "JJ" and not self._determined(first)) or self._is_in_name(first):
            return False
        return not self._describes_next(head)

    def _is_in_name(self, at: int) -> bool:
        """As in "Staff of Save the Children": a word for people within a name."""
        before = self.doc[at - 2] if at > 1 and self.words[at - 1] == "the" else None
        text = self.sentence.text
        return before is not None and text[self.doc[at].idx].isupper() and text[before.idx].isupper() and before.i > 0

    def _counted_before(self, first: int) -> bool:
        return first in self.counts or (first > 0 and self.words[first - 1] in DEFINITE)

    def _determined(self, first: int) -> bool:
        return first > 0 and (first in self.counts or self.words[first - 1] in DEFINITE | INDEFINITE)

    def _describes_next(self, head: Token) -> bool:
        """Whether a noun is the first part of a compound or a possessor ("police station", "children's hospital")."""
        if head.i + 1 >= len(self.doc):
            return False
        following = self.doc[head.i + 1]
        if following.tag_ == "POS" or (following.lower_ == "-" and not following.whitespace_ and not head.whitespace_):
            return True
        if self.sentence.actor_at(head) is not None and head.tag_ in ("NNP", "NNPS"):
            return True
        if following.lower_ in MOMENTS or following.lower_ in load_casualty_words().intransitive:
            return False  # "killed a civilian minutes after the truce began", "two nurses and a civilian die in blast"
        linked = head.dep_ in ("compound", "amod", "nmod") and head.head.i > head.i
        deed = following.tag_ == "VBG" and following.lemma_.lower() in load_wording().modality.inanimate
        return linked and (following.tag_[:2] in ("NN", "JJ") or deed) and head.head.i - head.i <= 3

    def _party(self, first: int, last: int, word: PeopleWord) -> Party:
        start = self._modifiers_start(first)
        modifiers = self.words[start:first]
        group, status = self._kind(word, start, first)
        last, family = self._after_noun(last)
        if family is not None:
            low, high, rule, number = family.low, family.high, "family_of", (family.first, family.last)
            return Party(start, last, first, "relatives", "civilian", low, high, rule, number)
        lead = self._lead(start, word, modifiers)
        if self.words[first:last] and self.words[first] == "members" and self.words[last - 1] in FAMILIES:
            group, status = "relatives", "civilian"
        return self._with_lead(lead, (start, first, last), (group, status))

    def _with_lead(self, lead: Count | None, place: tuple[int, int, int], kind: tuple[str, Status]) -> Party:
        start, head, last = place
        group, status = kind
        definite = start > 0 and self.words[start - 1] in DEFINITE
        if definite and self.words[start - 1] == "that" and self.doc[head].tag_ == "NNS":
            definite = False
        if (
            lead is None
            and definite
            and self.words[head] == "parents"
            and self.words[start - 1] in ("his", "her", "their")
        ):
            return Party(start - 1, last, head, group, status, 2, 2, "definite", (start - 1, last), definite=True)
        if lead is None:
            kept_start = start - 1 if definite else start
            last = self._aged_between(last)
            return Party(kept_start, last, head, group, status, definite=definite)
        low, high, rule = lead.low, lead.high, lead.rule
        if rule in ("one", "definite"):
            last = self._named_until(self._aged_until(last))
        suffix = self._suffix_rule(last)
        if suffix is not None and rule == "exact" and low is not None:
            last, rule = suffix
            low, high = bounds(rule, low)
        unit = self.known.units.get(group)
        if unit is not None and lead.last < start and self.words[lead.last] == "of":
            unit, group = None, "relatives"
        if unit is not None and low is not None:
            low, high = low * unit.low, None if high is None or unit.high is None else high * unit.high
            rule = group
        number = (lead.first, lead.last)
        return Party(lead.first, last, head, group, status, low, high, rule, number, definite=definite)

    def _aged_until(self, last: int) -> int:
        """As in "A girl of two and her grandmother": where the age of somebody ends."""
        of = self.words[last : last + 1] == ["of"]
        age = next((c for c in self.counts.values() if of and c.first == last + 1 and c.rule == "exact"), None)
        young = age is not None and (age.high or 0) <= OLDEST and self.words[age.last : age.last + 1] in JOINED
        return age.last if age is not None and young else last

    def _aged_between(self, last: int) -> int:
        """As in "Mostly girls of 11 to 15", "boys aged between nine and 14": where the ages of several end."""
        at = last
        while self.words[at : at + 1] and self.words[at] in OF_AGES:
            at += 1
        years = next((c for c in self.counts.values() if at > last and c.first <= at < c.last), None)
        said = years is not None and (years.rule == "range" or "aged" in self.words[last:at])
        return years.last if years is not None and said and (years.high or OLDEST + 1) <= OLDEST else last

    def _named_until(self, last: int) -> int:
        """As in "The baker Idris Walan and three of his sons": where the name of somebody told of by trade ends."""
        end = last
        while end < len(self.doc) and self._is_of_name(self.doc[end]):
            end += 1
        joined = end > last and self.words[end : end + 1] == ["and"]
        return end if joined else last

    def _is_of_name(self, token: Token) -> bool:
        if token.lower_ == "-":
            return token.i > 0 and token.nbor(-1).tag_ == "NNP"
        known = self.sentence.actor_at(token) is not None or self.sentence.place_at(token) is not None
        return token.tag_ == "NNP" and not known and not is_time(token)

    def _suffix_rule(self, last: int) -> tuple[int, str] | None:
        """As in "Eight women or more": where the phrase ends and the rule it makes."""
        rules = load_count_words().rules_after
        for length in range(4, 0, -1):
            rule = rules.get(tuple(self.words[last : last + length]))
            if rule is not None and self.words[last] != "at":
                return last + length, rule
        return None

    def _kind(self, word: PeopleWord, start: int, first: int) -> tuple[str, Status]:
        modifiers = set(self.words[start:first])
        status = self.known.status(word.group)
        if modifiers & self.known.civilian_modifiers:
            return (word.group if status == "civilian" else "civilians"), "civilian"
        by_actor = any(self.sentence.actor_at(token) for token in self.doc[start:first]) or self._is_of_armed(first)
        if status == "open" and (modifiers & self.known.fighter_modifiers or (by_actor and self._is_member(first))):
            return "fighters", "fighter"
        return word.group, status

    def _is_of_armed(self, at: int) -> bool:
        """As in "Nine members of the Dawn Front": of an armed side that is known by name."""
        of = self.words[at + 1 : at + 2] in (["of"], ["from"])
        return of and any(is_armed(self.sentence, token) for token in self.doc[at + 2 : at + 5])

    def _is_member(self, at: int) -> bool:
        return self.words[at] in self.known.members

    def _after_noun(self, last: int) -> tuple[int, Count | None]:
        """Extend over "of a Kurdish family", and read "a family of five"."""
        if last < len(self.words) and self.words[last] in ("of", "from"):
            for count in self.counts.values():
                numbered = self.words[last] == "of" and self.words[last - 1] in ("family", "families", "group")
                if count.first == last + 1 and numbered:
                    return count.last, count
            for end in range(last + 2, min(last + 6, len(self.words))):
                if self.words[end] in FAMILIES and self._no_break(last + 1, end):
                    return end + 1, None
        return last, None

    def _no_break(self, first: int, last: int) -> bool:
        return all(token.tag_ in MODIFIER_TAGS | {"DT", "PRP$", "CD"} for token in self.doc[first:last])

    def _lead(self, start: int, word: PeopleWord, modifiers: list[str]) -> Count | None:
        """The count that leads a noun phrase: its own number, a partitive ("two of the …"), or a singular."""
        if start in self.counts:
            return self._of_one(start - 1, word) or self.counts[start]
        partitive = self._partitive(start) or self._of_one(start - 1, word)
        if partitive is not None or word.plural:
            return partitive
        return self._single(start, modifiers)

    def _of_one(self, at: int, word: PeopleWord) -> Count | None:
        """As in "Four of one family", "six of a family": how many of its members."""
        family = word.group in self.known.units and at > 1 and self.words[at] in ("a", "one")
        return self.counts.get(at - 1) if family and self.words[at - 1] == "of" else None

    def _single(self, start: int, modifiers: list[str]) -> Count | None:
        """One person, by the word before a singular noun."""
        before = self.words[start - 1] if start else ""
        if before in QUANTIFIERS:
            return None
        if before in INDEFINITE | ORDINALS:
            ranked = before in ORDINALS and start > 1 and self.words[start - 2] in INDEFINITE | DEFINITE
            return Count(start - 1 - ranked, start, start - 1, 1, 1, "one")
        if before in DEFINITE:
            return Count(start - 1, start, start - 1, 1, 1, "definite")
        if start == self.doc[start].sent[0].i or modifiers or self.doc[start].dep_ not in ("compound", "amod"):
            return Count(start, start + 1, start, 1, 1, "one")
        return None

    def _partitive(self, start: int) -> Count | None:
        at = start - 1
        while at > 0 and self.words[at] in DEFINITE:
            at -= 1
        return self.counts.get(at) if at > 0 and self.words[at] == "of" else None
