"""Where inputs come from: files by kind, folders, addresses, standard input."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from according.errors import UsageError
from according.ingest.feeds import looks_like_feed, read_feed
from according.ingest.fetch import Fetcher
from according.ingest.ingested import Ingested, IngestOptions, attempt, failed, too_large
from according.ingest.normalise import decode
from according.ingest.parquet import read_parquet
from according.ingest.reports import Facts, report_of_bytes, report_of_html, report_of_markdown
from according.ingest.rows import Row, lines_of, report_of_row, row_of, rows_of
from according.ingest.unreadable import UnreadableError
from according.ingest.warc import read_warc
from according.issues import Issues
from according.records import Report
from according.settings import Settings

_ROW_FILES = frozenset((".jsonl", ".ndjson", ".json"))
_PAGE_FILES = frozenset((".html", ".htm", ".xhtml"))
_MARKDOWN_FILES = frozenset((".md", ".markdown"))
_TEXT_FILES = frozenset((".txt", ".text"))
_FEED_FILES = frozenset((".xml", ".rss", ".atom"))
_READ_FILES = _ROW_FILES | _PAGE_FILES | _MARKDOWN_FILES | _TEXT_FILES | _FEED_FILES
_WARC_ENDINGS = (".warc", ".warc.gz")
_READ_ENDINGS = (*_READ_FILES, *_WARC_ENDINGS, ".parquet")
_SNIFF_BYTES = 4096


def read_inputs(
    inputs: Sequence[str], options: IngestOptions, settings: Settings, fetcher: Fetcher | None = None
) -> Iterator[Ingested]:
    """Read inputs in order, one report at a time; what cannot be read becomes an issue and the next one follows."""
    fetcher = fetcher or Fetcher(settings.max_input_bytes)
    for given in inputs:
        if given != "-" and not _is_address(given) and not (given and Path(given).exists()):
            raise UsageError(f"There is no file or folder {given!r}.")
    facts = Facts(published=options.published, source=options.source, url=options.url)
    for given in inputs:
        if given == "-":
            yield from _read_stream(_peekable(sys.stdin.buffer), "-", facts, settings)
        elif _is_address(given):
            yield from _read_address(given, facts, settings, fetcher)
        else:
            yield from _read_path(Path(given), facts, settings)


def _read_address(address: str, facts: Facts, settings: Settings, fetcher: Fetcher) -> Iterator[Ingested]:
    try:
        fetched = fetcher.fetch(address)
    except UnreadableError as error:
        yield failed(address, error.code, str(error))
        return
    facts = facts.over(Facts(retrieved=fetched.retrieved))
    start = fetched.content[:_SNIFF_BYTES]
    if looks_like_feed(start):
        yield from read_feed(fetched.content, address, facts, fetched.charset)
    elif _looks_like_rows(start):
        yield from _read_rows(io.BytesIO(fetched.content), address, facts, settings)
    else:
        page = facts.over(Facts(url=fetched.url, input_id=address))
        yield attempt(address, lambda issues: report_of_bytes(fetched.content, page, issues, fetched.charset))


def _is_address(given: str) -> bool:
    return given.lower().startswith(("http://", "https://"))


def _peekable(stream: BinaryIO) -> io.BufferedReader:
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))


def _read_path(path: Path, facts: Facts, settings: Settings) -> Iterator[Ingested]:
    if path.is_dir():
        found = [inner for inner in sorted(path.rglob("*")) if _is_read(inner)]
        for inner in found:
            yield from _read_path(inner, facts, settings)
        if not found:
            yield failed(str(path), "empty_folder", "The folder holds no file of a kind that is read.")
        return
    try:
        with path.open("rb") as stream:
            yield from _read_file(stream, path, facts, settings)
    except OSError as error:
        yield failed(str(path), "unreadable_file", f"The file cannot be read: {error.strerror}.")


def _is_read(path: Path) -> bool:
    return path.name.lower().endswith(_READ_ENDINGS) and path.is_file() and not path.name.startswith(".")


def _read_file(stream: io.BufferedReader, path: Path, facts: Facts, settings: Settings) -> Iterator[Ingested]:
    suffix = path.suffix.lower()
    if path.name.lower().endswith(_WARC_ENDINGS):
        yield from read_warc(stream, str(path), facts, settings)
    elif suffix == ".parquet":
        yield from read_parquet(path, facts, settings)
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
    start = stream.peek(_SNIFF_BYTES)[:_SNIFF_BYTES]
    if _looks_like_rows(start):
        yield from _read_rows(stream, name, facts, settings)
    elif looks_like_feed(start):
        yield from _read_feed(stream, name, facts, settings)
    else:
        yield _read_whole(stream, name, facts, settings, report_of_bytes)


def _looks_like_rows(start: bytes) -> bool:
    return start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b'{"', b"{ "))


def _read_feed(stream: BinaryIO, name: str, facts: Facts, settings: Settings) -> Iterator[Ingested]:
    content = stream.read(settings.max_input_bytes + 1)
    if len(content) > settings.max_input_bytes:
        yield too_large(name, "feed", settings)
    else:
        yield from read_feed(content, name, facts)


_Reader = Callable[[bytes, Facts, Issues], Report]


def _read_whole(stream: BinaryIO, name: str, facts: Facts, settings: Settings, reader: _Reader) -> Ingested:
    facts = msgspec.structs.replace(facts, input_id=name)
    content = stream.read(settings.max_input_bytes + 1)
    if len(content) > settings.max_input_bytes:
        return too_large(name, "input", settings)
    return attempt(name, lambda issues: reader(content, facts, issues))


def _report_of_markdown_bytes(content: bytes, facts: Facts, issues: Issues) -> Report:  # noqa: ARG001 — a _Reader
    return report_of_markdown(decode(content), facts)


def _read_rows(stream: BinaryIO, name: str, facts: Facts, settings: Settings) -> Iterator[Ingested]:
    empty = True
    for number, line in lines_of(stream, settings.max_input_bytes):
        empty = False
        place = f"{name}:{number}"
        if line is None:
            yield too_large(place, "line", settings)
            continue
        try:
            row = row_of(line)
        except UnreadableError as error:
            yield failed(place, error.code, str(error))
            continue
        yield _ingest_row(row, place, facts)
    if empty:
        yield failed(name, "empty_input", "The input is empty.")


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
        yield too_large(name, "input", settings)
        return
    if not content.strip():
        yield failed(name, "empty_input", "The input is empty.")
        return
    try:
        rows = rows_of(content)
    except UnreadableError as error:
        yield failed(name, error.code, str(error))
        return
    for number, row in enumerate(rows, 1):
        yield _ingest_row(row, f"{name}:{number}", facts)


def _ingest_row(row: Row, place: str, facts: Facts) -> Ingested:
    # No name holds codes that a terminal obeys.
    input_id = place if row.id is None else "".join(filter(str.isprintable, str(row.id)))
    return attempt(input_id, lambda issues: report_of_row(row, facts, input_id, issues))
