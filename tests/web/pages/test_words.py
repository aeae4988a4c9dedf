"""Every value that a record may have in a field has a word for people on the pages."""

from __future__ import annotations

from typing import Any, get_args
from urllib.parse import unquote, urlsplit

import msgspec
import pytest

from according import records
from according.maps.kinds import kind_of
from according.vocabulary import load_vocabulary
from according.web.pages import words


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("realis", records.Realis),
        ("hedges", records.Hedge),
        ("voices", records.VoiceClass),
        ("blocks", records.BlockKind),
        ("grades", records.Grade),
        ("statuses", records.AttributionStatus),
        ("states", records.SpellState),
        ("ties", records.TieKind),
    ],
)
def test_the_words_are_those_of_the_records_and_no_others(field: str, values: Any) -> None:
    assert set(getattr(words.load_words(), field)) == set(get_args(values))


def test_every_predicate_of_the_vocabulary_is_named() -> None:
    for name in load_vocabulary().predicates:
        kind = kind_of(name)
        assert name in words.load_words().predicates or (kind and name in kind.predicates), name


def test_a_place_and_an_actor_have_pages_and_what_was_only_said_has_one_too() -> None:
    assert words.address("place:geonames/87205") == "/place/geonames/87205"
    assert words.address("actor:LY/lna") == "/actor/LY/lna"
    assert words.address("said:hadrut") == "/place/said:hadrut"
    assert words.address("elsewhere") is None
    for name in ("place:geonames/87205", "said:hadrut", "said:what? a #place/of 100%"):
        path = urlsplit(str(words.address(name))).path
        assert words.referent("place", unquote(path).removeprefix("/place/")) == name


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (17, 17, "17"),
        (31, None, "31 or more"),
        (None, 12, "up to 12"),
        (12, 1500, "12–1,500"),
        (None, None, "number not told"),
        (0, 0, "0"),
    ],
)
def test_bounds_claim_no_more_than_they_are(low: int | None, high: int | None, said: str) -> None:
    assert words.bounds(low, high) == said


@pytest.mark.parametrize(
    ("denied_by", "said"),
    [(("the guards",), "the guards denied it"), (("the army",), "said not to be: the guards")],
)
def test_what_others_deny_of_an_actor_is_not_told_as_its_own_denial(denied_by: tuple[str, ...], said: str) -> None:
    one = records.Attribution(None, "the guards", denied_by=denied_by, status="denied")
    assert words.blamed(one) == said


def test_a_report_that_names_no_outlet_goes_by_its_headline() -> None:
    headline = records.Block("headline", 0, 12)
    report = records.Report("r", "Shells fall.", blocks=(headline,))
    assert words.source(report) == "Shells fall."
    assert words.source(msgspec.structs.replace(report, source="The Wire")) == "The Wire"
