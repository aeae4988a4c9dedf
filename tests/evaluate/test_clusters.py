"""The clusters scorer: B³ and pairs against hand-worked cases, dates by their precision, a floor on the gold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from according.evaluate.clusters import b_cubed, date_right, main_incident, pairwise, place_right, score
from according.records import Claim, Incident, PlaceReading, Reading, Report, Resolution, Span, TimeReading
from according.vocabulary import load_vocabulary

GOLD = Path(__file__).parents[2].parent / "shared" / "gold" / "reports" / "clusters.jsonl"
TRUTH = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2}


def test_a_perfect_clustering_scores_one() -> None:
    assert b_cubed(TRUTH, TRUTH)["b3_f1"] == pairwise(TRUTH, TRUTH)["pair_f1"] == 1.0


def test_b_cubed_by_hand() -> None:
    # {a b} {c d e} for {a b c} {d e}: precision (1 + 1 + 1/3 + 2/3 + 2/3) / 5, recall (2/3 + 2/3 + 1/3 + 1 + 1) / 5.
    measured = b_cubed(TRUTH, {"a": 1, "b": 1, "c": 2, "d": 2, "e": 2})
    assert measured["b3_precision"] == pytest.approx(11 / 15)
    assert measured["b3_recall"] == pytest.approx(11 / 15)
    assert measured["b3_f1"] == pytest.approx(11 / 15)


def test_pairs_by_hand() -> None:
    # Gold pairs ab ac bc de; found ab cd ce de: two hits of four each.
    assert pairwise(TRUTH, {"a": 1, "b": 1, "c": 2, "d": 2, "e": 2})["pair_f1"] == pytest.approx(0.5)


def test_all_apart_costs_recall_alone() -> None:
    apart = b_cubed(TRUTH, {item: item for item in TRUTH})
    assert apart["b3_precision"] == 1.0
    assert apart["b3_recall"] == pytest.approx(2 / 5)


@pytest.mark.parametrize(
    ("gold", "earliest", "latest", "right"),
    [
        ("2019-05-03", "2019-05-03", "2019-05-03", True),
        ("2019-05-03", "2019-05-02", "2019-05-03", True),
        ("2019-05-03", "2019-05-01", "2019-05-31", False),
        ("2019-05-03", None, "2019-05-03", True),
        ("2019-05-03", None, "2019-05-04", False),
        ("2019-05", "2019-05-03", "2019-05-03", True),
        ("2019-05", "2019-04-30", "2019-05-01", False),
        ("2019-05-03", None, None, False),
    ],
)
def test_a_date_is_right_as_precisely_as_gold_has_it(
    gold: str,
    earliest: str | None,
    latest: str | None,
    right: bool,  # noqa: FBT001
) -> None:
    assert date_right(gold, TimeReading(earliest=earliest, latest=latest, partial=None, precision="day")) is right


def test_a_report_that_cannot_be_told_from_nothing_is_a_miss_and_no_crash(tmp_path: Path) -> None:
    facts = {"date": "2019-05-03", "place": "Karsun, Northland", "killed": {"min": 3}}
    item = {"id": "x#1", "incident_id": "x", "url": "u", "published": None, "text": "It rained.", "gold": facts}
    (tmp_path / "gold.jsonl").write_text(json.dumps(item) + "\n", encoding="utf-8")
    measures = score(tmp_path / "gold.jsonl").measures
    assert (measures["date"], measures["place"], measures["killed_low"]) == (0.0, 0.0, 0.0)


def _place(name: str, known: bool = False) -> Resolution:  # noqa: FBT001, FBT002
    place = PlaceReading(name=name, country=None, latitude=None, longitude=None, precision="town")
    referent = f"place:{name}" if known else None
    return Resolution(claim="c", role="place", referent=referent, basis="stated", name=name, place=place)


@pytest.mark.parametrize(
    ("gold", "said", "right"),
    [
        ("Qarzin", "Qarzin", True),
        ("Qarzin market, Northland", "Qarzin", True),
        ("Qarzin bus stop", "Qarzin", True),  # small words say what is there
        ("Qarzin bus stop and Barsa post", "Barsa", True),
        ("north of Qarzin", "Qarzin", False),  # and where it lies from there
        ("Qarzin", "Barsa", False),
    ],
)
def test_a_place_is_right_by_its_name_whatever_small_words_describe_it(gold: str, said: str, right: bool) -> None:  # noqa: FBT001
    assert place_right(gold, _place(said), load_vocabulary()) is right


def test_a_known_town_that_a_site_of_another_is_called_by_is_not_where_it_was() -> None:
    vocabulary = load_vocabulary()
    assert place_right("Homs, Aleppo gold market", _place("Homs", known=True), vocabulary)
    assert not place_right("Homs, Aleppo gold market", _place("Aleppo", known=True), vocabulary)


def test_a_report_is_about_what_its_title_and_its_lead_tell_though_it_tells_more_of_another() -> None:
    def claim(name: str, at: int) -> Claim:
        return Claim(id=name, report="r", evidence=Span(at, at + 40, "x" * 40), predicate="attack")

    told = {"main": (claim("a", 0), claim("b", 50)), "other": (claim("c", 0), claim("d", 120), claim("e", 170))}
    incidents = tuple(
        Incident(id=name, predicate="attack", reports=("r",), claims=tuple(one.id for one in claims))
        for name, claims in told.items()
    )
    claims = tuple(one for some in told.values() for one in some)
    found = main_incident(Reading(report=Report(id="r", text=""), claims=claims, resolutions=(), incidents=incidents))
    assert found is not None
    assert found.id == "main"


@pytest.mark.gold
def test_the_gold_is_linked_without_a_false_link() -> None:
    if not GOLD.exists():
        pytest.skip("the shared gold is not beside the repository")
    measures = score(GOLD).measures
    assert measures["b3_precision"] >= 0.95
    assert measures["b3_f1"] >= 0.88
    assert measures["date"] >= 0.8
