"""MUC-4 templates of a report: with the trained encoder and without it, and how many a wording stands for."""

from __future__ import annotations

import pytest

from according.export import muc4
from according.export.muc4 import read_templates, to_json
from according.export.muc4_fillers import FEATURES, Apart, Candidate, Weights, candidates_of, things_of
from according.export.muc4_form import ROLES, Template
from according.export.muc4_numbers import number_of
from according.extract.encoder import Mark, Marks
from according.issues import Issues
from according.pipeline import read_report
from according.records import Report
from according.vocabulary import load_vocabulary

TEXT = (
    "Members of the Shining Path dynamited the town hall of Huanta on Monday night. "
    "Two policemen, Luis Quispe and Juan Mamani, were killed by the explosion, police said."
)


def read(issues: Issues) -> list[Template]:
    report = Report(id="a", text=TEXT, language="en")
    vocabulary = load_vocabulary()
    return [one for one, _ in read_templates(read_report(report, vocabulary, issues), vocabulary, issues)]


def test_an_incident_has_who_did_it_to_whom_and_what() -> None:
    (template,) = read(Issues("a"))
    assert template.incident_type == "bombing"
    assert ("shining path",) in template.roles["PerpOrg"]
    assert ("town hall",) in template.roles["Target"]


def test_without_the_encoder_rules_read_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(muc4, "load_encoder", lambda: None)
    issues = Issues("a")
    assert ("shining path",) in {entity for one in read(issues) for entity in one.roles["PerpOrg"]}
    assert "no_encoder" in {issue.code for issue in issues.records}


def test_a_mention_is_written_as_the_text_has_it() -> None:
    roles: dict[str, tuple[tuple[str, ...], ...]] = {**dict.fromkeys(ROLES, ()), "PerpOrg": (("shining path",),)}
    written = to_json(Template("bombing", roles), TEXT)
    assert written["PerpOrg"] == [[["Shining Path", TEXT.index("Shining Path")]]]


def candidate(wording: str, role: str = "PerpOrg") -> Candidate:
    return Candidate(role, wording, (Mark(0, 1, role, 0.9, 0.9, 0.0, (0.9,) * 6, (), ()),), (1.0,))


def test_wordings_of_one_thing_are_one_entity() -> None:
    weights = Weights({"PerpOrg": (3.0,)}, {"PerpOrg": 0.5}, 0.5, 0.5, Apart({}, {}), {})
    named = ["national liberation army", "nla", "liberation army", "workers front"]
    assert [len(one.candidates) for one in things_of(map(candidate, named), weights)] == [1, 3]


@pytest.mark.parametrize(
    ("text", "mention", "is_name", "number"),
    [
        ("gunmen killed six young priests", "priests", False, "6"),
        ("at least 12 farmers were hurt", "farmers", False, "12-"),
        ("up to 30 hostages are held", "hostages", False, "-30"),
        ("several passers-by were hurt", "passers-by", False, "PLURAL"),
        ("they shot peasants in the field", "peasants", False, "PLURAL"),
        ("they shot a peasant in the field", "peasant", False, "1"),
        ("in 1989 they killed judge ana ruiz", "ana ruiz", True, "1"),
        ("five were hurt. policemen came", "policemen", False, "PLURAL"),
    ],
)
def test_how_many_a_wording_stands_for(text: str, mention: str, is_name: bool, number: str) -> None:  # noqa: FBT001
    start = text.index(mention)
    assert number_of(text, start, start + len(mention), is_name=is_name) == number


@pytest.mark.parametrize(
    ("text", "joins"),
    [
        ("they killed the mayor and his driver", True),
        ("they killed the mayor, two guards", True),
        ("they killed the mayor before his driver", False),
    ],
)
def test_what_a_list_joins_to_somebody_harmed_is_likelier(text: str, joins: bool) -> None:  # noqa: FBT001
    words = text.split()
    last = words[-1]
    places = [(text.index("mayor"), "mayor", 0.9), (text.index(last), last, 0.1)]
    marks = tuple(
        Mark(start, start + len(word), "VictimDescription", score, score, 0.0, (0.9,) * 6, (), ())
        for start, word, score in places
    )
    (found,) = [one for one in candidates_of(text, Marks(marks, (0.5,) * 6), {}) if one.wording == last]
    told = dict(zip(FEATURES, found.features, strict=True))
    assert (told["best mark joined"] > 0) is joins
