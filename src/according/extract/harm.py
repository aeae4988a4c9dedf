"""Who was harmed how: words for harm tied to the crowds they befell.

The nearest crowd wins where nothing but auxiliaries stands between; the parse decides where more does; and a crowd with
a clause boundary between it and the word is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from according.extract.counted_nouns import CountedNouns, Harm
from according.extract.crowds import Crowd
from according.extract.nearby import objects_of
from according.extract.roles import antecedent, is_passive, is_verb, surface_subjects
from according.extract.victims import is_armed, names_before, party_of
from according.vocabulary.casualties import load_casualty_words
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

FATALLY = frozenset(["fatally", "mortally"])
NATURAL = frozenset(["of", "in", "from", "by", "during"])
"""Prepositions that name what somebody died of."""


def find_harm(sentence: Sentence, crowds: Sequence[Crowd]) -> list[Harm]:
    """All harm that a sentence tells of, given its crowds, in text order."""
    return list(_Finder(sentence, crowds).harm())


class _Finder(CountedNouns):
    """Ties the words for harm of one sentence to its crowds."""

    def harm(self) -> Iterator[Harm]:
        found: list[Harm] = []
        for token in self.doc:
            found += [self._with_joined(self._with_names(harm)) for harm in self._at(token)]
        yield from _sharing(found)

    def _at(self, token: Token) -> Iterator[Harm]:
        word = token.lower_
        if token.i in self.spoken or self._is_trapped(token) or _is_natural(token) or _is_settling(token):
            return
        if (toll := self._toll(token.i)) is not None:
            yield toll
        elif (phrase := self._life(token) or self._loss(token) or self._in_condition(token)) is not None:
            yield phrase
        elif word == "death" and self.words[max(0, token.i - 1)] == "to":
            yield from self._to_death(token)
        elif self._is_counted_noun(token) and not (word in self.known.transitive and self._heads_clause(token)):
            yield from self._noun(token)
        elif word in self.known.transitive:
            yield from self._transitive(token, self.known.transitive[word])
        elif word in self.known.intransitive:
            yield from self._befallen(token, self.known.intransitive[word])
        elif word in self.known.state_words:
            yield from self._state(token, self.known.state_words[word])

    def _is_trapped(self, token: Token) -> bool:
        """As in "Buried under the rubble": who lies there may live, and towns and weapons are buried too."""
        after = self.words[token.i + 1 : token.i + 8]
        return token.lemma_ == "bury" and not {"under", "beneath", "rubble", "debris", "alive"}.isdisjoint(after)

    def _with_names(self, harm: Harm) -> Harm:
        """Add the people named right before a crowd, or counted right behind: "Idris Walan and two more farmers"."""
        crowd = harm.crowd
        if (
            crowd is not None
            and all(party.named for party in crowd.members)
            and self.words[crowd.last : crowd.last + 1] == ["and"]
        ):
            behind = next((c for c in self.crowds if c.first == crowd.last + 1 and c.members[0].counted), None)
            if behind is not None:
                both = Crowd((*crowd.members, *self._take(behind).members), behind.parts, crowd.is_part)
                return msgspec.structs.replace(harm, crowd=both)
        if crowd is None or crowd.members[0].named or self.words[max(0, crowd.first - 1)] != "and":
            return harm
        names = names_before(self.sentence, crowd.first - 1)
        return msgspec.structs.replace(harm, crowd=Crowd((*names, *crowd.members), crowd.parts, crowd.is_part))

    def _with_joined(self, harm: Harm) -> Harm:
        """Add the people whom the parse joins to a crowd across a phrase ("a man with a gun and two officers died")."""
        crowd = harm.crowd
        if crowd is None or crowd.is_part or crowd.parts or not all(one.counted for one in crowd.members):
            return harm
        if crowd.last > harm.token:
            return harm  # "has risen to nine dead, and four people are hurt"
        before = next((c for c in self.crowds if c.last < crowd.first and self._is_joined(c, crowd)), None)
        if before is None or before.last in self.used:
            return harm
        self._take(before)
        return msgspec.structs.replace(harm, crowd=Crowd((*before.members, *crowd.members)))

    def _is_joined(self, before: Crowd, crowd: Crowd) -> bool:
        """Whether "and" adds a crowd to one before it: coordinated, or each the subject of the same verb."""
        one, two = self.doc[before.members[-1].head], self.doc[crowd.members[0].head]
        coordinated = two.dep_ == "conj" and two.head.i == one.i
        subjects = one.dep_ == two.dep_ and one.dep_[:5] == "nsubj" and one.head.i == two.head.i
        whole = not (before.parts or before.is_part) and all(party.counted for party in before.members)
        return whole and (coordinated or subjects) and self.words[crowd.first - 1] == "and"

    # Verbs done to somebody.

    def _transitive(self, token: Token, predicate: str) -> Iterator[Harm]:
        if token.tag_ in ("NN", "NNS") and token.lower_ not in ("hurt", "wounded") and not self._heads_clause(token):
            return
        if predicate == "displace" and self._only_describes(token.i):
            return
        if predicate == "injure" and self.words[max(0, token.i - 1)] in FATALLY:
            predicate = "kill"
        crowd = self._covering(token.i) or self._listed(token) or self._victims(token)
        if crowd is None:
            crowd = self._named(token)
        among = self.words[max(0, token.i - 2) : token.i] == ["among", "those"]
        if crowd is not None and among and crowd.last < token.i:
            crowd = msgspec.structs.replace(crowd, is_part=True)  # "a nurse and a baker were among those killed"
        if crowd is not None:
            crowd = self._numbered(token, crowd)
            for name in ("kill", "injure") if predicate == "casualties" else (predicate,):
                yield Harm(token.i, name, crowd, shared=predicate == "casualties")

    def _only_describes(self, at: int) -> bool:
        """As in "Six dead, all displaced people from Osk": who somebody was, without a number."""
        parties = (party for crowd in self.crowds for party in crowd.members)
        return any(party.first <= at < party.last and not party.counted for party in parties)

    def _numbered(self, token: Token, crowd: Crowd) -> Crowd:
        """As in "Put the number of militants killed at three": whose number it is stands before the verb."""
        party = crowd.members[0]
        if (
            party.group is not None
            or party.first < token.i
            or "number" not in self.words[max(0, token.i - 6) : token.i]
        ):
            return crowd
        kind = next((c.members[0] for c in self.crowds if c.last == token.i and not c.members[0].counted), None)
        if kind is not None:
            group, status = kind.group, kind.status
        elif is_armed(self.sentence, self.doc[token.i - 1]):
            group, status = "fighters", "fighter"
        else:
            return crowd
        return msgspec.structs.replace(crowd, members=(msgspec.structs.replace(party, group=group, status=status),))

    def _to_death(self, token: Token) -> Iterator[Harm]:
        """As in "Two nurses burned to death", "stabbed three men to death"."""
        verb = self.doc[token.i - 2] if token.i > 1 else token
        between = next((c for c in self.crowds if c.last == token.i - 1), None)
        crowd = between or self._left(verb)
        if crowd is not None:
            yield Harm(token.i, "kill", crowd)

    def _listed(self, token: Token) -> Crowd | None:
        """As in "Those killed included three children"."""
        if self.words[token.i + 1 : token.i + 2] not in (["include"], ["included"], ["includes"]):
            return None
        return self._after_verb(token.i)

    def _heads_clause(self, token: Token) -> bool:
        """A verb of a headline that was taken for a noun: "Strike on clinic kills 8, wounds 20"."""
        return token.lower_.endswith("s") and any(c.first == token.i + 1 for c in self.crowds)

    def _victims(self, token: Token) -> Crowd | None:
        right = self._right(token.i)
        if self._be_before(token.i):
            return self._left(token) or (right if token.tag_ == "VBN" and self._inverted(token) else None)
        if token.tag_ in ("VBG", "VBZ", "VBP", "VB"):
            left = self._adjacent(token.i) if token.tag_ in ("VBP", "VB") and right is None else None
            return right or left or self._by_parse(token, "dobj")
        left = self._adjacent(token.i)
        own = right is not None and right.last < len(self.words) and self._is_harm(right.last)
        if right is not None and (left is None or (not own and self._has_doer(token, left))):
            return right
        return left or (self._by_parse(token, "dobj") if not is_passive(token) else None) or self._left(token)

    def _inverted(self, token: Token) -> bool:
        return token.i < 3 or self.words[0] in ("also", "among")

    def _has_doer(self, token: Token, crowd: Crowd) -> bool:
        """Whether the crowd before an active verb is who did it, or something else stands between as its subject."""
        return any(child.dep_ in ("dobj", "nsubj") for child in token.children) or self.used.get(crowd.last) is not None

    # What happens to people, and states they are in.

    def _befallen(self, token: Token, predicate: str) -> Iterator[Harm]:
        if token.tag_[:2] != "VB" and token.tag_ != "NN":
            return
        crowd = self._left(token) or self._named(token)
        if crowd is None and self._inverted(token):
            crowd = self._right(token.i)
        if crowd is not None and "whom" in self.words[crowd.first : crowd.last]:
            crowd = msgspec.structs.replace(crowd, is_part=False)
        if crowd is not None or predicate == "kill":
            yield Harm(token.i, predicate, crowd)

    def _state(self, token: Token, predicate: str) -> Iterator[Harm]:
        if token.lower_ in FATALLY:
            crowd = self._fatally_hurt(token)
            if crowd is not None:
                yield Harm(token.i, predicate, crowd)
            return
        crowd = self._covering(token.i)
        if crowd is None and (self.words[token.i - 1 : token.i] == ["shot"] or self._inverted_state(token)):
            crowd = self._right(token.i)
        crowd = crowd or self._adjacent(token.i)
        if crowd is None and self.words[token.i - 1 : token.i] not in (["the"], ["of"]):
            crowd = self._left(token)
        if crowd is None and token.i and self.words[token.i - 1] == "shot":
            crowd = self._named(self.doc[token.i - 1])
        if crowd is not None:
            yield Harm(token.i, predicate, crowd)

    def _fatally_hurt(self, token: Token) -> Crowd | None:
        """As in "Hurt three miners, one fatally", "fatally shot two farmers"."""
        one = next((c for c in self.crowds if c.last == token.i and c.members[0].group is None), None)
        if one is not None:
            return self._take(one)
        verb = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else token
        return self._victims(verb) if is_verb(verb) and verb.lower_ not in self.known.transitive else None

    def _life(self, token: Token) -> Harm | None:
        for phrase in self.known.phrases.values():
            if token.lower_ in phrase.heads:
                noun = next(
                    (i for i in range(token.i + 1, min(token.i + 8, len(self.words))) if self.words[i] in phrase.nouns),
                    None,
                )
                if noun is not None:
                    crowd = self._of_crowd(noun) or self._counted_noun(self.doc[noun])
                    if "hospital" in phrase.nouns:
                        return self._cared_for(token, phrase.effect)
                    return Harm(token.i, phrase.effect, (self._left(token) if phrase.before else crowd) or crowd)
        return None

    def _cared_for(self, token: Token, effect: str) -> Harm | None:
        """As in "Nine guests died and 31 were taken to hospital", where no injured and no bodies are counted before."""
        crowd = self._last_before(token.i)
        before = self.words[: token.i]
        told = any(map(_hurts, before)) or (token.lower_ != "in" and any(map(self.known.noun_words.get, before)))
        if (
            told
            or crowd is None
            or crowd.last in self.used
            or not crowd.members[0].counted
            or not self._be_before(token.i)
        ):
            return None
        left = self._adjacent(token.i)
        return Harm(token.i, effect, left) if left is not None else None

    def _in_condition(self, token: Token) -> Harm | None:
        """As in "Nine people died and 14 were in critical condition"."""
        grave = token.lower_ == "condition" and self.words[max(0, token.i - 1)] in ("critical", "serious", "grave")
        return self._cared_for(self.doc[token.i - 2], "injure") if grave and token.i > 1 else None

    def _loss(self, token: Token) -> Harm | None:
        """As in "The army lost three soldiers": people, not ground or contact."""
        if token.lower_ not in self.known.losses or not is_verb(token):
            return None
        crowd = next((c for c in self.crowds if c.first in (token.i + 1, token.i + 2)), None)
        if crowd is None or crowd.members[0].group is None or not crowd.members[0].counted:
            return None
        return Harm(token.i, "kill", _own_men(self._take(crowd)))

    def _named(self, token: Token) -> Crowd | None:
        """Somebody who is not a known kind of people: a name, a nationality, an occupation not listed."""
        if not is_verb(token):
            return None
        passive = is_passive(token) or self._be_before(token.i) or token.lower_ in self.known.intransitive
        heads = surface_subjects(token) if passive else [antecedent(c) for c in objects_of(token)]
        parties = [party for head in heads for party in party_of(self.sentence, head)]
        return Crowd(tuple(parties)) if parties else None


def _hurts(word: str) -> bool:
    return load_casualty_words().transitive.get(word) == "injure"


def _is_natural(token: Token) -> bool:
    """As in "Died of cancer", "killed in a car crash", "a storm killed five": harm without any conflict."""
    if not token.children:
        return False
    causes = [g for c in token.children if c.lower_ in NATURAL for g in c.children if g.dep_ == "pobj"]
    causes += [c for c in token.children if c.dep_ == "nsubj" and is_verb(token)]
    calamities = load_wording().modality.calamities
    return any(cause.lemma_.lower() in calamities and not _is_of_war(cause) for cause in causes)


def _is_settling(token: Token) -> bool:
    """As in "The return of 300 displaced families", "a camp for displaced people": who was driven out at some time."""
    described = token.dep_ == "amod" and token.lower_ in ("displaced", "evacuated", "uprooted")
    settling = load_casualty_words().settling
    return described and any(above.lemma_.lower() in settling for above in token.ancestors)


def _is_of_war(calamity: Token) -> bool:
    """As in "A flood of shells", or the crash of an aircraft, which may have been brought down."""
    flying = load_wording().modality.instruments["airstrike"]
    return any(c.lemma_.lower() in flying or c.lower_ == "of" for c in calamity.children)


def _own_men(crowd: Crowd) -> Crowd:
    """Men that a force lost are its own."""
    party = crowd.members[0]
    if party.group != "people" or party.low == 1:
        return crowd
    own = msgspec.structs.replace(party, group="fighters", status="fighter")
    return Crowd((own, *crowd.members[1:]), crowd.parts)


def _describes(harm: Harm) -> bool:
    """Whether the word for harm stands within the words for the people ("four wounded guards")."""
    members = harm.crowd.members if harm.crowd is not None else ()
    return any(party.first <= harm.token < party.last for party in members)


def _sharing(found: list[Harm]) -> Iterator[Harm]:
    """Mark one number that two words for harm share: "40 dead and injured", "killed or wounded 40"."""
    for harm in found:
        partners = [
            other
            for other in found
            if other.predicate != harm.predicate
            and other.crowd is not None
            and other.crowd == harm.crowd
            and abs(other.token - harm.token) <= 4
            and _describes(other) == _describes(harm)  # "a wounded teacher died"
        ]
        yield msgspec.structs.replace(harm, shared=True) if partners or harm.shared else harm
