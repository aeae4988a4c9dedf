"""When and where a clause's event was, apart from when and where somebody spoke of it."""

from __future__ import annotations

from typing import Any

import pytest
from tests.extract.reading import cases, read

from according.extract.clauses import read_clause


@pytest.mark.parametrize("case", cases("when"), ids=lambda c: f"{c['at']}: {c['text'][:50]}")
def test_when_and_where(case: dict[str, Any]) -> None:
    sentence = read(case["text"])[0]
    start = case["text"].index(case["at"])
    clause = read_clause(sentence, next(t for t in sentence.doc if t.idx <= start < t.end))
    found = {"time": clause.time.text if clause.time else None, "place": clause.place.text if clause.place else None}
    assert found == {"time": case["time"], "place": case["place"]}
