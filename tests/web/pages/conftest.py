"""A room with three reports of one strike, and one that says nothing of any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import lxml.html
import pytest
from fastapi import Request
from tests.web.conftest import Visitor

from according.issues import Issues
from according.pipeline import link_readings, read_report
from according.records import Incident, Reading, Report, report_id
from according.store.ledger import Ledger
from according.store.linked import LinkedLedger
from according.vocabulary import load_vocabulary
from according.web.pages import hooks
from according.web.pages.hooks import Publication
from according.web.room import Room

TELLINGS = (
    (
        "Coast Wire",
        "2019-07-03",
        "Strike on Tajoura kills 12",
        (
            "On Tuesday, at least 12 people were killed in an air strike on a market in Tajoura, Libya, a medic said. "
            "The Libyan National Army was behind the strike, the Government of National Accord said."
        ),
    ),
    (
        "Hill Gazette",
        "2019-07-04",
        "Toll of Tajoura strike at 15",
        (
            "The air strike on a market in Tajoura, Libya, on July 2 killed 15 people, the Red Crescent said. "
            "The Libyan National Army denied carrying out the air strike. <script>alert(1)</script> & so on."
        ),
    ),
    (
        "Harbour Post",
        "2019-07-05",
        "Gharyan changes hands",
        (
            "Forces of the Government of National Accord captured the town of Gharyan, Libya, on June 26. "
            "Until then the town was held by the Libyan National Army. Turkey backs the Government of National Accord."
        ),
    ),
    ("Quiet Times", "2019-07-06", "Rain", "It rained in the hills all day. The farmers were glad."),
)


def parsed(text: str) -> Any:
    """A page as elements. They are not typed: the stubs give every search as all that XPath may yield."""
    return lxml.html.fromstring(text)


def pick(element: Any, path: str) -> list[Any]:
    """The elements inside one, by names and classes: "table.figures tr"."""
    steps = [step.partition(".") for step in path.split()]
    classes = [f"[contains(concat(' ', @class, ' '), ' {name} ')]" if name else "" for _, _, name in steps]
    found = "".join(f"//{tag or '*'}{has}" for (tag, _, _), has in zip(steps, classes, strict=True))
    return list(element.xpath(f".{found}"))


@cache
def readings() -> tuple[Reading, ...]:
    """What is read from the tellings."""
    return tuple(_read(*telling) for telling in TELLINGS)


def _read(source: str, published: str, title: str, text: str) -> Reading:
    url = f"https://{source.split(maxsplit=1)[0].lower()}.example.org/1"
    whole = f"{title}\n\n{text}"
    report = Report(
        id=report_id(url, whole), text=whole, source=source, published=published, title=title, url=url, language="en"
    )
    issues = Issues(None)
    return read_report(report, load_vocabulary(), issues)


class Desk(Visitor):
    """A reader of a room that has these reports."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self.linked = LinkedLedger(room.ledger)
        self.reports = {one.report.source or "": one.report.id for one in readings()}

    def link(self, told: Sequence[Reading]) -> tuple[Incident, ...]:
        """Let these be all the reports."""
        linked = link_readings(told)
        self.linked.replace(linked.incidents, linked.spells, linked.ties, told)
        return linked.incidents

    def strike(self) -> Incident:
        """The incident that two of the reports tell of."""
        return next(one for one in self.linked.incidents().items if len(one.reports) == 2)


@pytest.fixture
def desk(room: Room) -> Iterator[Desk]:
    """A reader of the room with all four reports."""
    with Ledger(room.ledger) as ledger:
        for one in readings():
            ledger.add(one, "test")
    made = Desk(room)
    made.link(readings())
    yield made
    made.linked.close()


@pytest.fixture
def shown_as(monkeypatch: pytest.MonkeyPatch) -> dict[str, Publication]:
    """How reports may be shown, by id: what a test puts in."""
    known: dict[str, Publication] = {}

    def ask(_: Request, reports: Sequence[str]) -> dict[str, Publication]:
        return {name: known[name] for name in reports if name in known}

    monkeypatch.setattr(hooks, "PUBLICATIONS", [ask])
    return known
