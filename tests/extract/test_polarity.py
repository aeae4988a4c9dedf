"""Polarity: what is said not to be so, by whoever is behind a deed or not."""

from __future__ import annotations

import pytest
from tests.extract.reading import read

from according.extract.polarity import polarity_of


@pytest.mark.parametrize(
    ("text", "at", "polarity"),
    [
        ("The army was behind the attack on Osk.", "attack", "affirmed"),
        ("The army denied it was behind the attack on Osk.", "attack", "denied"),
        ("The army denied that it was responsible for the attack on Osk.", "attack", "denied"),
        ("The army denied being behind the attack on Osk.", "attack", "denied"),
        ("The army said it was not behind the attack on Osk.", "attack", "denied"),
        ("The army was not responsible for the attack on Osk.", "attack", "denied"),
        ("The army denied it was not behind the attack on Osk.", "attack", "affirmed"),
        ("The army denied killing civilians in the attack on Osk.", "attack", "affirmed"),
        ("No Orlesian or coalition strike occurred.", "strike", "denied"),
        ("An Orlesian or coalition strike hit Osk.", "strike", "affirmed"),
        ("No fewer than nine guards were killed in Osk.", "killed", "affirmed"),
        ("No guards were killed in Osk.", "killed", "denied"),
        ("There was no immediate claim of responsibility for the attack.", "responsibility", "denied"),
    ],
)
def test_what_is_said_not_to_be_so(text: str, at: str, polarity: str) -> None:
    (sentence,) = read(text)
    token = next(token for token in sentence.doc if token.text == at)
    assert polarity_of(token)[0] == polarity
