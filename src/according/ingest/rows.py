"""JSON lines: one report an object, read a line at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from according.ingest.dates import partial_date
from according.ingest.reports import Facts, report_of_html, report_of_text
from according.ingest.unreadable import UnreadableError
from according.issues import Issues
from according.records import Report


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line of input; ``text`` or ``html`` is required. Other columns are ignored."""

    id: str | int | None = None
    text: str | None = None
    html: str | None = None
    title: str | None = None
    author: str | None = None
    source: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None


_DECODER = msgspec.json.Decoder(Row)
_MANY = msgspec.json.Decoder(list[Row] | Row)


def lines_of(stream: BinaryIO, limit_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines that are not blank; None for a line longer than the limit, which is skipped."""
    number = 0
    while line := stream.readline(limit_bytes + 1):
        number += 1
        if len(line) > limit_bytes:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit_bytes)
            yield number, None
        elif line.strip():
            yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def row_of(line: bytes) -> Row:
    """Read one line; raises :class:`UnreadableError` that says what is wrong with it."""
    try:
        return _DECODER.decode(line.rstrip())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _bad_json(error) from error


def rows_of(content: bytes) -> list[Row]:
    """Read a whole JSON document: one object, or a list of them."""
    try:
        found = _MANY.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _bad_json(error) from error
    return found if isinstance(found, list) else [found]


def _bad_json(error: Exception) -> UnreadableError:
    if isinstance(error, msgspec.ValidationError):
        return UnreadableError("bad_row", f"The row is not in the form of a report: {error}.")
    if "truncated" in str(error):
        return UnreadableError("truncated_input", "The JSON breaks off before its end.")
    return UnreadableError("bad_json", f"The line is not JSON: {error}.")


def report_of_row(row: Row, overrides: Facts, input_id: str, issues: Issues) -> Report:
    """A report from a row; overrides outrank the row's own columns."""
    facts = overrides.over(
        Facts(
            title=row.title,
            author=row.author,
            source=row.source,
            url=row.url,
            published=_published(row, issues),
            language=row.language,
            input_id=input_id,
        )
    )
    if row.text and row.text.strip():
        return report_of_text(row.text, facts)
    if row.html and row.html.strip():
        return report_of_html(row.html, facts, issues)
    if row.text is None and row.html is None:
        raise UnreadableError("bad_row", "The row has neither text nor html.")
    raise UnreadableError("empty_input", "The row's text is empty.")


def _published(row: Row, issues: Issues) -> str | None:
    if not row.published:
        return None
    published = partial_date(row.published)
    if published is None:
        issues.warning("bad_date", f"The publication date {row.published[:40]!r} is no ISO date and was left out.")
    return published
