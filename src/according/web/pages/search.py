"""Search: over reports, their quotes, incidents, places and actors."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from according.store.linked_filter import Page
from according.store.linked_search import KINDS, Hit, SearchKind
from according.web.pages import words
from according.web.pages.answers import Json, data_answer, page_answer
from according.web.pages.described import ERRORS, answers_as, answers_with
from according.web.pages.ledger import OnShelf, Shelf
from according.web.rendering import ENVIRONMENT
from according.web.room import room_of

router = APIRouter(tags=["search"])
Typed = Annotated[str, Query(max_length=200, description="Words that all must be there; a phrase in double quotes.")]
Kind = Annotated[SearchKind | None, Query(description="Only hits of this kind.")]
After = Annotated[str, Query(max_length=400, description="Where the page before this one ended.")]
NAMES = {"incident": "Incidents", "report": "Reports", "quote": "Quotes", "place": "Places", "actor": "Actors"}


class Found(msgspec.Struct, frozen=True):
    """A hit with its page; ``snippet`` is escaped HTML with the words in ``<mark>``."""

    kind: str
    title: str
    snippet: Markup
    address: str
    report: str | None


@router.get("/search.json", responses=answers_with("Hits"))
def search_data(request: Request, shelf: OnShelf, q: Typed = "", kind: Kind = None, after: After = "") -> Response:
    """What the words are found in, the best first."""
    found = _hits(shelf, q, kind, after)
    return data_answer(request, shelf.version, lambda: _data(found, shelf))


@router.get("/search", response_class=HTMLResponse, responses=ERRORS)
def search_page(
    request: Request, shelf: OnShelf, q: Typed = "", kind: Annotated[str, Query(max_length=20)] = "", after: After = ""
) -> Response:
    """What the words are found in, on a page."""
    chosen = next((one for one in KINDS if one == kind), None)
    found = _hits(shelf, q, chosen, after)
    values = {
        "query": q,
        "kind": chosen,
        "names": NAMES,
        "hits": [hit for one in found.items if (hit := _found(one, shelf))],
        "next": found.after,
    }
    return page_answer(request, "pages/search.html", values)


@router.get(
    "/opensearch.xml", responses=answers_as("application/opensearchdescription+xml", "How to search this site.")
)
def opensearch(request: Request) -> Response:
    """What browsers need to offer a search here."""
    body = ENVIRONMENT.get_template("feeds/opensearch.xml").render(room=room_of(request))
    return Response(body, media_type="application/opensearchdescription+xml")


def _hits(shelf: Shelf, typed: str, kind: SearchKind | None, after: str) -> Page[Hit]:
    return shelf.ledger.search(typed, (kind,) if kind else KINDS, after or None, 20)


def _found(hit: Hit, shelf: Shelf) -> Found | None:
    """A hit with the address of its page; none for what has no page."""
    snippet = Markup(hit.snippet)  # noqa: S704 - escaped where it was made
    match hit.kind:
        case "incident":
            known = shelf.ledger.incident(hit.id)
            title, where = words.title(known) if known else hit.title, f"/incident/{words.short(hit.id)}"
            return Found("incident", title, Markup(words.when(known.time)) if known else snippet, where, None)  # noqa: S704 - our own words
        case "report":
            reading = shelf.reading(hit.id)
            title = words.headline(reading.report) if reading else hit.title
            source = words.source(reading.report) if reading else None
            return Found("report", title, snippet, f"/report/{hit.id}", source)
        case "quote":
            reading = shelf.reading(hit.report or "")
            source = words.source(reading.report) if reading else None
            return Found("quote", "", snippet, f"/report/{hit.report}#claim-{hit.id}", source)
    own = words.address(hit.id)
    return Found(hit.kind, hit.title, snippet, own, None) if own else None


def _data(found: Page[Hit], shelf: Shelf) -> Json:
    hits = [
        {**msgspec.structs.asdict(one), "address": page.address} for one in found.items if (page := _found(one, shelf))
    ]
    return {"hits": hits, "after": found.after}
