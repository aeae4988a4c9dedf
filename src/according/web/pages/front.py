"""The front page: the map, and the latest incidents that fit what the reader chose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from according.export.reading import incident_json
from according.maps.towns import BETWEEN
from according.records import Incident
from according.store.linked_filter import Page
from according.web.guard.headers import POLICY as GUARDED
from according.web.pages import words
from according.web.pages.answers import Json, data_answer, page_answer
from according.web.pages.asked import GRADES, STATUSES, Asked, asked
from according.web.pages.countries import country_names
from according.web.pages.described import ERRORS, answers_with
from according.web.pages.fragments import FRAGMENTS
from according.web.pages.ledger import OnShelf, Shelf, named
from according.web.rendering import fragment
from according.web.room import room_of
from according.web.tiles.looks import legend

router = APIRouter(tags=["incidents"])
Choices = Annotated[Asked, Depends(asked)]
ON_A_PAGE = 30
POLICY = GUARDED.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
"""The site's own policy, but for the shaping of Arabic and Hebrew on the map, which is WebAssembly."""


@router.get("/incidents.json", responses=answers_with("Incidents"))
def incidents_data(request: Request, shelf: OnShelf, choices: Choices) -> Response:
    """The incidents that fit, the newest first; ``next`` is the address of those after them."""
    found = _found(shelf, choices)
    return data_answer(request, shelf.version, lambda: _data(found, choices))


@router.get("/", response_class=HTMLResponse, responses=ERRORS)
def front_page(request: Request, shelf: OnShelf, choices: Choices) -> Response:
    """The front page."""
    key = ("front", choices, *shelf.key)
    body = FRAGMENTS.of(key, lambda: _body(shelf, choices))
    address = room_of(request).address
    values = {"body": body, "choices": choices, "address": address, "version": shelf.version}
    answer = page_answer(request, "pages/front.html", values)
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def _found(shelf: Shelf, choices: Asked) -> Page[Incident]:
    return shelf.ledger.incidents(choices.filter(), choices.after or None, ON_A_PAGE)


def _body(shelf: Shelf, choices: Asked) -> Markup:
    found = _found(shelf, choices)
    return fragment(
        "pages/front_body.html",
        incidents=found.items,
        next=choices.query(after=found.after) if found.after else None,
        first=choices.query() if choices.after else None,
        count=shelf.ledger.count(choices.filter()),
        choices=choices,
        kinds=words.incident_kinds(),
        grades=GRADES,
        statuses=STATUSES,
        countries=country_names(),
        reports=[named(shelf, line) for line in shelf.ledger.reports(None, 6).items],
        tiles=_tiles(choices),
        between=BETWEEN,
        bounds=_bounds(found.items),
        legend=legend(),
    )


def _tiles(choices: Asked) -> str:
    """The choices as the tiles of the map take them, to stand behind their address."""
    chosen = msgspec.structs.asdict(choices) | {"day": choices.until, "until": "", "after": ""}
    query = urlencode({name: value for name, value in chosen.items() if value})
    return f"?{query}" if query else ""


def _bounds(incidents: Sequence[Incident]) -> tuple[float, float, float, float] | None:
    """West, south, east and north of some incidents; nothing when none has a place."""
    places = [one.place.place for one in incidents if one.place and one.place.place]
    points = [(one.longitude, one.latitude) for one in places if one.longitude is not None and one.latitude is not None]
    if not points:
        return None
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def _data(found: Page[Incident], choices: Asked) -> Json:
    following = f"/incidents.json?{choices.query(after=found.after)}" if found.after else None
    return {"incidents": [incident_json(one) for one in found.items], "next": following}
