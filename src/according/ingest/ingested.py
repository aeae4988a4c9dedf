"""One input read, or not: its report, or none and an issue that says why."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from according.ingest.unreadable import UnreadableError
from according.issues import Issues
from according.records import Report
from according.settings import Settings


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


def attempt(name: str, read: Callable[[Issues], Report]) -> Ingested:
    """What reading gave; a refusal becomes an issue."""
    issues = Issues(name)
    try:
        return Ingested(report=read(issues), issues=issues, input_id=name)
    except UnreadableError as error:
        issues.error(error.code, str(error))
    except RecursionError:
        issues.error("too_deep", "The page nests its elements too deeply to be read.")
    return Ingested(report=None, issues=issues, input_id=name)


def failed(name: str, code: str, message: str) -> Ingested:
    """An input without a report, and why."""
    issues = Issues(name)
    issues.error(code, message)
    return Ingested(report=None, issues=issues, input_id=name)


def too_large(name: str, what: str, settings: Settings) -> Ingested:
    """An input, or a part of one, beyond the bound that the operator set."""
    return failed(name, "too_large", f"The {what} is larger than {settings.max_input_bytes / 1_000_000:g} MB.")


def missing_archives(name: str, kind: str) -> Ingested:
    """An archive whose libraries are not installed."""
    return failed(name, "missing_extra", f"Reading {kind} needs more libraries: pip install according[archives].")
