"""Inputs to reports: decoding, normalising once, main text and metadata of pages, comment threads."""

from __future__ import annotations

from according.ingest.ingested import Ingested, IngestOptions
from according.ingest.reports import Facts, report_of_html, report_of_text
from according.ingest.sources import read_inputs
from according.ingest.unreadable import UnreadableError
from according.issues import Issues
from according.records import Report

__all__ = ["IngestOptions", "Ingested", "UnreadableError", "ingest_html", "ingest_text", "read_inputs"]


def ingest_text(
    text: str,
    *,
    title: str | None = None,
    published: str | None = None,
    source: str | None = None,
    url: str | None = None,
    input_id: str | None = None,
) -> Report:
    """A report from plain text; raises :class:`UnreadableError` when there is none."""
    return report_of_text(text, Facts(title=title, published=published, source=source, url=url, input_id=input_id))


def ingest_html(
    html: bytes | str,
    *,
    published: str | None = None,
    source: str | None = None,
    url: str | None = None,
    input_id: str | None = None,
) -> Report:
    """A report from a page; what is given here outranks the page's metadata. Issues of detail are not kept."""
    return report_of_html(html, Facts(published=published, source=source, url=url, input_id=input_id), Issues(input_id))
