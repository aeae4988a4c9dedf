"""Sorting the lines of raw pages: F1 over body, furniture and comments, line by line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Literal, TypedDict

from according.evaluate.gold import read_items
from according.evaluate.scores import Scores, f1
from according.ingest import UnreadableError, ingest_text
from according.ingest.normalise import normalise
from according.issues import Issues
from according.records import Block, Report
from according.segment import segment
from according.vocabulary import load_vocabulary

Label = Literal["body", "furniture", "comments"]
LABELS: tuple[Label, ...] = ("body", "furniture", "comments")
_LABEL_OF_KIND = {"body": "body", "comment": "comments"}
_MISSED = "unread"


class Line(TypedDict):
    """A line of a page that people sorted."""

    line: str


class Sorted(TypedDict):
    """How people sorted the lines of a page."""

    title: str | None
    body: list[str | Line]
    furniture: list[str | Line]
    comments: list[str | Line]


class Page(TypedDict):
    """A line of the gold file."""

    id: str
    raw: str
    gold: Sorted


def score(gold: Path) -> Scores:
    """Score every page of a gold file of raw pages; a page that cannot be read is missed line by line."""
    pairs: Counter[tuple[str, str]] = Counter()
    errors: list[str] = []
    for page in read_items(gold, Page):
        for text, expected, found in _labelled_lines(page):
            pairs[expected, found] += 1
            if expected != found:
                errors.append(f"{page['id']}: {expected} read as {found}: {text[:80]}")
    return _scores(pairs, tuple(errors))


def _labelled_lines(page: Page) -> list[tuple[str, str, str]]:
    """Each line of a page that the gold sorts: its text, the gold label and ours. The title itself is not sorted."""
    wanted: dict[str, list[str]] = {}
    for label in LABELS:
        for entry in page["gold"][label]:
            wanted.setdefault(_plain(entry if isinstance(entry, str) else entry["line"]), []).append(label)
    title = _plain(page["gold"].get("title") or "")
    lines = [line for line in page["raw"].split("\n") if line.strip()]
    found = _read_labels(page["raw"])
    labelled: list[tuple[str, str, str]] = []
    for line, ours in zip(lines, found, strict=True):
        plain = _plain(line)
        if plain == title:  # the title stands first, its repeats are furniture
            title = ""
        elif labels := wanted.get(plain):
            labelled.append((line, labels.pop(0) if len(labels) > 1 else labels[0], ours))
    return labelled


def _plain(line: str) -> str:
    return " ".join(line.split())


def _read_labels(raw: str) -> list[str]:
    """Our label of each line that is not blank: that of the block which covers most of it."""
    lines = [line for line in raw.split("\n") if line.strip()]
    try:
        report, _ = segment(ingest_text(raw), load_vocabulary(), Issues())
    except UnreadableError:
        return [_MISSED] * len(lines)
    labels: list[str] = []
    position = 0
    for line in lines:
        words = normalise(line).strip()
        start = report.text.find(words, position)
        position = max(position, start + len(words))
        labels.append(_MISSED if start < 0 else _label(report, start, start + len(words)))
    return labels


def _label(report: Report, start: int, end: int) -> str:
    def covered(block: Block) -> int:
        return min(block.end, end) - max(block.start, start)

    block = max(report.blocks, key=covered, default=None)
    if block is None or covered(block) <= 0:
        return _MISSED
    return _LABEL_OF_KIND.get(block.kind, "furniture")


def _scores(pairs: Counter[tuple[str, str]], errors: tuple[str, ...]) -> Scores:
    measures: dict[str, float] = {}
    support: dict[str, int] = {}
    for label in LABELS:
        wanted = sum(count for (expected, _), count in pairs.items() if expected == label)
        given = sum(count for (_, found), count in pairs.items() if found == label)
        measures[f"{label}_f1"] = f1(pairs[label, label], given, wanted)
        support[f"{label}_f1"] = wanted
    scored = [label for label in LABELS if support[f"{label}_f1"]]
    measures["line_f1_macro"] = sum(measures[f"{label}_f1"] for label in scored) / max(1, len(scored))
    support["line_f1_macro"] = sum(support.values())
    return Scores(set="furniture", measures=measures, support=support, errors=errors)
