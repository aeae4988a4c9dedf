"""The blocks of a report: its lines sorted, the dateline cut off, comments with their authors."""

from __future__ import annotations

import bisect
import itertools

import msgspec

from according.records import Block, BlockKind, Report
from according.segment.context import add_context
from according.segment.datelines import dateline_end
from according.segment.lines import Line, chattiness, is_handle, read_lines
from according.segment.patterns import GLUED_WORD
from according.segment.sentences import split_sentences
from according.segment.sort import sort_lines
from according.segment.threads import attach_authors
from according.vocabulary.furniture import Furniture, load_furniture

_OPENING_LINES = 2
_HEADLINE_WORDS = 25
_LEAST_CHATTINESS = 2
_CHATTINESS_A_LINE = 0.4
_HANDLE_CHATTINESS = 0.7


def find_blocks(report: Report) -> tuple[Block, ...]:
    """The blocks of a report, in order and never overlapping; what ingest knows from markup is kept."""
    furniture = load_furniture()
    lines = read_lines(report.text, furniture, english=report.language in (None, "en"))
    if not lines:
        return ()
    add_context(lines, report.title)
    given = _given_blocks(report, lines)
    kinds: dict[int, BlockKind] = {index: report.blocks[position].kind for index, position in given.items()}
    states = ["body_body"] if len(lines) == 1 else _states(lines, furniture, kinds)
    blocks = [
        Block(kind=kinds.get(index, furniture.states[state].kind), start=line.start, end=line.end)
        for index, (line, state) in enumerate(zip(lines, states, strict=True))
    ]
    if "comment" in kinds.values():
        blocks = _keep_threads(report, blocks, given)
    else:
        blocks = attach_authors(report.text, blocks, states)
    return _cut_opening(report.text, blocks)


def _states(lines: list[Line], furniture: Furniture, kinds: dict[int, BlockKind]) -> list[str]:
    """The state of each line; comments that nothing announces must sound like comments, or there are none."""
    states = sort_lines(lines, furniture, kinds)
    if "comment" in kinds.values() or "comments_opens" in states:
        return states
    words = [line for line, state in zip(lines, states, strict=True) if state == "comments_words"]
    handles = [line for line, state in zip(lines, states, strict=True) if state == "comments_name" and is_handle(line)]
    if words and sum(map(chattiness, words)) + len(handles) * _HANDLE_CHATTINESS < max(
        _LEAST_CHATTINESS, len(words) * _CHATTINESS_A_LINE
    ):
        return sort_lines(lines, furniture, kinds, without="comments_")
    return states


def _given_blocks(report: Report, lines: list[Line]) -> dict[int, int]:
    """By the index of a line, the index of the block that ingest read from markup for it."""
    starts = [block.start for block in report.blocks]
    given: dict[int, int] = {}
    for index, line in enumerate(lines):
        position = bisect.bisect_right(starts, line.start) - 1
        if position >= 0 and report.blocks[position].end >= line.end:
            given[index] = position
    return given


def _keep_threads(report: Report, blocks: list[Block], given: dict[int, int]) -> list[Block]:
    """Give the comments that markup marked their authors and parents, by the index of their line."""
    line_of = {position: index for index, position in reversed(given.items())}
    kept = list(blocks)
    for index, position in given.items():
        marked = report.blocks[position]
        if marked.kind == "comment":
            parent = None if marked.parent is None else line_of.get(marked.parent)
            kept[index] = msgspec.structs.replace(kept[index], author=marked.author, parent=parent)
    return kept


def _cut_opening(text: str, blocks: list[Block]) -> tuple[Block, ...]:
    """Cut datelines and glued interface words off the lines that open the body; parents keep their meaning."""
    openings = [index for index, block in enumerate(blocks) if block.kind == "body"][:_OPENING_LINES]
    parts = [_opening_parts(text, block) if index in openings else [block] for index, block in enumerate(blocks)]
    starts = list(itertools.accumulate((len(part) for part in parts), initial=0))
    return tuple(
        block if block.parent is None else msgspec.structs.replace(block, parent=starts[block.parent])
        for block in itertools.chain.from_iterable(parts)
    )


def _opening_parts(text: str, block: Block) -> list[Block]:
    """The headline, the dateline or the glued word that a body line may open with, and the rest of it."""
    start, end = block.start, block.end
    parts: list[Block] = []
    if glued := GLUED_WORD.match(text, start, end):
        parts.append(Block(kind="furniture", start=start, end=glued.end()))
        start = glued.end()
    dateline = dateline_end(text, start, end)
    if dateline is None and (headline := _inline_headline(text, start, end)):
        parts.append(Block(kind="headline", start=start, end=headline[0]))
        start = headline[1]
        dateline = dateline_end(text, start, end, headed=True)
    if dateline is not None:
        parts.append(Block(kind="dateline", start=start, end=_trim(text, start, dateline)))
        start = dateline
    return [*parts, msgspec.structs.replace(block, start=start)]


def _inline_headline(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The end of a first sentence that a dateline follows, and where that starts: such a sentence is the headline."""
    sentences = split_sentences(text, start, min(end, start + 600))
    if len(sentences) < 2 or len(text[start : sentences[0][1]].split()) > _HEADLINE_WORDS:
        return None
    following = sentences[1][0]
    return (sentences[0][1], following) if dateline_end(text, following, end, headed=True) else None


def _trim(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())
