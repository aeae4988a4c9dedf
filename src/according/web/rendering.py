"""Pages from templates: everything that is not marked safe is escaped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

FOLDER = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"

ENVIRONMENT = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
CONTEXT: list[Callable[[Request], dict[str, Any]]] = []
"""What parts of the site add to every page: who is signed in, the token that forms carry."""


@cache
def asset(name: str) -> str:
    """The address of a file in ``static/``, with a mark of its content, so that browsers may keep it for good."""
    content = (STATIC / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"


ENVIRONMENT.globals["asset"] = asset


@cache
def prepare() -> None:
    """Compile every template, so that no reader has to wait for it."""
    for name in ENVIRONMENT.list_templates():
        ENVIRONMENT.get_template(name)


def page(request: Request, template: str, status: int = 200, /, **values: Any) -> HTMLResponse:
    """Render a template as a page; a browser that has it already is told so."""
    shared: dict[str, Any] = {"request": request, "room": request.app.state.room}
    for add in CONTEXT:
        shared |= add(request)
    return HTMLResponse(ENVIRONMENT.get_template(template).render(shared | values), status)


def fragment(template: str, **values: Any) -> Markup:
    """Render a part of a page that is the same for every reader, to be kept and put into pages."""
    return Markup(ENVIRONMENT.get_template(template).render(values))  # noqa: S704 - the template escaped it
