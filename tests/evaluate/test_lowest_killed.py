"""The lowest number of dead in a report, from its words to the tallies of its main incident."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from according.evaluate.clusters import lowest_killed, main_incident
from according.issues import Issues
from according.pipeline import read_report
from according.records import Report, report_id
from according.vocabulary import load_vocabulary

CASES: list[tuple[str, int]] = yaml.safe_load(Path(__file__).with_name("cases_lowest_killed.yaml").read_text("utf-8"))
VOCABULARY = load_vocabulary()


@pytest.mark.parametrize(("text", "lowest"), CASES)
def test_lowest_killed(text: str, lowest: int) -> None:
    report = Report(id=report_id("x", text), input_id="x", text=text, published="2021-05-06", language="en")
    assert lowest_killed(main_incident(read_report(report, VOCABULARY, Issues()))) == lowest
