"""The legend of the page, and the words for a town's state."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Iterable

from according.maps.crowding import share_of
from according.maps.data import MapData, TownMark
from according.maps.holding import State
from according.maps.kinds import kinds
from according.maps.marks import UNSURE
from according.maps.paint import Paint
from according.maps.symbols import IncidentLook, Look, TownLook, draw, radius_of, stepped

STATUSES = (
    ("acknowledged", "Admitted or claimed by a side"),
    ("alleged", "Somebody is blamed"),
    ("disputed", "Blamed, and denied"),
    ("denied", "Denied, nobody else blamed"),
    ("unclear", "Nobody named"),
)
PRECISIONS = ((0, "Exact spot or quarter"), (1, "Town"), (2, "District"), (3, "Province"))
SURE = ("Several voices, or admitted", "One voice, or found untrue")
TOLLS: tuple[tuple[int | None, str], ...] = (
    (None, "not given"),
    (1, "1"),
    (10, "10"),
    (50, "50"),
    (100, "100 or more"),
)
ABOUT_TOLL = "Area: number killed (else injured), the best figure the reports give"
ABOUT_OUTLINE = "Outline: who is said to have done it"
ABOUT_RINGS = "Rings: how exactly the place is known"
ABOUT_SURE = "Colour: how sure it is"
ABOUT_TOWNS = "Towns: whose colour, pattern and letters a square has"
ABOUT_HOLDS = "Squares: what is told of the holder; a line leads to the place"
ABOUT_AREAS = (
    "Hatched in the holder's colour and pattern: within {km:g} km of a town that is held, nearest to it. "
    "Inferred; nobody reported it"
)
ABOUT_CROWD = "Several: their number, their tolls"
RATIO = 2.0
SOMEBODY, OTHER = Paint("#6b6b6b", "", "#ffffff", "slant"), Paint("#b5b5b5", "", "#1d1d1b", "dots")
BESIEGER = Paint(OTHER.colour, "ABC", OTHER.ink, OTHER.pattern)


def state_words(town: TownMark) -> str:
    """A town's state in a few words."""
    if town.state == "contested":
        own = (f"{name} (its own word)" if name in town.claimed else name for name in town.holders)
        state = f"contested by {' and '.join(own)}"
    elif town.holders:
        verb = "claimed by" if town.claimed else "held by"
        state = f"{verb} {' and '.join(town.holders)}{', others say otherwise' if town.denied else ''}"
    else:
        state = "holder not known"
    return f"{state}, besieged by {' and '.join(town.besiegers)}" if town.besiegers else state


def kind_looks(data: MapData) -> list[tuple[Look, str]]:
    """The symbols of the kinds on the map."""
    used = {mark.kind for mark in data.incidents}
    looks: list[tuple[Look, str]] = [
        (IncidentLook(kind.kind, 13, "unclear", 0), kind.name) for kind in kinds() if kind.kind in used
    ]
    return [*looks, (IncidentLook("none", 18, "unclear", 0, count=3, toll="2–9"), ABOUT_CROWD)]


def toll_looks(data: MapData) -> list[tuple[Look, str]]:
    """Discs for some tolls, as large as the map at hand draws them."""
    share = share_of(data)
    return [(IncidentLook("none", stepped(radius_of(toll) * share), "unclear", 0), words) for toll, words in TOLLS]


def outline_looks(data: MapData, radius: float) -> list[tuple[Look, str]]:
    """The outlines on the map."""
    used = {"acknowledged" if mark.status == "claimed" else mark.status for mark in data.incidents}
    return [(IncidentLook("none", radius, status, 0), words) for status, words in STATUSES if status in used]


def ring_looks(data: MapData, radius: float) -> list[tuple[Look, str]]:
    """The rings on the map."""
    used = {mark.spot.rings for mark in data.incidents}
    return [(IncidentLook("none", radius, "unclear", rings), words) for rings, words in PRECISIONS if rings in used]


def sure_looks(data: MapData, radius: float) -> list[tuple[Look, str]]:
    """How sure the incidents on the map are."""
    used = {mark.grade in UNSURE for mark in data.incidents}
    looks = [IncidentLook("none", radius, "unclear", 0, pale=pale) for pale in (False, True)]
    return [(look, words) for look, words in zip(looks, SURE, strict=True) if look.pale in used]


def actor_looks(data: MapData) -> list[tuple[Look, str]]:
    """The squares of the actors on the map."""
    return [(TownLook("held", (paint,), ()), name) for name, paint in sorted(data.actors.items())]


def hold_looks(states: Iterable[TownMark | State]) -> list[tuple[Look, str]]:
    """The squares of what is told of holders in some states."""
    given = list(states)
    held = [state for state in given if state.state == "held"]
    looks = [
        (any(not state.claimed for state in held), _hold(), "Told by others too"),
        (any(state.claimed for state in given), _hold(claimed=(SOMEBODY,)), "Claimed: its own side's word alone"),
        (any(state.denied for state in held), _hold(denied=True), "Others say otherwise"),
        (any(state.state == "contested" for state in given), _hold(SOMEBODY, OTHER, state="contested"), "Contested"),
        (
            any(state.besiegers for state in given),
            _hold(besiegers=(BESIEGER,)),
            "Besieged: the besieger's colour and letters",
        ),
        (any(not state.holders for state in given), TownLook("unknown", (), ()), "Holder not told"),
    ]
    return [(look, words) for is_used, look, words in looks if is_used]


def _hold(
    *holders: Paint,
    state: str = "held",
    besiegers: tuple[Paint, ...] = (),
    claimed: tuple[Paint, ...] = (),
    denied: bool = False,
) -> TownLook:
    return TownLook(state, holders or (SOMEBODY,), besiegers, claimed=claimed, denied=denied)


def html_legend(data: MapData) -> str:
    """The legend as HTML with its symbols inlined."""
    groups: list[tuple[str, Iterable[tuple[Look, str]]]] = []
    if data.actors:
        groups.append((ABOUT_TOWNS, actor_looks(data)))
    if data.towns:
        states = [state for town in data.towns for state in town.states()]
        groups.append((ABOUT_HOLDS, hold_looks([*data.towns, *states])))
    if data.incidents:
        groups += [
            ("Kind of incident", kind_looks(data)),
            (ABOUT_TOLL, toll_looks(data)),
            (ABOUT_OUTLINE, outline_looks(data, 10)),
            (ABOUT_RINGS, ring_looks(data, 7)),
            (ABOUT_SURE, sure_looks(data, 10)),
        ]
    if data.areas_km is not None:
        groups.append((ABOUT_AREAS.format(km=data.areas_km), []))
    return "".join(_group(heading, entries) for heading, entries in groups)


def _group(heading: str, entries: Iterable[tuple[Look, str]]) -> str:
    items = "".join(f"<li>{_symbol(look)}<span>{html.escape(words)}</span></li>" for look, words in entries)
    return f"<h3>{html.escape(heading)}</h3>" + (f"<ul>{items}</ul>" if items else "")


def _symbol(look: Look) -> str:
    source, side = picture_of(look)
    return f'<img class="white" alt="" width="{side}" height="{side}" src="{source}">'


def picture_of(look: Look) -> tuple[str, int]:
    """A symbol as a picture that carries itself (a data address), and how many pixels wide it is to be shown."""
    picture = draw(look, RATIO)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}", round(picture.width / RATIO)
