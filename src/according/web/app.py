"""The site as one application: its parts, in the order in which addresses are looked up."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from according import __version__
from according.web import desk, pages, tiles
from according.web.accounts.routes import install as install_accounts
from according.web.discussion import router as discussion
from according.web.guard import Guarded
from according.web.pages import described, errors
from according.web.rendering import STATIC, prepare
from according.web.room import Room

FOREVER = "public, max-age=31536000, immutable"


class Assets(StaticFiles):
    """Files that browsers keep for good when their address carries a mark of their content."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """Answer with a file, and say how long it may be kept."""
        answer = super().file_response(*args, **kwargs)
        scope = args[2] if len(args) > 2 else kwargs["scope"]
        answer.headers["Cache-Control"] = FOREVER if scope["query_string"].startswith(b"v=") else "no-cache"
        return answer


class Heads:
    """Middleware that answers HEAD as GET; the server leaves the body away."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope = {**scope, "method": "GET"}
        await self._app(scope, receive, send)


def create_app(room: Room) -> FastAPI:
    """Build the site of a room."""
    app = Guarded(title=room.name, version=__version__, docs_url=None, redoc_url=None)
    app.state.room = room
    app.add_middleware(Heads)
    app.mount("/static", Assets(directory=STATIC), name="static")
    install_accounts(app)
    app.include_router(discussion)
    app.include_router(desk.router)
    app.include_router(pages.router)
    app.include_router(tiles.router)
    errors.install(app)
    described.describe(app)
    prepare()
    return app
