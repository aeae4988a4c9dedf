"""A site with one invented report, and readers of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from tests.web.conftest import Visitor

from according.ingest import ingest_text
from according.records import Reading, Report
from according.store.people import discussion_moderation as moderation
from according.web.discussion import writing
from according.web.guard import limits
from according.web.newsroom import Newsroom
from according.web.room import Room

TEXT = (
    "At least nine people were killed in an air strike on the Libyan town of Derna on 3 May 2019, residents said. "
    "The army denied bombing Derna.\n\nTwo houses near the harbour were destroyed, a medic said."
)
URL = "https://paper.example/derna"


def told(text: str = TEXT) -> Report:
    """A version of the report, at the same address whatever it says."""
    return ingest_text(text, title="Strike on Derna", url=URL, published="2019-05-04")


@pytest.fixture
def reading(room: Room, monkeypatch: pytest.MonkeyPatch) -> Reading:
    """The report as it was read and shown; readers may write at once, and as often as they like."""
    monkeypatch.setattr(writing, "FASTEST_SECONDS", 0.0)
    monkeypatch.setattr(limits.Buckets, "wait", lambda *_: 0.0)
    with room.people.write() as connection:
        moderation.set_policy(connection, moderation.Policy(hold_first=False))
    newsroom = Newsroom(room.ledger)
    kept = newsroom.take(told())
    newsroom.close()
    return kept


@pytest.fixture
def another(room: Room) -> Callable[[], Visitor]:
    """Gives another reader, with a browser of their own."""
    return lambda: Visitor(room)


def write(visitor: Visitor, reading: Reading, text: str, **form: Any) -> httpx2.Response:
    """Send the form for a comment."""
    return visitor.post(f"/report/{reading.report.id}/discussion", {"name": "Leila", "text": text, **form})


def written(visitor: Visitor, reading: Reading, text: str, **form: Any) -> str:
    """Send the form for a comment, and give the id that it got."""
    answer = write(visitor, reading, text, **form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"]).partition("#comment-")[2]


def thread(visitor: Visitor, reading: Reading, **asked: str) -> dict[str, Any]:
    """The thread as JSON."""
    told: dict[str, Any] = visitor.get(f"/report/{reading.report.id}/discussion.json", params=asked).json()
    return told
