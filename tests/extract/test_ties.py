"""Claims of ties from our own sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from according.extract.parse import parse
from according.extract.ties import extract_ties
from according.issues import Issues
from according.records import Block, Claim, Report, Span
from according.segment import segment
from according.vocabulary import load_vocabulary

TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases_ties.yaml").read_text(encoding="utf-8")
)
CASES = [pytest.param(case, id=f"{kind}-{n}") for kind, cases in TABLE.items() for n, case in enumerate(cases, 1)]


def claims_in(text: str) -> list[Claim]:
    vocabulary = load_vocabulary()
    body = Block(kind="body", start=0, end=len(text))
    report, passages = segment(Report(id="r", text=text, language="en", blocks=(body,)), vocabulary, Issues())
    return list(extract_ties(parse(report, passages, vocabulary), vocabulary))


def told(claim: Claim) -> str:
    def words(span: Span | None) -> str:
        return span.text if span else "-"

    parts = [claim.predicate, words(claim.subject), words(claim.object)]
    if claim.polarity == "denied":
        parts.append("denied")
    if claim.realis not in {"happened", "ongoing", "habitual"}:
        parts.append(claim.realis)
    return " | ".join(parts)


@pytest.mark.parametrize("case", CASES)
def test_ties(case: dict[str, Any]) -> None:
    assert sorted(told(claim) for claim in claims_in(case["text"])) == sorted(case.get("says", []))
