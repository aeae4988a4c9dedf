"""The page of one's own account: name, address, password, and where one is signed in."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from fastapi.responses import Response
from itsdangerous import BadData, URLSafeTimedSerializer

from according.errors import UsageError
from according.store.people.accounts import Account, acceptable_email, matches, rename_account
from according.store.people.audit import record
from according.store.people.passwords import known_by_id, set_password
from according.store.people.sessions import end_sessions, sessions_of
from according.store.people.two_step import recovery_codes_left
from according.web.accounts.current import current, needs, signed_in
from according.web.accounts.entering import enter, see
from according.web.accounts.letters import ask_about_address, warn
from according.web.accounts.passwords import chosen
from according.web.guard.address import address_of
from according.web.guard.limits import limited
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter()
ADDRESS_SECONDS = 3600
WRONG_PASSWORD = "That is not your password."  # noqa: S105  # a message
Mine = Annotated[Account, Depends(needs("reader"))]
Secret = Annotated[str, Form(max_length=2000)]
SLOWLY = [Depends(limited("account", per_minute=10, burst=20))]


@router.get("/account", include_in_schema=False)
def show_account(request: Request, mine: Mine) -> Response:
    """Everything about one's own account."""
    return account_page(request, mine)


@router.get("/account.json")
def give_account(request: Request) -> dict[str, Any]:
    """Who is signed in, and what they may act as."""
    account = current(request)
    if account is None:
        return {"account": None}
    return {"account": {"id": account.id, "name": account.name, "email": account.email, "role": account.role}}


@router.post("/account/details", include_in_schema=False, dependencies=SLOWLY)
def change_details(
    request: Request,
    mine: Mine,
    name: Annotated[str, Form(max_length=300)],
    email: Annotated[str, Form(max_length=300)],
    password: Secret,
) -> Response:
    """Change the name at once, the address when a letter to it was answered; both take the password."""
    room = room_of(request)
    try:
        require_password(request, mine, password)
        wanted = acceptable_email(email)
        with room.people.write() as connection:
            rename_account(connection, mine.id, name, mine.email)
            record(connection, mine.id, "account.rename", mine.id)
            if wanted != mine.email:
                token = _signer(request).dumps([mine.id, mine.email, wanted])
                ask_about_address(connection, room, mine, wanted, token)
    except UsageError as error:
        return account_page(request, mine, str(error), "details")
    return see(f"/account?said={'letter' if wanted != mine.email else 'kept'}")


@router.get("/account/address", include_in_schema=False)
def ask_about_new_address(request: Request, mine: Mine, token: Annotated[str, Query(max_length=2000)]) -> Response:
    """The button that makes a confirmed address the account's."""
    return page(request, "accounts/address.html", token=token, address=_confirmed(request, mine, token))


@router.post("/account/address", include_in_schema=False, dependencies=SLOWLY)
def take_new_address(request: Request, mine: Mine, token: Annotated[str, Form(max_length=2000)]) -> Response:
    """Make a confirmed address the account's, and tell the earlier one."""
    address, room = _confirmed(request, mine, token), room_of(request)
    try:
        with room.people.write() as connection:
            rename_account(connection, mine.id, mine.name, address)
            record(connection, mine.id, "account.address", mine.id)
            warn(connection, room, mine, "letters go to another address now")
    except UsageError as error:
        raise HTTPException(409, str(error)) from error
    return see("/account?said=kept")


@router.post("/account/password", include_in_schema=False, dependencies=SLOWLY)
def change_password(request: Request, mine: Mine, password: Secret, new: Secret, again: Secret) -> Response:
    """Change the password: all sessions end, and this browser gets a new one."""
    room = room_of(request)
    try:
        require_password(request, mine, password)
        hashed = chosen(new, again)
    except UsageError as error:
        return account_page(request, mine, str(error), "password")
    with room.people.write() as connection:
        set_password(connection, mine.id, hashed)
        record(connection, mine.id, "account.password_set", mine.id, f"from {address_of(request)}")
        warn(connection, room, mine, "the password was changed")
        enter(request, connection, mine, "by a new password")
    return see("/account?said=password")


@router.post("/account/sessions/end", include_in_schema=False)
def end_other_sessions(request: Request, mine: Mine, session: Annotated[str, Form(max_length=64)] = "") -> Response:
    """End one of the account's sessions, or all but this one."""
    found = signed_in(request)
    if found is None:
        return see("/sign-in")
    with room_of(request).people.write() as connection:
        ended = end_sessions(connection, mine.id, only=session or None, but=None if session else found[1].id)
        record(connection, mine.id, "account.sessions_ended", mine.id, str(ended))
    return see("/account?said=ended")


def account_page(request: Request, mine: Account, trouble: str = "", where: str = "") -> Response:
    """The account's page; ``trouble`` is said in the form called ``where``."""
    with room_of(request).people.read() as connection:
        sessions = sessions_of(connection, mine.id)
        codes = recovery_codes_left(connection, mine.id)
    found = signed_in(request)
    return page(
        request,
        "accounts/account.html",
        400 if trouble else 200,
        mine=mine,
        sessions=sessions,
        here=found[1].id if found else "",
        codes=codes,
        trouble={where: trouble},
        said=request.query_params.get("said", ""),
    )


def require_password(request: Request, mine: Account, password: str) -> None:
    """Raise UsageError unless it is the account's password."""
    with room_of(request).people.read() as connection:
        found = known_by_id(connection, mine.id)
    if found is None or not matches(found.password, password):
        raise UsageError(WRONG_PASSWORD)


def _confirmed(request: Request, mine: Account, token: str) -> str:
    """The address that a letter's link confirms: of this account, which has the same address as then."""
    try:
        account_id, earlier, wanted = _signer(request).loads(token, max_age=ADDRESS_SECONDS)
    except BadData:
        account_id = earlier = wanted = ""
    if (account_id, earlier) != (mine.id, mine.email):
        raise HTTPException(410, "This link is too old, or is another account's.")
    return str(wanted)


def _signer(request: Request) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(room_of(request).secret, salt="new address")
