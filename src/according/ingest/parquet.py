"""Parquet archives: the columns of the JSON lines, one report a row, read a batch at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from according.ingest.ingested import Ingested, attempt, failed, missing_archives, too_large
from according.ingest.normalise import decode
from according.ingest.reports import Facts
from according.ingest.rows import Row, report_of_row
from according.ingest.unreadable import UnreadableError
from according.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_BATCH_ROWS = 32
# Nothing is fetched because a file asks for it, and one thread keeps the order and the memory small.
_ENGINE: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
_PATTERN_MARKS = "*?["


def read_parquet(path: Path, facts: Facts, settings: Settings) -> Iterator[Ingested]:
    """Read every row that has a text or a page; further columns are left alone."""
    try:
        import duckdb  # noqa: PLC0415 — an optional library
    except ImportError:
        yield missing_archives(str(path), "Parquet archives")
        return
    number = 0
    try:
        with duckdb.connect(":memory:", config=_ENGINE) as engine:
            for number, values in enumerate(_rows(engine, path), 1):
                yield _ingest(values, f"{path}:{number}", facts, settings)
    except UnreadableError as error:
        yield failed(str(path), error.code, str(error))
    except duckdb.Error as error:
        cause = str(error).splitlines()[0].rstrip(".")
        yield failed(str(path), "bad_archive", f"The Parquet file cannot be read beyond row {number}: {cause}.")
    else:
        if number == 0:
            yield failed(str(path), "empty_input", "The archive holds no rows.")


def _rows(engine: DuckDBPyConnection, path: Path) -> Iterator[dict[str, str | bytes | None]]:
    """The known columns of each row, in the file's order; what is not text or bytes is written out as text."""
    source = [_literal_path(path)]
    described = engine.execute("DESCRIBE SELECT * FROM read_parquet(?)", source).fetchall()
    kinds = {str(name): str(kind) for name, kind, *_ in described if name in Row.__struct_fields__}
    if not kinds.keys() & {"text", "html"}:
        raise UnreadableError("bad_row", "The archive has neither a text nor an html column.")
    columns = [f'"{name}"' if kind == "BLOB" else f'CAST("{name}" AS VARCHAR)' for name, kind in kinds.items()]
    # Column names are among our own; the path is a parameter.
    cursor = engine.execute(f"SELECT {', '.join(columns)} FROM read_parquet(?)", source)  # noqa: S608
    while batch := cursor.fetchmany(_BATCH_ROWS):
        for row in batch:
            yield dict(zip(kinds, row, strict=True))


def _literal_path(path: Path) -> str:
    """The path with the marks of file patterns made literal."""
    return "".join(f"[{character}]" if character in _PATTERN_MARKS else character for character in str(path))


def _ingest(values: dict[str, str | bytes | None], place: str, facts: Facts, settings: Settings) -> Ingested:
    if any(value is not None and len(value) > settings.max_input_bytes for value in values.values()):
        return too_large(place, "row", settings)
    try:
        row = Row(**{name: decode(value) if isinstance(value, bytes) else value for name, value in values.items()})
    except UnreadableError as error:
        return failed(place, error.code, str(error))
    input_id = place if row.id is None else str(row.id)
    return attempt(input_id, lambda issues: report_of_row(row, facts, input_id, issues))
