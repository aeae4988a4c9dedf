"""Which reports tell of one incident, when and where, against ``reports/clusters.jsonl``.

Every report of the file is read and all are linked. A report stands for its main incident: the one it opens with, or
tells most of. Measures:

- ``b3_f1``, ``pair_f1``: the clusters of reports, by B³ and by pairs;
- ``date``: the day lies in the incident's time, which spans at most a night (a month for a gold date without a day);
  an incident known only not to be later than its report is put on the report's day;
- ``place``: one of the gold place's names, but those that the finer ones lie in, is the incident's place, words of
  kind ("market", "village") and small words that describe it ("Karsun bus stop") aside, or lies within 25 km of it;
- ``killed_low``: the lowest number of dead in the report's own incident, or rightly none.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypedDict

from rapidfuzz.fuzz import ratio

from according.evaluate.gold import read_item, read_items
from according.evaluate.scores import Scores, f1
from according.infer.tally import civilian_range
from according.link import link_incidents
from according.link.where import distance_km
from according.records import COARSE, Claim, Incident, PlaceReading, Reading, Report, Resolution, TimeReading, report_id
from according.vocabulary import Vocabulary, load_vocabulary
from according.vocabulary.gazetteer.compile import SOUND
from according.vocabulary.gazetteer.words import load_place_words
from according.vocabulary.groups import load_groups

_NEAR_KM = 25.0
_SPELLING = 80.0
_LONGEST_DAYS = 2
_OPENING_CHARS = 160
_OPENING_SENTENCES = 2
# "North of Karsun" is not Karsun.
_BESIDE = frozenset(
    "of near from to between outside off toward towards in at on by around along beyond past above below "
    "north south east west northern southern eastern western km miles".split()
)
_SPLIT = re.compile(r"\s*[,/]\s*|\s+\(|\)?\s+and\s+")


class Killed(TypedDict):
    """The lowest number of dead that a report gives, if any."""

    min: int | None


class Facts(TypedDict):
    """What people read of a report's incident."""

    date: str
    place: str
    killed: Killed


class Told(TypedDict):
    """A line of the gold file: a report, which incident it tells of, and what of it."""

    id: str
    incident_id: str
    url: str
    published: str | None
    text: str
    gold: Facts


def score(gold: Path) -> Scores:
    """Read and link every report of the gold file, and compare clusters, dates, places and tolls."""
    vocabulary = load_vocabulary()
    items = read_items(gold, Told)
    readings, errors = _read_all(items, vocabulary)
    told = _main_incidents(items, readings)
    expected = {item["id"]: item["incident_id"] for item in items}
    predicted = {one: linked.id if linked else f"none:{one}" for one, (_, linked) in told.items()}
    rights = {"date": 0, "place": 0, "killed_low": 0}
    for item in items:
        own, linked = told[item["id"]]
        for name, right, note in _facts(item, own, linked, vocabulary):
            rights[name] += right
            errors += [] if right else [f"{item['id']}: {name}: {note}"]
    errors += _wrong_clusters(expected, predicted)
    count = max(len(items), 1)
    measures = {**b_cubed(expected, predicted), **pairwise(expected, predicted)}
    measures |= {name: right / count for name, right in rights.items()}
    return Scores(set="clusters", measures=measures, support=dict.fromkeys(measures, len(items)), errors=tuple(errors))


def b_cubed(expected: Mapping[str, Hashable], predicted: Mapping[str, Hashable]) -> dict[str, float]:
    """B³ precision, recall and F1 of a clustering: each item's own, averaged over the items."""
    precision = _mean_overlap(predicted, expected)
    recall = _mean_overlap(expected, predicted)
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"b3_f1": both, "b3_precision": precision, "b3_recall": recall}


def pairwise(expected: Mapping[str, Hashable], predicted: Mapping[str, Hashable]) -> dict[str, float]:
    """F1 over the pairs of items that are put together; 1 when there are none on either side."""
    gold, found = _pairs(expected), _pairs(predicted)
    return {"pair_f1": f1(len(gold & found), len(found), len(gold)) if gold or found else 1.0}


def _mean_overlap(inner: Mapping[str, Hashable], outer: Mapping[str, Hashable]) -> float:
    """For each item, how much of its inner cluster lies in its outer one."""
    clusters: dict[Hashable, list[str]] = {}
    for item, label in inner.items():
        clusters.setdefault(label, []).append(item)
    shares = [
        sum(outer[other] == outer[item] for other in clusters[inner[item]]) / len(clusters[inner[item]])
        for item in inner
    ]
    return sum(shares) / len(shares) if shares else 0.0


def _pairs(labels: Mapping[str, Hashable]) -> set[tuple[str, str]]:
    return {(a, b) for a in labels for b in labels if a < b and labels[a] == labels[b]}


def _read_all(items: Sequence[Told], vocabulary: Vocabulary) -> tuple[list[Reading], list[str]]:
    readings: list[Reading] = []
    errors: list[str] = []
    for item in items:
        report = Report(
            id=report_id(item["url"], item["text"]),
            input_id=item["id"],
            url=item["url"],
            text=item["text"],
            published=item["published"],
            language="en",
        )
        readings.append(read_item(report, vocabulary, errors))
    return readings, errors


def _main_incidents(
    items: Sequence[Told], readings: Sequence[Reading]
) -> dict[str, tuple[Incident | None, Incident | None]]:
    """For each item its main incident as the report tells it, and as it is after linking."""
    linked = {claim: incident for incident in link_incidents(readings) for claim in incident.claims}
    found: dict[str, tuple[Incident | None, Incident | None]] = {}
    for item, reading in zip(items, readings, strict=True):
        own = main_incident(reading)
        found[item["id"]] = (own, linked[own.claims[0]] if own else None)
    return found


def main_incident(reading: Reading) -> Incident | None:
    """What a report is about: what it opens with, of several what title and lead tell, then what most."""
    claims = {claim.id: claim for claim in reading.claims}
    told_in = {one.id: {claims[claim].evidence.start for claim in one.claims} for one in reading.incidents}
    opening = sorted(set().union(*told_in.values()))[:_OPENING_SENTENCES]

    def prominence(incident: Incident) -> tuple[bool, int, int, int]:
        members = [claims[one] for one in incident.claims]
        starts = told_in[incident.id]
        told = sum(role is not None for one in members for role in (one.subject, one.object, one.quantity))
        return (
            any(_opens(claim) for claim in members),
            len(starts.intersection(opening)),
            len(members) + told,
            -min(starts),
        )

    return max(reading.incidents, key=prominence, default=None)


def _opens(claim: Claim) -> bool:
    return claim.block == "headline" or claim.evidence.start < _OPENING_CHARS


def _facts(
    item: Told, own: Incident | None, linked: Incident | None, vocabulary: Vocabulary
) -> list[tuple[str, bool, str]]:
    gold = item["gold"]
    times = [one.time for one in (own, linked) if one and one.time]
    time = next((one for one in times if one.earliest), None) or next(iter(times), None)
    place = next((one.place for one in (own, linked) if one and one.place), None)
    killed = lowest_killed(own)
    said = place.name if place else None
    return [
        ("date", date_right(gold["date"], time), f"{time} for {gold['date']}"),
        ("place", place_right(gold["place"], place, vocabulary), f"{said!r} for {gold['place']!r}"),
        ("killed_low", killed == gold["killed"]["min"], f"{killed} for {gold['killed']['min']}"),
    ]


def date_right(gold: str, time: TimeReading | None) -> bool:
    """Whether a time is the gold day, or within the gold month; one known only by its end stands for that day."""
    if time is None or time.latest is None:
        return False
    earliest = time.earliest or time.latest
    if len(gold) < len("2017-10-31"):
        return earliest[: len(gold)] == gold == time.latest[: len(gold)]
    days = (date.fromisoformat(time.latest) - date.fromisoformat(earliest)).days + 1
    return earliest <= gold <= time.latest and days <= _LONGEST_DAYS


def place_right(gold: str, place: Resolution | None, vocabulary: Vocabulary) -> bool:
    """Whether a place is one of the gold place's, by name or by how near it lies; as the module says."""
    if place is None:
        return False
    parts = [bare for part in _SPLIT.split(gold) if (bare := _bare(part))]
    names = [name for name in parts if not _is_wide(name, vocabulary, last=name == parts[-1])] or parts
    said = [_bare(text) for text in (place.name, place.span.text if place.span and place.referent else None) if text]
    if any(ratio(one, name) >= _SPELLING or name in one for one in said for name in names):
        return True
    if place.place is not None and any(_near(name, place.place, vocabulary) for name in names):
        return True
    described = [named for part in _SPLIT.split(gold) if (named := _named(part)) and _bare(part) in names]
    # "Karsun, Mirgrad fish market" is not in Mirgrad
    known = place.referent is not None and any(vocabulary.gazetteer.candidates(name) for name in names)
    return not known and any(ratio(one, name) >= _SPELLING for one in said for name in described)


def _bare(name: str) -> str:
    """A name in small letters without its brackets and its words of kind."""
    kinds = load_place_words().kind_of
    return " ".join(word for word in name.strip(" ()").lower().split() if word not in kinds)


def _named(part: str) -> str | None:
    """The name in a part that says in small words what it is, and not where something lies from it."""
    words = part.strip(" ()").split()
    small = [word for word in words if word.islower()]
    if not small or len(small) == len(words) or not _BESIDE.isdisjoint(small):
        return None
    return _bare(" ".join(word for word in words if not word.islower())) or None


def _is_wide(name: str, vocabulary: Vocabulary, *, last: bool) -> bool:
    """Whether a name means a province or country, or stands last and is known: what the finer ones before lie in."""
    hit = vocabulary.gazetteer.find(name)
    known = vocabulary.gazetteer.candidates(name) if hit and hit.tier != SOUND else []
    return bool(known) and (last or known[0].precision in COARSE)


def _near(name: str, place: PlaceReading, vocabulary: Vocabulary) -> bool:
    """Whether a place of that name lies within 25 km, when both are points and not provinces."""
    if place.precision in COARSE:
        return False
    for candidate in vocabulary.gazetteer.candidates(name):
        other = PlaceReading(
            name=candidate.name,
            country=candidate.country,
            latitude=candidate.latitude,
            longitude=candidate.longitude,
            precision=candidate.precision,
        )
        apart = distance_km(place, other)
        if apart is not None and apart <= _NEAR_KM and candidate.precision not in COARSE:
            return True
    return False


def lowest_killed(incident: Incident | None) -> int | None:
    """The lowest number of dead, as printed, that stands in a report: of civilians and people, else of any group."""
    tallies = [tally for tally in incident.tallies if tally.effect == "killed"] if incident else []
    people = [tally for tally in tallies if tally.group == "people"]
    forces = any(t.group != "fighters" and load_groups().status(t.group) == "fighter" for t in tallies)
    civilians = civilian_range(incident, "killed") if incident else None
    if civilians is not None and not (people and forces):
        return civilians[0]
    lows = [tally.low for tally in people or tallies if tally.low is not None]
    return min(lows, default=None) if people else max(lows, default=None)


def _wrong_clusters(expected: Mapping[str, str], predicted: Mapping[str, str]) -> list[str]:
    gold, found = _pairs(expected), _pairs(predicted)
    missed = [f"{a} and {b}: one incident, not linked" for a, b in sorted(gold - found)]
    return missed + [f"{a} and {b}: two incidents, linked" for a, b in sorted(found - gold)]
