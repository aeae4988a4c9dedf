"""Passages to parses: what is left out, what is re-cased, and offsets that always hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.extract.reading import VOCABULARY, read, report_of

from according.extract.casing import recase
from according.extract.headlines import blank_attributions, headline_voice
from according.extract.parse import parse
from according.vocabulary.names import NameMention


def test_furniture_is_never_read() -> None:
    assert parse(*report_of("Rebels attacked Osk.", block="furniture"), VOCABULARY) == []


def test_what_is_far_from_any_conflict_is_not_parsed() -> None:
    idle = [
        "The bakery opened a second shop.",
        "Its bread is said to be good.",
        "Prices are fair.",
        "The owner is pleased.",
    ]
    texts = [*idle, "Rebels attacked Osk.", "It lasted an hour."]
    assert [s.text for s in read(*texts)] == texts[1:]
    assert read(*idle) == []


def test_spans_cut_the_report() -> None:
    report, passages = report_of("It rained.", "Shelling hit Osk, and Valmeria denied it.")
    sentence = parse(report, passages, VOCABULARY)[1]
    (place,), (actor,) = sentence.places, sentence.actors
    for span in (sentence.span_of(sentence.doc[0:2]), sentence.span(0, 8), sentence.passage.span, place, actor):
        assert report.text[span.start : span.end] == span.text
    assert [t.text for t in sentence.tokens_in(place)] == ["Osk"]
    assert sentence.place_at(sentence.tokens_in(place)[0]) == place
    assert sentence.actor_at(sentence.doc[0]) is None


RECASED = [
    ("Army Storms Rebel-Held City Of Osk", "army storms rebel-held city of Osk"),
    ("REBELS SEIZE TOWN OF OSK ON MONDAY", "rebels seize town of Osk on Monday"),
    ("rebels attacked osk on monday.", "rebels attacked Osk on Monday."),
    ("FVA Fighters Attack UN Base In Osk", "FVA fighters attack UN base in Osk"),
    ("Rebels attacked Osk on Monday.", "Rebels attacked Osk on Monday."),
    ("Osk falls", "Osk falls"),
]


@pytest.mark.parametrize(("text", "expected"), RECASED)
def test_headlines_become_prose_but_for_names(text: str, expected: str) -> None:
    start = text.lower().index("osk")
    name = NameMention(start, start + 3, text[start : start + 3], ("place:osk",))
    assert recase(text, [name], 0) == expected


@given(st.text(max_size=80))
@settings(max_examples=60, deadline=None)
def test_recasing_and_blanking_never_move_a_character(text: str) -> None:
    changed = blank_attributions(recase(text, [], 0), "headline")
    assert len(changed) == len(text)
    assert all(new == " " or new.lower() == old.lower() for new, old in zip(changed, text, strict=True))


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Monitor: army strike kills dozens", "Monitor"),
        ("Strike kills five in Osk – officials", "officials"),
        ("Army bombed market, residents say", "residents"),
        ("Osk: army strike kills dozens", None),
        ("Army strike kills dozens", None),
    ],
)
def test_headlines_name_who_says_it(text: str, who: str | None) -> None:
    found = headline_voice(text, "headline")
    assert (text[slice(*found)] if found else None) == who


def test_only_headlines_attribute_like_that() -> None:
    assert headline_voice("The monitor: a ship of the line", "body") is None


def test_an_empty_report_has_no_sentences() -> None:
    assert read() == []
