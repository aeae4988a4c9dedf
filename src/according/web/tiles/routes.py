"""The addresses of tiles: ``/tiles/4/8/6.mvt?day=2017-10-31&known=2017-11-02``, described by ``/tiles.json``."""

from __future__ import annotations

import gzip
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from according.errors import UsageError
from according.maps.tiles import GRADES, KINDS, MAX_ZOOM, STATUSES, Asked, Tile, is_tile
from according.maps.towns import BETWEEN
from according.store.linked_filter import Filter, first_day, last_day
from according.web.pages.answers import data_answer, etag, is_known, not_changed
from according.web.room import room_of
from according.web.tiles.marks import Choice, Marks, marks_of

router = APIRouter(tags=["map"])
KIND = "application/vnd.mapbox-vector-tile"
TRIES = 3
Word = Annotated[str, Field(max_length=200)]
Day = Annotated[str, Field(max_length=10, description="An ISO date, possibly partial: 2017, 2017-10, 2017-10-31.")]
Number = Annotated[str, Field(pattern=r"^[0-9]{0,9}$")]
FIELDS = {
    "incidents": {
        "count": "how many incidents the mark stands for",
        "id": "the incident's id, when it is one",
        "place": "the place's referent, when several are at one place",
        "one_spot": "whether all of them are at the same spot",
        "kind": f"when all have the same: {', '.join(KINDS)}",
        "grade": f"when all have the same: {', '.join(GRADES)}",
        "status": f"of attribution, when all have the same: {', '.join(STATUSES)}",
        "told": "how many of them have a toll",
        "least": "the lowest figure of any; figures of several incidents are never added up",
        "most": "the highest figure of any",
        "open": "true when the highest figure of any has an open end",
        "rings": "how coarse the coarsest place is, from 0 (exact) to 3 (a province)",
        "first": "the first day told of",
        "last": "the last day told of",
    },
    "towns": {
        "place": "the place's referent",
        "name": "the place's name",
        "state": "held, contested or unknown",
        "holders": f"who holds or contests it, joined by “{BETWEEN}”",
        "besiegers": f"who besieges it, joined by “{BETWEEN}”",
        "claimed": f"those of the holders whose own side alone says so, joined by “{BETWEEN}”",
        "denied": "whether somebody says that it is not held by them",
        "rings": "how coarse the place is",
        "claims": "how many claims say who held it when",
    },
}


class Shown(BaseModel):
    """The choices of a reader, as they stand in the address; what is empty chooses everything."""

    day: Day = ""
    since: Day = ""
    known: Day = ""
    kind: Word = ""
    grade: Word = ""
    status: Word = ""
    country: Word = ""
    place: Word = ""
    actor: Word = ""
    toll: Number = ""
    q: Word = ""

    def choice(self) -> Choice:
        """The choices as tiles take them; raises UsageError on what does not exist."""
        asked = Asked(
            day=last_day(self.day) if self.day else None,
            since=first_day(self.since) if self.since else None,
            known=last_day(self.known) if self.known else None,
            kinds=_one_of(self.kind, KINDS),
            grades=_one_of(self.grade, GRADES),
            statuses=_one_of(self.status, STATUSES),
        )
        more = Filter(
            countries=_given(self.country.upper()),
            places=_given(self.place),
            actors=_given(self.actor),
            toll_least=int(self.toll) if self.toll else None,
            words=self.q,
        )
        return Choice(asked=asked, more=None if more == Filter() else more)


Choices = Annotated[Shown, Query()]
Zoom = Annotated[int, Path(ge=0, le=MAX_ZOOM)]
Place = Annotated[int, Path(ge=0, lt=1 << MAX_ZOOM)]


@router.get("/tiles/{zoom}/{x}/{y}.mvt", response_class=Response)
def tile(request: Request, zoom: Zoom, x: Place, y: Place, choices: Choices) -> Response:
    """A tile with the layers ``incidents`` and ``towns``, gzipped for whoever takes it so."""
    if not is_tile((zoom, x, y)):
        raise HTTPException(404, f"there is no tile {zoom}/{x}/{y}")
    choice = choices.choice()
    marks = marks_of(room_of(request).ledger)
    mark = etag(KIND, marks.version, str(request.url))
    if is_known(request, mark):
        return not_changed(mark)
    content = _tile(request, marks, (zoom, x, y), choice)
    headers = {"ETag": mark, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(content, media_type=KIND, headers={**headers, "Content-Encoding": "gzip"})
    return Response(gzip.decompress(content), media_type=KIND, headers=headers)


@router.get("/tiles.json")
def described(request: Request, choices: Choices) -> Response:
    """What tiles there are and what is in them (TileJSON 3), and how actors are painted."""
    choices.choice()
    room = room_of(request)
    marks = marks_of(room.ledger)
    asked = f"?{request.url.query}" if request.url.query else ""
    return data_answer(
        request, marks.version, lambda: _description(f"{room.address}/tiles/{{z}}/{{x}}/{{y}}.mvt{asked}", marks)
    )


def _tile(request: Request, marks: Marks, tile: Tile, choice: Choice) -> bytes:
    """A tile of the ledger as it is; when it changes in between, of the ledger as it is then."""
    for _ in range(TRIES):
        content = marks.tile(tile, choice)
        if content is not None:
            return content
        marks = marks_of(room_of(request).ledger)
    raise HTTPException(503, "The map is changing just now. Please try again in a minute.")


def _description(address: str, marks: Marks) -> dict[str, Any]:
    return {
        "tilejson": "3.0.0",
        "tiles": [address],
        "minzoom": 0,
        "maxzoom": MAX_ZOOM,
        "version": marks.version,
        "vector_layers": [{"id": layer, "fields": fields} for layer, fields in FIELDS.items()],
        "actors": {name: msgspec.structs.asdict(paint) for name, paint in marks.paints.items()},
    }


def _one_of(value: str, known: tuple[str, ...]) -> tuple[str, ...]:
    if value and value not in known:
        raise UsageError(f"{value[:40]} is none of {', '.join(known)}")
    return (value,) if value else ()


def _given(value: str) -> tuple[str, ...]:
    return (value,) if value else ()
