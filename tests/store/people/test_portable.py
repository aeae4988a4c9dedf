"""A backup holds everything as it was at one moment, and restores into either database, or not at all."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.postgres import Postgres

from according.errors import BrokenAssumptionError, UsageError
from according.store.people import People, open_people
from according.store.people.accounts import accounts, add_account
from according.store.people.audit import entries, record
from according.store.people.engine import TABLES
from according.store.people.outbox import queue
from according.store.people.portable import back_up, restore
from according.store.people.sessions import start_session


@pytest.fixture
def filled(either_people: People) -> People:
    with either_people.write() as connection:
        for name in ("Maria Okoth", "نور الهدى", "O’Brien; DROP TABLE account"):
            account = add_account(connection, name, f"{len(name)}@example.org", "editor", "a password of hers")
            start_session(connection, account.id, "192.0.2.0/24", "browser")
            record(connection, account.id, "account.sign_in", account.id, "line\nbreak \t and “quotes”")
        queue(connection, "a@example.org", "Subject", "Text", "test")
    return either_people


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'restored.db'}"
    server: Postgres = request.getfixturevalue("postgres_server")
    return server.new_database()


def everything(people: People) -> dict[str, list[tuple[object, ...]]]:
    with people.read() as connection:
        rows = {table.name: connection.execute(sa.select(table)).all() for table in TABLES.sorted_tables}
    return {name: sorted(map(tuple, found), key=str) for name, found in rows.items()}


def backup_of(people: People) -> io.BytesIO:
    file = io.BytesIO()
    back_up(people, file)
    file.seek(0)
    return file


def test_what_is_restored_is_what_was_backed_up(filled: People, target: str) -> None:
    rows = restore(backup_of(filled), target)
    restored = open_people(target)
    assert everything(restored) == everything(filled)
    assert rows == sum(map(len, everything(filled).values()))
    restored.close()


def test_a_restored_database_goes_on_counting(filled: People, target: str) -> None:
    restore(backup_of(filled), target)
    restored = open_people(target)
    with restored.write() as connection:
        record(connection, None, "account.add")
    with restored.read() as connection:
        assert [entry.number for entry in entries(connection)] == [4, 3, 2, 1]
    restored.close()


def test_a_backup_is_of_one_moment(filled: People) -> None:
    """What is written while a backup runs is in it wholly or not at all."""
    with filled.snapshot() as before:
        names = [account.name for account in accounts(before)]
        with filled.write() as connection:
            add_account(connection, "Later", "later@example.org", "coder")
        assert [account.name for account in accounts(before)] == names


def test_no_database_that_holds_something_is_restored_over(filled: People, target: str) -> None:
    there = open_people(target)
    before = everything(there)
    with pytest.raises(UsageError, match="not empty"):
        restore(backup_of(filled), target)
    assert everything(there) == before
    there.close()


@pytest.mark.parametrize("damage", ["cut off", "not ours", "row lost", "row changed", "from the future", "half"])
def test_a_damaged_backup_restores_nothing(people: People, tmp_path: Path, damage: str) -> None:
    with people.write() as connection:
        add_account(connection, "Maria", "maria@example.org", "editor")
    whole = backup_of(people).read()
    lines = gzip.decompress(whole).decode().splitlines()
    row = next(number for number, line in enumerate(lines) if "Maria" in line)
    if damage == "cut off":
        lines = lines[:-1]
    elif damage == "not ours":
        lines[0] = json.dumps({"format": "something else"})
    elif damage == "row lost":
        del lines[row]
    elif damage == "row changed":
        lines[row] = lines[row].replace("editor", "admin")
    elif damage == "from the future":
        lines[0] = lines[0].replace("0001_accounts", "9999_accounts")
    damaged = gzip.compress("\n".join(lines).encode()) if damage != "half" else whole[: len(whole) // 2]
    target = tmp_path / "restored.db"
    with pytest.raises((UsageError, BrokenAssumptionError)):
        restore(io.BytesIO(damaged), f"sqlite:///{target}")
    left = sa.create_engine(f"sqlite:///{target}")
    assert sa.inspect(left).get_table_names() == []
    left.dispose()


def test_replies_are_restored_after_what_they_reply_to(people: People, tmp_path: Path) -> None:
    """A table that refers to itself, such as that of comments, whatever order its keys have."""
    key: sa.Column[str] = sa.Column("id", sa.String(4), primary_key=True)
    to: sa.Column[str] = sa.Column("to", sa.ForeignKey("test_reply.id"))
    table = sa.Table("test_reply", TABLES, key, to)
    rows: list[dict[str, str | None]] = [{"id": "z", "to": None}, {"id": "m", "to": "z"}, {"id": "a", "to": "m"}]
    try:
        with people.write() as connection:
            table.create(connection)
            connection.execute(table.insert(), rows)
        lines = gzip.decompress(backup_of(people).read()).decode().splitlines()
        start = lines.index('{"table": "test_reply", "columns": ["id", "to"]}')
        assert [json.loads(line) for line in lines[start + 1 : start + 4]] == [["z", None], ["m", "z"], ["a", "m"]]
    finally:
        TABLES.remove(table)
