"""Whom and what a reading names: what a registry knows by its referent, what none knows by its words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest

from according.infer.control_parties import said
from according.records import Claim, Reading, Report, Resolution, Span, Spell, with_id
from according.store import Ledger
from according.store.named import claims_about, references

TEXT = "Rebels took the hamlet of Ainmara."


def reading(name: str | None, place: str) -> Reading:
    start = TEXT.index(place)
    span = Span(start, start + len(place), place)
    claim = with_id(Claim(id="", report="r", evidence=Span(0, len(TEXT), TEXT), predicate="take", place=span))
    found = Resolution(claim=claim.id, role="place", referent=None, basis="stated", name=name)
    return Reading(report=Report(id="r", text=TEXT), claims=(claim,), resolutions=(found,))


def test_a_place_no_registry_knows_is_found_by_its_name_and_under_the_key_of_its_spells() -> None:
    one = reading("Ainmara", "the hamlet of Ainmara")
    found = references(one)
    assert {("place", said("the hamlet of Ainmara").key, "Ainmara"), ("place", "said:ainmara", "Ainmara")} <= found
    assert claims_about(one, "place", {"said:ainmara"}) == {one.claims[0].id}
    assert claims_about(one, "actor", {"said:ainmara"}) == set()


def test_words_that_name_nothing_are_no_name() -> None:
    assert references(reading(None, "hamlet")) == set()


def test_a_spell_is_found_by_the_name_it_shows() -> None:
    spell = Spell(
        place="said:north ainmara", place_name="North Ainmara", holder=None, holder_name="Rebels", state="held",
        start=None, end=None, ongoing=True, claims_for=("x",),
    )  # fmt: skip
    one = msgspec.structs.replace(reading(None, "hamlet"), spells=(spell,))
    assert references(one) == {("place", "said:north ainmara", "North Ainmara")}


def test_what_an_earlier_version_kept_is_noted_anew_when_the_ledger_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with Ledger(path) as ledger:
        ledger.add(reading("Ainmara", "Ainmara"), "rules/1")
    with sqlite3.connect(path) as earlier:
        earlier.execute("DELETE FROM reference")
        earlier.execute("DROP TABLE unreferred")
        earlier.execute("DELETE FROM migration WHERE name = '0007_said'")
    earlier.close()
    with Ledger(path) as ledger:
        assert ledger.referents("place", "AINMARA") == {"said:ainmara": "Ainmara"}
        assert ledger.names("place") == ["Ainmara"]


@pytest.mark.parametrize("kind", ["place", "actor"])
def test_nobody_is_named_in_a_report_of_nothing(kind: str) -> None:
    assert claims_about(Reading(report=Report(id="r", text="")), kind, {"said:x"}) == set()  # type: ignore[arg-type]
