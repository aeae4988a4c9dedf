"""A site that is killed under load, or whose database is, has lost no comment that it had answered for."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from tests.postgres import Postgres
from tests.web.discussion.conftest import told

from according.store.people import discussion_moderation as moderation
from according.store.people import open_people
from according.store.people.discussion_comments import thread_of
from according.store.people.discussion_reading import count, latest
from according.web.newsroom import Newsroom

SERVE = """
import sys, uvicorn
from pathlib import Path
from according.store.people import open_people
from according.web.app import create_app
from according.web.discussion import writing
from according.web.guard import limits
from according.web.room import Room
folder, port, url = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
writing.FASTEST_SECONDS = 0.0
limits.Buckets.wait = lambda *_: 0.0
people = open_people(url)
room = Room("The Desk", f"http://127.0.0.1:{port}", "a secret of tests only", folder / "ledger.db", people)
uvicorn.run(create_app(room), port=port, log_level="error")
"""


def write_until_it_dies(address: str, report: str, kept: list[str], number: int) -> None:
    """Send comments, and note those that the site answered for."""
    with httpx2.Client(base_url=address, timeout=30) as client:
        try:
            token = client.get("/csrf.json").json()["token"]
            for at in range(10_000):
                words = f"writer {number} comment {at}"
                form = {"csrf": token, "name": "Leila", "text": words}
                status = client.post(f"/report/{report}/discussion", data=form).status_code
                if status == 303:
                    kept.append(words)
                elif status == 503:
                    return
        except httpx2.TransportError:
            return


@pytest.fixture(params=["sqlite", "postgresql", "postgresql itself"])
def killed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Postgres | None]]:
    """The address of a people's database, and the server to kill when it is not the site that is killed."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'people.db'}", None
        return
    name = "postgres_server" if request.param == "postgresql" else "mortal_postgres"
    server: Postgres = request.getfixturevalue(name)
    yield server.people_database(), server if name == "mortal_postgres" else None


def test_no_acknowledged_comment_is_lost(tmp_path: Path, killed: tuple[str, Postgres | None]) -> None:
    url, database = killed
    newsroom = Newsroom(tmp_path / "ledger.db")
    report = newsroom.take(told()).report
    newsroom.close()
    people = open_people(url)
    with people.write() as connection:
        moderation.set_policy(connection, moderation.Policy(hold_first=False))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, kept = f"http://127.0.0.1:{port}", list[str]()
    with subprocess.Popen([sys.executable, "-c", SERVE, str(tmp_path), str(port), url]) as server:
        _wait_for(address)
        writers = [
            threading.Thread(target=write_until_it_dies, args=(address, report.id, kept, one)) for one in range(4)
        ]
        for writer in writers:
            writer.start()
        while len(kept) < 60 and server.poll() is None:
            time.sleep(0.01)
        if database:
            database.kill()
        else:
            server.kill()
        for writer in writers:
            writer.join()
        if database:
            database.start()
            assert httpx2.get(f"{address}/report/{report.id}", timeout=30).status_code == 200
        server.kill()
    with people.read() as connection:
        found = {re.sub("<.*?>", "", one.html) for one in latest(connection, thread_of(report), limit=100_000)}
        assert count(connection, thread_of(report)) == len(found)
    people.close()
    assert len(kept) >= 60
    assert set(kept) <= found


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            httpx2.get(f"{address}/csrf.json")
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the site did not start")
