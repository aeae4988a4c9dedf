"""Maps of a report and of an incident as pictures: drawn once for each content, in a process of their own, and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as LateError
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from threading import BoundedSemaphore
from typing import Literal

import msgspec
import structlog
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, Response

from according import __version__
from according.errors import UsageError
from according.export.reading import incident_json, to_json
from according.maps import Told
from according.records import Reading
from according.web.pages.answers import etag, is_known, not_changed
from according.web.pages.described import ERRORS
from according.web.pages.drawing import SHAPES, draw
from according.web.pages.ledger import OnShelf
from according.web.pages.report import showable
from according.web.pages.words import title as incident_title
from according.web.room import room_of

router = APIRouter(tags=["pictures"])
Shape = Literal["map.png", "map-small.webp", "map-small-dark.webp", "map-share.jpg"]
LOG = structlog.get_logger()
LONGEST_WAIT_SECONDS = 90
MOST_WAITING = 6
"""How many readers may wait for pictures that are not drawn yet; others are asked to come back."""
MOST_ON_FRONT = 150
MOST_KEPT_BYTES = 2_000_000_000
ANSWERS: dict[int | str, dict[str, object]] = {
    200: {"description": "The picture.", "content": {"image/png": {}, "image/webp": {}, "image/jpeg": {}}},
    304: {"description": "The reader has it already (If-None-Match)."},
    **ERRORS,
}
_waiting = BoundedSemaphore(MOST_WAITING)


@router.get("/report/{report}/{shape}", responses=ANSWERS, response_class=FileResponse)
def report_picture(request: Request, report: str, shape: Shape, shelf: OnShelf) -> Response:
    """The map of one report: the full-size picture, the small one for its page, the one that links show."""
    reading, shown_as = showable(request, shelf, report)
    return picture_of(request, shape, reading, shown_as.headline or reading.report.title)


def picture_of(request: Request, shape: Shape, reading: Reading, title: str | None) -> Response:
    """The map of a reading as it may be shown."""
    told = Told.apart([to_json(reading)])
    return _answer(request, shape, lambda: msgspec.json.encode((told, title)))


@router.get("/incident/{incident}/{shape}", responses=ANSWERS, response_class=FileResponse)
def incident_picture(request: Request, incident: str, shape: Shape, shelf: OnShelf) -> Response:
    """The map of one incident."""
    found = shelf.ledger.incident(f"incident:{incident}")
    if found is None:
        raise HTTPException(404, "There is no incident at this address.")
    readings = shelf.readings(line.id for line in shelf.ledger.reports_of(found.id)[:40])
    told = Told(readings=tuple(to_json(one) for one in readings), incidents=(incident_json(found),), spells=())
    return _answer(request, shape, lambda: msgspec.json.encode((told, incident_title(found))))


@router.get("/map-front.webp", responses=ANSWERS, response_class=FileResponse)
@router.get("/map-front-dark.webp", responses=ANSWERS, response_class=FileResponse)
def front_picture(request: Request, shelf: OnShelf) -> Response:
    """The map of the latest incidents, for readers without scripts."""
    latest = shelf.ledger.incidents(None, None, MOST_ON_FRONT).items
    told = Told(readings=(), incidents=tuple(incident_json(one) for one in latest), spells=())
    return _answer(request, request.url.path.removeprefix("/"), lambda: msgspec.json.encode((told, None)))


def _answer(request: Request, shape: str, content: Callable[[], bytes]) -> Response:
    """The picture of some content, from disk or drawn now."""
    told = content()
    name = hashlib.sha256(b"\0".join((__version__.encode(), shape.encode(), told))).hexdigest()[:32]
    mark = etag(name)
    if is_known(request, mark):
        return not_changed(mark)
    path = room_of(request).ledger.parent / "pictures" / f"{name}{Path(shape).suffix}"
    if not path.is_file():
        _drawn(told, shape, path)
    return FileResponse(path, media_type=SHAPES[shape].media_type, headers={"ETag": mark, "Cache-Control": "no-cache"})


def _drawn(told: bytes, shape: str, path: Path) -> None:
    """Have a picture drawn; raises 503 when too many wait, it takes too long, or it cannot be drawn here."""
    if not _waiting.acquire(blocking=False):
        raise _later("Many pictures are being drawn just now.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_room(path.parent)
        _draw_apart(told, shape, path)
    except LateError:
        raise _later("The picture is still being drawn.") from None
    except BrokenProcessPool as error:
        raise _later("The picture could not be drawn.") from error
    except (UsageError, OSError) as error:
        LOG.warning("a map cannot be drawn", reason=str(error))
        raise _later("Pictures cannot be drawn on this machine.") from error
    finally:
        _waiting.release()


def _draw_apart(told: bytes, shape: str, path: Path, tries: int = 2) -> None:
    """Have the other process draw; should it break off (memory, a driver), a new one tries once more."""
    drawer = _drawer()
    try:
        drawer.submit(draw, told, shape, path).result(LONGEST_WAIT_SECONDS)
    except BrokenProcessPool as error:
        LOG.warning("the process that draws maps broke off", reason=str(error))
        if _drawer() is drawer:
            _drawer.cache_clear()
        if tries == 1:
            raise
        _draw_apart(told, shape, path, tries - 1)


def _later(said: str) -> HTTPException:
    return HTTPException(503, f"{said} Please try again in a minute.", {"Retry-After": "60"})


def _make_room(folder: Path) -> None:
    """Take the pictures away that were drawn longest ago when all together are too large."""
    kept = sorted((one.stat().st_mtime, one.stat().st_size, one) for one in folder.iterdir() if one.is_file())
    size = sum(each for _, each, _ in kept)
    for _, each, one in kept:
        if size <= MOST_KEPT_BYTES:
            break
        one.unlink(missing_ok=True)
        size -= each


def stop_drawing() -> None:
    """End the process that draws: a server ended by a signal would leave it behind."""
    if _drawer.cache_info().currsize:
        _drawer().shutdown(wait=True, cancel_futures=True)
        _drawer.cache_clear()


@cache
def _drawer() -> ProcessPoolExecutor:
    """One process that draws, so that readers of pages never wait for it."""
    return ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn"), max_tasks_per_child=200)
