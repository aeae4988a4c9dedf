from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from according.export.reading import to_json
from according.export.reading_back import from_json
from according.ingest import IngestOptions
from according.pipeline import link_readings
from according.records import Incident, Reading
from according.scale.pool import read_inputs_in_order
from according.settings import load_settings

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    return list(read_inputs_in_order([str(EXAMPLES)], IngestOptions(), load_settings()))


def test_reading_back_and_writing_again_changes_nothing(readings: list[Reading]) -> None:
    for reading in readings:
        written = to_json(reading, with_text=True)
        assert to_json(from_json(written), with_text=True) == written


def test_the_text_is_given_only_when_asked_for(readings: list[Reading]) -> None:
    assert "text" not in to_json(readings[0])["report"]
    assert to_json(readings[0], with_text=True)["report"]["text"] == readings[0].report.text


def test_what_is_read_back_is_linked_as_what_was_read(readings: list[Reading]) -> None:
    back = [from_json(to_json(reading, with_text=True)) for reading in readings]
    first, second = link_readings(readings), link_readings(back)
    assert [told(one) for one in first.incidents] == [told(one) for one in second.incidents]
    assert (first.spells, first.ties) == (second.spells, second.ties)


def told(incident: Incident) -> Incident:
    """An incident without what only explains how its place was found."""
    place = incident.place and msgspec.structs.replace(
        incident.place,
        claim="", candidates=(), method="", score=1.0,
        place=incident.place.place and msgspec.structs.replace(incident.place.place, source=""),
    )  # fmt: skip
    return msgspec.structs.replace(incident, place=place)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("claims", 0, "evidence", "start"), "4"),
        (("claims", 0, "time", "earliest"), "2019-02-30"),
        (("claims", 0, "realis"), {}),
        (("claims", 0, "id"), ["a"]),
        (("claims", 0, "quantity", "low"), 10**30),
        (("incidents", 0, "claims"), []),
        (("incidents", 0, "claims"), ["another"]),
    ],
)
def test_a_value_of_another_kind_is_refused(
    readings: list[Reading], path: tuple[str | int, ...], value: object
) -> None:
    reading = next(
        one for one in map(to_json, readings) if one["incidents"] and (one["claims"][0]["time"] or {}).get("earliest")
    )
    reading["claims"][0]["quantity"] = {"start": 0, "end": 1, "text": "4", "low": 4, "high": 4, "rule": "exact"}
    *way, last = path
    inner = reading
    for key in way:
        inner = inner[key]  # type: ignore[index]
    inner[last] = value  # type: ignore[index]
    with pytest.raises((ValueError, TypeError, OverflowError)):
        from_json(reading)
