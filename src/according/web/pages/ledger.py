"""What the pages read from the ledger, with readings decoded once for each version of it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request
from msgspec import structs

from according.errors import BrokenAssumptionError, UsageError
from according.records import Reading
from according.store.claim_homes import reports_of_claims
from according.store.linked import LinkedLedger, ReportLine
from according.web.pages.words import headline
from according.web.room import room_of

MOST_READINGS = 512


class Shelf:
    """The ledger as one request sees it, at one version; nothing is read before it is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def ledger(self) -> LinkedLedger:
        """The linked tables; raises BrokenAssumptionError when the file cannot be read."""
        return _opened(self.path)

    @cached_property
    def version(self) -> str:
        """The version of what is shown, the same for all of a request."""
        return self.ledger.version()

    @property
    def key(self) -> tuple[str, str]:
        """What a rendered part of a page depends on besides its own subject."""
        return str(self.path), self.version

    def reading(self, report: str) -> Reading | None:
        """The reading of a report that may be shown."""
        return _reading(self.path, self.version, report)

    def readings(self, reports: Iterable[str]) -> list[Reading]:
        """The readings of reports, those that may not be shown left out."""
        found = {one.report.id: one for report in reports if (one := self.reading(report))}
        return list(found.values())

    def homes(self, claims: Iterable[str]) -> dict[str, str]:
        """The reports that claims stand in, by claim."""
        return reports_of_claims(self.path, claims)


def shelf_of(request: Request) -> Shelf:
    """The ledger for a request."""
    return Shelf(room_of(request).ledger)


async def on_shelf(request: Request) -> Shelf:
    """The ledger as a FastAPI dependency: made where requests are taken, since making it waits for nothing."""
    return shelf_of(request)


OnShelf = Annotated[Shelf, Depends(on_shelf)]
"""The parameter of a page that reads the ledger."""


def named(shelf: Shelf, line: ReportLine) -> ReportLine:
    """A line of a list with a title: that of the report, or its headline."""
    if line.title:
        return line
    reading = shelf.reading(line.id)
    return structs.replace(line, title=headline(reading.report)) if reading else line


@cache
def _opened(path: Path) -> LinkedLedger:
    try:
        return LinkedLedger(path)
    except UsageError as error:
        raise BrokenAssumptionError(str(error)) from error


@lru_cache(maxsize=MOST_READINGS)
def _reading(path: Path, _version: str, report: str) -> Reading | None:
    return _opened(path).reading(report)
