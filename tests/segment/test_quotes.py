from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from according.ingest import ingest_text
from according.issues import Issues
from according.segment import segment
from according.vocabulary import Vocabulary

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases_quotes.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_sentences_of_a_quotation_know_their_speaker(case: dict[str, Any]) -> None:
    report, passages = segment(ingest_text(case["text"]), Vocabulary(), Issues())
    for opening, speaker in case["speakers"].items():
        passage = next(passage for passage in passages if passage.span.text.startswith(opening))
        assert (passage.speaker.text if passage.speaker else None) == speaker
        if passage.speaker:
            assert report.text[passage.speaker.start : passage.speaker.end] == passage.speaker.text
