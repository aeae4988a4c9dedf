"""Cut a report into blocks and passages; say who speaks in a quotation longer than a sentence."""

from __future__ import annotations

import re

import msgspec

from according.issues import Issues
from according.records import Block, Passage, Report, Span
from according.segment.sentences import split_sentences
from according.vocabulary import Vocabulary

_LINE = re.compile(r"[^\n]*\S[^\n]*")
_READ_KINDS = frozenset(("headline", "body", "caption", "comment"))


def segment(report: Report, vocabulary: Vocabulary, issues: Issues) -> tuple[Report, list[Passage]]:
    """Give a report its blocks, and return the passages of those that are read for claims."""
    blocks = report.blocks or tuple(
        Block(kind="body", start=match.start(), end=match.end()) for match in _LINE.finditer(report.text)
    )
    report = msgspec.structs.replace(report, blocks=blocks)
    return report, _passages(report)


def _passages(report: Report) -> list[Passage]:
    passages: list[Passage] = []
    for block_index, block in enumerate(report.blocks):
        if block.kind not in _READ_KINDS:
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
