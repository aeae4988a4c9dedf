"""What the discussion keeps of a reader, shown, handed out and removed: by account, by browser, or by mailbox."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from according.errors import UsageError
from according.store.people import audit
from according.store.people.discussion_my_data import Person, erase, export_of
from according.web.accounts.current import current
from according.web.discussion import letters
from according.web.discussion.identity import known_reader, mail_address, mail_hash, signed
from according.web.discussion.subscribing import Token
from according.web.guard.limits import limited
from according.web.pages.described import ERRORS
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter(default_response_class=HTMLResponse)
Agreed = Annotated[str, Form(max_length=10)]


@router.get("/my-data", responses=ERRORS)
def my_data_page(request: Request) -> Response:
    """What is kept of whoever is signed in or wrote from this browser, and the way to it by mail."""
    return _page(request, _here(request), "/my-data")


@router.get("/my-data.json", responses=ERRORS)
def my_data(request: Request) -> JSONResponse:
    """All that is kept of whoever is signed in or wrote from this browser."""
    return _download(request, _here(request))


@router.post("/my-data/delete", responses=ERRORS)
def delete_my_data(request: Request, agreed: Agreed = "") -> Response:
    """Remove it."""
    return _delete(request, _here(request), agreed)


@router.post("/my-data/letter", responses=ERRORS, dependencies=[Depends(limited("my-data", per_minute=1, burst=3))])
def my_data_letter(request: Request, mail: Annotated[str, Form(max_length=400)] = "") -> Response:
    """Send the reader of a mailbox the way to what is kept of them; nobody is told whether that is anything."""
    address = mail_address(mail)
    if address is None:
        raise UsageError("give the address of mail that you wrote with")
    room = room_of(request)
    with room.people.write() as connection:
        letters.open_my_data(connection, room, address, mail_hash(room, address))
    return page(request, "discussion/my_data.html", step="sent", told={}, address="")


@router.get("/my-data/{token}.json", responses=ERRORS)
def data_by_letter(request: Request, token: Token) -> JSONResponse:
    """All that is kept of the reader of a mailbox."""
    return _download(request, _by_letter(request, token))


@router.get("/my-data/{token}", responses=ERRORS)
def page_by_letter(request: Request, token: Token) -> Response:
    """What is kept of the reader of a mailbox."""
    return _page(request, _by_letter(request, token), f"/my-data/{token}")


@router.post("/my-data/{token}/delete", responses=ERRORS)
def delete_by_letter(request: Request, token: Token, agreed: Agreed = "") -> Response:
    """Remove what is kept of the reader of a mailbox."""
    return _delete(request, _by_letter(request, token), agreed)


def _here(request: Request) -> Person:
    account = current(request)
    return Person(account=account.id if account else None, reader=known_reader(request))


def _by_letter(request: Request, token: str) -> Person:
    return Person(mail=signed(room_of(request), "my data", token, letters.DATA_HOURS))


def _page(request: Request, person: Person, address: str) -> Response:
    with room_of(request).people.read() as connection:
        told = export_of(connection, person)
    return page(request, "discussion/my_data.html", step="shown", told=told, address=address)


def _download(request: Request, person: Person) -> JSONResponse:
    with room_of(request).people.read() as connection:
        told = export_of(connection, person)
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"', "Cache-Control": "private, no-store"}
    return JSONResponse(told, headers=headers)


def _delete(request: Request, person: Person, agreed: str) -> Response:
    if agreed != "yes":
        raise UsageError("tick the box to have your comments deleted; it cannot be undone")
    account = current(request)
    with room_of(request).people.write() as connection:
        number = erase(connection, person)
        audit.record(connection, account.id if account else None, "discussion.erase", "", f"{number} comments")
    return page(request, "discussion/my_data.html", step="deleted", told={"comments": [None] * number}, address="")
