"""What keeps a claim's id and what changes it."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from according.records import Claim, Quantity, Span, Voice, claim_id, with_id

TEXT = "Medics said on Friday that at least nine people were killed in most of the town of Ayr by the militia."


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span.cut(TEXT, start, start + len(words))


CLAIM = Claim(
    id="",
    report="r1",
    evidence=Span.cut(TEXT, 0, len(TEXT)),
    predicate="kill",
    voices=(Voice(voice_class="medical", span=_span("Medics")),),
    subject=_span("the militia"),
    object=_span("people"),
    group="people",
    place=_span("Ayr"),
    time=_span("on Friday"),
    quantity=Quantity(span=_span("at least nine"), low=9, high=None, rule="at_least"),
    extent=_span("most of"),
    cues=(_span("killed"),),
    method="rules/1",
    confidence=0.9,
)

KEEPS: list[dict[str, Any]] = [
    {"method": "rules/2"},
    {"confidence": 0.1},
    {"hedge": "reported"},
    {"cues": ()},
    {"group": "civilians"},
    {"part_of": "another"},
    {"event": "another"},
    {"block": "caption"},
    {"id": "whatever it was before"},
    {"voices": (Voice(voice_class="witness", span=_span("Medics")),)},
    {"quantity": Quantity(span=_span("at least nine"), low=9, high=None, rule="named otherwise")},
]

CHANGES: list[dict[str, Any]] = [
    {"report": "r2"},
    {"evidence": _span("at least nine people were killed")},
    {"predicate": "injure"},
    {"polarity": "denied"},
    {"realis": "planned"},
    {"voices": ()},
    {"voices": (Voice(voice_class="medical", span=_span("the militia")),)},
    {"subject": None},
    {"object": _span("nine people")},
    {"place": _span("the town of Ayr")},
    {"time": None},
    {"extent": None},
    {"quantity": None},
    {"quantity": Quantity(span=_span("at least nine"), low=9, high=9, rule="at_least")},
    {"quantity": Quantity(span=_span("nine"), low=9, high=None, rule="at_least")},
]


@pytest.mark.parametrize("change", KEEPS, ids=lambda c: next(iter(c)))
def test_how_it_was_read_keeps_the_id(change: dict[str, Any]) -> None:
    assert claim_id(replace(CLAIM, **change)) == claim_id(CLAIM)


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: next(iter(c)))
def test_what_is_said_changes_the_id(change: dict[str, Any]) -> None:
    assert claim_id(replace(CLAIM, **change)) != claim_id(CLAIM)


def test_the_same_words_in_another_place_are_another_claim() -> None:
    moved = Span(CLAIM.evidence.start + 1, CLAIM.evidence.end + 1, CLAIM.evidence.text)
    assert claim_id(replace(CLAIM, evidence=moved)) != claim_id(CLAIM)


def test_voices_count_in_their_order() -> None:
    pair = (
        Voice(voice_class="medical", span=_span("Medics")),
        Voice(voice_class="military", span=_span("the militia")),
    )
    assert claim_id(replace(CLAIM, voices=pair)) != claim_id(replace(CLAIM, voices=pair[::-1]))


def test_subject_and_object_are_not_exchangeable() -> None:
    swapped = replace(CLAIM, subject=CLAIM.object, object=CLAIM.subject)
    assert claim_id(swapped) != claim_id(CLAIM)


def test_an_id_is_stable_across_versions_of_the_program() -> None:
    """The value is part of what is published: ledgers and addresses of pages hold it."""
    assert with_id(CLAIM).id == "76018dc3fbbf6f454444"


def test_giving_an_id_twice_changes_nothing() -> None:
    assert with_id(with_id(CLAIM)) == with_id(CLAIM)
