"""The words of charges: forms of their verbs, and lists that other lists rest on."""

from __future__ import annotations

import pytest

from according.vocabulary.charges import finite_forms, load_charges
from according.vocabulary.wording import load_wording


@pytest.mark.parametrize("form", ["denied", "Denies", "dismisses", "refuting", "accused"])
def test_verbs_are_found_in_every_finite_form(form: str) -> None:
    """A pronoun's antecedent hangs on them."""
    words = load_charges()
    assert finite_forms(words.refusing | words.accusing).fullmatch(form)


def test_whoever_refuses_or_accuses_speaks() -> None:
    """The lists of charges name only verbs that make a voice."""
    words, kinds = load_charges(), load_wording().speech_kind
    assert {kinds.get(verb) for verb in words.refusing} == {"deny"}
    assert {kinds.get(verb) for verb in words.accusing} == {"accuse"}
