"""Linking day by day gives what linking everything at once gives."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from according.errors import BrokenAssumptionError
from according.link import link_incidents
from according.records import Incident, Judgement, Link, Reading
from according.scale.generate import coverage
from according.scale.incremental import Linker

READINGS = [made.reading for made in coverage(40, seed=5)]


def batch(readings: list[Reading], judgements: list[Link] | None = None) -> list[Incident]:
    return sorted(link_incidents(readings, judgements or []), key=lambda one: one.id)


@settings(max_examples=6, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 6))
def test_any_division_into_days_gives_the_result_of_one_batch(luck: Random, days: int) -> None:
    readings = READINGS[: luck.randint(2, len(READINGS))]
    luck.shuffle(readings)
    linker = Linker()
    for day in range(days):
        linker.add(readings[day::days])
    assert linker.incidents() == batch(readings)


def test_the_update_says_what_went_and_what_came() -> None:
    linker = Linker()
    known: dict[str, Incident] = {}
    for start in range(0, len(READINGS), 40):
        update = linker.add(READINGS[start : start + 40])
        assert all(known.pop(one.id) == one for one in update.gone)
        known |= {one.id: one for one in update.made}
        assert sorted(known) == [one.id for one in linker.incidents()]
    assert linker.add(READINGS[:10]).made == ()


def judged(one: str, other: str, judgement: Judgement) -> Link:
    left, right = sorted((one, other))
    return Link(left=left, right=right, relation="same_incident", judgement=judgement, score=1.0, by="ana", at="1")


def test_judgements_bind_across_days() -> None:
    found = batch(READINGS)
    profiles = [reading.incidents[0].id for reading in READINGS if reading.incidents]
    judgements = [judged(profiles[0], profiles[-1], "positive"), judged(profiles[0], profiles[1], "negative")]
    linker = Linker(judgements)
    linker.add(READINGS[:30])
    linker.add(READINGS[30:])
    assert linker.incidents() == batch(READINGS, judgements) != found


def test_a_day_later_goes_on_from_the_file(tmp_path: Path) -> None:
    first = Linker()
    first.add(READINGS[:70])
    first.save(tmp_path / "state")
    linker = Linker.load(tmp_path / "state")
    assert linker.incidents() == first.incidents()
    linker.add(READINGS[70:])
    assert linker.incidents() == batch(READINGS)
    (tmp_path / "state").write_bytes(b"something else")
    with pytest.raises(BrokenAssumptionError, match="no state"):
        Linker.load(tmp_path / "state")
