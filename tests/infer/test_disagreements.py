from __future__ import annotations

from according.ingest import ingest_text
from according.issues import Issues
from according.pipeline import read_report
from according.vocabulary import load_vocabulary

STRIKE = "Nine Civilians Killed In Airstrike On Idlib\n\n{} killed in an air strike on Idlib in Syria, medics said.\n"
ADVANCE = (
    "Syrian Army Storms Rebel-Held Town Of Saraqib\n\nThe Syrian army {} Saraqib on 3 May 2018, a commander said.\n"
)


def disagreements(text: str) -> list[str]:
    reading = read_report(ingest_text(text), load_vocabulary(), Issues())
    return [issue.message for issue in reading.issues if issue.code == "disagreement"]


def test_another_toll_in_the_headline_is_told() -> None:
    (found,) = disagreements(STRIKE.format("At least nine people were"))
    assert found == "The headline says “Nine civilians killed”, the body “At least nine people killed”."


def test_a_deed_that_the_body_calls_an_attempt_is_told() -> None:
    (found,) = disagreements(ADVANCE.format("is trying to take"))
    assert found.startswith("The headline says “Syrian Army Storms")
    assert "trying to take" in found


def test_a_headline_that_agrees_is_not_mentioned() -> None:
    assert disagreements(STRIKE.format("Nine civilians were")) == []
    assert disagreements(ADVANCE.format("stormed")) == []
