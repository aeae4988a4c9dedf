"""Who did it, where a sentence says so without naming the deed again: "residents held the army responsible"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from according.extract.arguments import argument, arguments, coordinated
from according.extract.blames import blames
from according.extract.build import claim_of
from according.extract.clauses import read_clause
from according.extract.doers import is_inanimate
from according.extract.events import is_question
from according.extract.voices import voice_headed
from according.vocabulary.sourcing import says
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.extract.arguments import Argument
    from according.extract.blames import Blame
    from according.extract.clauses import Clause
    from according.extract.events import EventMention
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Claim, Realis, Voice

VIOLENT = frozenset(
    "airstrike drone_strike shell bomb shoot attack storm execute abduct chemical_attack "
    "burn_destroy loot clash".split()
)
"""Kinds of event that somebody can be blamed for."""
DOUBT = r"(?:not (?:yet |immediately )?(?:clear|known)|unclear|unknown)"
ASKED = r"\b(?:which|who)\b[^.?]{0,40}\b(?:behind|responsible|carried (?:it|them) out|did it|to blame)\b"
UNKNOWN = re.compile(rf"\b{DOUBT}[^.?]{{0,20}}{ASKED}|{ASKED}[^.?]{{0,20}}\b{DOUBT}\b", re.IGNORECASE)
"""Words that leave open who did what was told before: "which group was behind it is not clear"."""
OF_THEM = re.compile(r"\b(?:which|who) of (?:the two|them|these|those|the three)\b", re.IGNORECASE)
"""Words that leave open which of those named before did it, so that it was one of them."""
LOOK_BACK = 5
"""Sentences back that "it" or "the army was responsible" may lean on."""
DEATHS_BACK = 2
"""Sentences back that an accusation may lean on when only deaths are told there."""


def extract_authors(
    sentences: Sequence[Sentence], mentions: Sequence[EventMention], harm: Sequence[Claim] = ()
) -> Iterator[Claim]:
    """A claim for everybody put down as the author of the event last told, or of deaths told without one."""
    for position, sentence in enumerate(sentences):
        for blame in blames(sentence):
            event = None if blame.beside else _told_before(sentences, position, mentions, harm, blame.verb)
            event = event or _event_beside(position, mentions)
            if event is not None:
                yield from _claims(sentence, blame, event)
        open_author = None if any(m.position == position for m in mentions) else UNKNOWN.search(sentence.text)
        event = event_under_discussion(sentences, position, mentions) if open_author else None
        if open_author and event and not OF_THEM.search(open_author[0]):
            yield _unknown_claim(sentence, open_author.span(), event)


def _told_before(
    sentences: Sequence[Sentence], position: int, mentions: Sequence[EventMention], harm: Sequence[Claim], verb: Token
) -> Claim | None:
    """What a blame leans on: the event last told before it, else deaths."""
    event = event_under_discussion(sentences, position, mentions, verb)
    return event or _deaths_under_discussion(sentences, position, harm, verb)


def _unknown_claim(sentence: Sentence, words: tuple[int, int], event: Claim) -> Claim:
    """Nobody did it, as far as the text knows: the event once more, without a subject, and the words that say so."""
    cue = sentence.span(*words)
    clause = read_clause(sentence, sentence.tokens_in(cue)[0])
    return claim_of(
        sentence,
        clause,
        event.predicate,
        subject=None,
        polarity="affirmed",
        realis="happened",
        place=None,
        time=None,
        cues=(cue,),
        event=event.event or event.id,
    )


def event_under_discussion(
    sentences: Sequence[Sentence], position: int, mentions: Sequence[EventMention], token: Token | None = None
) -> Claim | None:
    """The violent event last told before a word, in the same kind of block."""
    block = sentences[position].passage.block
    for mention in reversed(mentions):
        back = position - mention.position
        before = back > 0 or (back == 0 and token is not None and mention.token.i < token.i)
        if (
            before
            and back <= LOOK_BACK
            and mention.claim.predicate in VIOLENT
            and mention.sentence.passage.block == block
        ):
            return mention.claim
    return None


def _event_beside(position: int, mentions: Sequence[EventMention]) -> Claim | None:
    """As in "sources blamed, variously, rebel fire and army jets": the deed is named only in the blame itself."""
    beside = (m.claim for m in mentions if m.position == position and m.claim.predicate in VIOLENT)
    return next(beside, None)


def _deaths_under_discussion(
    sentences: Sequence[Sentence], position: int, harm: Sequence[Claim], verb: Token
) -> Claim | None:
    """As in "Nine people died in Osk. Residents accused the army.": the deaths just told, without a cause."""
    here = sentences[position]
    block, said = here.passage.block, verb.idx + here.offset
    near = {s.passage.span for s in sentences[max(0, position - DEATHS_BACK) : position] if s.passage.block == block}
    told = [one for one in harm if one.evidence in near or (one.evidence == here.passage.span and _told_by(one, said))]
    told = [one for one in told if one.predicate == "kill" and one.part_of is None]
    told = [one for one in told if one.event is None and one.polarity == "affirmed" and one.realis == "happened"]
    return msgspec.structs.replace(told[-1], predicate="attack") if told else None


def _told_by(claim: Claim, position: int) -> bool:
    """Whether the word for a deed stands before a position in the report."""
    return bool(claim.cues) and claim.cues[0].start < position


def _claims(sentence: Sentence, blame: Blame, event: Claim) -> Iterator[Claim]:
    clause = read_clause(sentence, blame.verb)
    together = [head for first in blame.speakers[:1] for head in coordinated(first)]
    heads = blame.speakers if blame.in_turn else together
    own = [voice_headed(sentence, head) for head in heads if not _is_mute(sentence, head)]
    named = {v.span for v in own}
    others = tuple(v for v in clause.voices if v.span not in named)
    for voices in [(*others, one) for one in own] or [others]:
        yield from _claims_by(sentence, blame, event, clause, voices)


def _claims_by(
    sentence: Sentence, blame: Blame, event: Claim, clause: Clause, voices: tuple[Voice, ...]
) -> Iterator[Claim]:
    """One claim for each doer; those who blame together do so each with a claim of their own."""
    heads = [head for head in blame.doers if not is_question(head)]
    doers = tuple(argument(sentence, head) for head in heads) if blame.in_turn else arguments(sentence, heads)
    for doer in doers:
        if blame.verb.lemma_ in ("blame", "accuse") and not _can_do(sentence, doer):
            continue
        yield claim_of(
            sentence,
            clause,
            _deed_of(doer, event),
            subject=doer.span,
            polarity=blame.polarity or clause.polarity,
            realis=_when_done(blame, clause, event),
            place=None,
            time=None,
            voices=voices,
            event=event.event or event.id,
        )


def _when_done(blame: Blame, clause: Clause, event: Claim) -> Realis:
    """As in "The government blames the front", "tried to put it on others": it was done, whenever it is blamed."""
    speech = load_wording().speech_kind.get(blame.verb.lemma_)
    return event.realis if speech in ("accuse", "deny", "report", "admit") else clause.realis


def _deed_of(doer: Argument, event: Claim) -> str:
    """The kind of deed: what aircraft did is an air strike, where nobody has said what it was."""
    flying, lemma = load_wording().modality.instruments, doer.head.lemma_.lower()
    kinds = (kind for kind in ("airstrike", "drone_strike") if lemma in flying[kind])
    return next(kinds, event.predicate) if event.predicate == "attack" else event.predicate


def _is_mute(sentence: Sentence, head: Token) -> bool:
    """Whether a word cannot speak: a weapon, an event, or a place that is nobody's seat."""
    return is_inanimate(head) or (sentence.place_at(head) is not None and sentence.actor_at(head) is None)


def _can_do(sentence: Sentence, doer: Argument) -> bool:
    """Whether who is blamed can have done a deed; the weather, an error or wrong information cannot."""
    wording, head = load_wording(), doer.head
    if head.pos_ == "PROPN" or sentence.actor_at(head) is not None or says(doer.span.text, "doers"):
        return True
    armed = any(head.lemma_.lower() in words for words in wording.modality.instruments.values())
    return armed or wording.voice_class(head.text) is not None
