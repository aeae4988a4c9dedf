"""What stands between the site and whoever sends it something."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.types import ASGIApp

from according.web.guard.csrf import csrf_context
from according.web.guard.headers import Headers
from according.web.guard.writes import Writes
from according.web.rendering import CONTEXT

CONTEXT.append(csrf_context)


class Guarded(FastAPI):
    """An application whose every answer, that to its own errors too, passes the guard."""

    def build_middleware_stack(self) -> ASGIApp:
        """Headers and cookies outside of everything, the check of writes within, then the site."""
        self.state.buckets = {}
        return Headers(Writes(super().build_middleware_stack()))
