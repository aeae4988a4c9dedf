"""Civilian tolls, suspected attackers and grades, against incident narratives in the form of ``reports/airwars.jsonl``.

Each narrative is read by the whole pipeline, with no publication date, and its main incident is compared with the gold:

- ``killed``, ``injured``: the lowest and the highest number of civilians both right, where the narrative states them (a
  figure that the gold marks as not literal in the text, or as unknown, is not asked for);
- ``attackers_f1``: those accused, claiming, denying or left open, as a set, a state and its forces being one,
  micro-averaged over the items that have any in the gold;
- ``grade``: the grade right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NotRequired, TypedDict

import msgspec

from according.evaluate.clusters import main_incident
from according.evaluate.gold import read_item, read_items
from according.evaluate.scores import Scores, f1
from according.infer.kin import is_kin
from according.infer.tally import civilian_range
from according.records import Effect, Incident, Report, report_id
from according.vocabulary import Vocabulary, load_vocabulary

EFFECTS: Mapping[str, Effect] = {"killed": "killed", "injured": "injured"}


class Facts(TypedDict):
    """What people read in a narrative; None where it says nothing."""

    killed_min: int | None
    killed_max: int | None
    injured_min: int | None
    injured_max: int | None
    figures_not_literal_in_narrative: NotRequired[list[str]]
    attackers: list[str] | None
    grading: str | None


class Narrative(TypedDict):
    """A line of the gold file."""

    id: str
    url: str
    narrative: str
    gold: Facts


class Counts(msgspec.Struct):
    """What is counted over all items: asked and right by measure, and the sets of attackers."""

    asked: Counter[str] = msgspec.field(default_factory=Counter)
    right: Counter[str] = msgspec.field(default_factory=Counter)
    hits: int = 0
    predicted: int = 0
    expected: int = 0
    errors: list[str] = msgspec.field(default_factory=list)

    def add(self, measure: str, item: str, *, right: bool, note: str) -> None:
        """Count one answer, and keep a wrong one for people to read."""
        self.asked[measure] += 1
        self.right[measure] += right
        if not right:
            self.errors.append(f"{item}: {measure}: {note}")


def score(gold: Path) -> Scores:
    """Read every narrative of the gold file and compare its main incident's civilian tolls, attackers and grade."""
    vocabulary = load_vocabulary()
    counts = Counts()
    for item in read_items(gold, Narrative):
        incident = _read(item, vocabulary, counts)
        _tolls(item, incident, counts)
        _attackers(item, incident, vocabulary, counts)
        _grade(item, incident, counts)
    measures = {name: counts.right[name] / counts.asked[name] for name in counts.asked}
    measures["attackers_f1"] = f1(counts.hits, counts.predicted, counts.expected)
    support = {**counts.asked, "attackers_f1": counts.expected}
    return Scores(set="casualties", measures=measures, support=support, errors=tuple(counts.errors))


def _read(item: Narrative, vocabulary: Vocabulary, counts: Counts) -> Incident | None:
    name, text = item["id"], item["narrative"]
    report = Report(id=report_id(item["url"], text), input_id=name, text=text, language="en")
    return main_incident(read_item(report, vocabulary, counts.errors))


def _tolls(item: Narrative, incident: Incident | None, counts: Counts) -> None:
    for name, effect in EFFECTS.items():
        expected = expected_range(item["gold"], name)
        if expected is None:
            continue
        found = civilian_range(incident, effect) if incident else None
        counts.add(name, item["id"], right=found == expected, note=f"{_said(found)} for {_said(expected)}")


def expected_range(gold: Mapping[str, Any], name: str) -> tuple[int, int] | None:
    """The gold's lowest and highest number, where both are numbers that the narrative states."""
    low, high = gold[f"{name}_min"], gold[f"{name}_max"]
    not_literal = set(gold.get("figures_not_literal_in_narrative", ()))
    if low is None or high is None or not_literal & {f"{name}_min", f"{name}_max"}:
        return None
    return low, high


def _said(bounds: tuple[int | None, int | None] | None) -> str:
    return "nothing" if bounds is None else f"{bounds[0]}-{bounds[1]}"


def _attackers(item: Narrative, incident: Incident | None, vocabulary: Vocabulary, counts: Counts) -> None:
    names = item["gold"]["attackers"]
    if not names:
        return
    expected = {actor_key(name, vocabulary) for name in names}
    found = set(_accused(incident)) if incident else set()
    hits = sum(any(one == name or is_kin(one, name) for one in found) for name in expected)
    counts.hits += hits
    counts.predicted += max(len(found), hits)
    counts.expected += len(expected)
    if not hits == len(expected) == len(found):
        counts.errors.append(f"{item['id']}: attackers: {sorted(found)} for {sorted(expected)}")


def _accused(incident: Incident) -> Iterator[str]:
    for one in incident.attribution:
        yield one.actor or one.name.casefold()


def actor_key(name: str, vocabulary: Vocabulary) -> str:
    """The registry's id for a name of the gold, or the name itself where the registry does not know it."""
    found = vocabulary.actors.spot(name)
    return found[0].ids[0] if found else name.casefold()


def _grade(item: Narrative, incident: Incident | None, counts: Counts) -> None:
    expected = item["gold"]["grading"]
    if expected is None:
        return
    found = incident.grade if incident else "none"
    counts.add("grade", item["id"], right=found == expected.lower(), note=f"{found} for {expected.lower()}")
