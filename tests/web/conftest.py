"""A site to visit: a database of its own, and visitors who send forms as a browser does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx2
import pytest
from lxml import html
from starlette.testclient import TestClient

from according.store.people import People
from according.store.people.accounts import Account, Role, add_account
from according.store.people.sessions import start_session
from according.web.app import create_app
from according.web.room import Room

ADDRESS = "http://testserver"


class Visitor:
    """Someone with a browser. Forms and JSON that they send carry the token, unless they are told not to."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.client = TestClient(create_app(room), base_url=room.address, follow_redirects=False)

    def get(self, path: str, **more: Any) -> httpx2.Response:
        return self.client.get(path, **more)

    def post(self, path: str, form: dict[str, Any] | None = None, **more: Any) -> httpx2.Response:
        return self.client.post(path, data={"csrf": self.token(), **(form or {})}, **more)

    def post_json(self, path: str, body: Any, method: str = "POST") -> httpx2.Response:
        return self.client.request(method, path, json=body, headers={"X-CSRF-Token": self.token()})

    def token(self) -> str:
        token: str = self.client.get("/csrf.json").json()["token"]
        return token

    def sign_in(self, role: Role, name: str = "") -> Account:
        """Be signed in to a new account of that role, without the form."""
        with self.room.people.write() as connection:
            account = add_account(connection, name or role, f"{name or role}@example.org".lower(), role)
            token = start_session(connection, account.id, "192.0.2.0/24", "test")
        self.have_cookie("session", token)
        return account

    def have_cookie(self, name: str, value: str) -> None:
        """Have a cookie as if the site had set it."""
        self.client.cookies.set(f"according_{name}", value, domain="testserver.local", path="/")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let the tests of what keeps people's data run on both databases, unless they are about SQLite's file."""
    if "people" in metafunc.fixturenames and {"accounts", "desk", "discussion"} & set(metafunc.definition.path.parts):
        metafunc.parametrize("people", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def people(request: pytest.FixtureRequest) -> People:
    """An empty people's database: SQLite, or where a test asks for both, a PostgreSQL server of our own too."""
    kind = "people_on_postgres" if getattr(request, "param", "sqlite") == "postgresql" else "people_on_sqlite"
    opened: People = request.getfixturevalue(kind)
    return opened


@pytest.fixture
def room_on_postgres(people_on_postgres: People, tmp_path: Path) -> Room:
    """A room without any report yet whose people are kept in PostgreSQL."""
    return Room("The Desk", ADDRESS, "a secret of tests only", tmp_path / "ledger.db", people_on_postgres)


@pytest.fixture
def room(tmp_path: Path, people: People) -> Room:
    """A room without any report yet."""
    return Room("The Desk", ADDRESS, "a secret of tests only", tmp_path / "ledger.db", people)


@pytest.fixture
def visitor(room: Room) -> Visitor:
    """A reader whom the site does not know."""
    return Visitor(room)


def found(page: str, path: str) -> list[str]:
    """The attributes of a page that an XPath leads to."""
    values = html.fromstring(page).xpath(path)
    assert isinstance(values, list)
    return [str(value) for value in values]
