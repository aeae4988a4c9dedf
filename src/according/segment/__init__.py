"""Cut a report into blocks and passages; say who speaks in a quotation longer than a sentence."""

from __future__ import annotations

import msgspec

from according.issues import Issues
from according.records import Block, Passage, Report, Span
from according.segment.blocks import find_blocks
from according.segment.lines import is_foreign_prose
from according.segment.quotes import attach_speakers
from according.segment.sentences import split_sentences
from according.segment.threads import author_name
from according.vocabulary import Vocabulary
from according.vocabulary.furniture import load_furniture

_READ_KINDS = frozenset(("headline", "body", "caption", "comment"))


def segment(report: Report, vocabulary: Vocabulary, issues: Issues) -> tuple[Report, list[Passage]]:  # noqa: ARG001
    """Give a report its blocks, and return the passages of those that are read for claims.

    A report in another language than English gets its blocks and an issue, and no passages; so does a paragraph of it.
    """
    report = msgspec.structs.replace(report, blocks=find_blocks(report))
    if report.language not in (None, "en"):
        issues.error(
            "other_language", f"The report is not in English (it seems to be {report.language!r}) and was not read."
        )
        return report, []
    return report, attach_speakers(report, _passages(report, issues))


def _passages(report: Report, issues: Issues) -> list[Passage]:
    passages: list[Passage] = []
    furniture = load_furniture()
    for block_index, block in enumerate(report.blocks):
        if block.kind not in _READ_KINDS or _is_name(report.text, block):
            continue
        if block.kind == "body" and is_foreign_prose(report.text[block.start : block.end], furniture):
            where = Span.cut(report.text, block.start, block.end)
            issues.info("other_language_paragraph", "This paragraph is not in English and was not read.", where)
            continue
        for start, end in split_sentences(report.text, block.start, block.end):
            passages.append(
                Passage(
                    report=report.id,
                    index=len(passages),
                    span=Span.cut(report.text, start, end),
                    block=block.kind,
                    block_index=block_index,
                    author=block.author,
                )
            )
    return passages


def _is_name(text: str, block: Block) -> bool:
    """Whether a comment block is the line that names its author: nothing is said in it."""
    return block.author is not None and author_name(text[block.start : block.end]) == block.author
