"""The ties of one actor as a graph: the actor in the middle, the others around it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from according.plots.scene import (
    GLYPH_WIDTH,
    INK,
    PAPER,
    QUIET,
    Box,
    Disc,
    Fill,
    Item,
    Point,
    Scene,
    Shape,
    Stroke,
    Words,
    shorten,
)
from according.records import Tie, TieKind

WIDTH, NODE, GAP = 1000.0, 13.0, 20.0
_LABEL = 12.0
SYMMETRIC = frozenset({"allied_with", "hostile_to"})
LOOKS: dict[TieKind, tuple[str, float, tuple[float, ...]]] = {
    "backs": ("#0072b2", 2.4, ()),
    "leads": ("#5a3d7a", 3.6, ()),
    "part_of": ("#6b6964", 2.4, (2, 4)),
    "allied_with": ("#00775a", 2.4, (10, 4)),
    "hostile_to": ("#b3261e", 2.4, (14, 4, 2, 4)),
    "broke_away_from": ("#a85c00", 2.4, (4, 6)),
    "became": ("#1d1d1b", 1.4, ()),
}
"""Colour, width and dashes of a tie by its kind; the kind also stands on the line in words."""


def tie_graph(ties: Sequence[Tie], actor: str, name: str) -> Scene:
    """Draw the ties of an actor; those that are disputed say so."""
    own = sorted((tie for tie in ties if actor in {tie.source, tie.target}), key=lambda t: (_other(t, actor), t.kind))
    others = list(dict.fromkeys(_other(tie, actor) for tie in own))
    across, down = 330.0, max(60.0 if len(others) < 3 else 170.0, 26.0 * len(others))
    centre = (WIDTH / 2, 96 + down)
    spots = {other: _spot(index, len(others), centre, across, down) for index, other in enumerate(others)}
    items: list[Item] = [Words(20, 32, f"Ties of {name}", size=18, bold=True)]
    items.append(Words(20, 52, "every line rests on claims; “disputed” where some deny it", 12, colour=QUIET))
    for tie in own:
        beside = [one for one in own if _other(one, actor) == _other(tie, actor)]
        shift = (beside.index(tie) - (len(beside) - 1) / 2) * GAP
        ends = (centre, spots[_other(tie, actor)])
        items += _tie(tie, *(ends if tie.source == actor else ends[::-1]), shift=shift)
    for (_, shown), spot in spots.items():
        items += _node(shown, spot, centre)
    items += [
        Disc(*centre, NODE + 5, INK),
        Words(centre[0], centre[1] + 38, name, 15, "middle", bold=True, backed=True),
    ]
    return Scene(WIDTH, 2 * down + 170, f"Ties of {name}", tuple(items))


def _other(tie: Tie, actor: str) -> tuple[str, str]:
    return (tie.target, tie.target_name) if tie.source == actor else (tie.source, tie.source_name)


def _spot(index: int, count: int, centre: Point, across: float, down: float) -> Point:
    """Evenly around an ellipse, none straight below, where the name in the middle would stand on its line."""
    angle = 2 * math.pi * index / count + (math.pi / count if count % 4 == 0 else 0)
    return centre[0] + across * math.cos(angle), centre[1] + down * math.sin(angle)


def _node(name: str, spot: Point, centre: Point) -> list[Item]:
    side = 1 if spot[0] >= centre[0] else -1
    words = shorten(name, 190)
    anchor: Words = Words(spot[0] + side * 20, spot[1] + 5, words, 13, "start" if side > 0 else "end", backed=True)
    return [Disc(*spot, NODE, PAPER), anchor]


def _tie(tie: Tie, start: Point, end: Point, *, shift: float) -> Iterator[Item]:
    """A line from one actor to the other beside the straight one, with its kind and dates in the middle."""
    colour, width, dash = LOOKS[tie.kind]
    length = math.dist(start, end) or 1.0
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    # The same side of the pair for both directions, so that ties both ways do not fall on one another.
    flip = 1 if (start[0], start[1]) <= (end[0], end[1]) else -1
    aside = (-along[1] * shift * flip, along[0] * shift * flip)
    near = start[0] + along[0] * 22 + aside[0], start[1] + along[1] * 22 + aside[1]
    far = end[0] - along[0] * 18 + aside[0], end[1] - along[1] * 18 + aside[1]
    yield Stroke((near, far), colour, width, dash)
    if tie.kind not in SYMMETRIC:
        yield _head(far, along, colour)
    dates = f" {tie.since or '?'} – {tie.until or ''}".rstrip() if tie.since or tie.until else ""
    disputed = " (disputed)" if tie.claims_against else ""
    middle = (near[0] + far[0]) / 2, (near[1] + far[1]) / 2 + 4
    said = f"{tie.kind.replace('_', ' ')}{dates}{disputed}"
    wide = min(len(said) * _LABEL * GLYPH_WIDTH, length / 2)
    yield Box(middle[0] - wide / 2, middle[1] - _LABEL, wide, _LABEL + 4, Fill(PAPER))
    yield Words(*middle, said, _LABEL, "middle", colour, backed=True)


def _head(tip: Point, along: Point, colour: str) -> Shape:
    back = tip[0] - along[0] * 12, tip[1] - along[1] * 12
    aside = -along[1] * 6, along[0] * 6
    return Shape((tip, (back[0] + aside[0], back[1] + aside[1]), (back[0] - aside[0], back[1] - aside[1])), colour)
