"""Verdicts: who accepts a report of harm, and who finds it not credible."""

from __future__ import annotations

import pytest
from tests.extract.reading import read

from according.extract.verdicts import extract_verdicts
from according.vocabulary.predicates import load_predicates

BEFORE = "Three villagers were killed in an Orlesian air strike on Karsun."
CASES = [
    ("A year later Orlesia accepted that three villagers had died in its raid.", "affirmed", "Orlesia"),
    ("A review of the strike found the report non-credible.", "denied", None),
    ("Orlesia found the claim of a strike too vague on time and place.", "denied", "Orlesia"),
    ("Orlesia admitted that it had lost contact with its troops near Karsun.", None, None),
    ("Orlesia conceded that the Hill Front had taken Karsun.", None, None),
    ("The driver accepted that the attack had scared him.", None, None),
]


@pytest.mark.parametrize(("text", "polarity", "assessor"), CASES)
def test_a_verdict_has_its_polarity_and_its_assessor(text: str, polarity: str | None, assessor: str | None) -> None:
    claims = extract_verdicts(read(BEFORE, text))
    found = [(one.polarity, one.subject.text if one.subject else None) for one in claims]
    assert found == ([(polarity, assessor)] if polarity else [])


def test_the_examples_of_the_vocabulary_hold() -> None:
    predicate = load_predicates()["assess"]
    assert [one.predicate for one in extract_verdicts(read(BEFORE, predicate.positive))] == ["assess"]
    assert not list(extract_verdicts(read(BEFORE, predicate.negative)))
