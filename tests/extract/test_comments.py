"""Comments that answer who did it with a name."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace
from tests.extract.reading import VOCABULARY, report_of

from according.extract.comments import extract_answers
from according.extract.events import find_events
from according.extract.parse import parse
from according.records import Claim

OPEN = "An air strike on Osk killed nine."
QUESTION = "Who do you think carried out the strike?"


def answers(article: str, comments: Sequence[str]) -> list[Claim]:
    report, passages = report_of(article, *comments)
    marked = [
        replace(p, block="comment", block_index=p.index, author=f"reader {p.index}") if p.index else p for p in passages
    ]
    sentences = parse(report, marked, VOCABULARY)
    return list(extract_answers(sentences, find_events(sentences, VOCABULARY)))


@pytest.mark.parametrize(
    ("answer", "hedge"),
    [
        ("Orlesia 100% certain, they did it before.", "none"),
        ("Definitely the Hill Front.", "none"),
        ("Probably Orlesia, if you ask me.", "probable"),
    ],
)
def test_a_name_and_how_sure_is_an_attribution(answer: str, hedge: str) -> None:
    (claim,) = answers(OPEN, [QUESTION, answer])
    assert claim.subject is not None
    assert claim.subject.text in ("Orlesia", "Hill Front")
    assert (claim.predicate, claim.polarity, claim.hedge) == ("airstrike", "affirmed", hedge)
    assert [(v.voice_class, v.name) for v in claim.voices] == [("commenter", "reader 2")]
    assert claim.event


@pytest.mark.parametrize(
    "comment", ["Orlesia is lovely in spring.", "Certainly a sad day.", "Orlesia definitely sells good cheese."]
)
def test_other_comments_attribute_nothing(comment: str) -> None:
    assert answers(OPEN, [QUESTION, comment]) == []


def test_an_answer_needs_something_open() -> None:
    assert answers("Orlesia bombed Osk and killed nine.", ["Definitely the Hill Front."]) == []
