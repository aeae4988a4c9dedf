"""A clause read whole: who did what to whom, where, when, in what way, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from according.extract.arguments import Argument, argument, arguments
from according.extract.doers import modifying_doers
from according.extract.hedges import hedge_of
from according.extract.location import place_of_event
from according.extract.modality import realis_of
from according.extract.polarity import polarity_of
from according.extract.roles import agents_of, is_verb, subjects_of
from according.extract.targets import objects_of, sides_of
from according.extract.voices import voices_of
from according.extract.when import time_of

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token
    from according.records import Hedge, Polarity, Realis, Span, Voice


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """What a trigger word's clause says.

    ``subjects`` are always the logical doers and ``objects`` those it is done to, whatever the grammar; ``agents`` are
    by-phrases as they stand; ``preps`` maps each preposition (lower case) to what follows it. ``cues`` are the spans
    of the words that gave polarity, realis, hedge and voices, the trigger first.
    """

    trigger: Token
    subjects: tuple[Argument, ...]
    objects: tuple[Argument, ...]
    agents: tuple[Argument, ...]
    preps: dict[str, tuple[Argument, ...]]
    place: Span | None
    time: Span | None
    polarity: Polarity
    realis: Realis
    hedge: Hedge
    voices: tuple[Voice, ...]
    cues: tuple[Span, ...]


@lru_cache(maxsize=256)
def read_clause(sentence: Sentence, token: Token) -> Clause:
    """Read the clause of a trigger word: a verb, or a noun that names an action; once for all that read it."""
    polarity, denying = polarity_of(token)
    realis, qualifying = realis_of(sentence, token)
    voices, speaking = voices_of(sentence, token)
    hedge, hedging = hedge_of(sentence, token, voices)
    words = [*denying, *qualifying, *hedging, *speaking]
    subjects, objects = _parties(sentence, token)
    return Clause(
        trigger=token,
        subjects=subjects,
        objects=objects,
        agents=arguments(sentence, agents_of(token)),
        preps=preps_of(sentence, token),
        place=place_of(sentence, token, subjects, objects),
        time=time_of(sentence, token),
        polarity=polarity,
        realis=realis,
        hedge=hedge,
        voices=voices,
        cues=_cues(sentence, token, words),
    )


def _parties(sentence: Sentence, token: Token) -> tuple[tuple[Argument, ...], tuple[Argument, ...]]:
    """Doers and those it is done to; a clash "between X and Y" has one on each side."""
    sides = tuple(argument(sentence, side) for side in sides_of(token))
    if len(sides) > 1:
        return sides[:1], sides[1:]
    subjects = arguments(sentence, subjects_of(token))
    if not subjects and not is_verb(token):
        subjects = modifying_doers(sentence, token)
    return subjects, arguments(sentence, objects_of(token))


def preps_of(sentence: Sentence, token: Token) -> dict[str, tuple[Argument, ...]]:
    """What follows each preposition of a word."""
    found: dict[str, tuple[Argument, ...]] = {}
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative"):
            heads = [
                g
                for c in [child, *(p for p in child.children if p.dep_ == "prep")]
                for g in c.children
                if g.dep_ == "pobj"
            ]
            found[child.lower_] = found.get(child.lower_, ()) + arguments(sentence, heads)
    return found


def place_of(
    sentence: Sentence, token: Token, doers: tuple[Argument, ...] = (), done_to: tuple[Argument, ...] = ()
) -> Span | None:
    """Where a clause's event was, as its own sentence says it; a name that stands for somebody who acts is no place.

    A place that something is done to ("X was shelled too") is where that was, whatever others stand nearer.
    """
    heads = [a.head for a in done_to if sentence.actor_at(a.head) is None]
    hit = next((mention for head in heads if (mention := sentence.place_at(head))), None)
    if hit is not None:
        return sentence.span(hit.start - sentence.offset, hit.end - sentence.offset)
    found = place_of_event(sentence, token)
    if found is None or any(a.span.start <= found.start and found.end <= a.span.end for a in doers):
        return None
    return found


def _cues(sentence: Sentence, trigger: Token, words: list[Token]) -> tuple[Span, ...]:
    """The trigger's span, then those of the other words, neighbours together."""
    runs: list[list[Token]] = []
    for word in sorted({t.i: t for t in words if t.i != trigger.i}.values(), key=lambda t: t.i):
        if runs and runs[-1][-1].i + 1 == word.i:
            runs[-1].append(word)
        else:
            runs.append([word])
    return (sentence.span_of([trigger]), *(sentence.span_of(run) for run in runs))
