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
def mortal_postgres() -> Iterator[Postgres]:
    """A PostgreSQL server of one test alone, which may stop or kill it."""
    with run_postgres() as server:
        yield server


@pytest.fixture
def people_on_sqlite(tmp_path: Path) -> Iterator[People]:
    """An empty people's database in SQLite."""
    opened = open_people(f"sqlite:///{tmp_path / 'people.db'}")
    yield opened
    opened.close()


@pytest.fixture
def people(people_on_sqlite: People) -> People:
    """An empty people's database."""
    return people_on_sqlite


@pytest.fixture
def people_on_postgres(postgres_server: Postgres) -> Iterator[People]:
    """An empty people's database in PostgreSQL."""
    url = postgres_server.people_database()
    opened = open_people(url)
    yield opened
    opened.close()
    postgres_server.drop(url)


@pytest.fixture(params=["people_on_sqlite", "people_on_postgres"], ids=["sqlite", "postgresql"])
def either_people(request: pytest.FixtureRequest) -> People:
    """An empty people's database, once in SQLite and once in PostgreSQL: for contract tests."""
    opened: People = request.getfixturevalue(request.param)
    return opened
