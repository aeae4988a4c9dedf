"""The site's cookies: none that a script can read, none that another site's page can send along with a write."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from typing import Literal

from fastapi import Request
from itsdangerous import BadSignature, TimestampSigner

from according.web.room import room_of

Name = Literal["session", "visitor", "second"]
VISITOR_SECONDS = 180 * 86_400


def is_secure(request: Request) -> bool:
    """Whether the site's public address is a secure one, so that its cookies may only travel there."""
    return room_of(request).address.startswith("https://")


def cookie(request: Request, name: Name) -> str | None:
    """What a cookie of this request holds, if anything."""
    return request.cookies.get(_full_name(request, name)) or None


def give_cookie(request: Request, name: Name, value: str, seconds: int) -> None:
    """Send a cookie with the answer to this request, whichever response that will be; no seconds take it away."""
    morsel: SimpleCookie = SimpleCookie()
    full = _full_name(request, name)
    morsel[full] = value
    morsel[full].update({"path": "/", "max-age": str(seconds), "samesite": "Lax"})
    morsel[full]["httponly"] = True
    if is_secure(request):
        morsel[full]["secure"] = True
    to_send(request)[full] = morsel.output(header="").strip()


def to_send(request: Request) -> dict[str, str]:
    """The cookie headers that the answer to a request will carry, by name."""
    if not hasattr(request.state, "cookies_to_send"):
        request.state.cookies_to_send = {}
    waiting: dict[str, str] = request.state.cookies_to_send
    return waiting


def visitor(request: Request) -> str:
    """A random name for this reader's browser, given now if it has none; keep nothing but a keyed hash of it."""
    known = known_visitor(request) or getattr(request.state, "visitor", None)
    if known is None:
        known = _visitor_signer(request).sign(secrets.token_urlsafe(18)).decode()
        request.state.visitor = known
        give_cookie(request, "visitor", known, VISITOR_SECONDS)
    return known


def known_visitor(request: Request) -> str | None:
    """The name that this reader's browser was given before, if this site gave it."""
    given = cookie(request, "visitor")
    return given if given and _visitor_signer(request).validate(given) else None


def visitor_seconds(request: Request) -> float:
    """How long ago this reader's browser got its name: scripts that post at once have just got theirs."""
    try:
        _, given = _visitor_signer(request).unsign(known_visitor(request) or "", return_timestamp=True)
    except BadSignature:
        return 0.0
    return (datetime.now(UTC) - given).total_seconds()


def _visitor_signer(request: Request) -> TimestampSigner:
    return TimestampSigner(room_of(request).secret, salt="visitor")


def _full_name(request: Request, name: Name) -> str:
    """Browsers let no other host and no insecure page set a cookie whose name begins with ``__Host-``."""
    return f"__Host-according_{name}" if is_secure(request) else f"according_{name}"
