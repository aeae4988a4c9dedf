"""The symbols of the map, drawn for just the marks at hand and packed into one sprite sheet.

An incident is a disc whose area shows the toll, with the sign of its kind; its outline shows how it is attributed, the
thin rings around it how coarse its place is. A town is a square in its holder's colour and pattern with the holder's
letters, split where it is contested, hollow where nobody but the holder's own side says that it holds it, with a dashed
edge where somebody says otherwise, with teeth of the besieger's colour and a label with its letters.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable

import msgspec
from PIL import Image

from according.maps.paint import Paint
from according.maps.patterns import Point, Stroke, patterns, strokes_in
from according.maps.pen import Pen, PixelPen
from according.maps.signs import PAPER, SIGNS

INCIDENT_COLOUR = "#b3261e"
PALE_COLOUR = "#c96f68"  # white signs on it still have a contrast of 3.5
INK = "#1d1d1b"
SPAN_SCALE = 0.78  # of the size of a cluster's count
UNKNOWN_RADIUS, LEAST_RADIUS, MOST_RADIUS = 11.0, 11.0, 34.0
RADIUS_STEP = 0.2
RING_GAP = 3.6
RIM = 3.4  # white around the disc; the outline runs inside it, so that it shows on dark ground too
SPAN_RADIUS = 15.0  # on a smaller mark of several incidents the span of tolls could not be read
BADGE_OUT = 4.0  # the number stands this far outside the disc
TOWN_SIDE, SIEGE_GAP = 28.0, 5.0
LABEL_OUT = 2.0  # the besieger's label stands this far outside the middle of its teeth
AREA_SIDE = 32.0  # the side of the square whose pattern an area goes on with
HOLLOW_PX = 2.6  # the frame of a hollow square
WHOLE: tuple[Point, ...] = ((0, 0), (1, 0), (1, 1), (0, 1))
UPPER: tuple[Point, ...] = ((0, 0), (1, 0), (0, 1))
LOWER: tuple[Point, ...] = ((1, 0), (1, 1), (0, 1))


class IncidentLook(msgspec.Struct, frozen=True):
    """All that makes one incident symbol differ from another; ``count`` above 1 is a cluster.

    ``pale`` is one that a single voice tells of, or that was found not credible. ``number`` leads from the symbol to
    its entry in the list, ``toll`` is the span of a cluster's tolls.
    """

    kind: str
    radius: float
    status: str
    rings: int
    count: int = 1
    number: int | None = None
    toll: str = ""
    pale: bool = False

    @property
    def reach(self) -> float:
        """From the centre to the outermost line, in logical pixels."""
        return self.radius + RIM + max(RING_GAP * self.rings, 0 if self.number is None else BADGE_OUT + 3)


class TownLook(msgspec.Struct, frozen=True):
    """All that makes one town symbol differ from another: paints of holders and of besiegers.

    ``claimed`` are the holders whose own side alone says so, ``denied`` says that somebody says otherwise. ``count``
    above 1 stands for several towns at a scale that has room for one square only.
    """

    state: str
    holders: tuple[Paint, ...]
    besiegers: tuple[Paint, ...]
    count: int = 1
    claimed: tuple[Paint, ...] = ()
    denied: bool = False

    @property
    def reach(self) -> float:
        """From the centre to the outermost line, in logical pixels."""
        return TOWN_SIDE / 2 + 2 + (SIEGE_GAP + 3 + LABEL_OUT if self.besiegers else 0)


class PlaceLook(msgspec.Struct, frozen=True):
    """The dot of a place without marks."""

    colour: str
    halo: str
    reach: float = 3.2


class LeaderLook(msgspec.Struct, frozen=True):
    """The line from a place to its square, which had to move so far to the right and down."""

    right: float
    down: float

    @property
    def reach(self) -> float:
        """From the middle to the farther end, in logical pixels."""
        return max(abs(self.right), abs(self.down)) / 2 + 2


class BlankLook(msgspec.Struct, frozen=True):
    """Nothing: it only keeps names from where it stands."""

    reach: float = 8.0


class HatchLook(msgspec.Struct, frozen=True):
    """The hatching of an area in an actor's pattern, one piece of which repeats."""

    colour: str
    pattern: str

    @property
    def reach(self) -> float:
        """Half the width of the piece, in logical pixels."""
        return patterns()[self.pattern].piece * AREA_SIDE / 2

    @property
    def width(self) -> float:
        """How wide its strokes are, in logical pixels."""
        return patterns()[self.pattern].width * AREA_SIDE * 0.8

    def strokes(self) -> list[list[Point]]:
        """Its strokes around the middle of a piece, with those of the pieces beside it that reach into it."""
        side = 2 * self.reach
        shifts = [(column * side, row * side) for column in (-1, 0, 1) for row in (-1, 0, 1)]
        return [
            _ends(stroke, side, across, down) for stroke in patterns()[self.pattern].strokes for across, down in shifts
        ]


Look = IncidentLook | TownLook | PlaceLook | LeaderLook | HatchLook | BlankLook


class Sheet(msgspec.Struct, frozen=True):
    """A sprite sheet: the picture, where each symbol stands in it, and how many pixels make a logical one."""

    image: Image.Image
    places: dict[str, tuple[int, int, int, int]]
    ratio: float

    def png(self) -> bytes:
        """The picture as PNG."""
        out = io.BytesIO()
        self.image.save(out, "PNG", compress_level=1)
        return out.getvalue()

    def webp(self) -> bytes:
        """The picture as WebP without loss, a fraction of the PNG's size."""
        out = io.BytesIO()
        self.image.save(out, "WEBP", lossless=True, quality=20, method=2)
        return out.getvalue()

    def index(self) -> dict[str, dict[str, float]]:
        """The index in the form that MapLibre styles use."""
        return {
            name: {"x": x, "y": y, "width": width, "height": height, "pixelRatio": self.ratio}
            for name, (x, y, width, height) in self.places.items()
        }


def radius_of(size: int | None) -> float:
    """A radius whose square grows with the toll: 1 is the least, 100 and more the most."""
    if size is None:
        return UNKNOWN_RADIUS
    grown = LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * math.sqrt(min(max(size, 0), 100) / 100)
    return stepped(grown)


def stepped(radius: float) -> float:
    """A radius in steps that nobody sees, so that a large map needs few different symbols."""
    return round(radius / RADIUS_STEP) * RADIUS_STEP


def count_size(look: IncidentLook) -> float:
    """The size of the number on a mark of several incidents, in logical pixels."""
    return min(15.0, round(look.radius * (0.62 if has_span(look) else 0.85), 1))


def has_span(look: IncidentLook) -> bool:
    """Whether there is room on a mark of several incidents for the span of their tolls."""
    return bool(look.toll) and look.radius >= SPAN_RADIUS


def sheet(looks: dict[str, Look], ratio: float) -> Sheet:
    """Draw the symbols and pack them in rows."""
    drawn = {name: draw(look, ratio) for name, look in looks.items()}
    area = sum((image.width + 2) * (image.height + 2) for image in drawn.values())
    width = max([math.ceil(math.sqrt(area)), *(image.width + 2 for image in drawn.values())])
    places: dict[str, tuple[int, int, int, int]] = {}
    x = y = row = 0
    for name, image in drawn.items():
        if x + image.width > width:
            x, y, row = 0, y + row, 0
        places[name] = (x, y, image.width, image.height)
        x, row = x + image.width + 2, max(row, image.height + 2)
    whole = Image.new("RGBA", (width, y + row or 1))
    for name, (left, top, _, _) in places.items():
        whole.paste(drawn[name], (left, top))
    return Sheet(whole, places, ratio)


def side_of(look: Look, ratio: float) -> int:
    """The width and height of a symbol's picture."""
    return 2 * math.ceil(look.reach * ratio + 1)


def draw(look: Look, ratio: float) -> Image.Image:
    """One symbol, centred in its picture."""
    side = side_of(look, ratio)
    if isinstance(look, HatchLook):
        side = round(2 * look.reach * ratio)  # whole pixels, so that pieces join
        ratio = side / (2 * look.reach)
    pen = PixelPen(side, ratio)
    draw_with(pen, look)
    return pen.image.resize((side, side), Image.Resampling.BOX)


def draw_with(pen: Pen, look: Look) -> None:
    """One symbol, its middle where the pen's is."""
    if isinstance(look, IncidentLook):
        _draw_incident(pen, look)
    elif isinstance(look, TownLook):
        _draw_town(pen, look)
    elif isinstance(look, LeaderLook):
        ends = [(-look.right / 2, -look.down / 2), (look.right / 2, look.down / 2)]
        pen.line(ends, PAPER, 3.4)
        pen.line(ends, INK, 1.5)
    elif isinstance(look, HatchLook):
        for ends in look.strokes():
            pen.line(ends, look.colour, look.width)
    elif isinstance(look, PlaceLook):
        pen.disc(look.reach, look.halo)
        pen.disc(look.reach - 1, look.colour)


def _draw_incident(pen: Pen, look: IncidentLook) -> None:
    for ring in range(look.rings):
        reach = look.radius + RIM + RING_GAP * (ring + 1)
        pen.ring(reach, PAPER, 2.2)
        pen.ring(reach - 0.6, INCIDENT_COLOUR, 1.0)
    pen.disc(look.radius + RIM, PAPER)
    _outline(pen, look)
    pen.disc(look.radius - 1, PALE_COLOUR if look.pale else INCIDENT_COLOUR)
    if look.count > 1:
        size = count_size(look)
        pen.text(f"×{look.count}", size, PAPER, (0, -size * 0.36 if has_span(look) else 0))
        if has_span(look):
            pen.text(look.toll, size * SPAN_SCALE, PAPER, (0, size * 0.52))
    else:
        SIGNS[look.kind](pen, min(look.radius * 0.75, 13.0) / 10)
    if look.number is not None:
        _badge(pen, look)


def _badge(pen: Pen, look: IncidentLook) -> None:
    """The number, in a small label on the upper right of the disc."""
    words = str(look.number)
    x = y = (look.radius + BADGE_OUT) * math.sqrt(0.5)
    half = 4.2 + 2.6 * len(words)
    pen.block((x, -y), (half, 6.5), 6.5, PAPER, INK, 0.8)
    pen.text(words, 9.5, INK, (x, -y))


def _outline(pen: Pen, look: IncidentLook) -> None:
    reach = look.radius + 2
    around = round(2 * math.pi * reach / 5.5)
    if look.status in ("acknowledged", "claimed"):
        pen.ring(reach, INK, 2.4)
    elif look.status == "alleged":
        pen.dashes(reach, INK, 2.4, around)
    elif look.status == "disputed":
        pen.arc((0, 0), (reach, reach), (90, 270), INK, 2.4)
    elif look.status == "denied":
        pen.dashes(reach, INK, 2.4, around, 0.25)


def _draw_town(pen: Pen, look: TownLook) -> None:
    half = TOWN_SIDE / 2
    if look.besiegers:
        ground = look.reach - LABEL_OUT - 0.4
        pen.block((0, 0), (ground, ground), 5, PAPER)  # dark teeth would be lost on dark ground
    for index, besieger in enumerate(look.besiegers[:2]):
        _siege(pen, half + SIEGE_GAP, besieger.colour, start=index, step=min(2, len(look.besiegers)))
    outer = half + 2
    pen.block((0, 0), (outer, outer), 4, PAPER)
    _square(pen, look, half)
    for index, besieger in enumerate(look.besiegers[:2]):
        across = 0.0 if len(look.besiegers) == 1 else half * (2 * index - 1) * 0.8
        _besieger(pen, besieger, (across, half + SIEGE_GAP + LABEL_OUT))


def _square(pen: Pen, look: TownLook, half: float) -> None:
    """The square itself, in the paints of who holds the town."""
    if look.count > 1:
        pen.block((0, 0), (half, half), 3, PAPER, INK, 2)
        pen.text(f"×{look.count}", 12, INK)
        return
    if not look.holders:
        pen.block((0, 0), (half, half), 3, "#f2f2f0", INK, 1.4)
        pen.text("?", 14, INK)
        return
    if len(look.holders) == 1:
        _half(pen, look, 0, WHOLE)
        paint = look.holders[0]
        _letters(pen, look, 0, paint.letters, 10.2 if len(paint.letters) > 2 else 13, 0)
    else:
        _half(pen, look, 0, UPPER)
        _half(pen, look, 1, LOWER)
        pen.line([(half - 1, 1 - half), (1 - half, half - 1)], PAPER, 2.4)
        _letters(pen, look, 0, look.holders[0].letters[:2], 9.5, -half / 2.4)
        _letters(pen, look, 1, look.holders[1].letters[:2], 9.5, half / 2.4)
    if look.denied:
        _dashed_edge(pen, half + 1)


def _half(pen: Pen, look: TownLook, index: int, corners: tuple[Point, ...]) -> None:
    """One holder's part of a square: filled, or hollow where only its own side says that it holds it."""
    paint, side = look.holders[index], TOWN_SIDE
    is_hollow = paint in look.claimed
    points = [((x - 0.5) * side, (y - 0.5) * side) for x, y in corners]
    if corners is WHOLE:
        pen.block((0, 0), (side / 2, side / 2), 3, PAPER if is_hollow else paint.colour, paint.colour, HOLLOW_PX)
    else:
        pen.area(points, PAPER if is_hollow else paint.colour)
    for stroke in strokes_in(paint.pattern, corners):
        colour = paint.colour if is_hollow else paint.ink
        pen.line(_ends(stroke, side), colour, patterns()[paint.pattern].width * side)
    if is_hollow and corners is not WHOLE:
        pen.line([*points, points[0]], paint.colour, HOLLOW_PX / 2)


def _ends(stroke: Stroke, side: float, across: float = 0.0, down: float = 0.0) -> list[Point]:
    """The ends of a stroke of the unit square in a square of that side around a middle."""
    x1, y1, x2, y2 = stroke
    return [((x - 0.5) * side + across, (y - 0.5) * side + down) for x, y in ((x1, y1), (x2, y2))]


def _letters(pen: Pen, look: TownLook, index: int, letters: str, size: float, offset: float) -> None:
    paint = look.holders[index]
    is_hollow = paint in look.claimed
    colours = (INK, PAPER) if is_hollow else (paint.ink, paint.colour)
    pen.text(letters, size, colours[0], (offset, offset), colours[1])


def _dashed_edge(pen: Pen, reach: float) -> None:
    """Dark dashes around a square."""
    step = 2 * reach / 5
    for side in range(4):
        for index in range(5):
            start = -reach + index * step
            ends = [_turn(start + 0.2 * step, -reach, side), _turn(start + 0.8 * step, -reach, side)]
            pen.line(ends, INK, 1.8)


def _besieger(pen: Pen, paint: Paint, middle: Point) -> None:
    """A label with a besieger's letters, by which it is known where colours are not told apart."""
    if paint.letters:
        pen.block(middle, (3.4 + 2.7 * len(paint.letters), 5.4), 3, paint.colour, PAPER, 1.2)
        pen.text(paint.letters, 8.6, paint.ink, middle)


def _siege(pen: Pen, reach: float, colour: str, *, start: int, step: int) -> None:
    """A frame of blocks pointing inwards, every second one when two besiege."""
    count = 5
    gap = 2 * reach / count
    for side in range(4):
        for index in range(start, count, step):
            middle = -reach + gap * (index + 0.5)
            tooth = [(middle - gap * 0.36, -reach - 3), (middle + gap * 0.36, -reach - 3), (middle, -reach + 3.4)]
            turned = [_turn(x, y, side) for x, y in tooth]
            pen.area(turned, colour)


def _turn(x: float, y: float, quarters: int) -> tuple[float, float]:
    for _ in range(quarters):
        x, y = -y, x
    return x, y


def names_of(looks: Iterable[Look]) -> dict[Look, str]:
    """A sprite name for every different look."""
    return {look: f"mark-{number}" for number, look in enumerate(dict.fromkeys(looks))}
