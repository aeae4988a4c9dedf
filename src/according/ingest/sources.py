"""Where inputs come from: files by kind, folders, JSON lines, standard input."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from according.errors import UsageError
from according.ingest.normalise import decode
from according.ingest.reports import Facts, report_of_bytes, report_of_html, report_of_markdown
from according.ingest.rows import Row, lines_of, report_of_row, row_of, rows_of
from according.ingest.unreadable import UnreadableError
from according.issues import Issues
from according.records import Report
from according.settings import Settings

_ROW_FILES = frozenset((".jsonl", ".ndjson", ".json"))
_PAGE_FILES = frozenset((".html", ".htm", ".xhtml"))
_MARKDOWN_FILES = frozenset((".md", ".markdown"))
_TEXT_FILES = frozenset((".txt", ".text"))
_READ_FILES = _ROW_FILES | _PAGE_FILES | _MARKDOWN_FILES | _TEXT_FILES
_ARCHIVE_ENDINGS = (".warc", ".warc.gz", ".parquet")
_SNIFF_BYTES = 4096


class IngestOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the user says about the inputs; it outranks what they say themselves."""

    published: str | None = None
    source: str | None = None
    url: str | None = None


class Ingested(msgspec.Struct, frozen=True, kw_only=True):
    """One input: its report, or none and an error among its issues."""

    report: Report | None
    issues: Issues
    input_id: str


def read_inputs(inputs: Sequence[str], options: IngestOptions, settings: Settings) -> Iterator[Ingested]:
    """Read inputs in order, one report at a time; what cannot be read becomes an issue and the next one follows."""
    for given in inputs:
        if given != "-" and not _is_address(given) and not Path(given).exists():
            raise UsageError(f"There is no file or folder {given!r}.")
    facts = Facts(published=options.published, source=options.source, url=options.url)
    for given in inputs:
        if given == "-":
            yield from _read_stream(_peekable(sys.stdin.buffer), "-", facts, settings)
        elif _is_address(given):
            yield _failed(
                given, "unsupported_input", "Addresses are not fetched: save the page or the feed to a file first."
            )
        else:
            yield from _read_path(Path(given), facts, settings)


def _is_address(given: str) -> bool:
    return given.startswith(("http://", "https://"))


def _peekable(stream: BinaryIO) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))


def _read_path(path: Path, facts: Facts, settings: Settings) -> Iterator[Ingested]:
    if path.is_dir():
        for inner in sorted(path.rglob("*")):
            if inner.suffix.lower() in _READ_FILES and inner.is_file() and not inner.name.startswith("."):
                yield from _read_path(inner, facts, settings)
        return
    try:
        with path.open("rb") as stream:
            yield from _read_file(stream, path, facts, settings)
    except OSError as error:
        yield _failed(str(path), "unreadable_file", f"The file cannot be read: {error.strerror}.")


def _read_file(stream: io.BufferedReader, path: Path, facts: Facts, settings: Settings) -> Iterator[Ingested]:
    suffix = path.suffix.lower()
    if path.name.lower().endswith(_ARCHIVE_ENDINGS):
        yield _failed(
            str(path), "unsupported_input", "WARC and Parquet archives are not read yet: give JSON lines or pages."
        )
    elif suffix in (".jsonl", ".ndjson"):
        yield from _read_rows(stream, str(path), facts, settings)
    elif suffix == ".json":
        yield from _read_json(stream, str(path), facts, settings)
    elif suffix in _PAGE_FILES:
        yield _read_whole(stream, str(path), facts, settings, report_of_html)
    elif suffix in _MARKDOWN_FILES:
        yield _read_whole(stream, str(path), facts, settings, _report_of_markdown_bytes)
    else:
        yield from _read_stream(stream, str(path), facts, settings)


def _read_stream(stream: io.BufferedReader, name: str, facts: Facts, settings: Settings) -> Iterator[Ingested]:
    """Read something whose kind only its first bytes tell: JSON lines, a page, or text."""
    start = stream.peek(_SNIFF_BYTES)[:_SNIFF_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b'{"', b"{ ")):
        yield from _read_rows(stream, name, facts, settings)
    else:
        yield _read_whole(stream, name, facts, settings, report_of_bytes)


_Reader = Callable[[bytes, Facts, Issues], Report]


def _read_whole(stream: BinaryIO, name: str, facts: Facts, settings: Settings, reader: _Reader) -> Ingested:
    facts = msgspec.structs.replace(facts, input_id=name)
    content = stream.read(settings.max_input_bytes + 1)
    if len(content) > settings.max_input_bytes:
        return _failed(name, "too_large", f"The input is larger than {settings.max_input_bytes // 1_000_000} MB.")
    return _attempt(name, lambda issues: reader(content, facts, issues))


def _report_of_markdown_bytes(content: bytes, facts: Facts, issues: Issues) -> Report:  # noqa: ARG001 — a _Reader
    return report_of_markdown(decode(content), facts)


def _read_rows(stream: BinaryIO, name: str, facts: Facts, settings: Settings) -> Iterator[Ingested]:
    empty = True
    for number, line in lines_of(stream, settings.max_input_bytes):
        empty = False
        place = f"{name}:{number}"
        if line is None:
            yield _failed(place, "too_large", f"The line is larger than {settings.max_input_bytes // 1_000_000} MB.")
            continue
        try:
            row = row_of(line)
        except UnreadableError as error:
            yield _failed(place, error.code, str(error))
            continue
        yield _ingest_row(row, place, facts)
    if empty:
        yield _failed(name, "empty_input", "The input is empty.")


def _read_json(stream: io.BufferedReader, name: str, facts: Facts, settings: Settings) -> Iterator[Ingested]:
    """Read a .json file: JSON lines under another name, or one document over several lines."""
    first = stream.readline(settings.max_input_bytes)
    stream.seek(0)
    try:
        row_of(first)
    except UnreadableError:
        yield from _read_json_document(stream, name, facts, settings)
    else:
        yield from _read_rows(stream, name, facts, settings)


def _read_json_document(stream: BinaryIO, name: str, facts: Facts, settings: Settings) -> Iterator[Ingested]:
    content = stream.read(settings.max_input_bytes + 1)
    if len(content) > settings.max_input_bytes:
        yield _failed(name, "too_large", f"The input is larger than {settings.max_input_bytes // 1_000_000} MB.")
        return
    if not content.strip():
        yield _failed(name, "empty_input", "The input is empty.")
        return
    try:
        rows = rows_of(content)
    except UnreadableError as error:
        yield _failed(name, error.code, str(error))
        return
    for number, row in enumerate(rows, 1):
        yield _ingest_row(row, f"{name}:{number}", facts)


def _ingest_row(row: Row, place: str, facts: Facts) -> Ingested:
    input_id = place if row.id is None else str(row.id)
    return _attempt(input_id, lambda issues: report_of_row(row, facts, input_id, issues))


def _attempt(name: str, read: Callable[[Issues], Report]) -> Ingested:
    issues = Issues(name)
    try:
        return Ingested(report=read(issues), issues=issues, input_id=name)
    except UnreadableError as error:
        issues.error(error.code, str(error))
    except RecursionError:
        issues.error("too_deep", "The page nests its elements too deeply to be read.")
    return Ingested(report=None, issues=issues, input_id=name)


def _failed(name: str, code: str, message: str) -> Ingested:
    issues = Issues(name)
    issues.error(code, message)
    return Ingested(report=None, issues=issues, input_id=name)
