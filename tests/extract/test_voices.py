"""Voices: who says so, outermost first."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from tests.extract.reading import cases, read

from according.extract.clauses import read_clause
from according.extract.parse import Sentence
from according.records import Span, Voice


def voices_at(sentence: Sentence, word: str) -> tuple[Voice, ...]:
    start = sentence.text.index(word)
    return read_clause(sentence, next(t for t in sentence.doc if t.idx <= start < t.end)).voices


@pytest.mark.parametrize("case", cases("voices"), ids=lambda c: f"{c['at']}: {c['text'][:60]}")
def test_voices(case: dict[str, Any]) -> None:
    voices = voices_at(read(case["text"], block=case.get("block", "body"))[0], case["at"])
    assert [f"{v.span.text}: {v.voice_class}" for v in voices if v.span] == case["voices"]


def test_a_comment_speaks_with_its_author() -> None:
    sentence = read("The army shelled Osk, my cousin said.", block="comment", author="river_rat")[0]
    commenter, cousin = voices_at(sentence, "shelled")
    assert (commenter.voice_class, commenter.name, commenter.span) == ("commenter", "river_rat", None)
    assert cousin.span is not None
    assert cousin.span.text == "my cousin"


def test_the_speaker_of_a_quotation_is_outermost() -> None:
    first, second = read("The mayor spoke.", "Rebels told us the army shelled Osk.")
    speaker = Span(0, 9, "The mayor")
    quoted = Sentence(replace(second.passage, speaker=speaker), second.doc)
    assert [v.span.text for v in voices_at(quoted, "shelled") if v.span] == ["The mayor", "Rebels"]
    assert voices_at(first, "spoke") == ()
