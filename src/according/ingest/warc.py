"""WARC archives: the HTML pages in them, one record at a time; a record that is broken never hides the next."""

from __future__ import annotations

import io
import mmap
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from according.ingest.ingested import Ingested, attempt, failed, missing_archives, too_large
from according.ingest.normalise import decode
from according.ingest.reports import Facts, report_of_html
from according.settings import Settings

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_PAGE_TYPES = frozenset(("text/html", "application/xhtml+xml"))
_GZIP_START = b"\x1f\x8b\x08"
_RECORD_START = b"WARC/"


class _Broken(msgspec.Struct, frozen=True):
    """A stretch of the archive that holds no readable record."""

    cause: str


class _Response(msgspec.Struct, frozen=True):
    """One page as it was fetched; ``content`` is at most one byte longer than the bound on inputs."""

    url: str | None
    retrieved: str | None
    charset: str | None
    content: bytes


def read_warc(stream: io.BufferedReader, name: str, facts: Facts, settings: Settings) -> Iterator[Ingested]:
    """Read every HTML response with status 200; ``url`` and ``retrieved`` are what the archive states."""
    try:
        import fastwarc.warc  # noqa: F401, PLC0415 — an optional library
    except ImportError:
        yield missing_archives(name, "WARC archives")
        return
    number = 0
    for number, found in enumerate(_responses(stream, settings.max_input_bytes), 1):
        yield _ingest(found, f"{name}:{number}", facts, settings)
    if number == 0:
        yield failed(name, "empty_input", "The archive holds no HTML page that was fetched with status 200.")


def _ingest(found: _Response | _Broken, place: str, facts: Facts, settings: Settings) -> Ingested:
    if isinstance(found, _Broken):
        return failed(place, "bad_record", f"A record of the archive is broken and was left out: {found.cause}.")
    if len(found.content) > settings.max_input_bytes:
        return too_large(place, "page", settings)
    stated = facts.over(Facts(url=found.url, retrieved=found.retrieved, input_id=place))
    return attempt(place, lambda issues: report_of_html(decode(found.content, found.charset), stated, issues))


def _responses(stream: io.BufferedReader, limit: int) -> Iterator[_Response | _Broken]:
    """The pages of an archive in order; after a broken record, reading goes on at the next one that starts well."""
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 — an optional library

    start: int | None = 0
    told = False
    while start is not None:
        stream.seek(start)
        reached = start
        try:
            for record in ArchiveIterator(stream, parse_http=False):
                reached = start + record.stream_pos
                response = _response(record, limit)
                told = False
                if response:
                    yield response
        except (OSError, ValueError) as error:
            if not told:
                yield _Broken(str(error).rstrip("."))
            told = True
            start = _next_start(stream, reached + 1)
        else:
            start = None


def _response(record: WarcRecord, limit: int) -> _Response | None:
    """The page in a record, or None when it holds something else; raises ``ValueError`` for one that breaks off."""
    if str(record.record_type) != "response" or not record.is_http:
        return None
    record.parse_http(auto_decode="all")
    status = record.http_headers.status_code
    if status is None:
        raise ValueError("it breaks off inside its headers")
    if status != 200 or (record.http_content_type or "").lower() not in _PAGE_TYPES:
        return None
    return _Response(
        url=(record.headers.get("WARC-Target-URI") or "").strip("<>") or None,
        retrieved=record.headers.get("WARC-Date"),
        charset=record.http_charset,
        content=record.reader.read(limit + 1),
    )


def _next_start(stream: io.BufferedReader, after: int) -> int | None:
    """Where the next record starts at or after an offset: a line that begins it, or a gzip member that holds one."""
    with mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        mark = _GZIP_START if content[:3] == _GZIP_START else b"\n" + _RECORD_START
        while (position := content.find(mark, after)) >= 0:
            if mark != _GZIP_START:
                return position + 1
            if _unpacked_start(content[position : position + 512]) == _RECORD_START:
                return position
            after = position + 1
    return None


def _unpacked_start(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(packed, len(_RECORD_START))
    except zlib.error:
        return b""
