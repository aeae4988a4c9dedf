"""The symbols of the front page's map, drawn as pictures' are: ``/tiles/looks.json`` and ``/tiles/looks.png``.

A map asks for those that it has to show by names that say how they look. ``mark:air:13:alleged:1:0`` is an incident:
its kind, the radius of its disc, the status of its attribution, its rings, 1 where it is pale. ``town:A|B|A|1`` is a
town: who holds or contests it, who besieges it, who of the holders alone says so, 1 where somebody says otherwise.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import starmap
from typing import Annotated, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from according.errors import UsageError
from according.maps.kinds import kinds
from according.maps.legend import PRECISIONS, SURE
from according.maps.legend import STATUSES as STATUS_WORDS
from according.maps.paint import Paint
from according.maps.symbols import MOST_RADIUS, IncidentLook, Look, Sheet, TownLook, sheet, side_of
from according.maps.tiles import KINDS, STATUSES
from according.maps.towns import BETWEEN
from according.web.room import room_of
from according.web.tiles.marks import marks_of

router = APIRouter(tags=["map"])
RATIO = 2.0
MOST_LOOKS = 80
LEAST_PX = 6
MOST_RINGS, TOWN_PARTS = 3, 3
KEPT = {"Cache-Control": "public, max-age=86400"}
UNPAINTED = Paint("#6b6964", "", "#ffffff", "slant")
Names = Annotated[
    list[Annotated[str, Query(max_length=1500)]],
    Query(alias="look", min_length=1, max_length=MOST_LOOKS, description="The names of the symbols."),
]
Paints = tuple[tuple[str, Paint], ...]


@router.get("/tiles/looks.json")
def index(request: Request, names: Names) -> Response:
    """Where each symbol stands in the picture, as styles of maps say it."""
    return JSONResponse(_sheet(request, names).index(), headers=KEPT)


@router.get("/tiles/looks.png", response_class=Response, responses={200: {"content": {"image/png": {}}}})
def picture(request: Request, names: Names) -> Response:
    """The picture of the symbols."""
    return Response(_sheet(request, names).png(), media_type="image/png", headers=KEPT)


def _sheet(request: Request, names: list[str]) -> Sheet:
    paints = marks_of(room_of(request).ledger).paints if any(name.startswith("town:") for name in names) else {}
    used = {who for name in names for who in _parties(name)}
    return _drawn(tuple(names), tuple((who, paints[who]) for who in sorted(used & paints.keys())))


@lru_cache(maxsize=256)
def _drawn(names: tuple[str, ...], paints: Paints) -> Sheet:
    known = dict(paints)
    return sheet({name: look_of(name, known) for name in names}, RATIO)


def look_of(name: str, paints: dict[str, Paint]) -> Look:
    """The look that a name asks for; raises UsageError for what is none."""
    kind, _, said = name.partition(":")
    try:
        return _town(said, paints) if kind == "town" else _incident(kind, said)
    except ValueError as error:
        raise UsageError(f"{name[:60]} is no symbol of the map") from error


def _incident(word: str, said: str) -> IncidentLook:
    kind, radius, status, rings, pale = said.split(":")
    look = IncidentLook(kind, float(radius), status, int(rings), pale=pale == "1")
    known = word == "mark" and kind in (*KINDS, "none") and status in STATUSES and pale in ("0", "1")
    if not known or not LEAST_PX <= look.radius <= MOST_RADIUS or not 0 <= look.rings <= MOST_RINGS:
        raise ValueError(said)
    return look


class Entry(NamedTuple):
    """A symbol of the legend: the address of its picture, how wide that is to be shown, and what it means."""

    address: str
    side: int
    words: str


@cache
def legend() -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """How to read the front page's map: headings with their symbols."""
    statuses = [(f"mark:none:11:{status}:0:0", words) for status, words in STATUS_WORDS]
    rings = [(f"mark:none:8:unclear:{count}:0", words) for count, words in PRECISIONS]
    sure = [(f"mark:none:11:unclear:0:{pale}", words) for pale, words in enumerate(SURE)]
    holds = [
        ("town:x|||0", "Held, as others say too"), ("town:x||x|0", "Claimed: its own side’s word alone"),
        ("town:x|||1", "Others say otherwise"), (f"town:x{BETWEEN}y|||0", "Contested"),
        ("town:x|y||0", "Besieged, in the besieger’s colour"), ("town:|||0", "Holder not told"),
    ]  # fmt: skip
    groups = (
        ("Incidents: what happened", [(f"mark:{kind.kind}:13:unclear:0:0", kind.name) for kind in kinds()]),
        ("Outline: who is said to have done it", statuses),
        ("Rings: how exactly the place is known", rings),
        ("Colour: how sure it is", sure),
        ("Towns: each side has a colour, a pattern and letters", holds),
    )
    return tuple((heading, tuple(starmap(_entry, entries))) for heading, entries in groups)


def _entry(name: str, words: str) -> Entry:
    side = side_of(look_of(name, {}), RATIO) / RATIO
    return Entry(f"/tiles/looks.png?{urlencode({'look': name})}", round(side), words)


def _parties(name: str) -> list[str]:
    return [who for part in name.partition(":")[2].split("|")[:3] for who in part.split(BETWEEN) if who]


def _town(said: str, paints: dict[str, Paint]) -> TownLook:
    *named, denied = said.split("|")
    if len(named) != TOWN_PARTS:
        return TownLook("unknown", (), ())  # a name with a bar in it
    holders, besiegers, claimed = (
        tuple(paints.get(who, UNPAINTED) for who in part.split(BETWEEN) if who) for part in named
    )
    state = "contested" if len(holders) > 1 else "held" if holders else "unknown"
    return TownLook(state, holders[:2], besiegers, claimed=claimed, denied=denied == "1" and state == "held")
