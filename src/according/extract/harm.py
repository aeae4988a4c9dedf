"""Who was harmed how: words for harm tied to the crowds they befell.

The nearest crowd wins where nothing but auxiliaries stands between; the parse decides where more does; and a crowd with
a clause boundary between it and the word is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from according.extract.crowds import Crowd
from according.extract.nearby import BE, Nearby, objects_of
from according.extract.roles import antecedent, is_passive, is_verb, surface_subjects
from according.extract.victims import is_armed, names_before, party_of
from according.vocabulary.casualties import load_casualty_words
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

NATURAL = frozenset(["of", "in", "from", "by", "during"])
"""Prepositions that name what somebody died of."""
FARTHEST_TOLL = 30
"""Words after "the death toll" within which its number is given: what it is the toll of stands between."""
SILENT = frozenset("give mention specify provide offer quote cite".split())
"""Verbs with which "no casualties" says that none were told of, not that there were none."""
SUFFERING = frozenset(["with", "suffered", "suffering", "sustained", "sustaining", "received"])


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


def find_harm(sentence: Sentence, crowds: Sequence[Crowd]) -> list[Harm]:
    """All harm that a sentence tells of, given its crowds, in text order."""
    return list(_Finder(sentence, crowds).harm())


class _Finder(Nearby):
    """Ties the words for harm of one sentence to its crowds."""

    def harm(self) -> Iterator[Harm]:
        found: list[Harm] = []
        for token in self.doc:
            found += [self._with_names(harm) for harm in self._at(token)]
        yield from _sharing(found)

    def _at(self, token: Token) -> Iterator[Harm]:
        word = token.lower_
        if token.i in self.spoken or self._is_trapped(token) or _is_natural(token) or _is_settling(token):
            return
        if (toll := self._toll(token.i)) is not None:
            yield toll
        elif (phrase := self._life(token) or self._loss(token)) is not None:
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

    # Verbs done to somebody.

    def _transitive(self, token: Token, predicate: str) -> Iterator[Harm]:
        if token.tag_ in ("NN", "NNS") and token.lower_ not in ("hurt", "wounded") and not self._heads_clause(token):
            return
        crowd = self._covering(token.i) or self._listed(token) or self._victims(token)
        if crowd is None:
            crowd = self._named(token)
        if crowd is not None:
            crowd = self._numbered(token, crowd)
            for name in ("kill", "injure") if predicate == "casualties" else (predicate,):
                yield Harm(token.i, name, crowd, shared=predicate == "casualties")

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
        crowd = self._covering(token.i)
        if crowd is None and (self.words[token.i - 1 : token.i] == ["shot"] or self._inverted_state(token)):
            crowd = self._right(token.i)
        crowd = crowd or self._adjacent(token.i)
        if crowd is None and self.words[token.i - 1 : token.i] not in (["the"], ["of"]):
            crowd = self._left(token)
        if crowd is not None:
            yield Harm(token.i, predicate, crowd)

    def _inverted_state(self, token: Token) -> bool:
        """As in "Among the dead were five children", "the dead include 32 women", "left dead five men"."""
        following = self.words[token.i + 1 : token.i + 2]
        return following in (["were"], ["are"], ["include"], ["included"], ["was"], ["is"]) or (
            self.words[token.i - 1 : token.i] == ["left"]
        )

    # Nouns.

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
        if token.lower_ in ("injuries", "injury", "wounds", "burns") and self._suffered(token):
            verb = next((above for above in token.ancestors if is_verb(above)), None)
            crowd = self._sufferers(token) or (self._by_parse(verb, "nsubj") if verb is not None else None)
            if crowd is not None:
                yield Harm(token.i, predicate, crowd)
            return
        crowd = self._counted_noun(token) or self._of_crowd(token.i) or self._among(token)
        if crowd is None and self._inverted_state(token):
            crowd = self._after_verb(token.i)
        if crowd is None and token.lower_ not in ("casualty", "casualties", "victim", "victims", "death", "deaths"):
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
        if found is None:
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
            return None
        chosen = next((c for c in numbers if self.words[c.first - 1] in ("to", "at", "of")), numbers[0])
        if any(self._toll_phrase(i) not in (None, found) for i in range(at + length, chosen.first)):
            return None  # "who treated the wounded, put the dead at 40"
        self.spoken.update(range(at, chosen.last))
        around = self.words[at : chosen.first] + self.words[chosen.last : chosen.last + 7]
        return Harm(at + length - 1, predicate, _of_kind(_latest(self._take(chosen), self.words), around))

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
        told = any(self.known.noun_words.get(word) or _hurts(word) for word in self.words[: token.i])
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


def _latest(crowd: Crowd, words: list[str]) -> Crowd:
    """A toll that rose "from 30 to 42" is 42."""
    party = crowd.members[0]
    if party.rule != "range" or words[party.first] != "from":
        return crowd
    return Crowd((msgspec.structs.replace(party, low=party.high, rule="exact"),), crowd.parts)


def _of_kind(crowd: Crowd, modifiers: list[str]) -> Crowd:
    if not {"civilian", "civilians"} & set(modifiers) or crowd.members[-1].group not in (None, "people"):
        return crowd
    party = msgspec.structs.replace(crowd.members[-1], group="civilians", status="civilian")
    return Crowd((*crowd.members[:-1], party), crowd.parts, crowd.is_part)


def _own_men(crowd: Crowd) -> Crowd:
    """Men that a force lost are its own."""
    party = crowd.members[0]
    if party.group != "people" or party.low == 1:
        return crowd
    own = msgspec.structs.replace(party, group="fighters", status="fighter")
    return Crowd((own, *crowd.members[1:]), crowd.parts)


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
        ]
        yield msgspec.structs.replace(harm, shared=True) if partners or harm.shared else harm
