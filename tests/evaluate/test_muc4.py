"""The MUC-4 scorers, by cases worked by hand, and the rule-only reader on sentences of our own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from according.evaluate.muc4 import score, write_predictions
from according.evaluate.muc4_slots import credit, key_of, read_fills, score_slots
from according.evaluate.muc4_templates import (
    align,
    gold_templates,
    merge_entities,
    score_document,
    score_role_fillers,
    template_of,
    total,
)
from according.export.muc4_form import CONFIDENCE, NUMBER, ROLES, Fill, Response, Template, normalise

REBELS = ("rebels", "armed rebels")


def template(incident_type: str = "attack", **roles: Any) -> Template:
    return template_of({"incident_type": incident_type, **roles})


@pytest.mark.parametrize(
    ("mention", "plain"),
    [("The  Mayor's House", "mayors house"), ('a "car-bomb"', "carbomb"), ("An anthem", "anthem")],
)
def test_mentions_are_normalised(mention: str, plain: str) -> None:
    assert normalise(mention) == plain


def test_an_entity_is_right_when_all_its_mentions_are_in_one_gold_entity() -> None:
    gold = template(PerpInd=[[["armed rebels", 3], ["rebels", 9]], [["two boys", 40]]])
    both = template(PerpInd=[["rebels", "armed rebels"]])
    mixed = template(PerpInd=[["rebels", "two boys"]])
    assert total(score_document([both], [gold])).right == 2  # the type and the entity
    assert total(score_document([mixed], [gold])).right == 1


def test_hand_worked_document() -> None:
    """Two of three fillers predicted are right, of five in the gold: P 2/3, R 2/5, F1 1/2."""
    gold = [template("bombing", Target=[["bank"]], Weapon=[["bomb"]], Victim=[["ana ruiz"]]), template("arson")]
    predicted = [template("bombing", Target=[["bank"]], Weapon=[["dynamite"]])]
    whole = total(score_document(predicted, gold))
    assert (whole.right, whole.predicted, whole.found, whole.gold) == (2, 3, 2, 5)
    assert whole.f1 == pytest.approx(0.5)


def test_a_type_contained_in_the_gold_type_may_stand_for_it_and_no_other() -> None:
    gold = [template("bombing / attack", Victim=[["ana ruiz"]])]
    assert align([template("attack", Victim=[["ana ruiz"]])], gold) == {0: 0}
    assert align([template("kidnapping", Victim=[["ana ruiz"]])], gold) == {}


def test_templates_pair_for_the_documents_best_f1_and_not_in_order() -> None:
    gold = [template(Victim=[["ana ruiz"]]), template(Victim=[["juan paz"]], Target=[["bridge"]])]
    predicted = [template(Victim=[["juan paz"]], Target=[["bridge"]]), template(Victim=[["ana ruiz"]])]
    assert align(predicted, gold) == {0: 1, 1: 0}


def test_templates_are_one_to_one() -> None:
    tally = score_document([template(Victim=[["ana ruiz"]])] * 2, [template(Victim=[["ana ruiz"]])])
    assert total(tally).right == 2
    assert total(tally).predicted == 4


def test_many_templates_are_assigned_as_well_as_enumerated() -> None:
    gold = [template(Victim=[[f"person {i}"]]) for i in range(9)]
    assert align(list(reversed(gold)), gold) == {i: 8 - i for i in range(9)}


def test_one_entity_may_answer_several_and_counts_on_each_side() -> None:
    gold = template(Target=[["house", "home"], ["house", "villa"]])
    tally = score_document([template(Target=[["house"]])], [gold])["Target"]
    assert (tally.right, tally.found) == (1, 2)


def test_identical_gold_templates_count_once() -> None:
    raw = {"incident_type": "arson", "Target": [[["mill", 7]]]}
    assert len(gold_templates([raw, raw])) == 1


def test_role_fillers_are_merged_over_templates_and_aligned_one_to_one() -> None:
    """PerpInd: one of two right, of two in the gold; the same group in two templates is one entity."""
    gold = [template(PerpInd=[REBELS]), template("bombing", PerpInd=[REBELS, ["two boys"]])]
    predicted = [template(PerpInd=[["rebels"], ["armed rebels"]])]
    assert len(merge_entities(gold, "PerpInd")) == 2
    tally = score_role_fillers(predicted, gold)["PerpInd"]
    assert (tally.right, tally.predicted, tally.gold) == (1, 2, 2)


@pytest.mark.parametrize(
    ("line", "fill"),
    [
        (
            'REPORTED AS FACT / POSSIBLE: "RED BAND" / "BAND"',
            Fill(("REPORTED AS FACT", "POSSIBLE"), ("red band", "band")),
        ),
        ('? 5-: "FARMERS"', Fill(("5-",), ("farmers",), optional=True)),
        ('(POSSIBLE / ACQUITTED): "THE \\"OWLS\\""', Fill(("POSSIBLE", "ACQUITTED"), ("owls",))),
    ],
)
def test_fills_of_the_full_keys(line: str, fill: Fill) -> None:
    assert read_fills([line, "-", "*"]) == [fill]


@pytest.mark.parametrize(
    ("value", "mention", "worth"),
    [
        ("5-", "farmers", 1.0),
        ("5-", "teachers", 0.5),
        ("7", "farmers", 0.5),
        ("7", "teachers", 0.0),
        ("3", "farmers", 0.0),
    ],
)
def test_credit_for_numbers(value: str, mention: str, worth: float) -> None:
    assert credit(Fill((value,), (mention,)), Fill(("5-",), ("farmers",)), NUMBER) == worth


def test_slot_credit_over_a_document() -> None:
    """One fill right, one half right, an optional one not met: 1.5 of 2 possible, 3 actual, F 0.6."""
    raw = {
        "INCIDENT: TYPE": ["ATTACK"],
        CONFIDENCE: ['POSSIBLE: "OWLS"', 'CLAIMED OR ADMITTED: "BAND"', '? POSSIBLE: "CREW"'],
    }
    fills = (Fill(("POSSIBLE",), ("owls",)), Fill(("CLAIMED OR ADMITTED",), ("gang",)), Fill(("ACQUITTED",), ("x",)))
    given = score_slots([Response("attack", {CONFIDENCE: fills})], [key_of(raw)])[CONFIDENCE]
    assert (given.points, given.possible, given.actual) == (1.5, 2, 3)
    assert given.f1 == pytest.approx(0.6)


TEXT = (
    "gunmen killed colonel ramiro estevez paz in la union last night. the farabundo marti national liberation front "
    "claimed responsibility for the murder."
)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    attack = {"incident_type": "attack", **{role: [] for role in ROLES}, "Victim": [[["ramiro estevez paz", 22]]]}
    path.write_text(json.dumps({"docid": "D1", "doctext": TEXT, "templates": [attack], "slots": []}), encoding="utf-8")
    return path


def test_the_reader_fills_templates_from_its_own_claims(gold: Path, tmp_path: Path) -> None:
    write_predictions(gold, tmp_path / "out.json")
    templates = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["D1"]
    attack = next(one for one in templates if one["incident_type"] == "attack")
    assert attack["Victim"] == [[["ramiro estevez paz", TEXT.index("ramiro")]]]
    assert {one["incident_type"] for one in templates} == {"attack"}
    assert set(attack) == {"incident_type", *ROLES}


def test_scores_name_every_measure(gold: Path) -> None:
    measures = score(gold).measures
    assert measures["template_Victim_f1"] == 1.0
    assert {"template_f1", "ceaf_ree_f1", "confidence_f1", "victim_number_f1", "victim_effect_f1"} <= measures.keys()


def test_a_crash_is_a_miss(gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("broken")

    monkeypatch.setattr("according.evaluate.muc4.read_report", fail)
    scores = score(gold)
    assert scores.measures["template_f1"] == 0.0
    assert scores.support["template_f1"] == 2
    assert "D1: crashed: ValueError('broken')" in scores.errors
