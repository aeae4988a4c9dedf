"""The audit log is only ever added to, in either database."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from according.store.people import People
from according.store.people.audit import ENTRY, entries, record


def test_entries_come_back_newest_first(either_people: People) -> None:
    with either_people.write() as connection:
        record(connection, None, "account.add", "a1")
        record(connection, "a1", "account.sign_in", "a1", "from 192.0.2.0/24")
    with either_people.read() as connection:
        assert [entry.what for entry in entries(connection)] == ["account.sign_in", "account.add"]
        assert [entry.who for entry in entries(connection, what="account.a")] == [None]
        assert entries(connection, who="a1", before=2) == []


@pytest.mark.parametrize("change", [ENTRY.update().values(what="nothing"), ENTRY.delete()])
def test_no_entry_can_be_changed_or_deleted(either_people: People, change: sa.Executable) -> None:
    with either_people.write() as connection:
        record(connection, None, "account.add", "a1")
    with pytest.raises(DBAPIError, match="only ever added to"), either_people.write() as connection:
        connection.execute(change)
    with either_people.read() as connection:
        assert [entry.what for entry in entries(connection)] == ["account.add"]
