"""Middleware that lets no write through that is too large or that another site's page could have sent."""

from __future__ import annotations

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from according.settings import load_settings
from according.web.guard.answers import refusal
from according.web.guard.bodies import Body, TooLargeError
from according.web.guard.csrf import FIELD, HEADER, READS, UNGUARDED, is_from_here, is_ours

LARGEST_TEXT = 2_000_000
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
FOREIGN = "This form was not sent from a page of this site, or the page is too old."


class Writes:
    """Read a write's body within its bound, look for the token, then hand the same body on."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._largest_upload = load_settings().max_input_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass reads on; answer writes that will not do with a refusal."""
        if scope["type"] != "http" or scope["method"] in READS:
            await self._app(scope, receive, send)
            return
        request, body = Request(scope), Body()
        try:
            await body.fill(receive, self._bound(request))
            if await _may_pass(request, Request(scope, body.replay(receive))):
                await self._app(scope, body.replay(receive), send)
            else:
                await refusal(request, 403, "csrf", FOREIGN)(scope, receive, send)
        except TooLargeError:
            await refusal(request, 413, "too_large", "That is more than this site takes at once.")(scope, receive, send)
        finally:
            body.close()

    def _bound(self, request: Request) -> int:
        bound = self._largest_upload if _kind(request) == "multipart/form-data" else LARGEST_TEXT
        said = request.headers.get("content-length", "0")
        if not said.isdecimal() or int(said) > bound:
            raise TooLargeError
        return bound


async def _may_pass(request: Request, readable: Request) -> bool:
    if request.url.path.startswith(tuple(UNGUARDED)):
        return True
    if not is_from_here(request):
        return False
    token = request.headers.get(HEADER)
    if token is None and _kind(request) in FORMS:
        token = await _token_in_form(readable)
    return is_ours(request, token)


async def _token_in_form(request: Request) -> str | None:
    try:
        async with request.form() as form:
            token = form.get(FIELD)
    except (HTTPException, MultiPartException, UnicodeDecodeError):
        return None
    return None if isinstance(token, UploadFile) else token


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
