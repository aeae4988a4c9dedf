"""One SQLite file with named migrations, each transaction whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from according.errors import BrokenAssumptionError, UsageError
from according.store.migrations import Migrations


class Database:
    """A SQLite file in write-ahead mode, brought up to date when it is opened."""

    def __init__(self, path: Path, migrations: Migrations, purpose: str, family: str = "") -> None:
        """Open or create the file; raises UsageError, naming the ``purpose``, when it cannot be such a file.

        Only migrations whose names begin with ``family`` are this opener's business: one file may hold several.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=30)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._migrate(migrations, family)
        except (OSError, sqlite3.DatabaseError) as error:
            raise UsageError(f"{path} cannot {purpose}: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was added stays."""
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:  # a full disk may have ended it already
                self._connection.execute("ROLLBACK")
            raise

    def _migrate(self, migrations: Migrations, family: str) -> None:
        self._connection.execute("CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY) STRICT")
        applied = {name for (name,) in self._connection.execute("SELECT name FROM migration")}
        newer = [name for name in applied - {name for name, _ in migrations} if name.startswith(family)]
        if newer:
            raise BrokenAssumptionError(f"the file was written by a newer version (migration {min(newer)})")
        for name, statements in migrations:
            if name not in applied:
                with self._transaction():
                    for statement in statements:
                        self._connection.execute(statement)
                    self._connection.execute("INSERT INTO migration (name) VALUES (?)", (name,))
