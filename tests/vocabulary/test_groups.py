"""Kinds of people beside a number."""

from __future__ import annotations

import pytest

from according.vocabulary.groups import load_groups


@pytest.mark.parametrize(
    ("group", "low", "high", "called"),
    [
        ("civilians", 1, 1, "civilian"),
        ("civilians", 1, None, "civilians"),
        ("children", 1, 1, "child"),
        ("people", 0, 0, "people"),
        ("aid_workers", 2, 3, "aid workers"),
    ],
)
def test_a_group_beside_a_number(group: str, low: int, high: int | None, called: str) -> None:
    assert load_groups().called(group, low, high) == called
