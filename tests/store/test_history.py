"""What changed between runs: fields followed through merges, splits and new ids; former addresses kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from according.records import Spell, Tie
from according.store.history import History, Known, known_of


def incident(name: str, claims: str, **fields: str) -> Known:
    return Known(id=f"incident:{name}", kind="incident", name="a strike", fields=fields, claims=tuple(claims))


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "ledger.db")


def told(history: History, run: str, *now: Known) -> list[tuple[str, str, str | None, str | None]]:
    changes = history.record(run, f"2024-05-0{run[-1]}T00:00:00Z", 1, now)
    return [(one.id.removeprefix("incident:"), one.field, one.old, one.new) for one in changes]


def test_fields_are_followed_through_new_ids(history: History) -> None:
    assert told(history, "run-1", incident("a", "12", grade="weak")) == [("a", "incident", None, "a strike")]
    assert told(history, "run-2", incident("a", "12", grade="weak")) == []
    assert told(history, "run-3", incident("b", "123", grade="fair", place="Saltmarsh")) == [
        ("b", "id", "incident:a", "incident:b"),
        ("b", "grade", "weak", "fair"),
        ("b", "place", None, "Saltmarsh"),
    ]
    assert [run for run, _ in history.runs()] == ["run-1", "run-3"]
    assert history.former_claims("incident:a") == ("1", "2")


def test_the_greater_part_lives_on_when_incidents_merge_and_split(history: History) -> None:
    told(history, "run-1", incident("a", "1"), incident("b", "23"))
    assert told(history, "run-2", incident("c", "123")) == [
        ("a", "merged into", "incident:a", "incident:c"),
        ("c", "id", "incident:b", "incident:c"),
    ]
    assert told(history, "run-3", incident("a", "1"), incident("b", "23")) == [
        ("a", "incident", None, "a strike"),
        ("b", "id", "incident:c", "incident:b"),
    ]
    assert told(history, "run-4", incident("b", "23")) == [("a", "incident", "a strike", None)]


def test_the_feed_starts_after_a_run_or_at_a_day(history: History) -> None:
    for number, grade in enumerate(("weak", "fair", "confirmed"), start=1):
        told(history, f"run-{number}", incident("a", "1", grade=grade))
    assert [one.new for one in history.changes("run-1")] == ["fair", "confirmed"]
    assert [one.new for one in history.changes("2024-05-03")] == ["confirmed"]
    assert len(list(history.changes())) == 3
    assert list(history.changes("run-3")) == []


def test_spells_and_ties_change_with_their_place_and_actor(history: History) -> None:
    spell = Spell(
        place="place:x/1", place_name="Saltmarsh", holder="actor:a", holder_name="A", state="held", start="2012",
        end=None, ongoing=True, claims_for=("1",),
    )  # fmt: skip
    tie = Tie(source="actor:a", source_name="A", target="actor:b", target_name="B", kind="backs", claims_for=("1",))
    told(history, "run-1", *known_of([], [spell], []))
    ended = known_of([], [spell, spell], [tie])
    assert told(history, "run-2", *ended) == [
        ("place:x/1", "held by A", "2012 – ", "2012 – ; 2012 – "),
        ("actor:a", "actor", None, "A"),
    ]
