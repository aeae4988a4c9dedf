"""Letters about a thread: asked for by anyone, begun from the mailbox, ended with one click."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import HTMLResponse, Response

from according.errors import UsageError
from according.store.people import discussion_comments as comments
from according.store.people import discussion_subscriptions as subscriptions
from according.web.discussion import letters
from according.web.discussion.identity import mail_address, mail_hash, signed
from according.web.discussion.threads import OnShelf
from according.web.guard.limits import limited
from according.web.pages import words
from according.web.pages.described import ERRORS
from according.web.pages.report import showable
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter(default_response_class=HTMLResponse)
Token = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.-]{1,300}$")]


@router.post(
    "/report/{report}/subscribe",
    responses=ERRORS,
    dependencies=[Depends(limited("subscribe", per_minute=3, burst=5))],
)
def subscribe(
    request: Request,
    report: str,
    shelf: OnShelf,
    mail: Annotated[str, Form(max_length=400)] = "",
    kind: Annotated[str, Form(pattern=r"^(all|replies)$")] = "all",
) -> Response:
    """Ask to be told of new comments; a letter asks the mailbox whether it wants that."""
    reading, _ = showable(request, shelf, report)
    address = mail_address(mail)
    if address is None:
        raise UsageError("give the address of mail to write to")
    room = room_of(request)
    with room.people.write() as connection:
        thread, hashed = comments.thread_for(connection, reading.report), mail_hash(room, address)
        asked = subscriptions.ask(connection, thread, kind, hashed, address)
        if asked is not None:
            letters.ask_to_confirm(connection, room, asked, words.headline(reading.report))
    return _say(request, "asked", report=reading.report.id)


@router.get("/subscription/{token}", responses=ERRORS)
def confirm_page(request: Request, token: Token) -> Response:
    """Ask once more: programs that look into letters open links too."""
    signed(room_of(request), "subscription", token)
    return _say(request, "confirm", token=token)


@router.post("/subscription/{token}", responses=ERRORS)
def confirm(request: Request, token: Token) -> Response:
    """Begin the letters."""
    name = signed(room_of(request), "subscription", token)
    with room_of(request).people.write() as connection:
        begun = subscriptions.confirm(connection, name)
    if begun is None:
        raise UsageError("this subscription was ended; ask for letters again under the report")
    return _say(request, "begun", token=token)


@router.get("/unsubscribe/{token}", responses=ERRORS)
def leave_page(request: Request, token: Token) -> Response:
    """The button that ends the letters."""
    signed(room_of(request), "subscription", token)
    return _say(request, "leave", token=token)


@router.post("/unsubscribe/{token}", responses=ERRORS)
def leave(request: Request, token: Token) -> Response:
    """End the letters; mail programs do this with one click (RFC 8058), so the token alone lets them."""
    name = signed(room_of(request), "subscription", token)
    with room_of(request).people.write() as connection:
        subscriptions.end(connection, name)
    return _say(request, "ended")


def _say(request: Request, step: str, **values: str) -> Response:
    return page(request, "discussion/letters.html", step=step, **{"token": "", "report": "", **values})
