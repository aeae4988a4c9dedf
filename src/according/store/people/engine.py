"""The people's database: SQLite in one file, or PostgreSQL, behind the same statements.

Each part of the site declares its tables on :data:`TABLES` and its steps in :data:`STEPS`; opening the database
applies the steps that it has not seen, each once and in the order of their names.
"""

from __future__ import annotations

import importlib
import pkgutil
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from according.errors import BrokenAssumptionError, UsageError

TABLES = sa.MetaData()
STEPS: dict[str, Callable[[sa.Connection], None]] = {}
"""Named migrations: "0001_accounts" and what it does to a database."""

_PATIENCE = {"connect_timeout": 5, "tcp_user_timeout": 15_000}
"""How long a silent PostgreSQL server is waited for (libpq: s, ms): readers are told instead of left waiting."""
_APPLIED = sa.Table("people_step", sa.MetaData(), sa.Column("name", sa.String, primary_key=True))


def creates(name: str, *tables: sa.Table) -> None:
    """Register the migration that makes these tables."""

    def create(connection: sa.Connection) -> None:
        TABLES.create_all(connection, tables=list(tables))

    STEPS[name] = create


class People:
    """An open people's database; every write is one transaction, whole or not at all."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._turn = threading.Lock() if engine.dialect.name == "sqlite" else nullcontext()
        self._file = _file_of(engine)
        self._mark = None if self._file is None else _mark(self._file)

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._engine.dialect.name

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection to read from."""
        self._refuse_lost()
        with self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction: committed at the end, rolled back when anything is raised."""
        self._refuse_lost()
        with self._turn, self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[sa.Connection]:
        """A connection to read from to which everything stays as it is at its first look."""
        options = {} if self.dialect == "sqlite" else {"isolation_level": "REPEATABLE READ"}
        with self._engine.connect().execution_options(**options) as connection:
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def _refuse_lost(self) -> None:
        """Raise when another file, or none, is where the database was: SQLite would go on writing to what is gone."""
        if self._file is not None and _mark(self._file) != self._mark:
            raise BrokenAssumptionError("the people's database is no longer where it was when it was opened")


def open_people(url: str) -> People:
    """Open or create the database at an address such as ``sqlite:///people.db`` or ``postgresql+psycopg://…``.

    Raises UsageError when it cannot be opened, BrokenAssumptionError when a newer version wrote it.
    """
    declare()
    try:
        engine = make_engine(url)
        _make_file(engine)
        with engine.execution_options(writes=True).begin() as connection:
            _migrate(connection)
    except (SQLAlchemyError, ImportError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise UsageError(f"the people's database cannot be opened: {reason}") from error
    return People(engine)


def declare() -> None:
    """Import every module beside this one, so that all tables and steps are known."""
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        importlib.import_module(f"according.store.people.{module.name}")


def make_engine(url: str) -> sa.Engine:
    """What connects to the database; nothing is opened or created yet."""
    address = sa.make_url(url)
    if address.drivername in {"postgres", "postgresql"}:
        address = address.set(drivername="postgresql+psycopg")
    given = {name: value for name, value in _PATIENCE.items() if name not in address.query}
    engine = sa.create_engine(
        address,
        pool_pre_ping=True,
        pool_size=20,
        max_overflow=40,
        connect_args=given if address.get_backend_name() == "postgresql" else {},
    )
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _file_of(engine: sa.Engine) -> Path | None:
    """The file of a database, unless it is in memory or a server's."""
    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name and name != ":memory:" else None


def _make_file(engine: sa.Engine) -> None:
    """Make the file of a new database, which nobody but its owner may read."""
    file = _file_of(engine)
    if file is not None and file.parent.is_dir():
        file.touch(0o600)


def _mark(file: Path) -> tuple[int, int] | None:
    """Which file it is, whatever it is called; None when there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _prepare_sqlite(connection: object, _: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # transactions begin where SQLAlchemy says
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON", "busy_timeout = 30000"):
        connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def _begin_sqlite(connection: sa.Connection) -> None:
    """A transaction that will write takes its place at once, so that it never has to give up half-way."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _migrate(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(20171031)"))
    newer = applied_steps(connection) - set(STEPS)
    if newer:
        raise BrokenAssumptionError(f"the people's database was written by a newer version (step {min(newer)})")
    apply_steps(connection, STEPS)


def applied_steps(connection: sa.Connection) -> set[str]:
    """The names of the steps that a database has seen."""
    _APPLIED.create(connection, checkfirst=True)
    return set(connection.scalars(sa.select(_APPLIED.c.name)))


def apply_steps(connection: sa.Connection, names: Iterable[str]) -> None:
    """Apply those of the steps that a database has not seen, in the order of their names."""
    for name in sorted(set(names) - applied_steps(connection)):
        STEPS[name](connection)
        connection.execute(_APPLIED.insert().values(name=name))
