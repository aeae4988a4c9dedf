"""Whole reports of the kinds that real reporting is full of, read from end to end."""

from __future__ import annotations

from typing import Any

import pytest
from tests.extract.reading import cases

from according.issues import Issues
from according.pipeline import read_report
from according.records import Claim, Incident, Quantity, Reading, Report, report_id
from according.vocabulary import load_vocabulary

CASES = [
    pytest.param(
        case,
        id=case["kind"],
        marks=[pytest.mark.xfail(strict=True, reason=case["until"])] if "until" in case else [],
    )
    for case in cases("kinds")
]


@pytest.mark.parametrize("case", CASES)
def test_kind(case: dict[str, Any]) -> None:
    reading = read(case["text"])
    said = [shown(claim) for claim in reading.claims]
    told = [shown_incident(incident) for incident in reading.incidents]
    assert not [want for want in case.get("says", ()) if want not in said], said
    assert not [want for want in case.get("incidents", ()) if want not in told], told
    assert not [shun for shun in case.get("never", ()) if shun in said], said
    assert not {claim.predicate for claim in reading.claims} & set(case.get("never_any", ())), said


def read(text: str) -> Reading:
    return read_report(Report(id=report_id(None, text), text=text), load_vocabulary(), Issues())


def shown(claim: Claim) -> str:
    flags = [claim.polarity if claim.polarity == "denied" else "", claim.realis if claim.realis != "happened" else ""]
    harm = [bounds(claim.quantity), claim.group or ""] if claim.quantity else []
    words = [claim.predicate, *harm, *flags, "part" if claim.part_of else ""]
    voices = ", ".join(voice.span.text if voice.span else voice.voice_class for voice in claim.voices)
    doer = claim.subject.text if claim.subject else "-"
    return f"{' '.join(word for word in words if word)} | {doer} | {voices or '-'}"


def bounds(quantity: Quantity) -> str:
    low, high = quantity.low, quantity.high
    if low is None:
        return f"..{high}"
    return f"{low}" if low == high else f"{low}-{high}" if high is not None else f"{low}+"


def shown_incident(incident: Incident) -> str:
    killed = next((tally for tally in incident.tallies if tally.effect == "killed"), None)
    toll = f"{killed.low}-{killed.high}" if killed else "-"
    blamed = ", ".join(f"{one.name}: {one.status}" for one in incident.attribution)
    return f"{incident.predicate} | {toll} | {blamed or '-'}"
