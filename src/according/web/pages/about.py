"""About the desk: its method, its rules, its boundary policy, how good the reading is, and how to cite it."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from according import __version__
from according.web.pages import words
from according.web.pages.answers import data_answer, page_answer
from according.web.pages.described import ERRORS, answers_with
from according.web.pages.documents import DOCUMENTS, document, section
from according.web.pages.fragments import FRAGMENTS
from according.web.pages.ledger import OnShelf
from according.web.rendering import fragment
from according.web.room import room_of

router = APIRouter(tags=["about"])


@router.get("/about.json", responses=answers_with("About"))
def about_data(request: Request, shelf: OnShelf) -> Response:
    """The version of what is shown, and what grades, statuses and rules mean."""
    known = words.load_words()
    content = {
        "name": room_of(request).name,
        "software": f"According {__version__}",
        "version": shelf.version,
        "grades": known.grades,
        "statuses": known.statuses,
        "rules": {name: {"name": rule.name, "meaning": rule.meaning} for name, rule in known.rules.items()},
    }
    return data_answer(request, shelf.version, lambda: content)


@router.get("/about", response_class=HTMLResponse, responses=ERRORS)
def about_page(request: Request, shelf: OnShelf) -> Response:
    """About the desk."""
    room = room_of(request)
    body = FRAGMENTS.of(
        ("about", room.name, room.address, *shelf.key),
        lambda: fragment(
            "pages/about_body.html",
            name=room.name,
            address=room.address,
            software=__version__,
            version=shelf.version,
            known=words.load_words(),
            documents=DOCUMENTS,
            quality=section("quality", "The numbers to beat"),
            boundaries=section("maps", "Boundary policy"),
        ),
    )
    return page_answer(request, "pages/plain.html", {"title": "About", "body": body, "twin": "/about.json"})


@router.get("/about/{name}", response_class=HTMLResponse, responses=ERRORS)
def document_page(request: Request, name: str) -> Response:
    """One of the documents that the method is written down in."""
    if name not in DOCUMENTS:
        raise HTTPException(404, "There is no such document.")
    body = FRAGMENTS.of(
        ("document", name),
        lambda: fragment("pages/document_body.html", body=document(name), documents=DOCUMENTS, here=name),
    )
    return page_answer(request, "pages/plain.html", {"title": DOCUMENTS[name], "body": body})
