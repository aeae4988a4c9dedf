"""A site of made-up coverage to measure: reports with what is linked from them, and the discussion under them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from according.pipeline import METHOD
from according.scale.generate import coverage
from according.store.ledger import Ledger
from according.store.people import open_people
from according.store.people.discussion_comments import thread_of
from according.store.people.discussion_tables import COMMENT, THREAD
from according.web.newsroom import Newsroom

REPORTS_PER_INCIDENT = 4.8
AT_ONCE = 5_000
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = ("the", "toll", "was", "higher", "than", "a", "medic", "who", "counted", "at", "hospital", "told", "us", "that",
         "night", "and", "nobody", "from", "army", "came", "to", "look", "before", "morning")  # fmt: skip


def fill(folder: Path, reports: int, comments: int) -> list[str]:
    """Make the ledger and the people's database of a site; the ids of its reports."""
    made = (one.reading for one in coverage(round(1.2 * reports / REPORTS_PER_INCIDENT) + 10, seed=4))
    kept: list[tuple[str, str]] = []
    with Ledger(folder / "ledger.db") as ledger:
        for reading in islice(made, reports):
            ledger.add(reading, METHOD)
            kept.append((reading.report.id, thread_of(reading.report)))
    newsroom = Newsroom(folder / "ledger.db")
    newsroom.open()
    newsroom.close()
    people = open_people(people_url(folder))
    rows = list(discussion(kept, comments, Random(5)))  # noqa: S311 - made up from a seed
    with people.write() as connection:
        for start in range(0, len(rows), AT_ONCE):
            connection.execute(COMMENT.insert(), rows[start : start + AT_ONCE])
        threads = [{"thread": thread, "report": report, "version": 1} for report, thread in kept]
        connection.execute(THREAD.insert(), threads)
    people.close()
    return [report for report, _ in kept]


def people_url(folder: Path) -> str:
    """Where the people's database of a site lies."""
    return f"sqlite:///{folder / 'people.db'}"


def discussion(reports: list[tuple[str, str]], count: int, luck: Random) -> Iterator[dict[str, Any]]:
    """Comments, a third of them answers to one before under the same report; some reports have far more than others."""
    weights = [luck.paretovariate(1.5) for _ in reports]
    roots: dict[str, list[dict[str, Any]]] = {}
    for number, (report, thread) in enumerate(luck.choices(reports, weights, k=count), start=1):
        before = roots.setdefault(report, [])
        root = luck.choice(before) if before and luck.random() < 0.33 else None
        comment = _comment(number, report, thread, root, luck)
        if root is None:
            before.append(comment)
        else:
            root["replies"] += 1
        yield comment


def _comment(number: int, report: str, thread: str, root: dict[str, Any] | None, luck: Random) -> dict[str, Any]:
    name = secrets.token_hex(6)
    text = " ".join(luck.choices(WORDS, k=luck.randint(5, 80))).capitalize() + "."
    return {
        "number": number, "id": name, "thread": thread, "report": report, "parent": root["id"] if root else None,
        "root": root["id"] if root else name, "name": f"Reader {luck.randint(1, 5000)}", "account": None, "mail": None,
        "reader": f"reader-{luck.randint(1, 5000)}", "net": f"net-{luck.randint(1, 2000)}", "text": text,
        "html": f"<p>{text}</p>", "state": "shown", "held_for": "", "votes": int(luck.paretovariate(1.2)) - 1,
        "replies": 0, "written": (FIRST + timedelta(minutes=number)).isoformat(timespec="milliseconds")[:23] + "Z",
        "edited": None, "announced": None,
    }  # fmt: skip
