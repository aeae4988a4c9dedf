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

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import msgspec

from according.evaluate.gold import read_item, read_items
from according.evaluate.scores import Scores
from according.records import Block, Report, Spell, report_id
from according.vocabulary import load_vocabulary
from according.vocabulary.time_words import load_time_words

UNCLEAR = frozenset(["Contested", "Gray zone", "Truce", "Unknown", "Not known"])
STATED = re.compile(r"(\d{1,2})\+? ([A-Z][a-z]+) (\d{4})")
WEEKS_AFTER = 4
SIDES = dict.fromkeys(
    ["Donetsk PR", "Luhansk PR", "DPR", "LPR", "Lugansk PR", "Donetsk People's Republic", "Luhansk People's Republic"],
    "Russia",
)


class Town(msgspec.Struct, frozen=True):
    """A line of the gold file: a town, who holds it now, and its history in a line."""

    name: str = msgspec.field(name="Name")
    held_by: str = msgspec.field(name="Held by")
    history: str = msgspec.field(name="More information")


class Snapshot(msgspec.Struct, frozen=True):
    """A line of ``daily.jsonl``: who held which town on a day."""

    date: str
    held_by: dict[str, str]


def score(gold: Path) -> Scores:
    """Read every history that tells of a capture and compare its spells with the record and the snapshots."""
    vocabulary = load_vocabulary()
    towns = read_items(gold, Town)
    beside = gold.with_name("daily.jsonl")
    snapshots = read_items(beside, Snapshot) if beside.is_file() else []
    names = Counter(town.name.strip() for town in towns)
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    errors: list[str] = []
    for town in towns:
        if "aptured by" not in town.history:
            continue
        spells = read_item(report_of(town), vocabulary, errors).spells
        name = town.name.strip()
        days = [(one.date, one.held_by[name]) for one in snapshots if name in one.held_by and names[name] == 1]
        for measure, day, truth in _checks(town, days):
            verdict = _verdict(spells, day, truth)
            if verdict is None:
                continue
            total[measure] += 1
            right[measure] += verdict
            if not verdict:
                errors.append(f"{name} {measure} {day}: {truth}, read {holder_on(spells, day)}: {town.history}")
    return Scores(
        set="control_towns",
        measures={measure: right[measure] / total[measure] for measure in sorted(total)},
        support=dict(total),
        errors=tuple(errors),
    )


def _checks(town: Town, days: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """What to compare for one town: measure, day and the record's holder."""
    words = load_time_words()
    stated = sorted(
        date(int(year), month, int(day))
        for day, name, year in STATED.findall(town.history)
        if (month := words.month(name, beside_number=True))
    )
    windows = [
        (first, min([first + timedelta(weeks=WEEKS_AFTER), *stated[number + 1 : number + 2]]))
        for number, first in enumerate(stated)
    ]
    near = [(day, truth) for day, truth in days if any(a < date.fromisoformat(day) < b for a, b in windows)]
    return [
        ("now", "9999-12-31", town.held_by),
        *(("weekly", day, truth) for day, truth in days),
        *(("stated", day, truth) for day, truth in near),
    ]


def report_of(town: Town) -> Report:
    """A town's history as a report: its name the headline, its history the body."""
    name, history = town.name.strip(), town.history.strip()
    text = f"{name}\n\n{history}"
    blocks = (
        Block(kind="headline", start=0, end=len(name)),
        Block(kind="body", start=len(name) + 2, end=len(text)),
    )
    return Report(id=report_id(None, text), input_id=name, text=text, title=name, language="en", blocks=blocks)


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
