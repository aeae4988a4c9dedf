"""Pages from templates: everything that is not marked safe is escaped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent / "templates"

ENVIRONMENT = Environment(
    loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
CONTEXT: list[Callable[[Request], dict[str, Any]]] = []
"""What parts of the site add to every page: who is signed in, the token that forms carry."""


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a template as a page."""
    shared: dict[str, Any] = {"request": request, "room": request.app.state.room}
    for add in CONTEXT:
        shared |= add(request)
    return HTMLResponse(ENVIRONMENT.get_template(template).render(shared | values), status)
