"""Middleware that lets no write through that is too large or that another site's page could have sent."""

from __future__ import annotations

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Send

from according.web.guard.answers import refusal
from according.web.guard.bodies import Body, TooLargeError
from according.web.guard.csrf import FIELD, HEADER, READS, UNGUARDED, is_from_here, is_ours
from according.web.guard.layer import Layer
from according.web.guard.text import is_sound, is_sound_address, is_sound_json

LARGEST_TEXT = 2_000_000
LARGEST_UPLOAD = 6_000_000
"""A form with the largest file that the desk takes, and what stands beside it."""
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
UNSOUND = "There are characters in this that are no text."
FOREIGN = "This form was not sent from a page of this site, or the page is too old."


class Writes(Layer):
    """Read a write's body within its bound, look for the token, then hand the same body on."""

    async def handle(self, request: Request, receive: Receive, send: Send) -> None:
        """Pass reads on; answer writes that will not do with a refusal."""
        scope = request.scope
        if not is_sound_address(scope):
            await refusal(request, 400, "bad_request", UNSOUND)(scope, receive, send)
            return
        if scope["method"] in READS:
            await self.app(scope, receive, send)
            return
        body = Body()
        try:
            await body.fill(receive, self._bound(request))
            refused = await _refusal(request, body, receive)
            if refused is None:
                await self.app(scope, body.replay(receive), send)
            else:
                await refused(scope, receive, send)
        except TooLargeError:
            await refusal(request, 413, "too_large", "That is more than this site takes at once.")(scope, receive, send)
        finally:
            body.close()

    def _bound(self, request: Request) -> int:
        bound = LARGEST_UPLOAD if _kind(request) == "multipart/form-data" else LARGEST_TEXT
        said = request.headers.get("content-length", "0")
        if not said.isdecimal() or int(said) > bound:
            raise TooLargeError
        return bound


async def _refusal(request: Request, body: Body, receive: Receive) -> Response | None:
    """Why a write is not passed on, if it is not."""
    kind = _kind(request)
    fields = await _fields(Request(request.scope, body.replay(receive))) if kind in FORMS else {}
    if not _may_pass(request, fields.get(FIELD)):
        return refusal(request, 403, "csrf", FOREIGN)
    sound = all(map(is_sound, fields.values())) if kind in FORMS else is_sound_json(body.whole())
    return None if sound else refusal(request, 400, "bad_request", UNSOUND)


def _may_pass(request: Request, token_in_form: str | None) -> bool:
    if request.url.path.startswith(tuple(UNGUARDED)):
        return True
    return is_from_here(request) and is_ours(request, request.headers.get(HEADER) or token_in_form)


async def _fields(request: Request) -> dict[str, str]:
    """The fields of a form, and the names of the files in it; none when it is no form after all."""
    try:
        async with request.form() as form:
            fields = form.multi_items()
            return {name: (value.filename or "") if isinstance(value, UploadFile) else value for name, value in fields}
    except (HTTPException, MultiPartException, UnicodeDecodeError):
        return {}


def _kind(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()
