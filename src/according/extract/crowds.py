"""Crowds: parties that suffer together ("a man and his two sons"), and the parts a crowd's own words single out.

"Twelve people, among them five children": one crowd of twelve with five children as a part. "Five militants and three
civilians": two members. "Among the dead were five children": a crowd that is a part of one named before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from according.extract.groups import find_parties
from according.extract.misread_speakers import speaker_in_apposition
from according.extract.parties import HARM_STATES, VICTIMS, Party
from according.extract.roles import is_verb
from according.extract.same_people import befell_the_part, is_of, same_people
from according.vocabulary.casualties import load_casualty_words
from according.vocabulary.control import load_control_words
from according.vocabulary.groups import Groups, load_groups

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

OF_VICTIMS = tuple(f" of the {word}" for word in VICTIMS)
SAYING = frozenset(["say", "tell", "add", "write", "announce"])
SHARES = frozenset(["many", "most", "some", "several"])
SPECIFYING = frozenset([":", ", :", "-", "–", "—", "("])
SLICES = frozenset(name for name, group in load_groups().groups.items() if group.slice)
COUNTS = frozenset(["count", "counts", "account", "accounts", "estimate", "estimates", "report", "reports", "tally"])
OTHER = frozenset(["another", "other", "some", "one", "others"])
DOUBTED_GAPS = tuple([*joint, word] for joint in ((), ("or",), ("and",)) for word in ("possibly", "perhaps", "maybe"))
"""Words, commas aside, before the higher of two numbers for the same people."""
LONGEST_OPENER = 4
LONGEST_HARM = 9
DYING = frozenset(["died", "perished", "slain", "murdered"])
LONGEST_SPEAKER = 14


class Crowd(msgspec.Struct, frozen=True):
    """Members that are counted together, parts counted within them, and whether the crowd itself is a part."""

    members: tuple[Party, ...]
    parts: tuple[Party, ...] = ()
    is_part: bool = False

    @property
    def first(self) -> int:
        """The first token."""
        return self.members[0].first

    @property
    def last(self) -> int:
        """The token behind the last."""
        return max(party.last for party in (*self.members, *self.parts))


def crowds_of(sentence: Sentence) -> list[Crowd]:
    """The crowds of a sentence in text order."""
    closing, verb = _closing(sentence)
    closing = min(closing, _apposed_speaker(sentence))
    heard = [
        party
        for party in find_parties(sentence)
        if (party.last <= closing or party.first > verb)
        and not _speaks(sentence.doc[party.head])
        and not _stands_apart(sentence, party)
    ]
    return gather([token.lower_ for token in sentence.doc], heard)


def _closing(sentence: Sentence) -> tuple[int, int]:
    """Where those begin who say it at the end of a sentence ("…, a medic and an engineer said"), else its end.

    And where their words go on behind the verb, else the sentence's end ("…, the ministry said, listing 50 dead").
    """
    doc = sentence.doc
    verb = next((t for t in reversed(doc) if t.tag_ in ("VBD", "VBZ", "VBP")), None)
    if (
        verb is None
        or verb.lemma_ not in SAYING
        or any(c.dep_ in ("ccomp", "dobj", "advcl") and c.i > verb.i and not _hears(c) for c in verb.children)
    ):
        return len(doc), len(doc)
    comma = next((t.i for t in reversed(doc[: verb.i]) if t.lower_ == ","), 0)
    words = doc[comma + 1 : verb.i]
    plain = 0 < len(words) <= LONGEST_SPEAKER and not any(t.tag_[:2] in ("VB", "MD") or t.tag_ == "CD" for t in words)
    goes_on = any(t.tag_ == "VBG" and t.nbor(-1).text == "," for t in doc[verb.i + 1 :])
    return (comma + 1 if comma and plain else len(doc)), (verb.i if goes_on else len(doc))


def _hears(word: Token) -> bool:
    """Whether somebody is only told it ("…, a medic and a resident told AFP")."""
    return word.head.lemma_ == "tell" and word.dep_ == "dobj" and word.pos_ in ("PROPN", "PRON")


def _apposed_speaker(sentence: Sentence) -> int:
    """Where a speaker begins whom the parser took for another name of those harmed, else the sentence's end."""
    heads = (head for verb in sentence.doc if verb.lemma_ in SAYING for head in speaker_in_apposition(verb))
    return min((head.left_edge.i for head in heads), default=len(sentence.doc))


def _stands_apart(sentence: Sentence, party: Party) -> bool:
    """As in "A town of 20,000 people", "according to about 30 residents": how many live there, or who says so."""
    before = [token.lower_ for token in sentence.doc[max(0, party.first - 2) : party.first]]
    if before == ["according", "to"]:
        return True
    return party.counted and before[1:] == ["of"] and before[0] in load_control_words().place_nouns


def _speaks(head: Token) -> bool:
    """As in "The raid killed four people, an official said": who says so is none of those killed."""
    verb = head.head
    named = head.pos_ in ("NOUN", "PROPN") and not any(c.dep_ == "xcomp" for c in verb.children)
    suffered = any(c.dep_ == "conj" and is_verb(c) for c in head.children)  # "Six men were shot, a witness said"
    return named and head.dep_ == "nsubj" and verb.lemma_ in SAYING and verb.i > head.i and not suffered


def gather(words: Sequence[str], parties: Sequence[Party]) -> list[Crowd]:
    """Crowds in text order, from the lower-cased words of a sentence and its parties."""
    return _Gatherer(words, load_groups()).crowds(same_people(words, parties))


class _Gatherer:
    def __init__(self, words: Sequence[str], known: Groups) -> None:
        self.words = words
        self.known = known

    def crowds(self, parties: Sequence[Party]) -> list[Crowd]:
        found: list[Crowd] = []
        for at, party in enumerate(parties):
            following = parties[at + 1] if at + 1 < len(parties) else None
            if found and self._renames(found[-1], party, following):
                if found[-1].members[-1].group is None and party.counted:  # "a 22nd, a nurse, died"
                    found[-1] = _stretched(found[-1], party.last)
                continue
            if found and self._is_other_count(found[-1], party):
                found[-1] = _widened(found[-1], party)
                continue
            if found and self._is_age(found[-1], party):
                found[-1] = _stretched(found[-1], party.last)
                continue
            if found and len(found[-1].members) == 1 and is_of(self.words, found[-1].members[0], party):
                only_they = befell_the_part(self.words, found[-1].members[0], party)
                found[-1] = _counted_among(found[-1], party) if only_they else Crowd((party,), found[-1].members)
                continue
            if found and self._is_of_whole(found[-1], party):
                found[-1] = Crowd((party,), found[-1].members)
                continue
            listed = following is not None and self._lists(party, following)
            joined = self._join(found[-1], party, listed=listed) if found else None
            if joined is None:
                apart = bool(found) and self.words[party.first - 1] == ":" and _exceeds(party, found[-1])
                part = (self._opened(party.first) and not apart) or self._partitive(party)
                found.append(Crowd((party,), is_part=part))
            else:
                found[-1] = joined
        return [self._settled(crowd) for crowd in found]

    def _is_of_those(self, crowd: Crowd, party: Party) -> bool:
        """As in "16 women and children, two of the women pregnant": some of those just named by the same noun."""
        inside = self.words[party.first : party.last]
        named = inside[-1] in self.words[crowd.first : crowd.last] and inside[1:3] == ["of", "the"]
        return named and self.words[crowd.last : party.first] == [","]

    def _is_closed_behind(self, crowd: Crowd, party: Party) -> bool:
        """As in "Eleven people died, the bombers among them": part of who stands before the word for harm."""
        gap = self.words[crowd.last : party.first]
        harmed = 2 <= len(gap) <= LONGEST_HARM and gap[-1] == "," and "," not in gap[:-1]
        harmed = harmed and any(word in HARM_STATES or word in DYING for word in gap)
        return harmed and crowd.members[0].counted and self._closed(party.last)

    def _is_of_whole(self, crowd: Crowd, party: Party) -> bool:
        """As in "Two children were among the 12 people killed"."""
        gap = self.words[crowd.last : party.first]
        among = gap in (["were", "among"], ["was", "among"], ["are", "among"], ["is", "among"])
        return among and party.counted and not crowd.parts

    def _join(self, crowd: Crowd, party: Party, *, listed: bool = False) -> Crowd | None:
        if self._is_of_those(crowd, party) or self._is_closed_behind(crowd, party):
            return Crowd(crowd.members, (*crowd.parts, party), crowd.is_part)
        gap = " ".join(self.words[crowd.last : party.first])
        bare = gap.removeprefix(", ")
        opened = bare in self.known.part_openers or bare in SPECIFYING or self._specifies(bare)
        if bare in SPECIFYING and _exceeds(party, crowd):
            return None  # "Official: 64 dead"
        own_clause = "whom" in self.words[party.first : party.last]
        if not opened and (own_clause or not (gap == "," and self._partitive(party))):
            joins = bare.removeprefix("and ").removesuffix(" also") in ("", *self.known.joiners)
            if (
                not gap
                or not (joins or gap in self.known.joiners)
                or self._stays_apart(crowd, party, gap, listed=listed)
            ):
                return None
            if not crowd.parts:
                return Crowd((*crowd.members, party), (), crowd.is_part)
        return Crowd(crowd.members, (*crowd.parts, party), crowd.is_part)

    def _stays_apart(self, crowd: Crowd, party: Party, gap: str, *, listed: bool) -> bool:
        """Whether a party begins something new though a joining word stands before it."""
        if "whom" in self.words[party.first : party.last]:
            return True
        whole = crowd.members[-1]
        after = self.words[party.last : party.last + 1] or [""]
        harmed_alone = party.group is None and after[0] in HARM_STATES
        harmed_alone = harmed_alone and (whole.group is not None or gap == "and")  # "killed 13 and five injured"
        harmed_alone = harmed_alone or self._suffers_otherwise(crowd, after) or after[0] == "fatally"
        toll = (
            party.group is None or self.words[crowd.first - 1] == "to"
        )  # "has risen to nine, and four people are hurt"
        harmed_alone = harmed_alone or (gap == ", and" and toll and self._is_harmed(party.last))
        uncounted = gap == "," and not party.counted and party.group not in SLICES
        kin = listed and self.words[party.first] in ("his", "her", "their")
        definite = gap == "," and (party.definite or party.rule == "definite") and not kin
        definite = definite and not self._closed(party.last)  # "13, the bomber included"
        return harmed_alone or uncounted or definite

    def _suffers_otherwise(self, crowd: Crowd, after: Sequence[str]) -> bool:
        """As in "It killed nine people, and 3 others were missing": a clause of its own says what befell them."""
        harmed = crowd.first > 0 and self.words[crowd.first - 1] in load_casualty_words().transitive
        return harmed and after[0] in ("was", "were", "are", "is", "remain", "remained")

    def _is_harmed(self, at: int) -> bool:
        """As in "Nine died, among them a nurse, and 15 were hurt"."""
        verb = self.words[at + 1 : at + 2]
        return (
            self.words[at : at + 1] in (["was"], ["were"], ["is"], ["are"])
            and bool(verb)
            and verb[0] in load_casualty_words().transitive
        )

    def _renames(self, crowd: Crowd, party: Party, following: Party | None) -> bool:
        """As in "A civilian, a boy of 17", "three children, sisters,": another word for the same people."""
        whole = crowd.members[-1]
        if (
            self.words[crowd.last : party.first] != [","]
            or crowd.parts
            or (following is not None and self._lists(party, following))
        ):
            return False
        if party.first and self._closed(party.last):
            return False
        single = whole.high == 1 and party.high == 1 and party.rule in ("one", "definite")
        return single or (not party.counted and whole.counted and not party.definite)

    def _is_other_count(self, crowd: Crowd, party: Party) -> bool:
        """As in "Six farmers, or by another count eleven", "six farmers, or eleven by other accounts"."""
        gap = [word for word in self.words[crowd.last : party.first] if word != ","]
        after = self.words[party.last : party.last + 3]
        told = gap[1:] if len(gap) > 1 else after
        counted = crowd.members[-1].counted and party.counted and party.group is None and not crowd.parts
        more = (party.low or 0) > (crowd.members[-1].high or 0) > 0
        if counted and more and gap in DOUBTED_GAPS:
            return True  # "three farmers, possibly four, died"
        sourced = told[:1] == ["by"] and not COUNTS.isdisjoint(told) and not OTHER.isdisjoint(told)
        return counted and gap[:1] in (["or"], ["and"], ["but"]) and len(gap) <= 5 and sourced

    def _is_age(self, crowd: Crowd, party: Party) -> bool:
        """As in "Two brothers, 8 and 11, and their grandmother"."""
        gap, after = self.words[crowd.last : party.first], self.words[party.last : party.last + 1]
        bare = party.group is None and party.rule == "exact" and (party.high or 0) <= 110
        return (
            bare
            and gap in ([","], ["and"])
            and crowd.members[-1].group is not None
            and after in ([","], ["and"], ["."])
        )

    def _lists(self, party: Party, following: Party) -> bool:
        gap = " ".join(self.words[party.last : following.first])
        return gap in ("and", ", and", ",", "as well as")

    def _specifies(self, gap: str) -> bool:
        """Whether a gap opens with a part's words and goes on ("including at least", "among them, according to X,")."""
        return any(
            gap in (f"{opener} at least", f"{opener} the", f"and {opener}") for opener in self.known.part_openers
        )

    def _opened(self, first: int) -> bool:
        before = list(self.words[max(0, first - LONGEST_OPENER - 2) : first])
        text = " ".join(before)
        openers = (opener for opener in self.known.part_openers if opener != "with")
        opened = any(f" {text}".endswith((f" {opener}", f" {opener} ,")) for opener in openers)
        return opened or before[-1:] == [":"]

    def _partitive(self, party: Party) -> bool:
        """As in "Two of them medics", "one a soldier", "many with burns": the words make the party itself a part."""
        inside = " ".join(self.words[party.first : party.last])
        if inside in SHARES and self.words[party.last : party.last + 1] == ["with"]:
            return True
        if any(f" {verb} " in inside for verb in ("were", "was", "are")):
            return True
        apart = party.number is not None and party.number[1] < party.last and party.number[0] > 0
        return any(of in inside for of in (" of them", " of whom", " of those", *OF_VICTIMS)) or (
            apart and inside.startswith(("one a ", "one an "))
        )

    def _settled(self, crowd: Crowd) -> Crowd:
        """Turn members into parts where the words behind the crowd, or its sums, say that they are."""
        if len(crowd.members) < 2 or crowd.parts:
            return crowd
        if self._closed(crowd.last) or self._adds_up(crowd):
            return Crowd(crowd.members[:1], crowd.members[1:], crowd.is_part)
        return crowd

    def _closed(self, last: int) -> bool:
        after = " ".join(word for word in self.words[last : last + 5] if word != ",")
        return any(f"{after} ".startswith(f"{closer} ") for closer in self.known.part_closers)

    def _adds_up(self, crowd: Crowd) -> bool:
        """As in "Three civilians, a child and two women": the rest adds up to the first, after a comma."""
        whole, rest = crowd.members[0], crowd.members[1:]
        if self.words[whole.last : whole.last + 1] != [","] or whole.low is None or whole.low < 2:
            return False
        group = str(whole.group)
        kinds = whole.group is None or all(
            party.group == group or self.known.contains(group, str(party.group)) for party in rest
        )
        return kinds and sum(party.low or 0 for party in rest) == whole.low and all(party.counted for party in rest)


def _exceeds(party: Party, crowd: Crowd) -> bool:
    """Whether one person alone stands before a larger number, which can be no part of him."""
    return crowd.members[-1].high == 1 and crowd.members[-1].rule == "one" and (party.low or 0) > 1


def _counted_among(crowd: Crowd, whole: Party) -> Crowd:
    """As in "52 of its 300 people died": so many people of the kind of the rest, who were spared."""
    part = crowd.members[0]
    group = part.group or whole.group
    status = part.status if part.group is not None else whole.status
    return Crowd((msgspec.structs.replace(part, last=whole.last, head=whole.head, group=group, status=status),))


def _widened(crowd: Crowd, other: Party) -> Crowd:
    """A crowd whose number is another's by another count."""
    last = crowd.members[-1]
    lows = [bound for bound in (last.low, other.low) if bound is not None]
    highs = [bound for bound in (last.high, other.high) if bound is not None]
    low, high = min(lows, default=None), max(highs) if len(highs) == 2 else None
    member = msgspec.structs.replace(last, last=other.last, low=low, high=high, rule="range")
    return Crowd((*crowd.members[:-1], member), crowd.parts, crowd.is_part)


def _stretched(crowd: Crowd, last: int) -> Crowd:
    member = msgspec.structs.replace(crowd.members[-1], last=last)
    return Crowd((*crowd.members[:-1], member), crowd.parts, crowd.is_part)
