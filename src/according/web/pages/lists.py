"""Lists to go through: all reports, the places and the actors that most reports name."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from according.web.pages import words
from according.web.pages.answers import data_answer, page_answer
from according.web.pages.described import ERRORS, answers_with
from according.web.pages.fragments import FRAGMENTS
from according.web.pages.hooks import publications
from according.web.pages.ledger import OnShelf, Shelf, named
from according.web.rendering import fragment

router = APIRouter(tags=["lists"])
After = Annotated[str, Query(max_length=400, description="Where the page before this one ended.")]
ON_A_PAGE = 50
MOST_NAMES = 300


@router.get("/reports.json", responses=answers_with("Reports"))
def reports_data(request: Request, shelf: OnShelf, after: After = "") -> Response:
    """All reports, the newest first."""
    found = shelf.ledger.reports(after or None, ON_A_PAGE)
    following = f"/reports.json?after={found.after}" if found.after else None
    lines = [msgspec.structs.asdict(line) for line in found.items]
    return data_answer(request, shelf.version, lambda: {"reports": lines, "next": following})


@router.get("/reports", response_class=HTMLResponse, responses=ERRORS)
def reports_page(request: Request, shelf: OnShelf, after: After = "") -> Response:
    """All reports, the newest first."""
    found = shelf.ledger.reports(after or None, ON_A_PAGE)
    known = publications(request, [line.id for line in found.items])
    lines = [named(shelf, line) for line in found.items]
    values = {"lines": lines, "next": found.after, "after": after, "known": known}
    return page_answer(request, "pages/reports.html", values)


@router.get("/places.json", responses=answers_with("Names"))
def places_data(request: Request, shelf: OnShelf) -> Response:
    """The places that most reports name."""
    return _names_data(request, shelf, "place")


@router.get("/actors.json", responses=answers_with("Names"))
def actors_data(request: Request, shelf: OnShelf) -> Response:
    """The actors that most reports name."""
    return _names_data(request, shelf, "actor")


@router.get("/places", response_class=HTMLResponse, responses=ERRORS)
def places_page(request: Request, shelf: OnShelf) -> Response:
    """The places that most reports name."""
    return _names_page(request, shelf, "place")


@router.get("/actors", response_class=HTMLResponse, responses=ERRORS)
def actors_page(request: Request, shelf: OnShelf) -> Response:
    """The actors that most reports name."""
    return _names_page(request, shelf, "actor")


def _names_data(request: Request, shelf: Shelf, kind: Literal["place", "actor"]) -> Response:
    def names() -> dict[str, object]:
        found = shelf.ledger.names(kind, MOST_NAMES)
        return {"names": [{**msgspec.to_builtins(one), "address": words.address(one.referent)} for one in found]}

    return data_answer(request, shelf.version, names)


def _names_page(request: Request, shelf: Shelf, kind: Literal["place", "actor"]) -> Response:
    body = FRAGMENTS.of(
        ("names", kind, *shelf.key),
        lambda: fragment("pages/names_body.html", kind=kind, names=shelf.ledger.names(kind, MOST_NAMES)),
    )
    title = "Places" if kind == "place" else "Actors"
    return page_answer(request, "pages/plain.html", {"title": title, "body": body, "twin": f"/{kind}s.json"})
