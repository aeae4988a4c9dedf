"""Passwords that were forgotten, and those of new accounts: both are set by a link of one use that came by mail."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Form, HTTPException, Query, Request
from fastapi.responses import Response

from according.errors import UsageError
from according.store.people.accounts import account_called, hash_password
from according.store.people.audit import record
from according.store.people.passwords import account_of_link, set_password, use_link
from according.web.accounts.entering import see
from according.web.accounts.letters import offer_reset, warn
from according.web.guard.address import address_of
from according.web.guard.limits import limited
from according.web.rendering import page
from according.web.room import Room, room_of

router = APIRouter(include_in_schema=False)
USED = "This link was used already, or is too old. Ask for a new one."


@router.get("/password/forgotten")
def ask_for_link(request: Request) -> Response:
    """The form to ask for a link by mail."""
    return page(request, "accounts/forgotten.html", asked=False)


@router.post("/password/forgotten", dependencies=[Depends(limited("password link", per_minute=2, burst=5))])
def send_link(
    request: Request, later: BackgroundTasks, name: Annotated[str, Form(min_length=1, max_length=300)]
) -> Response:
    """Send the link if there is such an account; the answer, and how long it takes, say nothing about that."""
    later.add_task(_send_link, room_of(request), name, address_of(request))
    answer = page(request, "accounts/forgotten.html", asked=True)
    answer.background = later
    return answer


@router.get("/password/set")
def ask_password(request: Request, token: Annotated[str, Query(max_length=100)] = "") -> Response:
    """The form to choose a password."""
    with room_of(request).people.read() as connection:
        account = account_of_link(connection, token)
    if account is None:
        raise HTTPException(410, USED)
    return page(request, "accounts/set_password.html", token=token, who=account, trouble="")


@router.post("/password/set", dependencies=[Depends(limited("password", per_minute=5, burst=10))])
def take_password(
    request: Request,
    token: Annotated[str, Form(max_length=100)],
    password: Annotated[str, Form(max_length=2000)],
    again: Annotated[str, Form(max_length=2000)],
) -> Response:
    """Set the password, end all sessions of the account, and ask to sign in with it."""
    room = room_of(request)
    with room.people.read() as connection:
        account = account_of_link(connection, token)
    if account is None:
        raise HTTPException(410, USED)
    try:
        hashed = chosen(password, again)
    except UsageError as error:
        return page(request, "accounts/set_password.html", 400, token=token, who=account, trouble=str(error))
    with room.people.write() as connection:
        if not use_link(connection, token):
            raise HTTPException(410, USED)
        set_password(connection, account.id, hashed)
        record(connection, account.id, "account.password_set", account.id, f"by link, from {address_of(request)}")
        warn(connection, room, account, "the password was changed")
    return see("/sign-in")


def chosen(password: str, again: str) -> str:
    """The hash of a new password typed twice; raises UsageError when it will not do."""
    if password != again:
        raise UsageError("the two are not the same; type the new password twice")
    return hash_password(password)


def _send_link(room: Room, name: str, address: str) -> None:
    with room.people.write() as connection:
        account = account_called(connection, name)
        if account is not None and not account.disabled:
            offer_reset(connection, room, account)
            record(connection, None, "account.link_asked", account.id, f"from {address}")
