"""Counts from our own phrases, and properties that hold for any."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from tests.extract.reading import cases

from according.extract.quantities import Count, read_counts
from according.vocabulary.quantities import load_count_words

TOKENIZER = spacy.blank("en").tokenizer


def words(text: str) -> list[str]:
    return [token.text for token in TOKENIZER(text)]


def shown(count: Count, said: list[str]) -> str:
    low, high = count.low, count.high
    bounds = (
        f"{low}+" if high is None else f"..{high}" if low is None else str(low) if low == high else f"{low}..{high}"
    )
    return f"{' '.join(said[count.first : count.last])} = {bounds} {count.rule}"


@pytest.mark.parametrize("case", [pytest.param(c, id=c["text"]) for c in cases("quantities")])
def test_counts(case: dict[str, Any]) -> None:
    said = words(case["text"])
    assert [shown(count, said) for count in read_counts(said)] == case["counts"]


@given(st.integers(2, 1899), st.sampled_from(sorted(load_count_words().rules_before.items())))
def test_a_bound_never_excludes_the_number_it_is_about(number: int, rule: tuple[tuple[str, ...], str]) -> None:
    """But for "more than" and "fewer than", which say that it is not that number."""
    phrase, name = rule
    (count,) = read_counts([*phrase, str(number), "people"])
    low, high = count.low or 0, count.high if count.high is not None else number
    assert (low <= number <= high) == (name not in ("more_than", "fewer_than"))


@given(
    st.lists(
        st.sampled_from(["at", "least", "two", "dozen", "of", "12", "no", "more", "than", "and", "-", "to", "people"])
    )
)
def test_counts_never_overlap_and_stay_in_order(said: list[str]) -> None:
    found = read_counts(said)
    assert all(a.last <= b.first for a, b in itertools.pairwise(found))
    assert all(0 <= c.first < c.last <= len(said) for c in found)
