"""The machine's description of the site: what each address answers, and the one shape of its errors."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

Json = dict[str, Any]
_ERROR = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}, "text/html": {}}
_SAID = {
    400: "What was asked is not well formed.",
    401: "Only for those who are signed in.",
    403: "Not for this reader, or without the token that the site's own pages carry.",
    404: "There is nothing at this address.",
    405: "This address does not take that kind of request.",
    409: "It changed meanwhile, or is done already.",
    410: "The report was retracted; the message is the desk's notice.",
    413: "What was sent is too large.",
    415: "What was sent is of another kind than is taken here.",
    422: "A value of the address has another form than it must have.",
    429: "Too many requests; try again later.",
    503: "A database cannot be reached; try again later.",
}
ERRORS: dict[int | str, Json] = {status: {"description": said, "content": _ERROR} for status, said in _SAID.items()}
"""The errors that any page may answer with."""


def answers_with(schema: str, kind: str = "application/json") -> dict[int | str, Json]:
    """An answer of a named schema, or an error."""
    content = {kind: {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    moved = {"description": "The address of what it became."}
    unchanged = {"description": "The reader has it already (If-None-Match)."}
    return {200: {"description": schema, "content": content}, 304: unchanged, 308: moved, **ERRORS}


def answers_as(kind: str, said: str) -> dict[int | str, Json]:
    """An answer of a media type other than JSON, or an error."""
    unchanged = {"description": "The reader has it already (If-None-Match)."}
    return {200: {"description": said, "content": {kind: {"schema": {"type": "string"}}}}, 304: unchanged, **ERRORS}


@cache
def schemas() -> Json:
    """``schemas.yaml``: the shapes of all JSON answers."""
    text = files("according.web.pages").joinpath("schemas.yaml").read_text(encoding="utf-8")
    found: Json = yaml.safe_load(text)
    return found


def _tell_errors(responses: Json) -> None:
    """Any address may answer with any error of the site, always in the same shape."""
    for status, error in ERRORS.items():
        if status == 422:
            responses[str(status)] = error  # FastAPI describes a shape of its own that this site never answers with
        responses.setdefault(str(status), error)


def describe(app: FastAPI) -> None:
    """Let the site's OpenAPI description carry the shapes of its answers."""

    def description() -> Json:
        if app.openapi_schema is None:
            made = get_openapi(title=app.title, version=app.version, routes=app.routes)
            made.setdefault("components", {}).setdefault("schemas", {}).update(schemas())
            for operation in (one for path in made["paths"].values() for one in path.values()):
                _tell_errors(operation["responses"])
            app.openapi_schema = made
        return app.openapi_schema

    app.openapi = description  # type: ignore[method-assign]  # as FastAPI's documentation does it
