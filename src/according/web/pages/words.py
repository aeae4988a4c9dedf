"""The pages' words for what records keep: predicates, statuses, bounds, dates, and the names that addresses carry."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

import msgspec
import yaml

from according.maps import words as map_words
from according.maps.kinds import kind_of, kinds
from according.records import Attribution, Figure, Incident, Report, Spell, Tally, Tie, TimeReading
from according.store.history import Change
from according.store.tolls import shown_bounds
from according.vocabulary import dates
from according.vocabulary.groups import load_groups


class Rule(msgspec.Struct, frozen=True):
    """A rule that makes one toll of several figures."""

    name: str
    meaning: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``words.yaml``: a word for people for every value that a record may have in a field."""

    predicates: dict[str, str]
    realis: dict[str, str]
    hedges: dict[str, str]
    voices: dict[str, str]
    blocks: dict[str, str]
    bases: dict[str, str]
    grades: dict[str, str]
    statuses: dict[str, str]
    cleared: str
    """What others than the actor itself deny of it."""
    states: dict[str, str]
    ties: dict[str, str]
    rules: dict[str, Rule]


@cache
def load_words() -> Words:
    """The words of the pages, validated."""
    text = files("according.web.pages").joinpath("words.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), Words)


def predicate(name: str) -> str:
    """What a claim or an incident of this predicate is called."""
    known = load_words().predicates.get(name)
    kind = kind_of(name)
    return known or (kind.predicates[name] if kind else name.replace("_", " ").capitalize())


def incident_kinds() -> list[tuple[str, str, tuple[str, ...]]]:
    """The kinds that a reader can choose: key, name, predicates."""
    return [(kind.kind, kind.name, tuple(kind.predicates)) for kind in kinds()]


def bounds(low: int | None, high: int | None) -> str:
    """A range in words: "17", "17 or more", "up to 12", "12–15", "number not told"."""
    if low is None:
        return "number not told" if high is None else f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def figure(one: Figure) -> str:
    """One source's figure."""
    return bounds(one.low, one.high)


def tally(one: Tally) -> str:
    """A tally in words: "12–17 civilians killed"."""
    low, high = shown_bounds(one)
    return f"{bounds(low, high)} {load_groups().called(one.group, low, high)} {one.effect}"


def tally_bounds(one: Tally) -> str:
    """A tally's range in words."""
    return bounds(*shown_bounds(one))


def rule_value(value: int | list[int | None] | None) -> str:
    """What a rule makes of a tally: "12", "12 – 15 – 17", a dash where it says nothing."""
    if value is None:
        return "–"
    if isinstance(value, int):
        return f"{value:,}"
    return " – ".join("?" if part is None else f"{part:,}" for part in value)


def toll(incident: Incident) -> str:
    """The tolls of an incident in one line; empty when none is told."""
    order = {effect: number for number, effect in enumerate(map_words.EFFECTS)}
    told = sorted(incident.tallies, key=lambda one: order[one.effect])
    return ", ".join(tally(one) for one in told[:3])


def when(time: TimeReading | None) -> str:
    """The time of an incident or a claim."""
    return map_words.when(msgspec.structs.asdict(time)) if time else "date not given"


def date(said: str | None) -> str:
    """An ISO date, possibly partial, in words; empty when there is none."""
    return dates.date(said)


def stretch(start: str | None, end: str | None, *, ongoing: bool) -> str:
    """From when to when something held."""
    told = {"holder": None, "state": "held", "from": start, "to": end, "ongoing": ongoing}
    return map_words.spell(told).partition(", ")[2]


def tie_dates(tie: Tie) -> str:
    """Since and until when a tie held; empty when neither is told."""
    if not tie.since and not tie.until:
        return ""
    return f"{date(tie.since) or '?'} – {date(tie.until)}".rstrip()


def place_name(incident: Incident) -> str:
    """Where an incident was."""
    found = incident.place
    if found and found.place:
        return found.place.name
    return (found.name if found else None) or "place not given"


def title(incident: Incident) -> str:
    """What an incident is called: "Air strike, Derna"."""
    return f"{predicate(incident.predicate)}, {place_name(incident)}"


def source(report: Report) -> str:
    """The outlet of a report, else its host, its title or headline, its file."""
    return map_words.source_name({**msgspec.structs.asdict(report), "title": _own_title(report)})


def headline(report: Report) -> str:
    """What a report is called: its title, else its headline, else where it comes from."""
    return _own_title(report) or source(report)


def _own_title(report: Report) -> str:
    block = next((block for block in report.blocks if block.kind == "headline"), None)
    said = report.title or (report.text[block.start : block.end] if block else "")
    return " ".join(said.split())


def voice(name: str | None) -> str:
    """Who gives a figure, in words."""
    if name in (None, "outlet"):
        return "the report itself"
    return "a reader's comment" if name == "commenter" else str(name)


def blamed(one: Attribution) -> str:
    """An actor's part in an incident: "blamed: Egypt"; what others deny of it is not told as its own denial."""
    cleared = one.status == "denied" and one.name not in one.denied_by
    said = load_words().cleared if cleared else load_words().statuses[one.status]
    return said.format(name=one.name)


def short(identifier: str) -> str:
    """An incident's id as addresses carry it."""
    return identifier.removeprefix("incident:")


def address(referent: str) -> str | None:
    """The page of a place or an actor; None for what has none."""
    kind, _, rest = referent.partition(":")
    if not rest:
        return None
    if kind in ("place", "actor"):
        return f"/{kind}/{quote(rest, safe='/:@')}"
    return f"/place/said:{quote(rest, safe='/:@')}" if kind == "said" else None


def referent(kind: str, path: str) -> str:
    """The referent behind the address of a place or an actor."""
    return path if path.startswith("said:") else f"{kind}:{path}"


def spell(one: Spell) -> str:
    """A spell in words: "held by X, 2011 – 2014"."""
    told = {"holder": None, "holder_name": one.holder_name, "state": one.state}
    said = map_words.spell({**told, "from": one.start, "to": one.end, "ongoing": one.ongoing})
    return f"{said} (disputed)" if one.claims_against else said


def tie(one: Tie) -> str:
    """What a tie is: "backs", "is part of"."""
    return load_words().ties[one.kind]


def state(name: str) -> str:
    """What a state of a place is: "held by"."""
    return load_words().states[name]


def grade(name: str) -> str:
    """What a grade means."""
    return load_words().grades[name]


def rules() -> dict[str, Rule]:
    """The rules that make one toll of several figures."""
    return load_words().rules


def change(one: Change) -> str:
    """One change in words."""
    if one.field == "merged into":
        return "Another incident was found to be this one."
    if one.field == "id":
        return "The record got a new id; its old address leads here."
    if one.old is None:
        return "First recorded." if one.field == one.kind else f"{one.field}: {one.new}"
    if one.new is None:
        return "No longer told." if one.field == one.kind else f"{one.field}: no longer {one.old}"
    return f"{one.field}: {one.old} → {one.new}"


def tells_link(reason: str) -> bool:
    """Whether a line of an incident's working says why reports were linked, and not why it is graded so."""
    return reason.startswith("linked (")


def for_templates() -> dict[str, Any]:
    """What templates may call."""
    given = (
        predicate, bounds, figure, tally, tally_bounds, toll, when, date, stretch, tie_dates, place_name, title, source,
        headline, voice, short, rule_value, blamed, address, spell, tie, state, grade, rules, change,
    )  # fmt: skip
    return {each.__name__: each for each in given}
