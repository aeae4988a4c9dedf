"""The page of one report: what it says, with every value beside its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from according.export.reading import to_json
from according.maps.words import web_address
from according.records import Incident, Reading
from according.web.pages import markup, words
from according.web.pages.answers import Json, data_answer, page_answer
from according.web.pages.claims import Shown, shown
from according.web.pages.described import ERRORS, answers_with
from according.web.pages.errors import RetractedError
from according.web.pages.fragments import FRAGMENTS
from according.web.pages.hooks import Publication, publication, report_parts
from according.web.pages.ledger import OnShelf, Shelf, named
from according.web.pages.marked import paragraphs, quotes
from according.web.rendering import fragment
from according.web.room import room_of

router = APIRouter(tags=["reports"])
MOST_OTHERS = 40
MOST_OPENED = 60
"""With more claims than this their details stand on pages of their own, so that the report stays light."""


@router.get("/report/{report}.json", responses=answers_with("Report"))
def report_data(request: Request, report: str, shelf: OnShelf) -> Response:
    """One report: its claims with their quotes, what follows from them, its full text where the desk may show it."""
    found, shown_as = showable(request, shelf, report)
    return data_answer(request, f"{shelf.version} {shown_as.version}", lambda: _data(shelf, found, shown_as))


@router.get("/report/{report}", response_class=HTMLResponse, responses=ERRORS)
def report_page(request: Request, report: str, shelf: OnShelf) -> Response:
    """The page of one report."""
    found, shown_as = showable(request, shelf, report)
    room = room_of(request)
    key = ("report", found.report.id, shown_as, *shelf.key)
    body = FRAGMENTS.of((*key, "body"), lambda: body_of(shelf, found, shown_as))
    head = FRAGMENTS.of((*key, "head", room.address), lambda: _head(found, shown_as, room.address, room.name))
    parts = report_parts(request, found.report.id)
    title = shown_as.headline or words.headline(found.report)
    language = found.report.language or "en"
    values = {**parts, "report": found.report, "title": title, "body": body, "head": head, "text_language": language}
    return page_answer(request, "pages/report.html", values)


def showable(request: Request, shelf: Shelf, report: str) -> tuple[Reading, Publication]:
    """The reading of a report and how it may be shown; what may not be is missing, what was retracted is gone."""
    shown_as = publication(request, report)
    if shown_as.status == "retracted":
        title = shown_as.headline or shown_as.title
        raise RetractedError(title, shown_as.notice or "This report was retracted.", shown_as.changed)
    if shown_as.newer is not None:
        where = f"/report/{shown_as.newer}"
        raise HTTPException(308, "A new text has taken the place of this one.", {"Location": where})
    found = shelf.reading(report) if shown_as.status == "published" else None
    if found is None:
        raise HTTPException(404, "There is no report at this address.")
    return found, shown_as


def body_of(shelf: Shelf, reading: Reading, shown_as: Publication, pictures: str | None = None) -> Markup:
    """All of a report's page that is the same for every reader.

    The desk previews with it, and has the ``pictures`` of what is not out at an address of its own.
    """
    claims = shown(reading)
    report = reading.report
    told = [claim for claim in claims if not claim.comment]
    incidents = shelf.ledger.incidents_of(report.id)
    rows = paragraphs(reading, told) if shown_as.whole else quotes(report, told)
    return fragment(
        "pages/report_body.html",
        report=report,
        publication=shown_as,
        title=shown_as.headline or words.headline(report),
        link=web_address(report.url),
        rows=[row for row in rows if not _repeats_title(row.kind, shown_as)],
        claims=told,
        brief=len(told) > MOST_OPENED,
        comments=[claim for claim in claims if claim.comment],
        disagreements=_disagreements(reading, told),
        incidents=[(one, _others(shelf, one, report.id)) for one in incidents],
        map=has_map(reading),
        pictures=pictures or f"/report/{report.id}",
        is_out=pictures is None,
        spells=reading.spells,
        ties=reading.ties,
    )


def _repeats_title(kind: str, shown_as: Publication) -> bool:
    return kind == "headline" and shown_as.headline is not None


def _others(shelf: Shelf, incident: Incident, report: str) -> list[Any]:
    """The other reports of an incident."""
    return [named(shelf, line) for line in shelf.ledger.reports_of(incident.id)[:MOST_OTHERS] if line.id != report]


def _disagreements(reading: Reading, claims: Sequence[Shown]) -> list[dict[str, Any]]:
    """Where a report says two things at once: the headline against the body, a sentence against another."""
    found = []
    for issue in reading.issues:
        if issue.code == "disagreement":
            about = [claim for claim in claims if issue.start is not None and claim.start == issue.start]
            found.append({"said": issue.message, "claims": about[:3]})
    return found


def _head(reading: Reading, shown_as: Publication, address: str, desk: str) -> Markup:
    """What search engines and messengers read of a report's page."""
    title = shown_as.headline or words.headline(reading.report)
    lead = shown_as.lead or f"What {words.source(reading.report)} says, sentence by sentence, and who says otherwise."
    where = f"{address}/report/{reading.report.id}"
    return fragment(
        "parts/head.html",
        title=title,
        lead=lead,
        address=where,
        picture=f"{where}/map-share.jpg" if has_map(reading) else None,
        data=markup.news_article(reading, title, lead, where, desk),
        twin=f"/report/{reading.report.id}.json",
    )


def has_map(reading: Reading) -> bool:
    """Whether a map of a report would show anything."""
    return any(
        one.place and one.place.latitude is not None and one.place.precision != "country" for one in reading.resolutions
    )


def _data(shelf: Shelf, reading: Reading, shown_as: Publication) -> Json:
    told = to_json(reading, with_text=shown_as.whole)
    linked = shelf.ledger.incidents_of(reading.report.id)
    return {
        **told,
        "publication": {
            "headline": shown_as.headline,
            "lead": shown_as.lead,
            "whole_text": shown_as.whole,
            "published_at": shown_as.at,
        },
        "linked_incidents": [
            {
                "id": one.id,
                "title": words.title(one),
                "grade": one.grade,
                "address": f"/incident/{words.short(one.id)}",
                "other_reports": [line.id for line in _others(shelf, one, reading.report.id)],
            }
            for one in linked
        ],
    }
