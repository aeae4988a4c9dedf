"""Who is signed in, and what a page needs of them."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from fastapi import HTTPException, Request

from according.store.people.accounts import Account, Role
from according.store.people.sessions import Session, account_in_session, is_stale, note_seen
from according.web.guard.cookies import cookie
from according.web.room import room_of


class SignInNeededError(HTTPException):
    """Nobody is signed in where somebody has to be; becomes the sign-in page, or 401 for a script."""

    def __init__(self) -> None:
        super().__init__(401, "Sign in first.")


def current(request: Request) -> Account | None:
    """Who is signed in, looked up once a request."""
    found = signed_in(request)
    return None if found is None else found[0]


def signed_in(request: Request) -> tuple[Account, Session] | None:
    """Who is signed in and in which session."""
    if not hasattr(request.state, "signed_in"):
        request.state.signed_in = _look_up(request)
    found: tuple[Account, Session] | None = request.state.signed_in
    return found


def needs(role: Role) -> Callable[[Request], Account]:
    """A dependency that gives the account, which may act as ``role``; else the sign-in page, or 403."""

    def needed(request: Request) -> Account:
        account = current(request)
        if account is None:
            raise SignInNeededError
        if not account.may(role):
            raise HTTPException(403, f"This needs the role of {role}.")
        return account

    return needed


def sign_in_address(request: Request) -> str:
    """Where to sign in to come back to this page."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"/sign-in?next={quote(here, safe='/')}" if request.method == "GET" else "/sign-in"


def account_context(request: Request) -> dict[str, Account | None]:
    """What every template gets: ``account``, who is signed in."""
    return {"account": current(request)}


def _look_up(request: Request) -> tuple[Account, Session] | None:
    token = cookie(request, "session")
    if token is None:
        return None
    people = room_of(request).people
    with people.read() as connection:
        found = account_in_session(connection, token)
    if found is not None and is_stale(found[1]):
        with people.write() as connection:
            note_seen(connection, found[1])
    return found
