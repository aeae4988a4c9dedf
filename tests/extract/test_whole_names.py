"""Names with a prefix stay one word, and other hyphened words are cut as before."""

from __future__ import annotations

import pytest

from according.extract.parse import load_parser


@pytest.mark.parametrize(("text", "words"), [
    ("Anti-Balaka fighters left.", ["Anti-Balaka", "fighters", "left", "."]),
    ("The anti-Balaka left.", ["The", "anti-Balaka", "left", "."]),
    ("Rebel-held towns fell.", ["Rebel", "-", "held", "towns", "fell", "."]),
])  # fmt: skip
def test_tokens(text: str, words: list[str]) -> None:
    (doc,) = load_parser().parse([text])
    assert [token.text for token in doc] == words
