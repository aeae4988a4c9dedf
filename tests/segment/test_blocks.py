from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from according.ingest import ingest_html, ingest_text
from according.issues import Issues
from according.records import Block, Report
from according.segment import segment
from according.vocabulary import Vocabulary

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases_blocks.yaml").read_text(encoding="utf-8"))


def blocks_of(text: str, title: str | None = None) -> tuple[Report, list[Block]]:
    report, _ = segment(ingest_text(text, title=title), Vocabulary(), Issues())
    return report, list(report.blocks)


def joined(case: dict[str, Any]) -> str:
    """The lines as a page has them; a dateline and a glued word stand on the line of what follows."""
    text = ""
    for kind, line in case["lines"]:
        separator = " " if kind == "dateline" or case.get("glued") else "" if line == "Update" else "\n\n"
        text += line + separator
    return text


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_lines_become_the_blocks_they_are(case: dict[str, Any]) -> None:
    report, blocks = blocks_of(joined(case))
    found = [
        (block.kind + (f"@{block.author}" if block.author else ""), report.text[block.start : block.end])
        for block in blocks
    ]
    assert found == [tuple(line) for line in case["lines"]]


def test_a_stated_title_marks_the_headline() -> None:
    _, blocks = blocks_of("Clashes.\n\nTwo men were killed in clashes on Monday, police said.", title="Clashes")
    assert [block.kind for block in blocks] == ["headline", "body"]


def test_furniture_and_names_give_no_passages() -> None:
    case = next(case for case in CASES if "form words" in case["name"])
    report, passages = segment(ingest_text(joined(case)), Vocabulary(), Issues())
    said = [passage.span.text for passage in passages]
    assert "Old Sailor" not in said
    assert not any("full-size" in text or "View all" in text for text in said)
    assert {passage.author for passage in passages if passage.block == "comment"} == {"Old Sailor", "brigade77"}
    assert all(passage.report == report.id for passage in passages)


def test_an_answer_names_the_comment_it_answers() -> None:
    text = (
        "Bridge retaken\n\nThe army retook the bridge on Tuesday, it said.\n\nComments (2)\n\nTom K.\n\nAt last!\n\n"
        "lizzie_b\n\n@Tom K. They had no air cover, you know."
    )
    report, blocks = blocks_of(text)
    answer = blocks[-1]
    assert answer.author == "lizzie_b"
    assert answer.parent is not None
    assert report.text[blocks[answer.parent].start : blocks[answer.parent].end] == "Tom K."


def test_a_report_in_another_language_is_an_issue_and_is_not_read() -> None:
    issues = Issues()
    text = (
        "Les forces armées ont repris la ville mardi soir, selon des sources militaires et des habitants de la région."
    )
    report, passages = segment(ingest_text(text), Vocabulary(), issues)
    assert report.language == "fr"
    assert passages == []
    assert [issue.code for issue in issues.records] == ["other_language"]


def test_what_markup_marked_is_kept_and_the_rest_is_sorted() -> None:
    html = (
        "<html><body><article><h1>Bridge retaken</h1><p>By Halima Nour</p><p>TAL NASRI (AFP) - The army retook the "
        "bridge on Tuesday, a spokesman said, after a week of fighting for the two halves of the town.</p></article>"
        '<ol class="commentlist"><li class="comment"><cite class="fn">Ann</cite><div class="comment-content"><p>The '
        'army said nothing.</p></div><ol class="children"><li class="comment"><cite class="fn">Ben</cite>'
        '<div class="comment-content"><p>It did.</p></div></li></ol></li></ol></body></html>'
    )
    report, _ = segment(ingest_html(html), Vocabulary(), Issues())
    kinds = [block.kind for block in report.blocks]
    assert kinds == ["headline", "byline", "dateline", "body", "comment", "comment", "comment", "comment"]
    assert [block.author for block in report.blocks[4:]] == ["Ann", "Ann", "Ben", "Ben"]
    assert [block.parent for block in report.blocks[4:]] == [None, None, 4, 4]


def test_a_paragraph_in_another_language_is_kept_said_and_not_read() -> None:
    case = next(case for case in CASES if "other languages are of the report" in case["name"])
    issues = Issues()
    report, passages = segment(ingest_text(joined(case)), Vocabulary(), issues)
    assert all(passage.span.text.isascii() for passage in passages)
    assert not issues.failed
    unread = [report.text[issue.start : issue.end] for issue in issues.records]
    assert [words for kind, words in case["lines"] if kind == "body" and not words.isascii()] == unread
    assert {issue.code for issue in issues.records} == {"other_language_paragraph"}
