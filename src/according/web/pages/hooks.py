"""Where other parts of the site hang into the pages.

A part appends a function when it is imported; pages call what is there and do without what is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import msgspec
from fastapi import Request

PublicationStatus = Literal["draft", "scheduled", "published", "retracted", "replaced"]


class Publication(msgspec.Struct, frozen=True, kw_only=True):
    """How a report may be shown. ``whole`` is whether the desk holds the rights to its full text.

    ``lead`` is a sentence or two under the headline; ``notice`` says to readers why a report was retracted, ``title``
    which one, and ``changed`` when (ISO, UTC). ``at`` is when the desk published it. ``newer`` is the report that took
    its place. ``version`` changes whenever any of this does.
    """

    status: PublicationStatus = "published"
    title: str = ""
    headline: str | None = None
    lead: str | None = None
    whole: bool = False
    notice: str | None = None
    at: str | None = None
    changed: str = ""
    newer: str | None = None
    version: str = ""


THIRD_PARTY = Publication()
"""A report of somebody else's that nobody published here: quotes and the link."""

REPORT_PARTS: list[Callable[[Request, str], dict[str, Any]]] = []
"""What other parts add to the page of a report: given the request and the report's id, values for its templates."""

PUBLICATIONS: list[Callable[[Request, Sequence[str]], Mapping[str, Publication]]] = []
"""Who knows how reports may be shown: given ids of reports, what is known of those among them."""


def publications(request: Request, reports: Sequence[str]) -> dict[str, Publication]:
    """How each of some reports may be shown."""
    known = dict.fromkeys(reports, THIRD_PARTY)
    for ask in PUBLICATIONS:
        known |= ask(request, reports)
    return known


def publication(request: Request, report: str) -> Publication:
    """How one report may be shown."""
    return publications(request, [report])[report]


def home_of(request: Request, report: str) -> str:
    """The report whose text is in the place of this one by now; itself when none took its place."""
    seen = {report}
    while (newer := publication(request, report).newer) is not None and newer not in seen:
        seen.add(newer)
        report = newer
    return report


def report_parts(request: Request, report: str) -> dict[str, Any]:
    """All that other parts add to the page of a report."""
    values: dict[str, Any] = {}
    for add in REPORT_PARTS:
        values |= add(request, report)
    return values
