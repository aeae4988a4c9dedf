"""The page of one incident: what each source says of it, and how the ranges, the statuses and the grade follow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from according.export.reading import incident_json, to_json
from according.plots.svg import to_svg
from according.plots.tolls import toll_picture
from according.records import Attribution, Incident, Reading, Report, Tally
from according.store.shown_history import changes_about
from according.web.pages import markup, words
from according.web.pages.answers import Json, data_answer, page_answer
from according.web.pages.claims import Shown, shown
from according.web.pages.described import ERRORS, answers_with
from according.web.pages.fragments import FRAGMENTS
from according.web.pages.known import known_stages
from according.web.pages.ledger import OnShelf, Shelf
from according.web.rendering import fragment
from according.web.room import room_of

router = APIRouter(tags=["incidents"])
MOST_REPORTS = 60
"""How many reports one page quotes; the JSON twin has all of them."""


class Source(msgspec.Struct, frozen=True):
    """One report of an incident with what it says of it."""

    report: Report
    claims: tuple[Shown, ...]


class Part(msgspec.Struct, frozen=True):
    """An actor's part in an incident, with the sentences about it."""

    attribution: Attribution
    sayings: tuple[tuple[Source, Shown], ...]


@router.get("/incident/{incident}.json", responses=answers_with("Incident"))
def incident_data(request: Request, incident: str, shelf: OnShelf) -> Response:
    """One incident: every source's figures and accusations, what follows from them, its claims, and what changed."""
    found = _found(shelf, incident)
    if words.short(found.id) != incident:
        return RedirectResponse(f"/incident/{words.short(found.id)}.json", 308)
    return data_answer(request, shelf.version, lambda: _data(shelf, found))


@router.get("/incident/{incident}", response_class=HTMLResponse, responses=ERRORS)
def incident_page(request: Request, incident: str, shelf: OnShelf) -> Response:
    """The page of one incident; the address of a former one leads to what became of it."""
    found = _found(shelf, incident)
    if words.short(found.id) != incident:
        return RedirectResponse(f"/incident/{words.short(found.id)}", 308)
    address = room_of(request).address
    key = ("incident", found.id, address, *shelf.key)
    body = FRAGMENTS.of((*key, "body"), lambda: _body(shelf, found))
    head = FRAGMENTS.of((*key, "head"), lambda: _head(shelf, found, address))
    return page_answer(request, "pages/incident.html", {"title": words.title(found), "body": body, "head": head})


def _found(shelf: Shelf, name: str) -> Incident:
    found = shelf.ledger.incident(f"incident:{name}")
    if found is None:
        raise HTTPException(404, "There is no incident at this address.")
    return found


def _readings(shelf: Shelf, incident: Incident, most: int | None = None) -> list[Reading]:
    return shelf.readings(line.id for line in shelf.ledger.reports_of(incident.id)[:most])


def _body(shelf: Shelf, incident: Incident) -> Markup:
    readings = _readings(shelf, incident, MOST_REPORTS)
    sources = _sources(incident, readings)
    return fragment(
        "pages/incident_body.html",
        incident=incident,
        place_link=words.address(incident.place.referent) if incident.place and incident.place.referent else None,
        sources=sources,
        more=max(0, len(shelf.ledger.reports_of(incident.id)) - MOST_REPORTS),
        tallies=[(tally, _plot(incident, tally, readings)) for tally in incident.tallies],
        parts=[_part(one, sources) for one in incident.attribution],
        places={claim.id: source for source in sources for claim in source.claims},
        stages=known_stages(incident, readings),
        changes=changes_about(shelf.path, incident.id),
        has_map=_has_map(incident),
    )


def _sources(incident: Incident, readings: Iterable[Reading]) -> list[Source]:
    wanted = set(incident.claims)
    return [Source(one.report, tuple(claim for claim in shown(one) if claim.id in wanted)) for one in readings]


def _plot(incident: Incident, tally: Tally, readings: Sequence[Reading]) -> Markup | None:
    """Every figure of a tally as a picture, when there is more than one to compare."""
    if len(tally.figures) < 2:
        return None
    reports = {name: one.report for one in readings for name in (one.report.id, one.report.input_id) if name}
    return Markup(to_svg(toll_picture(tally, words.title(incident), reports)))  # noqa: S704 - escaped by to_svg


def _part(one: Attribution, sources: Sequence[Source]) -> Part:
    """The sentences that say it, each once for each side it takes, with the source it stands in."""
    wanted = set(one.claims)
    found: dict[tuple[str, str, bool], tuple[Source, Shown]] = {}
    for source in sources:
        for claim in source.claims:
            key = (source.report.id, claim.quote, claim.against)
            if claim.id in wanted and (key not in found or (claim.sayings and not found[key][1].sayings)):
                found[key] = (source, claim)
    return Part(one, tuple(found.values()))


def _has_map(incident: Incident) -> bool:
    place = incident.place.place if incident.place else None
    return place is not None and place.latitude is not None and place.precision != "country"


def _head(shelf: Shelf, incident: Incident, address: str) -> Markup:
    where = f"{address}/incident/{words.short(incident.id)}"
    lead = ". ".join(filter(None, (words.when(incident.time), words.toll(incident), f"Graded {incident.grade}")))
    return fragment(
        "parts/head.html",
        title=words.title(incident),
        lead=lead,
        address=where,
        picture=f"{where}/map-share.jpg" if _has_map(incident) else None,
        data=markup.claims(_sources(incident, _readings(shelf, incident, 20)), address),
        twin=f"/incident/{words.short(incident.id)}.json",
    )


def _data(shelf: Shelf, incident: Incident) -> Json:
    wanted = set(incident.claims)
    readings = [to_json(one) for one in _readings(shelf, incident)]
    claims = [
        {**claim, "report": one["report"]} for one in readings for claim in one["claims"] if claim["id"] in wanted
    ]
    changes = [msgspec.structs.asdict(change) for change in changes_about(shelf.path, incident.id)]
    return {**incident_json(incident), "claims": claims, "changes": changes}
