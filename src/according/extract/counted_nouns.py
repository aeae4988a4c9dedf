"""Nouns for harm that are counted, and tolls: "42 civilian deaths", "the bodies of five men", "the toll rose to 42"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from according.extract.crowds import Crowd
from according.extract.nearby import BE, Nearby
from according.extract.parties import Party
from according.extract.roles import is_verb

if TYPE_CHECKING:
    from according.extract.tokens import Token

FARTHEST_TOLL = 30
"""Words after "the death toll" within which its number is given: what it is the toll of stands between."""
TOTALS = frozenset(
    "toll total number count tally figure dead killed deaths fatalities casualties victims wounded injured".split()
)
"""Words of which one stands near "bringing", "brought" where a toll is brought to a number."""
NEAR_TOTAL = 9
TOLD = frozenset("reports report indication indications evidence sign signs information word record news".split())
"""What there is none of where nobody tells of any harm."""
NONE_OF = frozenset("of about on that any civilian civilians".split())
FARTHEST_NONE = 6
BOUNDING = frozenset(["at", "of", "as", "is", "was", "be", ":", "gave", "given", "puts", "put"])
"""Words after which "up to" bounds a toll, where it has else gone up."""
UNCOUNTED = frozenset("casualty casualties victim victims death deaths bodies corpses".split())
"""Nouns that tell of harm though nobody is counted."""
SILENT = frozenset("give mention specify provide offer quote cite".split())
"""Verbs with which "no casualties" says that none were told of, not that there were none."""
TREATING = frozenset(["treated", "treating", "treat", "admitted", "received"])
FARTHEST_WOUND = 6
SUFFERING = frozenset(["treated", "with", "suffered", "suffering", "sustained", "sustaining", "received"])


class Harm(msgspec.Struct, frozen=True):
    """One crowd and what befell it, by the token of the word that says so.

    ``shared`` is whether one number stands for several effects together ("40 dead and injured"), ``leaning`` whether
    what befell the crowd is known only from a figure before it.
    """

    token: int
    predicate: str
    crowd: Crowd | None
    shared: bool = False
    leaning: bool = False


class CountedNouns(Nearby):
    """Ties the nouns for harm of one sentence, and its tolls, to its crowds."""

    def _is_counted_noun(self, token: Token) -> bool:
        if token.lower_ not in self.known.noun_words or token.tag_ in ("VBD", "VBN", "VBZ", "VBP", "VBG"):
            return False
        if token.lower_ in ("dead", "wounded", "injured", "slain"):
            return self.words[token.i - 1 : token.i] == ["the"]
        following = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
        if following is not None and token.dep_ == "compound" and following.tag_[:2] == "NN":
            return False
        return not (token.lower_ in ("death", "body") and self.words[token.i + 1 : token.i + 2] == ["toll"])

    def _noun(self, token: Token) -> Iterator[Harm]:
        predicate = self.known.noun_words[token.lower_]
        if token.lower_ in ("injuries", "injury", "wounds", "burns") and (treated := self._treated(token)) is not None:
            yield Harm(token.i, predicate, treated)
            return
        if token.lower_ in ("injuries", "injury", "wounds", "burns") and self._suffered(token):
            verb = next((above for above in token.ancestors if is_verb(above)), None)
            crowd = self._sufferers(token) or (self._by_parse(verb, "nsubj") if verb is not None else None)
            if crowd is not None:
                yield Harm(token.i, predicate, crowd)
            return
        crowd = self._bodies_of(token) or self._of_crowd(token.i) or self._among(token) or self._untold(token)
        if crowd is None and self._inverted_state(token):
            crowd = self._after_verb(token.i)
        if crowd is None and token.lower_ not in UNCOUNTED:
            return
        if crowd is not None and crowd.members[0].rule == "none" and token.head.lemma_ in SILENT:
            return
        for name in ("kill", "injure") if predicate == "casualties" else (predicate,):
            yield Harm(token.i, name, crowd, shared=predicate == "casualties")

    def _among(self, token: Token) -> Crowd | None:
        """As in "Two doctors were among the wounded"."""
        crowd = self._last_before(token.i)
        if self.words[max(0, token.i - 2) : token.i] != ["among", "the"] or crowd is None:
            return None
        linked = all(self.words[at] in BE or at >= token.i - 2 for at in range(crowd.last, token.i))
        return msgspec.structs.replace(self._take(crowd), is_part=True) if linked else None

    def _treated(self, token: Token) -> Crowd | None:
        """As in "The clinic treated 39 people for gunshot wounds"."""
        for crowd in self.crowds:
            between = self.words[crowd.last : token.i]
            if 0 < len(between) <= FARTHEST_WOUND and between[0] == "for" and self.words[crowd.first - 1] in TREATING:
                return self._take(crowd)
        return None

    def _suffered(self, token: Token) -> bool:
        """As in "Three relatives lived through it with injuries", "suffered serious wounds"."""
        before = self.words[max(0, token.i - 3) : token.i]
        return any(word in SUFFERING for word in before)

    def _sufferers(self, token: Token) -> Crowd | None:
        """As in "Six died and more than 12 sustained injuries": parsers take the 12 for those injuries."""
        verb = next(i for i in reversed(range(token.i)) if self.words[i] in SUFFERING)
        beside = next((c for c in self.crowds if c.last == verb), None)
        alone = beside is not None and (self.words[verb] != "with" or beside.last not in self.used)
        return self._take(beside) if beside is not None and alone else None

    def _counted_noun(self, token: Token) -> Crowd | None:
        """As in "42 civilian deaths": the number before the noun, of the kind its modifiers name."""
        for crowd in reversed(self.crowds):
            party = crowd.members[-1]
            gap = self.words[party.last : token.i]
            if (
                party.last <= token.i
                and len(gap) <= 3
                and all(self._describes(at) for at in range(party.last, token.i))
            ):
                return self._take(_of_kind(crowd, gap))
            if party.first <= token.i < party.last:
                return self._take(crowd)
        return None

    def _untold(self, token: Token) -> Crowd | None:
        """As in "There were no reports of civilian casualties", "had no information of any harm to civilians"."""
        before = self.words[max(0, token.i - FARTHEST_NONE) : token.i]
        at = next((i for i, word in enumerate(before[:-2]) if word == "no" and before[i + 1] in TOLD), None)
        if at is None or not set(before[at + 2 :]) <= NONE_OF:
            return None
        first = token.i - len(before) + at
        party = Party(first, first + 1, first, None, "open", 0, 0, "none", (first, first + 1))
        return _of_kind(Crowd((party,)), [*before, *self.words[token.i + 1 : token.i + 4]])

    def _bodies_of(self, token: Token) -> Crowd | None:
        """As in "Found nine bodies of soldiers": the number before the noun, of the kind named behind it."""
        counted, kind = self._counted_noun(token), self._of_crowd(token.i)
        party = counted.members[-1] if counted is not None else None
        if party is None or party.group is not None or kind is None or kind.members[0].counted:
            return counted
        of = kind.members[0]
        party = msgspec.structs.replace(party, last=of.last, head=of.head, group=of.group, status=of.status)
        return Crowd((party,), kind.parts)

    def _describes(self, at: int) -> bool:
        tag, after = self.doc[at].tag_, self.doc[at + 1].tag_ if at + 1 < len(self.doc) else ""
        qualifies = tag == "RB" and after in ("JJ", "VBN", "NN")  # "80 apparently civilian deaths"
        return qualifies or tag in ("JJ", "NN", "NNP", "VBN", "HYPH", "NNS")

    def _of_crowd(self, at: int) -> Crowd | None:
        if self.words[at + 1 : at + 2] not in (["of"], ["among"], ["to"]):
            return None
        return next((self._take(c) for c in self.crowds if at + 2 <= c.first <= at + 3), None)

    def _after_verb(self, at: int) -> Crowd | None:
        reach = range(at + 2, at + 5)
        found = next((self._take(c) for c in self.crowds if c.first in reach), None)
        whole = self.words[at + 1] in BE and "among" not in self.words[max(0, at - 3) : at]  # "the dead were five"
        return msgspec.structs.replace(found, is_part=not whole) if found is not None else None

    def _toll(self, at: int) -> Harm | None:
        """As in "The death toll has risen from 30 to 42": the last number it is given in its clause."""
        found = self._toll_phrase(at)
        if found is None or (self.words[at].startswith("br") and TOTALS.isdisjoint(self.words[at : at + NEAR_TOTAL])):
            return None
        length, predicate = found
        end = next((i for i in range(at + length, len(self.words)) if self.words[i] in (";", ".")), len(self.words))
        reach = range(at + length, min(end, at + length + FARTHEST_TOLL))
        numbers = [
            c
            for c in self.crowds
            if c.first in reach
            and self.words[c.first - 1] != "by"
            and c.members[0].rule != "definite"
            and self._given(at + length, c)
        ]  # "the dead had been taken away by their relatives"
        if not numbers:
            return self._given_before(at, length, predicate)
        chosen = next((c for c in numbers if self.words[c.first - 1] in ("to", "at", "of")), numbers[0])
        if any(self._toll_phrase(i) not in (None, found) for i in range(at + length, chosen.first)):
            return None  # "who treated the wounded, put the dead at 40"
        self.spoken.update(range(at, chosen.last))
        around = self.words[at : chosen.first] + self.words[chosen.last : chosen.last + 7]
        return Harm(at + length - 1, predicate, _of_kind(_latest(self._take(chosen), self.words), around))

    def _given_before(self, at: int, length: int, predicate: str) -> Harm | None:
        """As in "Gave nine as the number of the dead", "put at nine the death toll"."""
        start = at - 1 if self.words[max(0, at - 1)] in ("the", "its", "their", "a") else at
        last = start - 1 if self.words[max(0, start - 1)] == "as" else start
        crowd = next((c for c in self.crowds if c.last == last and c.members[0].counted), None)
        if crowd is None or (last == start and self.words[max(0, crowd.first - 1)] not in ("at", "to")):
            return None
        self.spoken.update(range(at, at + length))
        return Harm(at + length - 1, predicate, self._take(crowd))

    def _toll_phrase(self, at: int) -> tuple[int, str] | None:
        if self.words[at] not in self.known.toll_openers:
            return None
        for length in (4, 3, 2, 1):
            predicate = self.known.toll_phrases.get(tuple(self.words[at : at + length]))
            if predicate is not None and (length > 1 or self.words[at] != "figure"):
                return length, predicate
        return None

    def _given(self, start: int, crowd: Crowd) -> bool:
        between = range(start, crowd.first)
        return any(self.words[at] in self.known.toll_verbs for at in between)

    def _inverted_state(self, token: Token) -> bool:
        """As in "Among the dead were five children", "the dead include 32 women", "left dead five men"."""
        following = self.words[token.i + 1 : token.i + 2]
        return following in (["were"], ["are"], ["include"], ["included"], ["was"], ["is"]) or (
            self.words[token.i - 1 : token.i] == ["left"]
        )


def _latest(crowd: Crowd, words: list[str]) -> Crowd:
    """A toll that rose "from 30 to 42" is 42, and so is one that is "up to 42" by now."""
    party = crowd.members[0]
    before = words[party.first - 1] if party.first else ""
    if party.rule == "up_to" and words[party.first : party.first + 2] == ["up", "to"] and before not in BOUNDING:
        return Crowd((msgspec.structs.replace(party, low=party.high, rule="exact"), *crowd.members[1:]), crowd.parts)
    if party.rule != "range" or words[party.first] != "from":
        return crowd
    return Crowd((msgspec.structs.replace(party, low=party.high, rule="exact"),), crowd.parts)


def _of_kind(crowd: Crowd, modifiers: list[str]) -> Crowd:
    if not {"civilian", "civilians"} & set(modifiers) or crowd.members[-1].group not in (None, "people"):
        return crowd
    party = msgspec.structs.replace(crowd.members[-1], group="civilians", status="civilian")
    return Crowd((*crowd.members[:-1], party), crowd.parts, crowd.is_part)
