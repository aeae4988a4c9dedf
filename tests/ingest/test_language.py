from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from according.ingest.language import language_of

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases_languages.yaml").read_text("utf-8"))


@pytest.mark.parametrize("text", CASES["english"])
def test_short_english_full_of_names_is_not_refused(text: str) -> None:
    assert language_of(text) in {"en", None}


@pytest.mark.parametrize("case", CASES["others"], ids=lambda case: case["text"][:30])
def test_a_short_sentence_in_another_language_is_told(case: dict[str, str]) -> None:
    assert language_of(case["text"]) == case["language"]


def test_a_sentence_of_function_words_is_english() -> None:
    assert language_of("It was said that they had been there.") == "en"


def test_nothing_but_figures_has_no_language() -> None:
    assert language_of("12, 300") is None
