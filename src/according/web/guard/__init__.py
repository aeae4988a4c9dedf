"""What stands between the site and whoever sends it something."""

from __future__ import annotations

from fastapi import FastAPI

from according.web.guard.csrf import csrf_context
from according.web.guard.headers import Headers
from according.web.guard.lost import answer_lost_database
from according.web.guard.writes import Writes
from according.web.rendering import CONTEXT

CONTEXT.append(csrf_context)


def guard(app: FastAPI) -> None:
    """Put the guard around a site: headers and cookies outside, the check of writes within."""
    app.state.buckets = {}
    app.add_middleware(Writes)
    app.add_middleware(Headers)
    answer_lost_database(app)
