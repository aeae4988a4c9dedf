"""The site as it is served, on a disk that fills up: it says so, breaks nothing, and goes on once there is room."""

from __future__ import annotations

import os
import re
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from according.ingest import ingest_text
from according.store.linked import LinkedLedger
from according.store.people import discussion_moderation as moderation
from according.store.people import open_people
from according.store.people.accounts import add_account
from according.store.people.sessions import start_session
from according.web.newsroom import Newsroom

START = "import sys; from according.cli import according; according(sys.argv[1:])"
TEXT = "At least {} people were killed when shells hit the market in Gharyan on 3 May 2019, a doctor said."
LONG = "\n\n".join(f"Paragraph {number} tells of the weather." for number in range(300))


class Served:
    """A served site, an editor signed in to it, and the disk that it writes to."""

    def __init__(self, process: subprocess.Popen[str], session: str) -> None:
        assert process.stdout is not None
        self.process = process
        address = process.stdout.readline().removeprefix("The site is at ").strip()
        self.client = httpx2.Client(base_url=address, timeout=60, cookies={"according_session": session})
        for _ in range(300):
            try:
                self.token = str(self.client.get("/csrf.json").json()["token"])
            except httpx2.TransportError:
                time.sleep(0.1)
            else:
                break

    def leave_room_for(self, size: int) -> None:
        """Let no file grow beyond this many bytes; -1 for as many as there are."""
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def post(self, path: str, **form: str) -> httpx2.Response:
        return self.client.post(path, data={"csrf": self.token, **form})

    def bring(self, number: int) -> httpx2.Response:
        """Bring in a long report."""
        return self.post(
            "/desk/new",
            text=f"{TEXT.format(number)}\n\n{LONG}",
            kind="written",
            published="2019-05-04",
        )

    def figures(self) -> set[int]:
        """How many dead the incidents of the site tell of."""
        told = self.client.get("/incidents.json").text
        return {int(one) for one in re.findall(r'"low":\s*(\d+)', told)}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    people = open_people(f"sqlite:///{tmp_path / 'people.db'}")
    with people.write() as connection:
        editor = add_account(connection, "Ed", "ed@example.org", "editor")
        session = start_session(connection, editor.id, "192.0.2.0/24", "test")
        moderation.set_policy(connection, moderation.Policy(hold_first=False))
    people.close()
    environment = {**os.environ, "ACCORDING_DATA_DIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    environment["ACCORDING_PEOPLE_URL"] = f"sqlite:///{tmp_path / 'people.db'}"
    command = [sys.executable, "-c", START, "serve", "--port", "0", "--ledger", str(tmp_path / "ledger.db")]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        site = Served(process, session)
        yield site
        site.client.close()
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond this many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def is_whole(file: Path) -> bool:
    with sqlite3.connect(file) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def test_a_full_disk_is_said_and_breaks_nothing(served: Served, tmp_path: Path) -> None:
    out = served.bring(4)
    assert out.status_code == 303, out.text
    desk = out.headers["location"]
    page = desk.replace("/desk/reports/", "/report/")
    assert served.post(f"{desk}/publish", version="1").status_code == 303
    second = served.bring(7).headers["location"]
    assert served.figures() == {4}

    served.leave_room_for(4096)
    refused = served.bring(11)
    assert refused.status_code == 503
    assert "nothing of it was saved" in refused.text
    assert served.post(f"{page}/discussion", text="Lost.").status_code == 503
    assert served.post(f"{second}/publish", version="1").status_code == 503
    assert "At least 4 people" in served.client.get(page).text

    tried: dict[int, bool] = {}
    for size in (8_000, 30_000, 60_000, 120_000, 180_000, 240_000, 300_000, 360_000):
        served.leave_room_for(size)
        tried[size] = served.bring(size).status_code == 303
    assert set(tried.values()) == {True, False}
    published = served.post(f"{second}/publish", version="1")

    served.leave_room_for(-1)
    if published.status_code == 503:
        assert served.post(f"{second}/publish", version="1").status_code == 303
    assert served.bring(11).status_code == 303
    until = time.monotonic() + 60
    while served.figures() != {4, 7} and time.monotonic() < until:
        time.sleep(0.5)
    assert served.figures() == {4, 7}

    kept = {int(size) for size in re.findall(r"At least (\d+)", served.client.get("/desk").text)} & set(tried)
    assert kept == {size for size, is_kept in tried.items() if is_kept}
    assert is_whole(tmp_path / "people.db")
    assert is_whole(tmp_path / "ledger.db")


def test_a_ledger_without_room_stays_as_it_was_and_takes_the_report_later(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.db"
    newsroom, reader = Newsroom(ledger), LinkedLedger(ledger)
    first = newsroom.take(ingest_text(TEXT.format(4), published="2019-05-04"))
    new = newsroom.preview(ingest_text(f"{TEXT.format(7)}\n\n{LONG}", published="2019-05-04"))
    before = reader.version()
    log = ledger.with_name("ledger.db-wal").stat().st_size
    failures = 0
    for more in (0, 8_000, 40_000, 80_000, 160_000):
        with room_for(log + more):
            try:
                newsroom.keep([new])
            except sqlite3.Error:
                failures += 1
        with reader.snapshot():
            is_new = reader.version() != before
            assert len(reader.reports().items) == (2 if is_new else 1)
    assert failures
    newsroom.keep([new])
    assert {one.id for one in reader.reports().items} == {first.report.id, new.report.id}
    newsroom.close()
    reader.close()
    assert is_whole(ledger)
