"""Merging and splitting incidents: judgements with a reason, which the site heeds and which can be taken back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Form, HTTPException, Request
from fastapi.responses import Response

from according.errors import UsageError
from according.link.when import month_end
from according.records import Incident, Reading
from according.store.judgements import JudgementLog, Subject, active
from according.store.linked import LinkedLedger
from according.store.linked_filter import Filter
from according.store.people.accounts import Account
from according.web.accounts.current import needs
from according.web.accounts.entering import see
from according.web.desk.onward import follow, newsroom_of
from according.web.desk.originals import Originals, originals_of, read_as
from according.web.pages import words
from according.web.pages.claims import Shown, shown
from according.web.pages.ledger import shelf_of
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter(tags=["desk"])
Editor = Annotated[Account, Depends(needs("editor"))]
Reason = Annotated[str, Form(max_length=1000)]
_AROUND_DAYS = 3
_MOST_NEAR = 30


@router.get("/desk/incidents/{name}", include_in_schema=False)
def show_incident(request: Request, account: Editor, name: str) -> Response:
    """The claims of an incident, to take some out, and the incidents near it, to say that they are one."""
    return _page(request, account, _incident(request, name))


@router.post("/desk/incidents/{name}/split", include_in_schema=False)
def split(
    request: Request,
    account: Editor,
    name: str,
    claims: Annotated[list[str] | None, Form()] = None,
    reason: Reason = "",
) -> Response:
    """Take some claims out of an incident into one of their own."""
    whole = _incident(request, name)
    known = originals_of(room_of(request), whole.reports)
    chosen = read_as(claims or (), known)
    part = Subject(id=", ".join(chosen or ["nothing"])[:200], claims=chosen)
    try:
        _log(request).split(_subject(whole, known), part, account.name, reason, account.id)
    except UsageError as error:
        return _page(request, account, whole, str(error))
    return _follow(request, (claims or [""])[0])


@router.post("/desk/incidents/{name}/merge", include_in_schema=False)
def merge(
    request: Request,
    account: Editor,
    name: str,
    others: Annotated[list[str] | None, Form()] = None,
    verdict: Annotated[str, Form(pattern="^(same|different)$")] = "same",
    reason: Reason = "",
) -> Response:
    """Say that incidents are one, or that they are different ones."""
    here = _incident(request, name)
    try:
        found = [here, *(_incident(request, one) for one in dict.fromkeys(others or ()))]
        say = _log(request).same if verdict == "same" else _log(request).different
        known = originals_of(room_of(request), {report for one in found for report in one.reports})
        say([_subject(one, known) for one in found], account.name, reason, account.id)
    except UsageError as error:
        return _page(request, account, here, str(error))
    return _follow(request, here.claims[0])


@router.post("/desk/judgements/{judgement}/undo", include_in_schema=False)
def undo(
    request: Request, account: Editor, judgement: str, later: BackgroundTasks, reason: Reason = "taken back at the desk"
) -> Response:
    """Take back a judgement on incidents."""
    log = _log(request)
    found = log.find(judgement)
    if found.report is not None:
        raise HTTPException(404, "This judgement is about a report's claims; take it back there.")
    log.undo(found.id, account.name, reason, account.id)
    later.add_task(follow, newsroom_of(request))
    return see("/desk/changes")


def _page(request: Request, account: Account, incident: Incident, trouble: str = "") -> Response:
    linked = shelf_of(request).ledger
    readings = linked.readings_of(incident.id)
    inside = set(incident.claims)
    read = set(read_as(inside, originals_of(room_of(request), incident.reports)))
    log = _log(request).judgements()
    about = [one for one in active(log) if one.report is None and any(read & set(part.claims) for part in one.subjects)]
    values = {
        "incident": incident,
        "title": words.title(incident),
        "told": [(one.report, _claims(one, inside)) for one in readings],
        "near": near(linked, incident),
        "judged": about,
        "account": account,
        "trouble": trouble,
    }
    return page(request, "desk/incident.html", 422 if trouble else 200, **values)


def near(linked: LinkedLedger, incident: Incident) -> list[Incident]:
    """The incidents of the days around one, those of its country first."""
    time = incident.time
    first, last = (time.earliest or time.latest, time.latest or time.earliest) if time else (None, None)
    if not first or not last:
        return []
    since, until = _shifted(first, -_AROUND_DAYS), _shifted(str(month_end(last) or last), _AROUND_DAYS)
    found = linked.incidents(Filter(since=since, until=until), limit=200).items
    country = _country(incident)
    others = [one for one in found if one.id != incident.id]
    return sorted(others, key=lambda one: (_country(one) != country, words.title(one)))[:_MOST_NEAR]


def _country(incident: Incident) -> str | None:
    return incident.place.place.country if incident.place and incident.place.place else None


def _shifted(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day[:10]) + timedelta(days)).isoformat()
    except ValueError:
        return day


def _claims(reading: Reading, inside: set[str]) -> list[Shown]:
    return [one for one in shown(reading) if one.id in inside]


def _incident(request: Request, name: str) -> Incident:
    identifier = name if name.startswith("incident:") else f"incident:{name}"
    found = shelf_of(request).ledger.incident(identifier)
    if found is None:
        raise HTTPException(404, "There is no such incident.")
    return found


def _subject(incident: Incident, known: Originals) -> Subject:
    return Subject(id=incident.id, claims=read_as(incident.claims, known))


def _log(request: Request) -> JudgementLog:
    return JudgementLog(room_of(request).people)


def _follow(request: Request, claim: str) -> Response:
    """Go to where the claim is once the site has followed: at once, since the page shows what came of it."""
    newsroom = newsroom_of(request)
    newsroom.follow()
    found = newsroom.linked.holding([claim])
    return see(f"/desk/incidents/{words.short(found[0])}" if found else "/desk/changes")
