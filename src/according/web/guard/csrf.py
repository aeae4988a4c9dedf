"""Writes come from the site's own pages: each carries a token that only a page of this site could show this browser.

Forms carry it in the field ``csrf`` (``{{ csrf_field }}``), scripts in the header ``X-CSRF-Token``
(``{{ csrf_token }}``, or ``/csrf.json``).
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from markupsafe import Markup

from according.web.guard.cookies import cookie, visitor
from according.web.room import room_of

FIELD, HEADER = "csrf", "X-CSRF-Token"
READS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
UNGUARDED: set[str] = set()
"""Beginnings of addresses whose writes carry a signed token of their own, such as one-click unsubscribing."""


class Late:
    """Text that a template asks for only when it shows it: pages without forms set no cookie."""

    def __init__(self, make: Callable[[], str]) -> None:
        self._make = make

    def __str__(self) -> str:
        return self._make()

    def __html__(self) -> str:
        return self._make()


def csrf_context(request: Request) -> dict[str, Any]:
    """What every template gets: ``csrf_field`` for forms and ``csrf_token`` for scripts."""
    return {"csrf_field": Late(lambda: _field(request)), "csrf_token": Late(lambda: csrf_token(request))}


def csrf_token(request: Request) -> str:
    """The token of this browser: of its session when signed in, else of its visitor's cookie.

    It stays the same, so that an unchanged page stays unchanged. Guessing it from the length of compressed pages
    would take another site's requests for them with the cookie, which the cookie's SameSite forbids.
    """
    request.state.shows_token = True
    return _token(request, cookie(request, "session") or visitor(request))


def is_ours(request: Request, token: str | None) -> bool:
    """Whether a token is one that this site showed this browser."""
    bound_to = cookie(request, "session") or cookie(request, "visitor")
    if not token or bound_to is None:
        return False
    return hmac.compare_digest(token.encode(), _token(request, bound_to).encode())


def is_from_here(request: Request) -> bool:
    """Whether the browser says that the write comes from a page of this site, or says nothing."""
    if request.headers.get("sec-fetch-site") in {"cross-site", "same-site"}:
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    return origin == room_of(request).address or urlsplit(origin).netloc == request.headers.get("host")


def _field(request: Request) -> str:
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, csrf_token(request))


def _token(request: Request, bound_to: str) -> str:
    return hmac.new(room_of(request).secret.encode(), b"csrf:" + bound_to.encode(), hashlib.sha256).hexdigest()
