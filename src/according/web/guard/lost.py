"""When the database is lost, full or locked, readers get a clear page; what was being written is not kept in part."""

from __future__ import annotations

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import Response
from sqlalchemy.exc import DatabaseError, DataError, DBAPIError, IntegrityError, InterfaceError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from according.web.guard.answers import refusal

UNREAD = "The site cannot reach what it keeps just now."
UNWRITTEN = "This could not be kept just now; nothing of it was saved."


def answer_lost_database(app: FastAPI) -> None:
    """Answer 503 where a statement could not be carried out, and say why in the log, not to the reader."""
    for lost in (DatabaseError, InterfaceError, NoConnectionError):
        app.add_exception_handler(lost, _answer)


def _answer(request: Request, error: Exception) -> Response:
    if isinstance(error, IntegrityError | DataError | ProgrammingError):
        raise error  # a defect of the site, not of what it runs on
    reason = error.orig if isinstance(error, DBAPIError) else error
    structlog.get_logger().error("the people's database failed", path=request.url.path, reason=str(reason))
    answer = refusal(request, 503, "unavailable", UNREAD if request.method in {"GET", "HEAD"} else UNWRITTEN)
    answer.headers["Retry-After"] = "30"
    return answer
