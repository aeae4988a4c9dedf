"""Anchors: found where they are, honest about what moved, was reworded or is gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from according.errors import UsageError
from according.store.people.discussion_anchors import Anchor, cut_anchor, find_anchor, quoted

TEXT = (
    "Shells fell on the harbour of Saltmarsh before dawn. Residents said at least nine people were killed near the "
    "grain silos.\n\nThe harbour master said two ships were hit. The army denied firing on the town."
)


def anchored(words: str, text: str = TEXT) -> Anchor:
    start = text.index(words)
    return cut_anchor(text, start, start + len(words))


def test_words_are_found_where_they_were_selected() -> None:
    found = find_anchor(TEXT, anchored("two ships were hit"))
    assert (found.state, TEXT[found.start : found.end]) == ("here", "two ships were hit")


def test_words_that_stand_elsewhere_now_have_moved() -> None:
    later = "Correction: an earlier version named another town.\n\n" + TEXT
    found = find_anchor(later, anchored("at least nine people"))
    assert (found.state, later[found.start : found.end]) == ("moved", "at least nine people")


def test_of_several_places_the_one_with_the_same_surroundings_is_meant() -> None:
    second = TEXT.rindex("harbour")
    later = "In short. " + TEXT
    found = find_anchor(later, cut_anchor(TEXT, second, second + 7))
    assert (found.state, found.start) == ("moved", later.rindex("harbour"))


def test_a_corrected_number_is_reworded_not_lost() -> None:
    later = TEXT.replace("nine people were killed", "eleven people were killed")
    found = find_anchor(later, anchored("at least nine people were killed"))
    assert (found.state, later[found.start : found.end]) == ("reworded", "at least eleven people were killed")
    assert 0 < found.likeness < 100


@pytest.mark.parametrize("words", ["two ships were hit", "the town", "grain silos"])
def test_words_that_are_gone_are_orphaned_even_when_others_are_like_them(words: str) -> None:
    later = "The council met on Friday. Its members spoke of two shops that were shut, of the town and of grain prices."
    assert find_anchor(later, anchored(words)).state == "orphaned"


def test_a_quote_may_differ_in_white_space_and_is_told_apart_by_its_surroundings() -> None:
    assert quoted(TEXT, "grain\n silos.   The  harbour").exact == "grain silos.\n\nThe harbour"
    assert quoted(TEXT, "harbour", prefix="silos. The ").start == TEXT.rindex("harbour")
    assert quoted(TEXT, "harbour", suffix=" of Saltmarsh").start == TEXT.index("harbour")


@pytest.mark.parametrize(
    ("words", "said"), [("three ships", "not in the report"), ("  ", "select the words"), ("x" * 601, "at most 600")]
)
def test_a_quote_that_is_none_is_refused(words: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        quoted(TEXT, words)


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 80), st.text(max_size=60))
def test_putting_text_before_never_loses_or_misplaces_a_passage(start: int, length: int, before: str) -> None:
    end = min(len(TEXT), start + length)
    later = before + TEXT
    found = find_anchor(later, cut_anchor(TEXT, start, end))
    assert found.state in ("here", "moved")
    assert later[found.start : found.end] == TEXT[start:end]
