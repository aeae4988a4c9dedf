"""Who bears out deaths told before, and whose aircraft it was said to be."""

from __future__ import annotations

import pytest
from tests.extract.reading import VOCABULARY, report_of

from according.extract import extract
from according.issues import Issues


def voices(*sentences: str) -> set[str]:
    report, passages = report_of(*sentences)
    claims = extract(report, passages, VOCABULARY, Issues("echo"))
    return {v.span.text for claim in claims if claim.evidence.text == sentences[-1] for v in claim.voices if v.span}


@pytest.mark.parametrize(
    ("echo", "heard"),
    [
        ("A hospital source confirmed the toll.", {"A hospital source"}),
        ("Prosecutors gave the same figures.", {"Prosecutors"}),
        ("Prosecutors wrote the same.", {"Prosecutors"}),
        ("The mayor could not confirm the toll.", set()),
        ("The mayor gave his wife the keys.", set()),
    ],
)
def test_who_bears_out_a_toll_is_heard(echo: str, heard: set[str]) -> None:
    assert voices("A shell killed four people in Osk, Radio Duvar said.", echo) == heard


@pytest.mark.parametrize(
    ("told", "doers"),
    [
        ("Radio Duvar said it was the Turkish army.", {"the Turkish army"}),
        ("A villager spoke of a Russian helicopter.", {"a Russian helicopter"}),
        ("A villager spoke of the army.", set()),
    ],
)
def test_whose_deed_it_was_said_to_be(told: str, doers: set[str]) -> None:
    report, passages = report_of("Two farmers died in an air raid on Osk.", told)
    claims = extract(report, passages, VOCABULARY, Issues("doer"))
    assert {c.subject.text for c in claims if c.subject and c.evidence.text == told} == doers
