"""Who "he", "they" or "it" is that says something: whoever spoke last before, where number and kind agree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from according.extract.voices import speakers_in
from according.records import with_id
from according.vocabulary import load_vocabulary
from according.vocabulary.sourcing import opens, says
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from according.extract.parse import Sentence
    from according.records import Claim, Span, Voice

PRONOUNS = frozenset(["he", "she", "they", "it", "its", "their"])
FIRST_PERSON = frozenset(["i", "we"])
OF_WHOM = re.compile(r"\s(?:of|in|from|at|near|on|for|with|who|close)\s")
REACH = 400
"""Characters back within which the speaker must have spoken."""


def with_speakers(claims: Iterable[Claim], sentences: Sequence[Sentence] = ()) -> list[Claim]:
    """The claims in text order, a pronoun among their voices replaced by the words for whoever it is.

    Whoever spoke in ``sentences`` that make no claim is heard too.
    """
    ordered = sorted(claims, key=lambda claim: (claim.evidence.start, claim.evidence.end))
    changed: dict[str, str] = {}
    heard = _heard(ordered, sentences)
    named = []
    for claim in ordered:
        voices = _once(tuple(_named(voice, claim, heard) for voice in claim.voices))
        new = claim if voices == claim.voices else with_id(msgspec.structs.replace(claim, voices=voices))
        if new.id != claim.id:
            changed[claim.id] = new.id
        named.append(new)
    return [_pointed(claim, changed) for claim in named] if changed else named


def _heard(claims: Sequence[Claim], sentences: Sequence[Sentence]) -> list[Voice]:
    """Everybody named who speaks, in text order; sentences are gone through only for a pronoun that speaks."""
    voices = [voice for claim in claims for voice in claim.voices]
    if not any(map(_is_pronoun, voices)):
        return []
    told = [claim.evidence for claim in claims if any(not _is_pronoun(voice) for voice in claim.voices)]
    silent = (one for one in sentences if one.passage.span not in told)
    voices += [voice for sentence in silent for voice in speakers_in(sentence)]
    named = {voice.span.start: voice for voice in voices if voice.span is not None and not _is_pronoun(voice)}
    return [named[start] for start in sorted(named)]


def _once(voices: tuple[Voice, ...]) -> tuple[Voice, ...]:
    """As in "The mayor said he believed that …": whoever speaks of what they themselves think or found speaks once."""
    return tuple(
        voice
        for index, voice in enumerate(voices)
        if not index or not _is_self(voice) or not _may_be(voice, voices[index - 1])
    )


def _is_self(voice: Voice) -> bool:
    return voice.span is not None and voice.span.text.lower() in PRONOUNS | FIRST_PERSON


def _may_be(pronoun: Voice, speaker: Voice) -> bool:
    said = pronoun.span.text.lower() if pronoun.span is not None else ""
    return said in FIRST_PERSON or _agrees(said, speaker)


def _pointed(claim: Claim, changed: dict[str, str]) -> Claim:
    """The claim with its pointers to others following them to their new ids."""
    part_of, event = changed.get(claim.part_of or ""), changed.get(claim.event or "")
    if part_of is None and event is None:
        return claim
    return msgspec.structs.replace(claim, part_of=part_of or claim.part_of, event=event or claim.event)


def _named(voice: Voice, claim: Claim, heard: Sequence[Voice]) -> Voice:
    if not _is_pronoun(voice) or voice.span is None:
        return voice
    said, start = voice.span.text.lower(), voice.span.start
    for earlier in reversed(heard):
        span = earlier.span
        if (
            span is None
            or span.start >= start
            or start - span.end > REACH
            or not _in_another_clause(claim, span, start)
        ):
            continue
        return earlier if _agrees(said, earlier) else voice
    return voice


def _in_another_clause(claim: Claim, span: Span, start: int) -> bool:
    """Whether an earlier speaker stands in an earlier sentence, or before a semicolon in this one."""
    first = claim.evidence.start
    return span.end <= first or ";" in claim.evidence.text[span.end - first : start - first]


def _is_pronoun(voice: Voice) -> bool:
    return voice.span is not None and voice.span.text.lower() in PRONOUNS


def _agrees(pronoun: str, voice: Voice) -> bool:
    """Whether a pronoun may stand for a voice: a person, several people, or a body that is no person."""
    words = voice.span.text.lower().split() if voice.span is not None else []
    many = voice.span is not None and _are_many(voice.span.text)
    deputy = bool(load_wording().voices.deputies & set(words))
    if pronoun in ("they", "their"):
        return many
    if pronoun in ("it", "its"):
        return voice.voice_class in ("media", "organisation", "military", "official") and not many and not deputy
    return not many and (deputy or voice.voice_class in ("witness", "medical", "official") or _is_person(voice))


def _is_person(voice: Voice) -> bool:
    """Whether words name a person: capitalised names behind a rank or a title, or two of them that are no body's."""
    words = voice.span.text.split() if voice.span is not None else []
    titles = load_vocabulary().actors.words.titles
    titled = any(word in titles for word in words[:-1])
    named = [word for word in words if word[:1].isupper() and not word.isupper()]
    return bool(named) and named[-1] == words[-1] and (titled or (voice.voice_class == "unnamed" and len(words) < 4))


def _are_many(text: str) -> bool:
    """Whether words name several who speak ("residents of Osk", "all sides"); a "media centre" is one body."""
    named = OF_WHOM.split(text, maxsplit=1)[0]
    if " and " in text or text.lower().endswith("police"):
        return True
    return opens(text, "plural") or says(named.split()[-1] if named.split() else text, "plural")
