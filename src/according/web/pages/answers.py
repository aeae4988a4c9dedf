"""Answers in the forms that pages have: HTML and its JSON twin, told by mark whether a reader has them already."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from fastapi import Request
from fastapi.responses import Response

from according import __version__
from according.web.rendering import page

Json = dict[str, Any]
_ENCODER = msgspec.json.Encoder()


def etag(*parts: str) -> str:
    """A weak mark of everything that an answer was made of."""
    digest = hashlib.blake2b("\0".join((__version__, *parts)).encode(), digest_size=12)
    return f'W/"{digest.hexdigest()}"'


def is_known(request: Request, mark: str) -> bool:
    """Whether the reader says that it has what carries this mark."""
    known = request.headers.get("if-none-match", "")
    return known.strip() == "*" or mark.removeprefix("W/") in {
        part.strip().removeprefix("W/") for part in known.split(",")
    }


def not_changed(mark: str) -> Response:
    """The empty answer to a reader that has it already."""
    return Response(status_code=304, headers={"ETag": mark, "Cache-Control": "no-cache"})


def data_answer(request: Request, version: str, make: Callable[[], Json], kind: str = "application/json") -> Response:
    """A JSON answer that changes with a version of the ledger and the address asked for, and with nothing else."""
    mark = etag(kind, version, str(request.url))
    if is_known(request, mark):
        return not_changed(mark)
    return Response(_ENCODER.encode(make()), media_type=kind, headers=_headers(mark))


def text_answer(request: Request, version: str, make: Callable[[], str | bytes], kind: str) -> Response:
    """A feed, a map of the site or a picture, as :func:`data_answer`."""
    mark = etag(kind, version, str(request.url))
    if is_known(request, mark):
        return not_changed(mark)
    return Response(make(), media_type=kind, headers=_headers(mark))


def page_answer(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """A page, marked by what it came out as, since forms and names on it differ from reader to reader."""
    answer = page(request, template, status, **values)
    mark = etag(hashlib.blake2b(bytes(answer.body), digest_size=12).hexdigest())
    if status == 200 and is_known(request, mark):
        known = not_changed(mark)
        known.headers["Cache-Control"] = "private, no-cache"
        return known
    answer.headers["ETag"] = mark
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _headers(mark: str) -> dict[str, str]:
    return {"ETag": mark, "Cache-Control": "no-cache"}
