"""Confidence: what lowers it, and which claims of comments are kept."""

from __future__ import annotations

import pytest
from tests.extract.reading import VOCABULARY, report_of

from according.extract import extract
from according.issues import Issues
from according.records import BlockKind, Claim

PLAIN = "Rebels shelled the port of Osk."


def claims_of(text: str, block: BlockKind = "body") -> list[Claim]:
    report, passages = report_of(text, block=block)
    return list(extract(report, passages, VOCABULARY, Issues()))


def confidence(text: str, block: BlockKind = "body") -> float:
    return min(claim.confidence for claim in claims_of(text, block) if claim.predicate == "shell")


def test_a_plain_statement_is_read_with_full_confidence() -> None:
    assert confidence(PLAIN) == 1


@pytest.mark.parametrize(
    "text",
    [
        "They shelled the port of Osk with mortars.",
        "Rebels shelled the port.",
        "The port of Osk was shelled, the army said.",
        "Rebels shelled the port of Osk, " + ", ".join(f"then drove past farm and mill {n}" for n in range(9)) + ".",
    ],
    ids=["pronoun", "no place", "no doer", "long sentence"],
)
def test_a_reason_to_doubt_lowers_it(text: str) -> None:
    assert confidence(text) < 1


def test_comments_and_headlines_weigh_less_than_the_article() -> None:
    assert confidence(PLAIN, "comment") < confidence(PLAIN, "headline") < confidence(PLAIN)


@pytest.mark.parametrize(
    "text",
    ["You kill those poor people every day and call it peace.", "If they kill us all, who is left to clap?"],
)
def test_a_comment_without_anything_to_check_claims_nothing(text: str) -> None:
    assert claims_of(text, "comment") == []


def test_a_comment_that_names_an_actor_is_kept() -> None:
    assert [c.predicate for c in claims_of("Orlesia bombed the clinic in Osk.", "comment")] == ["bomb"]
