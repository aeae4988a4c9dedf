"""Casualties: who was killed, hurt, went missing, was driven out or held, how many of which kind, and who says so.

Conventions. "No civilians were hurt" is an affirmed claim with the quantity 0; "denied hurting civilians" is a denied
claim without one. One number for dead and injured together makes a claim of each with that number as the most it can
be (rule ``combined``). Members told of together are added up in a claim of their own (rule ``sum``), and its parts
point to it; of fighters and others only soldiers and their like, and only if all are counted. A running total is
habitual, so that it enters no incident.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from according.extract.attackers_among import Attackers
from according.extract.clauses import read_clause
from according.extract.counted_nouns import Harm
from according.extract.crowds import Crowd, crowds_of
from according.extract.ellipsis import figures_left
from according.extract.harm import find_harm
from according.extract.harm_claims import Maker, sides, unspecified
from according.extract.listed_people import with_listed
from according.extract.parties import Party
from according.extract.recasting import recast
from according.extract.standing import is_total, revising, unknown_status
from according.vocabulary.casualties import load_casualty_words
from according.vocabulary.groups import load_groups

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.records import Claim
    from according.vocabulary import Vocabulary


ADDING = frozenset(["a", "an", "another", "further", "additional"])
"""Words before a number that add it to one told before."""
IN_CARE = frozenset(["taken", "rushed", "admitted", "brought", "transferred", "ferried", "in"])
"""Verbs for those brought to a hospital, who are no further injured where injured were counted before."""


def extract_casualties(sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Claim]:  # noqa: ARG001
    """Every claim of harm to people, in text order, each once."""
    reader = _Reader()
    claims: dict[str, Claim] = {}
    for sentence in sentences:
        for claim in reader.read(sentence):
            claims[claim.id] = claim
    yield from claims.values()


class _Reader:
    """Reads sentences in order, and remembers the figure last given: bare numbers and parts lean on it."""

    def __init__(self) -> None:
        self.last: Harm | None = None
        self.tellers: set[str] = set()
        self.dead: Harm | None = None
        self.totals: dict[str, Claim] = {}
        self.told: list[Claim] = []
        self.attackers = Attackers()
        self.block = ""
        self.position = -1

    def read(self, sentence: Sentence) -> list[Claim]:
        if sentence.passage.block != self.block:
            self.block, self.last, self.dead, self.totals, self.told = sentence.passage.block, None, None, {}, []
        if not _may_speak_of_harm(sentence, leaning=self.last is not None):
            self.attackers.read(sentence)
            return self._marked(sentence)
        crowds = with_listed(sentence, crowds_of(sentence))
        self.attackers.read(sentence, crowds)
        crowds = [self.attackers.among(sentence, crowd) for crowd in crowds]
        harms = find_harm(sentence, crowds)
        left = [*figures_left(sentence, crowds, harms, (self.last, self.dead))]
        given = {harm.crowd.first for harm in left if harm.crowd is not None}
        said = recast(sentence, crowds, (self.dead, *harms))
        recasts = [one for one in said if one.crowd is not None and one.crowd.first not in given]
        harms = [harm for harm in harms if not any(_is_said_in(harm, one) for one in recasts)]
        harms = sorted([*harms, *left, *recasts], key=lambda harm: harm.token)
        harms = [self._as_counted(sentence, harm, harms[:at]) for at, harm in enumerate(harms)]
        if "injure" in self.totals:
            harms = [harm for harm in harms if sentence.doc[harm.token].lower_ not in IN_CARE]
        claims: list[Claim] = []
        for harm in harms:
            claims += self._claims(sentence, harm)
        return [*claims, *self._superseded(sentence, claims), *self._marked(sentence)]

    def _as_counted(self, sentence: Sentence, harm: Harm, before: Sequence[Harm]) -> Harm:
        """As in "16 died and another 30 were hurt": more people, and none come to any hurt told before."""
        alike = any(one.predicate == harm.predicate for one in before)
        if harm.crowd is None or alike or not (before or harm.predicate not in self.totals):
            return harm
        party = harm.crowd.members[0]
        first = party.first
        while first < party.last - 1 and sentence.doc[first].lower_ in ADDING:
            first += 1
        if first == party.first or party.number is None or first >= party.number[1]:
            return harm
        plain = msgspec.structs.replace(party, first=first, number=(max(first, party.number[0]), party.number[1]))
        crowd = msgspec.structs.replace(harm.crowd, members=(plain, *harm.crowd.members[1:]))
        return msgspec.structs.replace(harm, crowd=crowd)

    def _superseded(self, sentence: Sentence, claims: Sequence[Claim]) -> list[Claim]:
        """The figures told before that a speaker here replaces with a new one, with the words that do so."""
        wholes = [claim for claim in claims if claim.part_of is None and claim.quantity is not None]
        outdated = [
            msgspec.structs.replace(old, cues=(*old.cues, cue))
            for at, new in enumerate(wholes)
            for old in (*self.told, *wholes[:at])
            if (cue := revising(sentence, old, new)) is not None
        ]
        gone = {claim.id for claim in outdated}
        self.told = [claim for claim in (*self.told, *wholes) if claim.id not in gone]
        return outdated

    def _marked(self, sentence: Sentence) -> list[Claim]:
        """The last total again, with the cue of a sentence that leaves open whether those people were civilians."""
        cue, total = unknown_status(sentence), self.totals.get("kill")
        if cue is None or total is None or cue in total.cues:
            return []
        self.totals["kill"] = msgspec.structs.replace(total, cues=(*total.cues, cue))
        return [self.totals["kill"]]

    def _claims(self, sentence: Sentence, harm: Harm) -> Iterator[Claim]:
        clause = read_clause(sentence, sentence.doc[harm.token])
        if harm.predicate == "displace" and clause.realis in ("attempted", "failed"):
            return  # who only tried to flee is still there
        if harm.crowd is None:
            yield from unspecified(sentence, clause, harm)
            return
        others = not harm.leaning and {str(v.span and v.span.text) for v in clause.voices} != self.tellers
        crowd = self._known_kinds(sentence, harm, harm.crowd, others=others)
        harm = msgspec.structs.replace(harm, crowd=crowd)
        maker = Maker(sentence, clause, harm)
        wholes = [maker.claim(members, self._container(harm)) for members in sides(crowd)]
        wholes = [claim for claim in wholes if claim.quantity is not None or not is_total(claim.cues)]
        yield from wholes
        if len(wholes) == 1:
            yield from maker.parts(wholes[0])
            if not crowd.is_part:
                self.totals[harm.predicate] = wholes[0]
        aside = harm.predicate == "displace" and self.last is not None and self.position == sentence.passage.index
        none = self.last is not None and crowd.members[0].rule == "none"
        part = self.last is not None and crowd.is_part and self.last.predicate == harm.predicate
        # "Killed eight farmers, who had fled Osk": what is counted next are the dead.
        if not aside and not none and not part:
            self.last, self.position = harm, sentence.passage.index
            self.tellers = {str(voice.span and voice.span.text) for voice in clause.voices}
            self.dead = harm if harm.predicate == "kill" else self.dead

    def _container(self, harm: Harm) -> str | None:
        total = self.totals.get(harm.predicate)
        return total.id if harm.crowd is not None and harm.crowd.is_part and total is not None else None

    def _may_be_others(self, harm: Harm) -> bool:
        """Whether a number in a sentence of its own may count others than the fighters told of last."""
        return harm.leaning and any(
            load_groups().status(old.group) != "fighter" for old in self.told if old.predicate == harm.predicate
        )

    def _known_kinds(self, sentence: Sentence, harm: Harm, crowd: Crowd, *, others: bool) -> Crowd:
        """Give bare numbers the kind of the people counted just before ("12 civilians were killed and 30 wounded")."""
        near = harm.leaning or self.position == sentence.passage.index
        kind = _kind_of(self.last.crowd) if near and self.last is not None and self.last.crowd else None
        others = others or self._may_be_others(harm) or _speaks_of_civilians(sentence)
        if kind is not None and kind.status == "fighter" and others:
            kind = None
        if any(party.group == "civilians" for party in crowd.parts):
            kind = None  # "one of the five dead was a civilian" leaves open what the five were
        members = tuple(_with_kind(party, kind) for party in crowd.members)
        return Crowd(members, tuple(_with_kind(party, None) for party in crowd.parts), crowd.is_part)


def _is_said_in(harm: Harm, recast: Harm) -> bool:
    """Whether a number of nobody is only what others are said to be ("the dead were all farmers")."""
    if harm.crowd is None or recast.crowd is None or harm.crowd.members[0].counted:
        return False
    return recast.crowd.first <= harm.crowd.first and harm.crowd.last <= recast.crowd.last


def _may_speak_of_harm(sentence: Sentence, *, leaning: bool) -> bool:
    """A quick look before the slow one: a word for harm, or a number that may lean on a figure given before."""
    known = load_casualty_words()
    words = {token.lower_ for token in sentence.doc}
    if not words.isdisjoint(known.stems):
        return True
    return leaning and not (words.isdisjoint(known.figure_verbs) and words.isdisjoint(("them", "were", "included")))


def _kind_of(crowd: Crowd) -> Party | None:
    kinds = {(party.group, party.status) for party in crowd.members}
    return crowd.members[-1] if len(kinds) == 1 else None


def _speaks_of_civilians(sentence: Sentence) -> bool:
    return any(token.lower_ in ("civilian", "civilians") for token in sentence.doc)


def _with_kind(party: Party, kind: Party | None) -> Party:
    if party.group is not None:
        return party
    wide = kind is not None and kind.group in ("people", "civilians", "fighters", "soldiers", "police")
    group, status = (kind.group, kind.status) if kind is not None and wide else ("people", "open")
    return msgspec.structs.replace(party, group=group, status=status)
