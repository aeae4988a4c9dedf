"""Claims of control from our own sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from according.extract.control import extract_control
from according.extract.parse import parse
from according.issues import Issues
from according.records import Block, Claim, Report, Span
from according.segment import segment
from according.vocabulary import load_vocabulary

TABLE: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "cases_control.yaml").read_text(encoding="utf-8")
)
CASES = [pytest.param(case, id=f"{kind}-{n}") for kind, cases in TABLE.items() for n, case in enumerate(cases, 1)]


def claims_in(text: str) -> list[Claim]:
    vocabulary = load_vocabulary()
    body = Block(kind="body", start=0, end=len(text))
    report, passages = segment(Report(id="r", text=text, language="en", blocks=(body,)), vocabulary, Issues())
    return list(extract_control(parse(report, passages, vocabulary), vocabulary))


def told(claim: Claim) -> str:
    def words(span: Span | None) -> str:
        return span.text if span else "-"

    parts = [claim.predicate, words(claim.subject), words(claim.place)]
    if claim.polarity == "denied":
        parts.append("denied")
    if claim.realis not in {"happened", "ongoing", "habitual"}:
        parts.append(claim.realis)
    if claim.extent:
        parts.append(claim.extent.text)
    return " | ".join(parts)


@pytest.mark.parametrize("case", CASES)
def test_control(case: dict[str, Any]) -> None:
    assert sorted(told(claim) for claim in claims_in(case["text"])) == sorted(case.get("says", []))
