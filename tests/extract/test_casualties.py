"""Claims of harm from our own sentences."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.extract.reading import VOCABULARY, cases, read, report_of

from according.extract.casualties import extract_casualties
from according.extract.parse import parse
from according.records import Claim, Quantity
from according.vocabulary.casualties import load_casualty_words

SPLIT_FROM_THE_REST = {"superseded": " earlier", "elsewhere": " other"}


def claims_in(text: str) -> list[Claim]:
    report, passages = report_of(*re.split(r"(?<=\.) ", text))
    return list(extract_casualties(parse(report, passages, VOCABULARY), VOCABULARY))


def bounds(quantity: Quantity | None) -> str:
    if quantity is None:
        return "?"
    low, high = quantity.low, quantity.high
    if low == high:
        return str(low) if low is not None else "?"
    return f"{low}+" if high is None else f"..{high}" if low is None else f"{low}..{high}"


def shown(claim: Claim) -> str:
    standing = {load_casualty_words().standing(cue.text) for cue in claim.cues}
    marks = " part" if claim.part_of else ""
    marks += " denied" if claim.polarity == "denied" else ""
    marks += " total" if claim.realis == "habitual" else ""
    marks += "".join(mark for name, mark in SPLIT_FROM_THE_REST.items() if name in standing)
    voices = ", ".join(voice.span.text for voice in claim.voices if voice.span)
    return f"{claim.predicate} {bounds(claim.quantity)} {claim.group}{marks}" + (f" | {voices}" if voices else "")


@pytest.mark.parametrize("case", [pytest.param(c, id=c["text"]) for c in cases("casualties")])
def test_claims(case: dict[str, Any]) -> None:
    assert sorted(map(shown, claims_in(case["text"]))) == sorted(case["says"])


def test_who_only_tried_to_flee_is_not_displaced() -> None:
    stayed = read("Soldiers shot at 40 villagers who tried to flee.", "Thousands were trapped in Osk, unable to flee.")
    gone = read("Some 40 villagers fled.")
    assert [c for c in extract_casualties(stayed, VOCABULARY) if c.predicate == "displace"] == []
    assert [c.predicate for c in extract_casualties(gone, VOCABULARY)] == ["displace"]
