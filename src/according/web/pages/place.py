"""The page of a place: who held it when, as known on any day, and what happened there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec
from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from according.export.reading import incident_json, spell_json
from according.maps.holding import last_day
from according.plots.bars import line_of
from according.plots.holders import holder_picture
from according.plots.svg import to_svg
from according.records import Incident, Spell
from according.store.linked import Named
from according.store.linked_filter import Filter, Page
from according.store.shown_history import changes_about
from according.web.pages import words
from according.web.pages.answers import Json, data_answer, page_answer
from according.web.pages.asked import Date
from according.web.pages.described import ERRORS, answers_with
from according.web.pages.fragments import FRAGMENTS
from according.web.pages.known import spells_known_on
from according.web.pages.ledger import OnShelf, Shelf, named
from according.web.pages.markup import head_of
from according.web.pages.proof import Proof, proofs
from according.web.rendering import fragment
from according.web.room import room_of

router = APIRouter(tags=["places"])
After = Annotated[str, Query(max_length=400, description="Where the page of incidents before this one ended.")]
ON_A_PAGE = 25
MOST_READINGS = 300


class Course(msgspec.Struct, frozen=True):
    """Who held a place when, with the sentences that say so by claim."""

    spells: tuple[Spell, ...]
    proofs: dict[str, Proof]


@router.get("/place/{path:path}.json", responses=answers_with("Place"))
def place_data(request: Request, path: str, shelf: OnShelf, known: Date = "", after: After = "") -> Response:
    """One place: who held it when, as known today or at the end of a day, and the incidents there."""
    place = _found(shelf, path)
    return data_answer(request, shelf.version, lambda: _data(shelf, place, known, after))


@router.get("/place/{path:path}", response_class=HTMLResponse, responses=ERRORS)
def place_page(request: Request, path: str, shelf: OnShelf, known: Date = "", after: After = "") -> Response:
    """The page of one place."""
    place = _found(shelf, path)
    address = room_of(request).address
    key = ("place", place.referent, known, after, address, *shelf.key)
    body = FRAGMENTS.of((*key, "body"), lambda: _body(shelf, place, known, after))
    lead = f"Who held {place.name} when, and what happened there, according to whom."
    head = FRAGMENTS.of((*key, "head"), lambda: head_of(place, lead, address))
    return page_answer(request, "pages/plain.html", {"title": place.name, "body": body, "head": head})


def _found(shelf: Shelf, path: str) -> Named:
    referent = words.referent("place", path)
    place = shelf.ledger.place(referent)
    if place is None:
        held = shelf.ledger.spells(referent)
        place = Named(referent=referent, name=held[0].place_name, reports=0) if held else None
    if place is None:
        raise HTTPException(404, "No report here names such a place.")
    return place


def _course(shelf: Shelf, place: Named, known: str) -> Course:
    """The spells of a place with their proofs; ``known`` is the day, month or year at whose end a reader stood."""
    spells = shelf.ledger.spells(place.referent)
    homes = shelf.homes(claim for spell in spells for claim in (*spell.claims_for, *spell.claims_against))
    readings = shelf.readings(list(dict.fromkeys(homes.values()))[:MOST_READINGS])
    if day := last_day(known or None):
        spells = spells_known_on(place.referent, readings, day)
    return Course(
        spells, proofs(readings, {claim for spell in spells for claim in (*spell.claims_for, *spell.claims_against)})
    )


def _incidents(shelf: Shelf, place: Named, after: str) -> Page[Incident]:
    return shelf.ledger.incidents(Filter(places=(place.referent,)), after or None, ON_A_PAGE)


def _body(shelf: Shelf, place: Named, known: str, after: str) -> Markup:
    course = _course(shelf, place, known)
    incidents = _incidents(shelf, place, after)
    return fragment(
        "pages/place_body.html",
        place=place,
        address=words.address(place.referent),
        known=known,
        course=course,
        plot=_plot(place, course.spells, known),
        incidents=incidents.items,
        next=incidents.after,
        reports=[named(shelf, line) for line in shelf.ledger.reports_about(place.referent, 12)],
        changes=changes_about(shelf.path, place.referent),
    )


def _plot(place: Named, spells: Sequence[Spell], known: str) -> Markup | None:
    line = line_of(spells, known or None) if spells else None
    if line is None:
        return None
    title = f"Who held {place.name}" + (f", as known on {words.date(known)}" if known else "")
    scene = holder_picture(line, title, "nothing is assumed between what the reports tell")
    return Markup(to_svg(scene))  # noqa: S704 - escaped by to_svg


def _data(shelf: Shelf, place: Named, known: str, after: str) -> Json:
    course = _course(shelf, place, known)
    incidents = _incidents(shelf, place, after)
    return {
        "place": msgspec.to_builtins(place),
        "known": known or None,
        "spells": [spell_json(spell, {}) for spell in course.spells],
        "claims": [msgspec.to_builtins(proof) for proof in course.proofs.values()],
        "incidents": [incident_json(one) for one in incidents.items],
        "after": incidents.after,
    }
