"""A full disk and a lost database give a clear answer, keep nothing by halves, and are over when they are over."""

from __future__ import annotations

import socket
import sqlite3
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.postgres import Postgres
from tests.web.conftest import Visitor

from according.errors import UsageError
from according.store.people import People, engine, open_people
from according.store.people.outbox import queue
from according.web import mail
from according.web.guard.headers import HEADERS
from according.web.mail import PostOffice
from according.web.room import Room

TEXT = "At least four people were killed when shells hit the market in Gharyan on 3 May 2019, a doctor said."
LONG = "\n\n".join(f"Paragraph {number} tells of the weather." for number in range(300))


def bring(visitor: Visitor, text: str) -> int:
    return visitor.post("/desk/new", {"text": text, "kind": "written"}).status_code


class Disk:
    """What a database is kept on; it has room for nothing more while it is full."""

    def __init__(self, people: People) -> None:
        self.is_full = False
        sa.event.listen(people._engine, "begin", self._bound)  # below what the store offers

    def _bound(self, connection: sa.Connection) -> None:
        pages: int = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + (0 if self.is_full else 10_000)}")


def test_a_full_disk_is_said_keeps_nothing_by_halves_and_is_over_when_it_is_over(
    visitor: Visitor, room: Room, tmp_path: Path
) -> None:
    visitor.sign_in("editor", "Ed")
    disk, long = Disk(room.people), f"{TEXT}\n\n{LONG}"
    token = visitor.token()
    disk.is_full = True
    answer = visitor.client.post("/desk/new", data={"csrf": token, "text": long})
    assert answer.status_code == 503
    assert "nothing of it was saved" in answer.text
    assert answer.headers["retry-after"] == "30"
    plain = {"Accept": "application/json"}
    told = visitor.client.post("/desk/new", data={"csrf": token, "text": long}, headers=plain)
    assert told.json()["error"]["code"] == "database_lost"
    assert visitor.get("/desk.json").json()["drafts"] == []
    disk.is_full = False
    assert bring(visitor, long) == 303
    assert len(visitor.get("/desk.json").json()["drafts"]) == 1
    with sqlite3.connect(tmp_path / "people.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("instead", ["nothing", "another"])
def test_a_lost_database_is_said_and_never_written_anew(
    visitor: Visitor, room: Room, tmp_path: Path, instead: str
) -> None:
    visitor.sign_in("editor", "Ed")
    assert bring(visitor, TEXT) == 303
    token = visitor.token()
    file, away = tmp_path / "people.db", tmp_path / "away.db"
    file.rename(away)
    if instead == "another":
        file.touch()
    for answer in (visitor.get("/desk"), visitor.client.post("/desk/new", data={"csrf": token, "text": TEXT})):
        assert answer.status_code == 503
        assert "try again" in answer.text
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert not file.exists() or file.stat().st_size == 0
    away.replace(file)
    assert visitor.get("/desk").status_code == 200


def test_a_lost_postgresql_is_said_and_the_site_goes_on_when_it_is_back(
    mortal_postgres: Postgres, tmp_path: Path
) -> None:
    people = open_people(mortal_postgres.people_database())
    visitor = Visitor(Room("The Desk", "http://testserver", "a secret of tests only", tmp_path / "ledger.db", people))
    visitor.sign_in("editor", "Ed")
    assert bring(visitor, TEXT) == 303
    token, letters = visitor.token(), list[str]()
    post = PostOffice(people, lambda message: letters.append(message["To"]), "desk@example.org")
    with post.open():
        mortal_postgres.kill()
        for answer in (visitor.get("/desk"), visitor.client.post("/desk/new", data={"csrf": token, "text": LONG})):
            assert answer.status_code == 503
            assert "try again" in answer.text
            assert answer.headers["retry-after"] == "30"
        assert visitor.get("/desk.json").json()["error"]["code"] == "database_lost"
        mortal_postgres.start()
        assert len(visitor.get("/desk.json").json()["drafts"]) == 1
        assert bring(visitor, f"{TEXT} It rained.") == 303
        with people.write() as connection:
            queue(connection, "reader@example.org", "Subject", "Text", "test")
        until = time.monotonic() + 30
        while not letters and time.monotonic() < until:
            time.sleep(0.1)
    assert letters == ["reader@example.org"]
    people.close()


def test_a_postgresql_that_is_silent_is_waited_for_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(engine._PATIENCE, "connect_timeout", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        before = time.monotonic()
        with pytest.raises(UsageError, match="cannot be opened"):
            open_people(f"postgresql://desk@127.0.0.1:{silent.getsockname()[1]}/people")
        assert time.monotonic() - before < 20


def test_a_lost_file_ends_no_post_office(people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "SECONDS_BETWEEN", 0.05)
    file, away, letters = tmp_path / "people.db", tmp_path / "away.db", list[str]()
    with people.write() as connection:
        queue(connection, "reader@example.org", "Subject", "Text", "test")
    file.rename(away)
    with PostOffice(people, lambda message: letters.append(message["To"]), "desk@example.org").open():
        time.sleep(0.3)
        away.replace(file)
        until = time.monotonic() + 30
        while not letters and time.monotonic() < until:
            time.sleep(0.05)
    assert letters == ["reader@example.org"]


def test_a_lost_ledger_is_said(visitor: Visitor, room: Room) -> None:
    room.ledger.write_bytes(b"this is no database" * 100)
    answer = visitor.get("/")
    assert answer.status_code == 503
    assert "try again" in answer.text
    assert visitor.get("/incidents.json").json()["error"]["code"] == "database_lost"


def test_a_database_that_is_none_is_refused_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "people.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(UsageError, match="cannot be opened"):
        open_people(f"sqlite:///{tmp_path / 'people.db'}")


def test_the_peoples_database_is_its_owners_alone(people: People, tmp_path: Path) -> None:
    assert people.dialect == "sqlite"
    assert (tmp_path / "people.db").stat().st_mode & 0o077 == 0
