"""Who does what to whom, where and when."""

from __future__ import annotations

from typing import Any

import pytest
from tests.extract.reading import cases, read

from according.extract.clauses import Clause, read_clause


def clause_of(case: dict[str, Any]) -> Clause:
    sentence = read(case["text"], block=case.get("block", "body"))[0]
    start = case["text"].index(case["at"])
    return read_clause(sentence, next(t for t in sentence.doc if t.idx <= start < t.end))


@pytest.mark.parametrize("case", cases("clauses"), ids=lambda c: f"{c['at']}: {c['text'][:50]}")
def test_roles(case: dict[str, Any]) -> None:
    clause = clause_of(case)
    said = {"subjects": clause.subjects, "objects": clause.objects}
    read_roles = {name: [a.span.text for a in arguments] for name, arguments in said.items() if name in case}
    assert read_roles == {name: case[name] for name in said if name in case}
