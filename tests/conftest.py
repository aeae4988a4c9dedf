"""People's databases for tests: SQLite always, PostgreSQL when its server can be started."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.postgres import Postgres, run_postgres

from according.store.people import People, open_people


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL server of our own; skips when Debian's package postgresql is not installed."""
    with run_postgres() as server:
        yield server


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    """An empty people's database in SQLite."""
    opened = open_people(f"sqlite:///{tmp_path / 'people.db'}")
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_people(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[People]:
    """An empty people's database, once in SQLite and once in PostgreSQL: for contract tests."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'either.db'}"
    else:
        server: Postgres = request.getfixturevalue("postgres_server")
        url = server.new_database()
    opened = open_people(url)
    yield opened
    opened.close()
