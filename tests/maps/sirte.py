"""Invented reports of one town that changes hands, each known from the day it came out."""

from __future__ import annotations

from according.ingest import ingest_text
from according.issues import Issues
from according.pipeline import read_report
from according.records import Reading
from according.vocabulary import load_vocabulary

TOLD = (
    ("2016-02-10", "Islamic State fighters captured Sirte on 9 February 2016."),
    ("2016-04-01", "Islamic State holds Sirte and is besieging Misrata, residents said on 31 March 2016."),
    ("2016-05-06", "The Libyan National Army took Sirte from Islamic State on 5 May 2016."),
    (
        "2016-05-20",
        "Islamic State still holds Sirte, a spokesman said. Jets bombed Sirte on 19 May 2016, killing 4 people.",
    ),
    ("2016-06-02", "Jets bombed Sirte on 19 May 2016, killing 9 people, medics said."),
    (None, "Misrata brigades hold Misrata. They seized Sirte on 1 June 2016."),
)

DAYS = ("2015-01-01", "2016-02-09", "2016-03-31", "2016-05-05", "2016-05-30", "2016-12-31")
KNOWN = ("2016-01-01", "2016-02-10", "2016-04-30", "2016-05-06", "2016-05-30", "2016-06-02")


def readings() -> list[Reading]:
    """The reports, read."""
    vocabulary = load_vocabulary()
    return [
        read_report(ingest_text(text, published=day, source=f"Outlet {number}"), vocabulary, Issues(str(number)))
        for number, (day, text) in enumerate(TOLD)
    ]
