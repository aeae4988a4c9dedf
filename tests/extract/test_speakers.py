"""Who a pronoun that says something stands for."""

from __future__ import annotations

import msgspec
import pytest
from tests.extract.reading import read

from according.extract.speakers import with_speakers
from according.records import Claim, Span, Voice, VoiceClass


def told(at: int, speaker: str, voice_class: VoiceClass) -> Claim:
    """A claim of a sentence that begins at a place of the text with its speaker."""
    voice = Voice(voice_class=voice_class, span=Span(at, at + len(speaker), speaker))
    evidence = Span(at, at + 90, speaker.ljust(90, "."))
    return Claim(id=f"c{at}", report="r", evidence=evidence, predicate="kill", voices=(voice,))


@pytest.mark.parametrize(
    ("speaker", "voice_class", "pronoun", "stands"),
    [
        ("The Osk Media Centre", "media", "It", "The Osk Media Centre"),
        ("Residents of Osk", "witness", "They", "Residents of Osk"),
        ("Residents of Osk", "witness", "It", "It"),
        ("A nurse and a driver", "witness", "They", "A nurse and a driver"),
        ("The governor", "official", "They", "They"),
    ],
)
def test_a_pronoun_is_whoever_spoke_last_where_number_agrees(
    speaker: str, voice_class: VoiceClass, pronoun: str, stands: str
) -> None:
    claims = with_speakers([told(0, speaker, voice_class), told(100, pronoun, "unnamed")])
    assert [voice.span.text for voice in claims[1].voices if voice.span] == [stands]


def test_who_thinks_what_they_say_speaks_once() -> None:
    """As in "The governor said he believed that nine had died", "a nurse said we counted nine"."""
    said = told(0, "The governor", "official")
    thought = Voice(voice_class="unnamed", span=Span(18, 20, "he"))
    [claim] = with_speakers([msgspec.structs.replace(said, voices=(*said.voices, thought))])
    assert [voice.span.text for voice in claim.voices if voice.span] == ["The governor"]


def test_whoever_spoke_of_something_else_is_heard() -> None:
    """Between two sentences of claims stands one that makes none."""
    sentences = read(
        "Residents of Osk said rebels attacked the post.", "The governor said the road was open.", "He left."
    )
    before, after = told(0, "Residents of Osk", "witness"), told(sentences[2].offset, "He", "unnamed")
    before = msgspec.structs.replace(before, evidence=sentences[0].passage.span)
    claims = with_speakers([before, after], sentences)
    assert [voice.span.text for voice in claims[1].voices if voice.span] == ["The governor"]
