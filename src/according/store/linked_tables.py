"""The file of the linked tables: a connection for every thread, whole states to read from, whole changes to write."""

from __future__ import annotations

import secrets
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from according.store.ledger import Ledger


class LinkedTables:
    """Access to the linked tables of a ledger's file, from any thread."""

    def __init__(self, path: Path) -> None:
        """Open the tables in the ledger at ``path``, made when missing; raises UsageError when it cannot be one."""
        Ledger(path).close()
        self._path = path
        self._threads = threading.local()

    def close(self) -> None:
        """Close this thread's connection."""
        connection = getattr(self._threads, "connection", None)
        if connection is not None:
            connection.close()
            del self._threads.connection

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Hold everything that this thread asks inside the block to one state of the tables."""
        connection = self._connection()
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            connection.execute("COMMIT")

    def version(self) -> str:
        """A word that changes whenever the content does, for caches; empty before there is any."""
        return self.state("version")

    def state(self, name: str) -> str:
        """What was noted with the content under a name; empty when nothing was."""
        row = self._connection().execute("SELECT value FROM linked_state WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._threads, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._path, isolation_level=None, timeout=30)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA mmap_size = 268435456")
            self._threads.connection = connection
        return connection

    def _all(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._connection().execute(statement, values).fetchall()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # a full disk may have ended it already
                connection.execute("ROLLBACK")
            raise

    @staticmethod
    def _noted(connection: sqlite3.Connection, notes: Mapping[str, str]) -> str:
        version = secrets.token_hex(8)
        rows = {**notes, "version": version}.items()
        connection.executemany("INSERT OR REPLACE INTO linked_state (name, value) VALUES (?, ?)", rows)
        return version
