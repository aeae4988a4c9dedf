"""Claims of one harm: whose figure it is, the whole as a sum of its members, and the parts told of within it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from according.extract.arguments import arguments, phrase
from according.extract.build import claim_of
from according.extract.counted_nouns import Harm
from according.extract.crowds import SLICES, Crowd
from according.extract.doers import acting
from according.extract.ellipsis import place_after
from according.extract.parties import Party
from according.extract.roles import RELATIVE_TAGS, is_passive, surface_subjects
from according.extract.standing import cues_for, is_total
from according.extract.voices import voice_of
from according.records import Quantity
from according.vocabulary.casualties import load_casualty_words
from according.vocabulary.groups import load_groups

if TYPE_CHECKING:
    from according.extract.arguments import Argument
    from according.extract.build import Roles
    from according.extract.clauses import Clause
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Claim, Span, Voice


class Maker:
    """Makes the claims of one harm."""

    def __init__(self, sentence: Sentence, clause: Clause, harm: Harm) -> None:
        self.sentence = sentence
        self.clause = clause
        self.harm = harm

    def claim(self, members: Sequence[Party], part_of: str | None, *, shared: bool | None = None) -> Claim:
        """The claim that all of these people together suffered it, within a whole told before where one is given."""
        span = self._span(members)
        quantity = self._quantity(members, span, shared=self.harm.shared if shared is None else shared)
        start, end = span.start - self.sentence.offset, span.end - self.sentence.offset
        cues = cues_for(self.sentence, start, end)
        roles: Roles = {
            "object": span,
            "group": _group_of(members),
            "quantity": quantity,
            "cues": cues,
            "part_of": part_of,
            "voices": (
                *self._voices(span),
                *self._source(self.harm.crowd.members[0] if part_of and self.harm.crowd else members[0]),
            ),
        }
        elsewhere = place_after(self.sentence, self.harm.crowd) if self.harm.leaning and self.harm.crowd else None
        if elsewhere is not None:
            offset = self.sentence.offset
            roles["place"] = self.sentence.span(elsewhere.start - offset, elsewhere.end - offset)
        doers = acting(self.sentence, self.clause.subjects) if self._is_done_to() else ()
        if doers and doers[0].head.tag_ not in RELATIVE_TAGS | {"CD"} and not _overlap(doers[0].span, span):
            roles["subject"] = doers[0].span
        if quantity is not None and quantity.high == 0:
            roles["polarity"] = "affirmed"
        beyond = _is_beyond_one_event(self.harm.predicate, quantity) or _is_of_a_war(self.clause.subjects)
        if is_total(cues) or beyond:
            roles["realis"] = "habitual"
        return claim_of(self.sentence, self.clause, self.harm.predicate, **roles)

    def parts(self, whole: Claim) -> Iterator[Claim]:
        """Claims of those told of apart within a whole."""
        crowd = self.harm.crowd
        if crowd is None:
            return
        singled_out = crowd.members if len(crowd.members) > 1 else ()
        for party in (*singled_out, *crowd.parts):
            if party.counted or party.group not in (None, "people"):
                yield self.claim([party], whole.id, shared=False)

    def _is_done_to(self) -> bool:
        trigger = self.clause.trigger
        return trigger.lower_ in load_casualty_words().transitive and trigger.lemma_ != "bury"

    def _voices(self, span: Span) -> tuple[Voice, ...]:
        return tuple(voice for voice in self.clause.voices if voice.span is None or not _overlap(voice.span, span))

    def _span(self, members: Sequence[Party]) -> Span:
        return self.sentence.span_of(self.sentence.doc[members[0].first : max(party.last for party in members)])

    def _quantity(self, members: Sequence[Party], span: Span, *, shared: bool) -> Quantity | None:
        if _counts_all(members):
            members = members[:1]
        if len(members) > 1:
            return _sum(members, span) if any(party.counted for party in members) else None
        party = members[0]
        if party.rule is None or party.number is None:
            return None
        words = self.sentence.span_of(self.sentence.doc[party.number[0] : party.number[1]])
        if shared and party.high != 0:
            return Quantity(span=words, low=None, high=party.high, rule="combined")
        return Quantity(span=words, low=party.low, high=party.high, rule=party.rule)

    def _source(self, party: Party) -> tuple[Voice, ...]:
        """As in "Reuters had five dead": the subject of a verb that gives a figure is who says so."""
        giver = self.sentence.doc[self.harm.token]
        toll = giver.lower_ in load_casualty_words().noun_words  # "31 fatalities, including women": nobody's word
        if self.harm.leaning and giver.tag_[:2] == "NN" and giver.i < party.first and not toll:
            return (voice_of(self.sentence.span_of(token for token in phrase(giver) if token.i <= giver.i)),)
        own = self.sentence.doc[self.harm.token - 1] if self.harm.token else giver
        if _is_toll(giver) and own.tag_ == "PRP$":
            return (voice_of(self.sentence.span_of([own])),)
        verb = _figure_verb(self.sentence, party)
        if verb is not None and verb.dep_ in ("conj", "dep") and verb.head.lower_ in load_casualty_words().transitive:
            return ()  # "that nine nurses had been killed, then raised the toll to 12"
        if (
            verb is None
            or verb.lemma_ == "make"
            or (verb.i == self.harm.token and not self.harm.leaning)
            or is_passive(verb)
        ):
            return ()
        speakers = arguments(self.sentence, surface_subjects(verb.head if verb.dep_ == "aux" else verb))[:1]
        spoken = [voice.span for voice in self.clause.voices if voice.span is not None]
        new = [
            speaker.span
            for speaker in speakers
            if speaker.head.tag_ != "PRP" and not any(_overlap(speaker.span, span) for span in spoken)
        ]
        return tuple(voice_of(span) for span in new)


def _is_toll(word: Token) -> bool:
    """Whether a word is one for a toll that a source has ("its count", "their death toll")."""
    return (word.lower_,) in load_casualty_words().toll_phrases and word.tag_ == "NN"


def _is_beyond_one_event(predicate: str, quantity: Quantity | None) -> bool:
    """As in "Millions have been displaced": so many that they can only be the total of a war."""
    least = load_casualty_words().totals_from.get(predicate)
    return least is not None and quantity is not None and (quantity.low or 0) >= least


def _is_of_a_war(subjects: Sequence[Argument]) -> bool:
    """As in "The war has killed 8,000 farmers": what a whole war did is the total of a longer time."""
    return any(one.head.lemma_.lower() in load_casualty_words().wars for one in subjects)


def _overlap(left: Span, right: Span) -> bool:
    return left.start < right.end and right.start < left.end


def _figure_verb(sentence: Sentence, party: Party) -> Token | None:
    colon = party.first > 0 and sentence.doc[party.first - 1].lower_ == ":"  # "gave a higher number: 35 people"
    for at in range(party.first - 1 - colon, max(party.first - 9, -1), -1):
        token = sentence.doc[at]
        if (
            token.lower_ in load_casualty_words().figure_verbs
            and token.tag_[:2] == "VB"
            and (token.dep_ not in ("aux", "auxpass") or at == party.first - 1)  # "the clinic had nine killed"
        ):
            return token
        if not _keeps_source(sentence, at):
            return None
    return None


def _keeps_source(sentence: Sentence, at: int) -> bool:
    """Whether the source of a figure may stand before this word: "had nine dead and four wounded"."""
    token = sentence.doc[at]
    words = load_casualty_words()
    if token.tag_ == "VBG" and token.lower_ in words.transitive:
        return False  # "soldiers set fire to the village, killing eight"
    harm = token.lower_ in words.transitive or token.lower_ in words.state_words or token.lower_ in words.noun_words
    return harm or (token.lower_ not in (";", ":", "that") and token.tag_ not in ("VBD", "VBZ", "VBP"))


def sides(crowd: Crowd) -> list[list[Party]]:
    """Members together, but fighters apart from the rest."""
    fighters = [party for party in crowd.members if party.status == "fighter"]
    others = [party for party in crowd.members if party.status != "fighter"]
    if fighters and others and not _is_one_sum(crowd.members):
        return [[party] for party in crowd.members]
    return [list(crowd.members)]


def _is_one_sum(members: Sequence[Party]) -> bool:
    """As in "Nine soldiers and a farmer died": all of them counted, and none of a side that fights a force."""
    counted = all(party.rule not in (None, "none") and party.high != 0 for party in members)
    return counted and all(party.group != "fighters" for party in members)


def _group_of(members: Sequence[Party]) -> str:
    groups = {party.group or "people" for party in members}
    if len(groups) == 1:
        return groups.pop()
    statuses = {party.status for party in members}
    if statuses == {"civilian"}:
        return "civilians"
    return "fighters" if statuses == {"fighter"} else "people"


def _counts_all(members: Sequence[Party]) -> bool:
    """As in "Six women and children": one number before two kinds, neither of them named apart."""
    first, rest = members[0], members[1:]
    bare = all(not party.counted and not party.definite and not party.named for party in rest)
    return bool(rest) and bare and first.counted and (first.low or first.high or 0) > 1 and first.group is not None


def _shares_number(counted: Party, kind: Party) -> bool:
    """As in "24 women and children and eight guards": the 24 are of both kinds."""
    beside = counted.group in SLICES and kind.group in SLICES and counted.last + 1 == kind.first
    return beside and (counted.low or 0) > 1 and not (kind.counted or kind.definite or kind.named)


def _sum(members: Sequence[Party], span: Span) -> Quantity:
    """The members added up; one without a number adds one at least, unless the number before it is of both kinds."""
    members = [party for at, party in enumerate(members) if not at or not _shares_number(members[at - 1], party)]
    low = sum((party.low or 0) if party.counted else 1 for party in members)
    highs = [party.high if party.counted else None for party in members]
    known = [high for high in highs if high is not None]
    return Quantity(span=span, low=low, high=sum(known) if len(known) == len(highs) else None, rule="sum")


def unspecified(sentence: Sentence, clause: Clause, harm: Harm) -> Iterable[Claim]:
    """Harm with nobody counted ("civilian casualties were reported")."""
    token = sentence.doc[harm.token]
    near = {t.lower_ for t in sentence.doc[max(0, token.i - 2) : token.i + 4]}
    groups = load_groups()
    civilian = not near.isdisjoint(groups.civilian_modifiers | {"civilians"})
    if not civilian and token.lower_ not in ("casualties", "casualty"):
        return
    cues = cues_for(sentence, token.idx, token.end)
    group = "civilians" if civilian else "people"
    yield claim_of(sentence, clause, harm.predicate, object=sentence.span_of([token]), group=group, cues=cues)
