"""A people's database that an earlier version wrote is opened with all that it holds; one of a later version is not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from according.errors import BrokenAssumptionError
from according.store.judgements import JudgementLog
from according.store.people import open_people
from according.store.people.accounts import ACCOUNT, accounts, add_account
from according.store.people.engine import STEPS, apply_steps, declare, make_engine

OLD_LOG = """CREATE TABLE judgement (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    subjects TEXT NOT NULL, author TEXT NOT NULL, time TEXT NOT NULL, reason TEXT NOT NULL, undoes TEXT)"""
OLD_ROW = """INSERT INTO judgement VALUES (1, 'abcdef0123456789', 'same',
    '[{"id":"x","claims":["1"]},{"id":"y","claims":["2"]}]', 'Ana', '2026-01-31T10:00:00.000Z', 'one strike', NULL)"""


def test_a_file_of_judgements_alone_becomes_a_peoples_database(tmp_path: Path) -> None:
    path = tmp_path / "people.db"
    with sqlite3.connect(path) as old:
        old.execute(OLD_LOG)
        old.execute(OLD_ROW)
    people = open_people(f"sqlite:///{path}")
    log = JudgementLog(people)
    [kept] = log.judgements()
    assert (kept.author, kept.reason, kept.report, kept.coding) == ("Ana", "one strike", None, None)
    log.undo(kept.id, "Bo", "two strikes")
    with pytest.raises(sa.exc.DBAPIError, match="never"), people.write() as connection:
        connection.execute(sa.text("DELETE FROM judgement"))
    with people.read() as connection:
        assert accounts(connection) == []
    people.close()


@pytest.mark.parametrize("known", ["0001_accounts", "0003_audit", "0006_publications"])
def test_steps_that_an_older_database_lacks_are_applied_once(tmp_path: Path, known: str) -> None:
    declare()
    url = f"sqlite:///{tmp_path / 'people.db'}"
    engine = make_engine(url)
    with engine.execution_options(writes=True).begin() as connection:
        apply_steps(connection, [name for name in STEPS if name <= known])
        add_account(connection, "Ana", "ana@example.org", "editor")
    engine.dispose()
    for _ in range(2):
        people = open_people(url)
        with people.read() as connection:
            assert [one.name for one in accounts(connection)] == ["Ana"]
            names = set(sa.inspect(connection).get_table_names())
        assert {"judgement", "publication", "coding", "discussion_comment", ACCOUNT.name} <= names
        people.close()


def test_a_database_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'people.db'}"
    people = open_people(url)
    with people.write() as connection:
        connection.execute(sa.text("INSERT INTO people_step (name) VALUES ('9999_telepathy')"))
    people.close()
    with pytest.raises(BrokenAssumptionError, match="newer version"):
        open_people(url)
