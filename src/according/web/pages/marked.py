"""The text of a report with what was read from it marked, or where only quotes may be shown, the quotes alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from according.records import Block, Reading, Report
from according.web.pages.claims import Shown

SHOWN_KINDS = frozenset({"headline", "byline", "dateline", "body", "caption"})


class Piece(msgspec.Struct, frozen=True):
    """A stretch of text that the same claims rest on; none for text that was read without finding anything."""

    text: str
    claims: tuple[Shown, ...] = ()

    @property
    def against(self) -> bool:
        """Whether all that was read from it is a denial."""
        return bool(self.claims) and all(claim.against for claim in self.claims)


class Paragraph(msgspec.Struct, frozen=True):
    """A block of a report: where it starts, its pieces, the claims whose quote begins in it; why it was not read."""

    kind: str
    start: int
    pieces: tuple[Piece, ...]
    claims: tuple[Shown, ...]
    author: str | None = None
    unread: str = ""


def paragraphs(reading: Reading, claims: Sequence[Shown]) -> list[Paragraph]:
    """The whole text but for page furniture and readers' comments, block by block."""
    report = reading.report
    unread = {issue.start: issue.message for issue in reading.issues if issue.code == "other_language_paragraph"}
    blocks = report.blocks or (Block(kind="body", start=0, end=len(report.text)),)
    return [
        msgspec.structs.replace(_paragraph(report.text, block, claims), unread=unread.get(block.start, ""))
        for block in blocks
        if block.kind in SHOWN_KINDS and report.text[block.start : block.end].strip()
    ]


def quotes(report: Report, claims: Sequence[Shown]) -> list[Paragraph]:
    """The sentences that claims rest on, those that overlap as one, and nothing between them."""
    return [
        _paragraph(report.text, Block(kind="body", start=start, end=end), claims)
        for start, end in _joined((claim.start, claim.end) for claim in claims if not claim.comment)
    ]


def _joined(stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start = end = -1
    for first, last in sorted(stretches):
        if first >= end:
            if end > start:
                yield start, end
            start, end = first, last
        else:
            end = max(end, last)
    if end > start:
        yield start, end


def _paragraph(text: str, block: Block, claims: Sequence[Shown]) -> Paragraph:
    here = [claim for claim in claims if claim.start < block.end and block.start < claim.end]
    cuts = {block.start, block.end}
    for claim in here:
        cuts |= {max(claim.start, block.start), min(claim.end, block.end)}
    edges = sorted(cuts)
    pieces = tuple(
        Piece(text[start:end], tuple(claim for claim in here if claim.start <= start and end <= claim.end))
        for start, end in pairwise(edges)
    )
    begun = tuple(claim for claim in here if block.start <= claim.start)
    return Paragraph(block.kind, block.start, pieces, begun, block.author)
