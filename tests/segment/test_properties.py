from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from according.ingest import UnreadableError, ingest_text
from according.issues import Issues
from according.segment import segment
from according.vocabulary import Vocabulary

LINES = st.sampled_from(
    [
        "Troops hold bridge",
        "By Halima Nour",
        "4 May 2021",
        "ERBIL - Four people were killed, a mayor said.",
        "Notify of",
        "The army left. It said so on Monday!",
        "“We saw it,” he said. “It burned.",
        "READ MORE",
        "",
        "brigade77",
        "lol who cares??",
        "Photo: AFP",
        "1.",
        "…",
        "@x hi",
        "© 2020 Example. All rights reserved.",
        "Update\u00a0The army left.",
        "قتل عشرة",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=200), st.lists(LINES, max_size=12).map("\n\n".join), st.lists(LINES, max_size=9).map("\n".join)
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_spans_are_slices_in_order_without_overlap(text: str) -> None:
    try:
        report = ingest_text(text)
    except UnreadableError:
        return
    report, passages = segment(report, Vocabulary(), Issues())
    assert all(0 <= block.start < block.end <= len(report.text) for block in report.blocks)
    assert all(before.end <= after.start for before, after in itertools.pairwise(report.blocks))
    covered = "".join(report.text[block.start : block.end] for block in report.blocks)
    assert "".join(covered.split()) == "".join(report.text.split())
    for passage in passages:
        block = report.blocks[passage.block_index]
        assert report.text[passage.span.start : passage.span.end] == passage.span.text
        assert block.start <= passage.span.start < passage.span.end <= block.end
        assert passage.block == block.kind
    assert [passage.index for passage in passages] == list(range(len(passages)))
    assert all(before.span.end <= after.span.start for before, after in itertools.pairwise(passages))
    assert all(block.parent is None or block.parent < index for index, block in enumerate(report.blocks))
