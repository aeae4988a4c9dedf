"""The page of one claim: its sentence in place, how each part of it was read, and what was weighed against what."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from according.export.reading import to_json
from according.records import Claim, Incident, Reading, Resolution
from according.web.pages import words
from according.web.pages.answers import Json, data_answer, page_answer
from according.web.pages.claims import Shown, shown
from according.web.pages.described import ERRORS, answers_with
from according.web.pages.fragments import FRAGMENTS
from according.web.pages.ledger import OnShelf, Shelf
from according.web.pages.report import showable
from according.web.rendering import fragment

router = APIRouter(tags=["reports"])


class Found(msgspec.Struct, frozen=True):
    """A claim in its reading."""

    reading: Reading
    claim: Claim
    shown: Shown

    @property
    def resolutions(self) -> list[Resolution]:
        """What its roles were taken to refer to, with what else was weighed."""
        return [one for one in self.reading.resolutions if one.claim == self.claim.id]


@router.get("/report/{report}/claim/{claim}.json", responses=answers_with("ClaimWorking"))
def claim_data(request: Request, report: str, claim: str, shelf: OnShelf) -> Response:
    """One claim with everything that was weighed in reading it."""
    found = _found(request, shelf, report, claim)
    return data_answer(request, shelf.version, lambda: _data(shelf, found))


@router.get("/report/{report}/claim/{claim}", response_class=HTMLResponse, responses=ERRORS)
def claim_page(request: Request, report: str, claim: str, shelf: OnShelf) -> Response:
    """The page of one claim."""
    found = _found(request, shelf, report, claim)
    body = FRAGMENTS.of(("claim", found.reading.report.id, claim, *shelf.key), lambda: _body(shelf, found))
    title = f"{found.shown.title}, according to {words.source(found.reading.report)}"
    twin = f"/report/{found.reading.report.id}/claim/{claim}.json"
    return page_answer(request, "pages/plain.html", {"title": title, "body": body, "twin": twin})


def _found(request: Request, shelf: Shelf, report: str, name: str) -> Found:
    reading, _ = showable(request, shelf, report)
    claim = next((one for one in reading.claims if one.id == name), None)
    if claim is None:
        raise HTTPException(404, "There is no such claim in this report.")
    return Found(reading, claim, next(one for one in shown(reading) if one.id == name))


def _incidents(shelf: Shelf, found: Found) -> Sequence[Incident]:
    told = shelf.ledger.incidents_of(found.reading.report.id)
    return [one for one in told if found.claim.id in one.claims]


def _body(shelf: Shelf, found: Found) -> Markup:
    return fragment(
        "pages/claim_body.html",
        report=found.reading.report,
        claim=found.claim,
        shown=found.shown,
        resolutions=found.resolutions,
        incidents=_incidents(shelf, found),
        spells=[one for one in found.reading.spells if found.claim.id in (*one.claims_for, *one.claims_against)],
        ties=[one for one in found.reading.ties if found.claim.id in (*one.claims_for, *one.claims_against)],
    )


def _data(shelf: Shelf, found: Found) -> Json:
    claims = to_json(found.reading)["claims"]
    return {
        "claim": next(one for one in claims if one["id"] == found.claim.id),
        "report": to_json(found.reading)["report"],
        "cues": [msgspec.to_builtins(cue) for cue in found.claim.cues],
        "resolutions": [msgspec.to_builtins(one) for one in found.resolutions],
        "incidents": [one.id for one in _incidents(shelf, found)],
    }
