"""Scores on geocoded toponyms: which names are recognised, and how far from the truth the places are put."""

from __future__ import annotations

import statistics
from pathlib import Path

import msgspec

from according.evaluate.gold import read_items
from according.evaluate.scores import Scores, f1
from according.resolve.toponyms import Toponym, arc_km, read_toponyms
from according.vocabulary import Vocabulary, load_vocabulary

NEAR_KM = 161.0
"""A hundred miles: the distance within which the literature counts a place as right."""


class _Gold(msgspec.Struct, frozen=True):
    name: str
    start: int | str
    end: int | str
    lat: float | str
    lon: float | str


class _Article(msgspec.Struct, frozen=True):
    text: str
    toponyms: list[_Gold]


class _Tally(msgspec.Struct):
    gold: int = 0
    found: int = 0
    hits: int = 0
    errors_km: list[float] = []
    errors: list[str] = []


def score(gold: Path) -> Scores:
    """Recognition of names by exact span, and of those recognised the share put within 161 km and the mean error."""
    vocabulary = load_vocabulary()
    tally = _Tally()
    for article in read_items(gold, _Article):
        _count(article, vocabulary, tally)
    precision = tally.hits / tally.found if tally.found else 0.0
    recall = tally.hits / tally.gold if tally.gold else 0.0
    close = sum(km <= NEAR_KM for km in tally.errors_km)
    return Scores(
        set="toponyms",
        measures={
            "recognition_f1": f1(tally.hits, tally.found, tally.gold),
            "recognition_precision": precision,
            "recognition_recall": recall,
            "accuracy_161km": close / tally.hits if tally.hits else 0.0,
            "median_error_km": statistics.median(tally.errors_km) if tally.errors_km else 0.0,
            "mean_error_km": statistics.fmean(tally.errors_km) if tally.errors_km else 0.0,
        },
        support={"toponyms": tally.gold, "found": tally.found, "recognised": tally.hits},
        errors=tuple(tally.errors),
    )


def _count(article: _Article, vocabulary: Vocabulary, tally: _Tally) -> None:
    wanted = {_position(article.text, each): each for each in article.toponyms}
    found = {(t.span.start, t.span.end): t for t in read_toponyms(article.text, vocabulary)}
    tally.gold += len(wanted)
    tally.found += len(found)
    for position in sorted(wanted.keys() | found.keys()):
        given, right = found.get(position), wanted.get(position)
        context = article.text[max(0, position[0] - 30) : position[1] + 20].replace("\n", " ")
        if given is None or right is None:
            tally.errors.append(f"{'missed' if right else 'not a place'}: …{context}…")
            continue
        tally.hits += 1
        apart = _error_km(given, right)
        tally.errors_km.append(apart)
        if apart > NEAR_KM:
            meant = ", ".join(part for part in (given.place.name, given.place.province, given.place.country) if part)
            tally.errors.append(f"{apart:.0f} km off: …{context}… read as {meant}")


def _position(text: str, toponym: _Gold) -> tuple[int, int]:
    """GeoVirus counts characters from 1; any offset by one is read as what it was."""
    start, end = int(toponym.start), int(toponym.end)
    return next(
        (
            (start + shift, end + shift)
            for shift in (0, -1, 1)
            if start + shift >= 0 and text[start + shift : end + shift] == toponym.name
        ),
        (start, end),
    )


def _error_km(given: Toponym, right: _Gold) -> float:
    place = given.place
    if place.latitude is None or place.longitude is None:
        return 20_000.0
    return arc_km((place.latitude, place.longitude), (float(right.lat), float(right.lon)))
