"""A text without the first word of any phrase of a list has none of them."""

from __future__ import annotations

from according.vocabulary.sourcing import find, load_sourcing
from according.vocabulary.written import openers, written


def test_every_phrase_of_every_list_is_found_in_a_text_that_has_it() -> None:
    for which in load_sourcing().__struct_fields__:
        for phrase in getattr(load_sourcing(), which):
            told = f"Yesterday ({phrase.upper()}) it was."
            assert not openers([phrase]).isdisjoint(written(told))
            assert find(told, which) is not None, (which, phrase)


def test_a_word_inside_another_is_no_word_of_the_text() -> None:
    assert openers(["so-called army", "Re-entered"]) == {"so", "re"}
    assert written("Un-named O’Neill, ex-army.") == {"un", "named", "o", "neill", "ex", "army"}
    assert openers(["arm"]).isdisjoint(written("Unarmed"))
