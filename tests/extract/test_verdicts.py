"""Verdicts: who accepts a report of harm, and who finds it not credible."""

from __future__ import annotations

import pytest
from tests.extract.reading import read

from according.extract.verdicts import extract_verdicts
from according.vocabulary.predicates import load_predicates

CASES = [
    ("A year later NATO accepted that three villagers had died in its raid.", "affirmed", "NATO"),
    ("The report was found non-credible after a review.", "denied", None),
    ("It was too vague on time and place, NATO said.", "denied", None),
    ("The driver accepted that he was late.", None, None),
    ("The council accepted the new timetable.", None, None),
]


@pytest.mark.parametrize(("text", "polarity", "assessor"), CASES)
def test_a_verdict_has_its_polarity_and_its_assessor(text: str, polarity: str | None, assessor: str | None) -> None:
    found = [(one.polarity, one.subject.text if one.subject else None) for one in extract_verdicts(read(text))]
    assert found == ([(polarity, assessor)] if polarity else [])


def test_the_examples_of_the_vocabulary_hold() -> None:
    predicate = load_predicates()["assess"]
    assert [one.predicate for one in extract_verdicts(read(predicate.positive))] == ["assess"]
    assert not list(extract_verdicts(read(predicate.negative)))
