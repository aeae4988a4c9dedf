"""What a reader sees when something is missing or went wrong: one page, and one shape of JSON."""

from __future__ import annotations

import sqlite3
from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, InterfaceError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from starlette.exceptions import HTTPException

from according.errors import AccordingError, UsageError
from according.web.guard.answers import json_error, wants_json
from according.web.rendering import ENVIRONMENT, page

LOG = structlog.get_logger()
UNREAD = "The site cannot reach what it keeps just now. Please try again in a minute."
UNWRITTEN = "This could not be kept just now; nothing of it was saved. Please try again in a minute."
CODES = {
    400: "bad_request", 401: "not_signed_in", 403: "not_allowed", 404: "not_found", 405: "method_not_allowed",
    409: "conflict", 410: "retracted", 413: "too_large", 415: "wrong_kind", 422: "bad_request", 429: "too_many",
    500: "internal_error", 503: "unavailable",
}  # fmt: skip


class RetractedError(HTTPException):
    """A report that was out and is not any more: what it was called, why it is gone, and since when (ISO, UTC)."""

    def __init__(self, title: str, notice: str, since: str) -> None:
        super().__init__(410, f"“{title}” was retracted. {notice}" if title else notice)
        self.title, self.notice, self.since = title, notice, since


def error_json(status: int, message: str, code: str | None = None) -> JSONResponse:
    """The one shape of every error."""
    return json_error(status, code or CODES.get(status, "error"), message)


def install(app: FastAPI) -> None:
    """Make these the answers to every error of the site."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(UsageError, _usage)
    for lost in (sqlite3.Error, DatabaseError, InterfaceError, NoConnectionError, AccordingError):
        app.add_exception_handler(lost, _lost)
    app.add_exception_handler(Exception, _broken)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = error.detail if isinstance(error.detail, str) else HTTPStatus(error.status_code).phrase
    if error.detail == HTTPStatus(error.status_code).phrase:
        said = _PLAIN.get(error.status_code, said)
    if isinstance(error, RetractedError) and not wants_json(request):
        told = {"title": error.title, "notice": error.notice, "since": error.since}
        return page(request, "pages/retracted.html", 410, **told)
    answer = _answer(request, error.status_code, said)
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


_PLAIN = {
    404: "There is nothing at this address.",
    405: "This address does not take that kind of request.",
}


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:])
    return _answer(request, 422, f"{where}: {first['msg']}" if where else str(first["msg"]))


def _usage(request: Request, error: Exception) -> Response:
    return _answer(request, 400, str(error))


def _lost(request: Request, error: Exception) -> Response:
    if isinstance(error, IntegrityError | DataError | ProgrammingError):
        raise error  # a defect of the site, not of what it runs on
    LOG.error("a store cannot be used", path=request.url.path, reason=str(getattr(error, "orig", None) or error))
    said = UNREAD if request.method in {"GET", "HEAD"} else UNWRITTEN
    answer = _answer(request, 503, said, "database_lost", plain=True)
    answer.headers["Retry-After"] = "30"
    return answer


def _broken(request: Request, error: Exception) -> Response:
    LOG.error("an error inside the site", path=request.url.path, exc_info=error)
    said = "Something went wrong on our side. It has been noted."
    return _answer(request, 500, said, plain=True)


def _answer(request: Request, status: int, said: str, code: str | None = None, *, plain: bool = False) -> Response:
    """The error as a page or as JSON; a ``plain`` page asks nothing of any store."""
    if wants_json(request):
        return error_json(status, said, code)
    values = {"status": status, "said": said, "phrase": HTTPStatus(status).phrase}
    if plain:
        body = ENVIRONMENT.get_template("pages/plain_error.html").render(room=request.app.state.room, **values)
        return Response(body, status, media_type="text/html")
    return page(request, "pages/error.html", status, **values)
