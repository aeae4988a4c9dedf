"""Beginning and ending a session in the browser of a request."""

from __future__ import annotations

import sqlalchemy as sa
from fastapi import Request
from fastapi.responses import RedirectResponse

from according.store.people.accounts import Account
from according.store.people.audit import record
from according.store.people.sessions import LIFE_SECONDS, end_session, start_session
from according.web.guard.address import address_of
from according.web.guard.cookies import cookie, give_cookie


def enter(request: Request, connection: sa.Connection, account: Account, how: str) -> None:
    """Sign an account in: a new token, whatever this browser had before; ``how`` goes into the audit log."""
    earlier = cookie(request, "session")
    if earlier is not None:
        end_session(connection, earlier)
    token = start_session(connection, account.id, address_of(request), request.headers.get("user-agent", ""))
    record(connection, account.id, "account.sign_in", account.id, f"{how}, from {address_of(request)}")
    give_cookie(request, "session", token, LIFE_SECONDS)
    give_cookie(request, "second", "", 0)


def leave(request: Request, connection: sa.Connection) -> None:
    """End the session of this browser."""
    token = cookie(request, "session")
    if token is not None:
        end_session(connection, token)
    give_cookie(request, "session", "", 0)


def see(path: str) -> RedirectResponse:
    """Show another page after a form was taken."""
    return RedirectResponse(path, 303)


def local(path: str) -> str:
    """A place of this site to go to next; anything else becomes the account's own page."""
    is_ours = path.startswith("/") and path[1:2] not in {"/", "\\"} and path.isprintable() and " " not in path
    return path if is_ours else "/account"
