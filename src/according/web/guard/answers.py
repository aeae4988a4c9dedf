"""Refusals: one shape for scripts, a plain page for people that needs neither the database nor the rest of the site."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from according.web.rendering import ENVIRONMENT
from according.web.room import room_of


def wants_json(request: Request) -> bool:
    """Whether a script asks: by the address, by what it sends or by what it accepts."""
    if request.url.path.endswith((".json", ".geojson")):
        return True
    accepts = request.headers.get("accept", "")
    if "text/html" in accepts:
        return False
    return "json" in accepts or "json" in request.headers.get("content-type", "")


def json_error(status: int, code: str, message: str) -> JSONResponse:
    """An error in the one shape that all of the site's errors have."""
    return JSONResponse({"error": {"code": code, "message": message}}, status)


def refusal(request: Request, status: int, code: str, message: str) -> Response:
    """A refusal in the form that the request asks for."""
    if wants_json(request):
        return json_error(status, code, message)
    template = ENVIRONMENT.get_template("guard/refused.html")
    return HTMLResponse(template.render(room=room_of(request), message=message, status=status), status)
