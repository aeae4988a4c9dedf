"""Polarity, realis and hedge: whether and in what way it is said to have happened."""

from __future__ import annotations

from typing import Any

import pytest
from tests.extract.reading import cases, read

from according.extract.clauses import read_clause

ASPECTS = ("polarity", "realis", "hedge")


@pytest.mark.parametrize("case", cases("modality"), ids=lambda c: f"{c['at']}: {c['text'][:60]}")
def test_modality(case: dict[str, Any]) -> None:
    sentence = read(case["text"], block=case.get("block", "body"))[0]
    start = case["text"].index(case["at"])
    clause = read_clause(sentence, next(t for t in sentence.doc if t.idx <= start < t.end))
    found = {name: getattr(clause, name) for name in ASPECTS if name in case}
    assert found == {name: case[name] for name in ASPECTS if name in case}
