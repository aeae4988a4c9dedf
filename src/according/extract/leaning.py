"""What leans on an event told before: "the attack", and the harm that an event did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from according.extract.events import EventMention
from according.extract.roles import is_verb
from according.extract.standing import is_total
from according.records import with_id
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Claim

GENERIC = frozenset(["attack"])
"""Kinds by which any other violence may be taken up again ("the attack")."""
LOOK_BACK = 4
"""Sentences back that "the attack" may lean on."""
HARM_LOOK_BACK = 2
"""Sentences back that a toll without an event of its own may lean on."""
HARMLESS = frozenset(["condemn", "claim_responsibility", "agree", "ceasefire", "protest", "arrest"])
"""Events that a toll belongs to only when they share its sentence by grammar."""


def lean(mentions: Iterable[EventMention]) -> list[EventMention]:
    """The mentions, with the claims of "the attack" and the like belonging to the event they take up."""
    told: list[EventMention] = []
    for mention in mentions:
        meant = next((m for m in reversed(told) if _takes_up(mention, m)), None)
        told.append(_belonging(mention, meant.claim) if meant else mention)
    return told


def _belonging(mention: EventMention, event: Claim) -> EventMention:
    """The mention's claims as claims of an earlier event; "it hit the port" takes that event's kind."""
    changes: dict[str, object] = {"event": event.event or event.id}
    if is_verb(mention.token):
        changes |= {"predicate": event.predicate, "subject": None}
    claims = tuple(with_id(msgspec.structs.replace(c, **changes)) for c in mention.claims)
    return EventMention(mention.sentence, mention.position, mention.token, claims)


def _takes_up(later: EventMention, earlier: EventMention) -> bool:
    """Whether a mention means an event told shortly before, of its kind and not elsewhere or at another time."""
    if not (_is_hit_again(later) if is_verb(later.token) else _is_definite(later.token)):
        return False
    same_block = later.sentence.passage.block == earlier.sentence.passage.block
    kinds = {later.claim.predicate, earlier.claim.predicate}
    near = 0 < later.position - earlier.position <= LOOK_BACK or later.position == earlier.position
    violent = earlier.claim.predicate not in HARMLESS and (earlier.claim.realis != "habitual")
    return same_block and near and violent and (len(kinds) == 1 or bool(kinds & GENERIC)) and _agree(later, earlier)


def _is_hit_again(mention: EventMention) -> bool:
    """As in "It hit the port", "the house was hit at noon": no doer of its own, so the deed is one told before."""
    subjects = {c.subject.text.lower() for c in mention.claims if c.subject}
    struck = mention.token.lemma_ in load_wording().modality.hit_verbs and not any(map(_is_speaker, mention.claims))
    return struck and mention.claim.predicate in GENERIC and not subjects - {"it"}


def _is_speaker(claim: Claim) -> bool:
    """As in "The army said it had struck a house": it is the army, and not the strike told of before."""
    if claim.polarity == "denied" or claim.realis != "happened":
        return False
    spoken = [
        voice for voice in claim.voices if voice.span is not None and voice.voice_class in ("military", "official")
    ]
    said = [voice.span for voice in spoken if voice.span is not None and claim.evidence.start <= voice.span.start]
    return claim.subject is not None and any(span.end <= claim.subject.start for span in said)


def _is_definite(token: Token) -> bool:
    return any(c.lower_ in ("the", "this", "that", "these", "those") for c in token.children if c.dep_ == "det")


def _agree(later: EventMention, earlier: EventMention) -> bool:
    """Whether place and time, where both are told, are told in the same words."""
    one, two = later.claim, earlier.claim
    places = one.place is None or two.place is None or one.place.text == two.place.text
    times = one.time is None or two.time is None or one.time.text == two.time.text
    return places and (times or is_verb(later.token))


def event_for(position: int, token: Token, mentions: Iterable[EventMention]) -> Claim | None:
    """The event that a harm belongs to: one bound to it by grammar, else the nearest before it.

    ``position`` is the index of the harm's sentence, ``token`` its trigger. An event of the same sentence wins over
    one of an earlier sentence of the same kind of block.
    """
    ranked = [(rank, m) for m in mentions if (rank := _rank(position, token, m)) is not None]
    return min(ranked, key=lambda pair: pair[0])[1].claim if ranked else None


def _rank(position: int, token: Token, mention: EventMention) -> tuple[int, int] | None:
    if mention.position == position:
        bond = _bond(token, mention.token)
        apart = abs(mention.token.i - token.i)
        return None if mention.claim.predicate in HARMLESS and bond > 1 else (bond, apart)
    back = position - mention.position
    if not 0 < back <= HARM_LOOK_BACK or mention.claim.predicate in HARMLESS:
        return None
    return 10 + back, -mention.token.i


def _bond(harm: Token, event: Token) -> int:
    """How closely an event word is bound to a harm word: the same, argument or governor, further off, merely near."""
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
    """Claims of harm with ``event`` filled in where a mention can be found for them; a war's total belongs to none."""
    index = {s.passage.span: (n, s) for n, s in enumerate(sentences)}
    by_position: dict[int, list[EventMention]] = {}
    for mention in mentions:
        by_position.setdefault(mention.position, []).append(mention)
    for claim in claims:
        place = index.get(claim.evidence)
        if claim.event or place is None or not claim.cues or is_total(claim.cues):
            yield claim
            continue
        position, sentence = place
        near = [m for p in range(position - HARM_LOOK_BACK, position + 1) for m in by_position.get(p, ())]
        block = sentence.passage.block
        near = [m for m in near if m.sentence.passage.block == block]
        tokens = sentence.tokens_in(claim.cues[0])
        found = event_for(position, tokens[0], near) if tokens else None
        yield msgspec.structs.replace(claim, event=found.event or found.id) if found else claim
