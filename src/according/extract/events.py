"""Events: violence, unrest and speech acts, one claim for each mention, and which event a harm belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from according.extract.build import claim_of
from according.extract.clauses import read_clause
from according.extract.roles import RELATIVE_TAGS, is_verb
from according.extract.triggers import Trigger, Triggers
from according.extract.wordlists import find_phrases
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from spacy.tokens import Token

    from according.extract.arguments import Argument
    from according.extract.build import Roles
    from according.extract.clauses import Clause
    from according.extract.parse import Sentence
    from according.records import Claim, Span
    from according.vocabulary import Vocabulary

EVENT_FAMILIES = frozenset(["violence", "unrest", "speech"])
UNCOUNTED = frozenset(["displace", "detain", "missing"])
"""Harm that is an event of its own when no number is given with it."""
HARM_VERBS = frozenset(["kill", "murder", "assassinate", "massacre"])
MOST_CLAIMS = 6
"""Claims from one mention: subjects and objects in coordination, taken apart."""


@dataclass(frozen=True, slots=True, eq=False)
class EventMention:
    """A word that names an event, and the claims made of it: the first is the event's own, others add to it."""

    sentence: Sentence
    position: int
    token: Token
    claims: tuple[Claim, ...]

    @property
    def claim(self) -> Claim:
        """The claim that stands for the event."""
        return self.claims[0]


def extract_events(sentences: Sequence[Sentence], vocabulary: Vocabulary) -> Iterator[Claim]:
    """The claims of every event mention."""
    for mention in find_events(sentences, vocabulary):
        yield from mention.claims


def find_events(sentences: Sequence[Sentence], vocabulary: Vocabulary) -> list[EventMention]:
    """Every event mention, in text order; "the attack" leans on the event it means."""
    triggers = Triggers(vocabulary.predicates, EVENT_FAMILIES)
    mentions: list[EventMention] = []
    for position, sentence in enumerate(sentences):
        found = triggers.find(sentence)
        for trigger in found:
            mention = _read(sentence, position, trigger, found)
            if mention:
                mentions.append(_leaning(mention, mentions))
    return mentions


def _read(sentence: Sentence, position: int, trigger: Trigger, found: Sequence[Trigger]) -> EventMention | None:
    others = {t.token.i for t in found if t.token.i != trigger.token.i}
    clause = read_clause(sentence, trigger.token)
    if not _is_event(trigger, clause, others):
        return None
    claims = tuple(_claims(sentence, trigger, clause, others))
    return EventMention(sentence, position, trigger.token, claims)


def _is_event(trigger: Trigger, clause: Clause, others: set[int]) -> bool:
    """Whether a mention is an event of its own, not another word for one named beside it."""
    if trigger.token.lemma_ in load_wording().modality.hit_verbs | HARM_VERBS and is_verb(trigger.token):
        return not any(a.head.i in others for a in (*clause.subjects, *clause.agents)) and _has_doer(trigger, clause)
    return trigger.token.dep_ not in ("compound", "poss")


def _has_doer(trigger: Trigger, clause: Clause) -> bool:
    """ "Gunmen killed five" is an attack; "five were killed" is told by whatever event killed them."""
    return bool(clause.subjects) or trigger.token.lemma_ not in HARM_VERBS


def _claims(sentence: Sentence, trigger: Trigger, clause: Clause, others: set[int]) -> Iterator[Claim]:
    """The event's own claim with the first of each role, then one for each further subject and object."""
    subjects = [a for a in clause.subjects if a.head.i not in others and not _is_question(a.head)]
    objects = [a for a in clause.objects if a.head.i not in others]
    pairs = _pairs(subjects, objects)
    cues = tuple(_unknown_author(sentence, trigger.token)) if not subjects else ()
    first: Claim | None = None
    for subject, target in pairs[:MOST_CLAIMS]:
        roles: Roles = {"subject": subject, "object": target, "cues": cues}
        if first is not None:
            roles["event"] = first.id
        claim = claim_of(sentence, clause, trigger.predicate, **roles)
        first = first or claim
        yield claim


def _pairs(subjects: Sequence[Argument], objects: Sequence[Argument]) -> list[tuple[Span | None, Span | None]]:
    doers = [a.span for a in subjects] or [None]
    targets = [a.span for a in objects] or [None]
    return [(doers[0], targets[0]), *((d, targets[0]) for d in doers[1:]), *((doers[0], t) for t in targets[1:])]


def _is_question(head: Token) -> bool:
    """ "Which country", "who": words that ask who did it name nobody."""
    if head.dep_ == "conj" and _is_question(head.head):
        return True
    return head.tag_ in RELATIVE_TAGS or any(c.tag_ in RELATIVE_TAGS for c in head.children if c.dep_ == "det")


def _unknown_author(sentence: Sentence, token: Token) -> Iterator[Span]:
    """The words by which the text says that nobody knows who did it."""
    for hit in find_phrases(sentence.doc[:], load_wording().hedges.unknown_author):
        if hit.sent == token.sent:
            yield sentence.span(hit.start_char, hit.end_char)


def _leaning(mention: EventMention, before: Sequence[EventMention]) -> EventMention:
    """ "The attack", "this raid": a claim that adds to the event last told, when its kind allows."""
    if is_verb(mention.token) or not _is_definite(mention.token):
        return mention
    meant = next((m for m in reversed(before) if _may_mean(mention, m)), None)
    if meant is None:
        return mention
    event = meant.claim.event or meant.claim.id
    return msgspec_replace(mention, event)


def msgspec_replace(mention: EventMention, event: str) -> EventMention:
    """The same mention with its claims belonging to an earlier event."""
    claims = tuple(msgspec.structs.replace(c, event=event) for c in mention.claims)
    return EventMention(mention.sentence, mention.position, mention.token, claims)


def _is_definite(token: Token) -> bool:
    return any(c.lower_ in ("the", "this", "that", "these", "those") for c in token.children if c.dep_ == "det")


GENERIC = frozenset(["attack"])
LOOK_BACK = 4
"""Sentences back that "the attack" may lean on."""


def _may_mean(later: EventMention, earlier: EventMention) -> bool:
    same_block = later.sentence.passage.block == earlier.sentence.passage.block
    near = later.position - earlier.position <= LOOK_BACK
    kinds = {later.claim.predicate, earlier.claim.predicate}
    return (
        same_block and near and (len(kinds) == 1 or bool(kinds & GENERIC)) and _places_agree(later.claim, earlier.claim)
    )


def _places_agree(later: Claim, earlier: Claim) -> bool:
    return later.place is None or earlier.place is None or later.place.text == earlier.place.text


def event_for(sentence: Sentence, position: int, token: Token, mentions: Iterable[EventMention]) -> Claim | None:
    """The event that a harm belongs to: one bound to it by grammar, else the nearest before it.

    ``position`` is the sentence's index; an event of the same sentence wins over one of an earlier sentence, which is
    looked for at most two sentences back in the same kind of block.
    """
    ranked = [(rank, m) for m in mentions if (rank := _event_rank(sentence, position, token, m)) is not None]
    if not ranked:
        return None
    claim = min(ranked, key=lambda pair: pair[0])[1].claim
    return claim


def _event_rank(sentence: Sentence, position: int, token: Token, mention: EventMention) -> tuple[int, int] | None:
    if mention.claim.predicate in ("condemn", "claim_responsibility", "agree", "ceasefire"):
        return None
    if mention.position == position:
        return _bond(token, mention.token), abs(mention.token.i - token.i)
    back = position - mention.position
    if not 0 < back <= 2 or mention.sentence.passage.block != sentence.passage.block:
        return None
    return 10 + back, -mention.token.i


def _bond(harm: Token, event: Token) -> int:
    """How closely an event word is bound to a harm word: argument or governor, sister, or merely near."""
    if event.i == harm.i:
        return 0
    above_harm = [t.i for t in harm.ancestors]
    above_event = [t.i for t in event.ancestors]
    if harm.i in above_event[:2] or event.i in above_harm[:2]:
        return 1
    return 2 if harm.i in above_event or event.i in above_harm else 3


def attach_harm(
    claims: Iterable[Claim], sentences: Sequence[Sentence], mentions: Sequence[EventMention]
) -> Iterator[Claim]:
    """Claims of harm with ``event`` filled in where a mention can be found for them."""
    index = {s.passage.span: (n, s) for n, s in enumerate(sentences)}
    by_position: dict[int, list[EventMention]] = {}
    for mention in mentions:
        by_position.setdefault(mention.position, []).append(mention)
    for claim in claims:
        place = index.get(claim.evidence)
        if claim.event or place is None or not claim.cues:
            yield claim
            continue
        position, sentence = place
        near = [m for p in range(max(0, position - 2), position + 1) for m in by_position.get(p, ())]
        tokens = sentence.tokens_in(claim.cues[0])
        found = event_for(sentence, position, tokens[0], near) if tokens else None
        yield msgspec.structs.replace(claim, event=found.event or found.id) if found else claim
