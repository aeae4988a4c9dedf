"""Whom a deed is put down to and by whom, where blame, denial and deed stand together or the deed is not named."""

from __future__ import annotations

import pytest
from tests.extract.reading import VOCABULARY, report_of

from according.extract import extract
from according.issues import Issues
from according.records import Claim


def said(*sentences: str) -> set[str]:
    """What the claims of some sentences say of who did it: "speaker > doer", with "not" before who did not."""
    report, passages = report_of(*sentences)
    claims = extract(report, passages, VOCABULARY, Issues("charged"))
    return {_shown(claim) for claim in claims if claim.subject is not None and claim.predicate not in ("kill", "lead")}


def _shown(claim: Claim) -> str:
    speaker = claim.voices[-1].span.text if claim.voices and claim.voices[-1].span else "-"
    doer = claim.subject.text if claim.subject else "-"
    return f"{speaker} > {'not ' if claim.polarity == 'denied' else ''}{doer}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The army denied residents' charges that it had shelled Osk.", {"The army > not it", "residents > The army"}),
        ("The army denied that it had shelled Osk.", {"The army > not it"}),
        ("The NLF and the army blamed each other for shelling Osk.", {"the army > The NLF", "The NLF > the army"}),
        (
            "The army denied allegations Sunday by some senators and a rights group that it had shelled Osk.",
            {"The army > not it", "The army > not The army", "some senators > The army", "a rights group > The army"},
        ),
        (
            "The army denied allegations by the NLF, a rebel group, that it had shelled Osk.",
            {"The army > not it", "the NLF > The army"},
        ),
        ("The mayor said the clinic in Osk was hit by shells from army tanks.", {"The mayor > army"}),
        ("Officials blamed a group of rebels for an attack on Osk.", {"Officials > a group of rebels"}),
        ("The mayor accuses the rebels of being behind a bombing in Osk.", {"The mayor > the rebels"}),
        ("The army and the rebels were engaged in clashes in Osk.", {"- > The army", "- > the rebels"}),
        ("Orlesia has not claimed responsibility for the attacks on Osk.", {"- > not Orlesia"}),
    ],
)
def test_charges_in_one_breath(text: str, shown: set[str]) -> None:
    assert said(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The governor put the blame on the rebels.", "The governor > the rebels"),
        (
            "The governor put the blame on the army of the mainly Valmerian country that is in talks with the council.",
            "The governor > the army of the mainly Valmerian country",
        ),
        ("In a statement the council blamed the army.", "the council > the army"),
        ("The army denied the allegations in a statement.", "The army > not The army"),
        ("The mayor said it was the result of a failed rocket launch by rebels.", "The mayor > rebels"),
        ("The mayor said the blast was caused by a rebel rocket.", "The mayor > rebel"),
        ("The mayor said the blast was a rocket fired by rebels.", "The mayor > rebels"),
        ('"The army is responsible for this atrocity," the mayor said.', "the mayor > The army"),
        ("The army denied that its men had anything to do with it.", "The army > not its men"),
    ],
)
def test_a_deed_told_before_is_put_down_to_somebody(text: str, shown: str) -> None:
    assert shown in said("A blast killed nine people at the market in Osk.", text)
