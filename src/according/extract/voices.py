"""Voices: who is said to say it, outermost first, to any depth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.arguments import arguments
from according.extract.headlines import headline_voice
from according.extract.governors import governors
from according.extract.roles import agents_of, is_passive, is_verb, surface_subjects
from according.records import Span, Voice
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from spacy.tokens import Token

    from according.extract.governors import Governor
    from according.extract.parse import Sentence

SPEAKING = frozenset(["report", "deny", "accuse", "admit", "confirm", "plan"])


def voices_of(sentence: Sentence, token: Token) -> tuple[tuple[Voice, ...], list[Token]]:
    """The voices above a word, outermost first, and the words that make them speak."""
    inner, cues = _speakers(sentence, token)
    outer = [*_passage_voices(sentence), *_according_to(sentence, token)]
    seen: dict[tuple[int, int] | None, Voice] = {}
    for voice in [*outer, *reversed(inner)]:
        seen.setdefault((voice.span.start, voice.span.end) if voice.span else None, voice)
    return tuple(seen.values()), cues


def voice_of(span: Span) -> Voice:
    """The voice that some words name, with its class."""
    return Voice(voice_class=load_wording().voice_class(span.text) or "unnamed", span=span)


def _passage_voices(sentence: Sentence) -> Iterator[Voice]:
    """The commenter, the headline's attribution, the speaker of the quotation a passage stands in."""
    passage = sentence.passage
    if passage.block == "comment":
        yield Voice(voice_class="commenter", span=None, name=passage.author)
    named = headline_voice(passage.span.text, passage.block)
    if named:
        yield voice_of(sentence.span(*named))
    if passage.speaker:
        yield voice_of(passage.speaker)


def _speakers(sentence: Sentence, token: Token) -> tuple[list[Voice], list[Token]]:
    """Subjects of the speech verbs whose content the word is part of, innermost first."""
    voices: list[Voice] = []
    cues: list[Token] = []
    for step in governors(token):
        if not _is_content(step, token):
            continue
        cues.append(step.above)
        voices += [voice_of(a.span) for a in arguments(sentence, _speaker_heads(step.above))[:1]]
    return voices, cues


def _speaker_heads(verb: Token) -> list[Token]:
    return agents_of(verb) if is_passive(verb) else surface_subjects(verb)


def _is_content(step: Governor, token: Token) -> bool:
    """Whether what lies below a verb is what is said, not who says it or when."""
    kind = load_wording().speech_kind.get(step.above.lemma_)
    if kind is None or not is_verb(step.above):
        return False
    if step.below.dep_ in ("ccomp", "parataxis"):
        return True
    if step.below.dep_ == "xcomp":
        return kind != "plan" and kind != "report" or not is_passive(step.above)
    if kind in ("deny", "admit", "confirm", "accuse"):
        return step.below.dep_ in ("dobj", "nsubjpass", "prep")
    return step.below.dep_ == "dobj" and step.above.lemma_ in ("claim", "report", "announce", "document", "record")


def _according_to(sentence: Sentence, token: Token) -> Iterator[Voice]:
    """ "According to X" anywhere above or beside the word."""
    above = {token.i, *(t.i for t in token.ancestors)}
    for word in token.sent:
        if word.lower_ == "according" and (word.head.i in above or word.i < token.i):
            heads = [g for c in word.children if c.lower_ == "to" for g in c.children if g.dep_ == "pobj"]
            yield from (voice_of(a.span) for a in arguments(sentence, heads))
