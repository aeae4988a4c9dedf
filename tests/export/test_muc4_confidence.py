"""How sure a report is of an organisation's part: the encoder, the rules and the words around it, weighed."""

from __future__ import annotations

import pytest

from according.export.muc4_confidence import FEATURES, Attributions, attributions_of, confidence_of, features_of
from according.export.muc4_fillers import Candidate, Entity
from according.extract.encoder import CONFIDENCES, Mark
from according.issues import Issues
from according.pipeline import read_report
from according.records import Report
from according.vocabulary import load_vocabulary

TEXT = "The Shining Path claimed credit for the blast. Police had suspected the Tupac Amaru Revolutionary Movement."


def organisation(wording: str, chances: tuple[float, ...] = (0.9, 0.1, 0.1, 0.1, 0.1)) -> Entity:
    start = TEXT.lower().index(wording)
    mark = Mark(start, start + len(wording), "PerpOrg", 0.9, 0.9, 0.0, (), (), chances)
    return Entity("PerpOrg", (Candidate("PerpOrg", wording, (mark,), ()),), (0.9,))


def attributions(*organisations: Entity, read: dict[str, str] | None = None) -> Attributions:
    vocabulary = load_vocabulary()
    reading = read_report(Report(id="a", text=TEXT, language="en"), vocabulary, Issues("a"))
    return attributions_of(reading, read or {}, organisations, vocabulary)


def told(one: Entity, **more: dict[str, str]) -> dict[str, float]:
    return dict(zip(FEATURES, features_of(one, attributions(one, **more)), strict=True))


@pytest.mark.parametrize(
    ("wording", "claimed", "suspected"), [("shining path", 1, 0), ("tupac amaru revolutionary movement", 0, 1)]
)
def test_the_words_of_its_own_sentences_and_of_the_report(wording: str, claimed: int, suspected: int) -> None:
    found = told(organisation(wording))
    assert (found["sentences: claims"], found["sentences: suspicions"]) == (claimed, suspected)
    assert (found["report: claims"], found["report: suspicions"], found["armed group"]) == (1, 1, 1)


def test_what_the_rules_read_of_a_longer_wording_counts() -> None:
    found = told(organisation("shining path"), read={"peruvian shining path": "CLAIMED OR ADMITTED"})
    assert [name for name in FEATURES if name.startswith("rules") and found[name]] == ["rules: claimed or admitted"]


def test_the_likeliest_of_the_five_is_given() -> None:
    weights = {one: tuple(float(name == f"encoder: {one.lower()}") for name in FEATURES) for one in CONFIDENCES}
    group = organisation("shining path", (0.1, 0.1, 0.1, 0.8, 0.1))
    assert confidence_of(group, attributions(group), weights) == "CLAIMED OR ADMITTED"
