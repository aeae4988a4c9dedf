"""People's data as one file that any later version restores, into SQLite or PostgreSQL, whichever it came from.

The file is compressed JSON lines: what it is and which steps made its tables; each table's columns and then its rows;
and at the end the number of rows and a fingerprint of them all, so that half a file is not taken for a whole one.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import IO, Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from according.errors import BrokenAssumptionError, UsageError
from according.store.people.clock import now
from according.store.people.engine import STEPS, TABLES, People, applied_steps, apply_steps, declare, make_engine

FORMAT = "according people 1"
ROWS_AT_ONCE = 500


class Total(msgspec.Struct):
    """How many rows there are, and the sum of their fingerprints: the same in whatever order they come."""

    rows: int = 0
    prints: int = 0

    def add(self, table: str, row: list[Any]) -> None:
        """Count a row."""
        line = json.dumps([table, row], ensure_ascii=False, sort_keys=True)
        self.rows += 1
        self.prints = (self.prints + int.from_bytes(hashlib.sha256(line.encode()).digest())) % 2**256


def back_up(people: People, target: IO[bytes]) -> tuple[int, list[str]]:
    """Write everything as it is at one moment; gives the number of rows, and the tables that are not According's."""
    total = Total()
    with people.snapshot() as connection, gzip.open(target, "wt", encoding="utf-8") as out:
        _write(out, {"format": FORMAT, "taken": now(), "steps": sorted(applied_steps(connection))})
        tables = _tables(connection)
        for table in tables.sorted_tables:
            _write(out, {"table": table.name, "columns": table.columns.keys()})
            for row in _parents_first(table, _rows(connection, table)):
                total.add(table.name, row)
                _write(out, row)
        _write(out, {"rows": total.rows, "prints": f"{total.prints:064x}"})
        others = set(sa.inspect(connection).get_table_names()) - set(tables.tables) - {"people_step"}
    return total.rows, sorted(others)


def restore(source: IO[bytes], url: str) -> int:
    """Fill an empty database with what a file holds, all of it or nothing; gives the number of rows.

    Raises UsageError when the file is no such file or is damaged, or the database is not empty.
    """
    declare()
    try:
        engine = make_engine(url)
        try:
            with engine.execution_options(writes=True).begin() as connection:
                return _fill(connection, _read(source))
        finally:
            engine.dispose()
    except (SQLAlchemyError, ImportError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise UsageError(f"the backup cannot be restored: {reason}") from error


def _fill(connection: sa.Connection, lines: Iterator[Any]) -> int:
    if sa.inspect(connection).get_table_names():
        raise UsageError("the database to restore into is not empty; name one that is")
    head = next(lines, None)
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise UsageError("this is no backup of people's data")
    unknown = set(head["steps"]) - set(STEPS)
    if unknown:
        raise BrokenAssumptionError(f"the backup was written by a newer version (step {min(unknown)})")
    apply_steps(connection, head["steps"])
    said = _insert_all(connection, lines)
    _set_sequences(connection)
    if said != _total(connection):
        raise UsageError("what was restored is not what was backed up; nothing was kept")
    apply_steps(connection, STEPS)
    return said.rows


def _insert_all(connection: sa.Connection, lines: Iterator[Any]) -> Total:
    """Insert every row; gives what the last line of the file says that there should be."""
    tables = _tables(connection)
    table: sa.Table | None = None
    columns: list[str] = []
    waiting: list[dict[str, Any]] = []
    for line in lines:
        if isinstance(line, list):
            waiting.append(dict(zip(columns, map(_value, line), strict=True)))
        if table is not None and (len(waiting) >= ROWS_AT_ONCE or isinstance(line, dict)):
            _insert(connection, table, waiting)
            waiting = []
        if isinstance(line, dict) and "table" in line:
            table, columns = tables.tables[line["table"]], line["columns"]
            _empty(connection, table)
        elif isinstance(line, dict):
            return Total(line["rows"], int(line["prints"], 16))
    raise UsageError("the backup ends too early")


def _insert(connection: sa.Connection, table: sa.Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(table.insert(), rows)


def _empty(connection: sa.Connection, table: sa.Table) -> None:
    """Take out what a step put into a new table: the file has it too."""
    if connection.execute(sa.select(sa.exists(sa.select(1).select_from(table)))).scalar():
        connection.execute(table.delete())


def _total(connection: sa.Connection) -> Total:
    total = Total()
    for table in _tables(connection).sorted_tables:
        for row in _rows(connection, table):
            total.add(table.name, row)
    return total


def _tables(connection: sa.Connection) -> sa.MetaData:
    """According's own tables as this database has them, which may be as an earlier version made them."""
    present = sa.MetaData()
    names = set(sa.inspect(connection).get_table_names()) & set(TABLES.tables)
    present.reflect(connection, only=sorted(names))
    return present


def _rows(connection: sa.Connection, table: sa.Table) -> Iterator[list[Any]]:
    wanted = sa.select(table).order_by(*table.primary_key.columns)
    for row in connection.execute(wanted, execution_options={"yield_per": ROWS_AT_ONCE}):
        yield [_plain(value) for value in row]


def _parents_first(table: sa.Table, rows: Iterable[list[Any]]) -> Iterable[list[Any]]:
    """Rows in an order in which those that others of the same table refer to come before them."""
    names = table.columns.keys()
    links = [
        (names.index(key.parent.name), names.index(key.column.name))
        for key in table.foreign_keys
        if key.column.table is table
    ]
    if not links:
        return rows
    here, there = links[0]
    return _in_order(list(rows), here, there)


def _in_order(rows: list[list[Any]], here: int, there: int) -> Iterator[list[Any]]:
    given: set[Any] = {None}
    while rows:
        ready = [row for row in rows if row[here] in given]
        if not ready:
            raise BrokenAssumptionError("rows of the people's database refer to each other in a circle")
        yield from ready
        given |= {row[there] for row in ready}
        rows = [row for row in rows if row[here] not in given or row[there] not in given]


def _set_sequences(connection: sa.Connection) -> None:
    """Let PostgreSQL go on counting where the restored rows end; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in _tables(connection).sorted_tables:
        for column in table.primary_key.columns:
            if isinstance(column.type, sa.Integer):
                sequence = sa.func.pg_get_serial_sequence(table.name, column.name)
                last = sa.select(sa.func.max(column)).scalar_subquery()
                connection.execute(sa.select(sa.func.setval(sequence, last)).where(last.is_not(None)))


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(value).decode()}
    if isinstance(value, date | datetime):
        return {"time" if isinstance(value, datetime) else "day": value.isoformat()}
    return {"json": value} if isinstance(value, dict | list) else value


def _value(plain: Any) -> Any:
    if not isinstance(plain, dict):
        return plain
    kind, said = next(iter(plain.items()))
    if kind == "base64":
        return base64.b64decode(said)
    return {"time": datetime.fromisoformat, "day": date.fromisoformat}.get(kind, lambda same: same)(said)


def _write(out: IO[str], line: Any) -> None:
    out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _read(source: IO[bytes]) -> Iterator[Any]:
    try:
        with gzip.open(source, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, EOFError, ValueError) as error:
        raise UsageError(f"the backup cannot be read: {error}") from error
