"""Who held a town when: spells from one-line histories against two records kept by others.

Each town's history ("Captured by X in 2022. Recaptured by Y 1 April 2022.") is read as a report under the
town's name. Histories that tell of a capture are scored: ``now`` compares the holder after the last stated date with
the record's ``Held by``; ``weekly`` compares the holder on each snapshot of ``daily.jsonl`` beside the gold file, from
the first date told; ``stated`` takes only the snapshots of the four weeks after a date the history states, up to the
next one, since many histories break off. Towns of one name are told apart by nothing in the snapshots and are left out
of both. The self-declared republics count as one side with the state that annexed them; contested days match a contest
told.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from according.evaluate.scores import Scores
from according.issues import Issues
from according.pipeline import read_report
from according.records import Block, Report, Spell, report_id
from according.vocabulary import Vocabulary, load_vocabulary

UNCLEAR = frozenset(["Contested", "Gray zone", "Truce", "Unknown", "Not known"])
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
STATED = re.compile(rf"(\d{{1,2}})\+? ({'|'.join(MONTHS)}) (\d{{4}})")
WEEKS_AFTER = 4
SIDES = dict.fromkeys(
    ["Donetsk PR", "Luhansk PR", "DPR", "LPR", "Lugansk PR", "Donetsk People's Republic", "Luhansk People's Republic"],
    "Russia",
)


def score(gold: Path) -> Scores:
    """Read every history that tells of a capture and compare its spells with the record and the snapshots."""
    vocabulary = load_vocabulary()
    towns = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines() if line.strip()]
    snapshots = _snapshots(gold.parent / "daily.jsonl")
    names = Counter(town["Name"].strip() for town in towns)
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    errors: list[str] = []
    for town in towns:
        if "aptured by" not in town["More information"]:
            continue
        spells = _read(town, vocabulary)
        name = town["Name"].strip()
        days = [(day, held[name]) for day, held in snapshots if name in held and names[name] == 1]
        for measure, day, truth in _checks(town, days):
            verdict = _verdict(spells, day, truth)
            if verdict is None:
                continue
            total[measure] += 1
            right[measure] += verdict
            if not verdict:
                errors.append(
                    f"{name} {measure} {day}: {truth}, read {holder_on(spells, day)}: {town['More information']}"
                )
    return Scores(
        set="control_towns",
        measures={measure: right[measure] / total[measure] for measure in sorted(total)},
        support=dict(total),
        errors=tuple(errors),
    )


def _checks(town: dict[str, Any], days: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """What to compare for one town: measure, day and the record's holder."""
    stated = sorted(
        date(int(year), MONTHS.index(month) + 1, int(day))
        for day, month, year in STATED.findall(town["More information"])
    )
    windows = [
        (first, min([first + timedelta(weeks=WEEKS_AFTER), *stated[number + 1 : number + 2]]))
        for number, first in enumerate(stated)
    ]
    near = [(day, truth) for day, truth in days if any(a < date.fromisoformat(day) < b for a, b in windows)]
    return [
        ("now", "9999-12-31", town["Held by"]),
        *(("weekly", day, truth) for day, truth in days),
        *(("stated", day, truth) for day, truth in near),
    ]


def report_of(town: dict[str, Any]) -> Report:
    """A town's history as a report: its name the headline, its history the body."""
    name, history = town["Name"].strip(), town["More information"].strip()
    text = f"{name}\n\n{history}"
    blocks = (
        Block(kind="headline", start=0, end=len(name)),
        Block(kind="body", start=len(name) + 2, end=len(text)),
    )
    return Report(id=report_id(None, text), text=text, title=name, language="en", blocks=blocks)


def holder_on(spells: tuple[Spell, ...], day: str) -> str | None:
    """The side that holds the town on a day, by the spell that began last; "Contested" when only a contest is told."""
    on = [s for s in spells if _began(s, day) and (s.end is None or s.end > day[: len(s.end)])]
    held = sorted((s for s in on if s.state == "held" and (s.ongoing or s.end)), key=lambda s: s.start or "")
    if held:
        return _side(held[-1])
    return "Contested" if any(s.state == "contested" for s in on) else None


def _began(spell: Spell, day: str) -> bool:
    return spell.start is None or spell.start <= day[: len(spell.start)]


def _side(spell: Spell) -> str:
    name = (spell.holder_name or "").split("/")[0].strip()
    return SIDES.get(name, name)


def _verdict(spells: tuple[Spell, ...], day: str, truth: str) -> bool | None:
    """Whether the reading is right on a day; ``None`` where the history does not reach back so far."""
    holder = holder_on(spells, day)
    if holder is None and spells and not any(_began(s, day) for s in spells):
        return None
    if truth in UNCLEAR:
        on = any(s.state == "contested" and _began(s, day) for s in spells)
        return None if not on else True
    return holder == SIDES.get(truth, truth)


def _snapshots(path: Path) -> list[tuple[str, dict[str, str]]]:
    if not path.is_file():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [(row["date"], row["held_by"]) for row in rows]


def _read(town: dict[str, Any], vocabulary: Vocabulary) -> tuple[Spell, ...]:
    try:
        return read_report(report_of(town), vocabulary, Issues(town["Name"])).spells
    except (ValueError, LookupError, AttributeError, TypeError):
        return ()
