"""Whole texts that are read, and whole texts that are passed over."""

from __future__ import annotations

from pathlib import Path

import pytest

from according.issues import Issues
from according.pipeline import read_report
from according.records import Report
from according.vocabulary import load_vocabulary
from according.vocabulary.relevance import Relevance, RelevanceWords

IDLE = "The bakery on the square sold bread and flowers to the people of the old town all day. " * 4
IRRELEVANT = Path(__file__).parents[2] / "benchmarks" / "irrelevant.txt"


@pytest.mark.parametrize(
    "told",
    [
        "Rebels entered the town at dawn.",
        "Nine people were killed.",
        "SHELLING was heard.",
        "The town is under the control of nobody.",
        "The Rapid Support Forces published a notice.",
        "A newspaper was blown up.",
    ],
)
def test_one_word_of_conflict_is_enough(told: str) -> None:
    relevance = load_vocabulary().relevance
    assert not relevance.may_tell_of_conflict(IDLE)
    assert relevance.may_tell_of_conflict(IDLE + told)


def test_what_war_shares_with_sport_counts_together() -> None:
    relevance = Relevance(RelevanceWords(telling=(), shared=("attack*", "shot", "fire"), needed=3, short_words=1))
    assert not relevance.may_tell_of_conflict("attack and attackers and shot and firefly")
    assert relevance.may_tell_of_conflict("attack and shot and fire")


def test_a_short_text_is_always_read() -> None:
    assert load_vocabulary().relevance.may_tell_of_conflict("Valmeria backs Orlesia.")


def test_irrelevant_text_is_passed_over_and_says_so() -> None:
    text = "\n\n".join(IRRELEVANT.read_text(encoding="utf-8").split("\n\n")[1:9])
    issues = Issues("r")
    reading = read_report(Report(id="r", text=text), load_vocabulary(), issues)
    assert not reading.claims
    assert [issue.code for issue in reading.issues] == ["passed_over"]


def test_a_text_in_another_language_is_not_called_irrelevant() -> None:
    issues = Issues("r")
    read_report(Report(id="r", text=IDLE, language="fr"), load_vocabulary(), issues)
    codes = {issue.code for issue in issues.records}
    assert "other_language" in codes
    assert "passed_over" not in codes
