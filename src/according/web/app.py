"""The site as one application: its parts, in the order in which addresses are looked up."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from according import __version__
from according.web.accounts.routes import router as accounts
from according.web.guard import guard
from according.web.room import Room

STATIC = Path(__file__).parent / "static"


def create_app(room: Room) -> FastAPI:
    """Build the site of a room."""
    app = FastAPI(title=room.name, version=__version__, docs_url=None, redoc_url=None)
    app.state.room = room
    guard(app)
    app.include_router(accounts)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    return app
