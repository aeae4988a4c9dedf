from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from according.segment.sentences import split_sentences

CASES = yaml.safe_load((Path(__file__).parent / "cases_sentences.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES)
def test_text_is_cut_at_the_bars(case: str) -> None:
    expected = [part.strip() for part in case.split("|")]
    text = case.replace("|", "")
    assert [text[start:end] for start, end in split_sentences(text, 0, len(text))] == expected


@given(st.text(alphabet='ab. AB!?"”…\n1', max_size=80))
def test_sentences_are_ordered_trimmed_and_cover_every_word(text: str) -> None:
    sentences = split_sentences(text, 0, len(text))
    ends = [0, *(end for _, end in sentences)]
    for (start, end), before in zip(sentences, ends, strict=False):
        assert before <= start < end
        assert text[start:end] == text[start:end].strip()
    kept = "".join("".join(text[start:end].split()) for start, end in sentences)
    assert kept == "".join(text.split())
