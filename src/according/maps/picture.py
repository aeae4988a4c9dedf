"""The full-size picture: title, map, panel, scale, north, sources, laid out without overlaps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import msgspec
from PIL import Image

from according.errors import UsageError
from according.maps import basemap, words
from according.maps.crowding import gravity, share_of
from according.maps.data import MapData
from according.maps.marks import MOST_NUMBERED, layout_in, numbered
from according.maps.panel import INK, MAP_RATIO, QUIET, RULE, Column, fill
from according.maps.regions import Rectangle, Region, panels, regions_of
from according.maps.surface import Panel, Pixels, Surface
from according.maps.svg import Drawing
from according.maps.symbols import IncidentLook
from according.maps.type import Face
from according.maps.view import View, fit, scale_bar

FULL_SIZE = (4000, 3000)
LEAST_SIDE, MOST_SIDE = 600, 12_000
LEAST_UNIT = 0.4  # of the full picture's sizes: no type has less than 9 pixels
LEAST_COLUMN = 800
PAPER = "#ffffff"
TITLE_SIZES = (84, 74, 64, 56)  # the largest that fits
MOST_NOTE_LINES = 2
LEAST_ZOOM = 4.3  # below it a strike and the next town look like one place
PRINT_DPI = 300
SCALE_PX, SMALL_SCALE_PX = 180, 110
CLEAR_PX = 90  # a large disc and its name
PADDING = 120  # logical pixels between the outermost marks and the frame
CREDIT = "Basemap: Natural Earth (public domain), places © GeoNames (CC BY 4.0). Type: Noto (SIL OFL)."


class Frame:
    """Where everything goes, in pixels, for one size of picture."""

    def __init__(self, size: tuple[int, int]) -> None:
        if not all(LEAST_SIDE <= side <= MOST_SIDE for side in size):
            raise UsageError(f"a picture's sides are {LEAST_SIDE} to {MOST_SIDE} pixels, not {size[0]}×{size[1]}")
        self.width, self.height = size
        is_wide = self.width >= 1.15 * self.height
        fitting = min(self.width / 4000, self.height / 3000) if is_wide else self.width / 3000
        # Smaller pictures have less on them, not type that cannot be read.
        self.unit = max(fitting, min(LEAST_UNIT, self.width / (3000 if is_wide else 2250)))
        self.margin = self.px(60)
        self.top, self.foot = self.px(250), self.px(250)
        side, below = (self.px(1080), 0) if is_wide else (0, round(self.height * 0.42))
        gap = self.px(56)
        map_width = self.width - 2 * self.margin - (side + gap if side else 0)
        map_height = self.height - self.top - self.foot - (below + gap if below else 0)
        self.map = (self.margin, self.top, self.margin + map_width, self.top + map_height)
        if side:
            self.columns = [Column(self.map[2] + gap, self.top, side, map_height)]
        else:
            count = max(1, min(3, (map_width + gap) // (self.px(LEAST_COLUMN) + gap)))
            part = (map_width - (count - 1) * gap) // count
            y = self.map[3] + gap
            self.columns = [Column(self.margin + n * (part + gap), y, part, below) for n in range(count)]

    def px(self, size: float) -> int:
        """A length of the 4000×3000 picture in the pixels of this one."""
        return max(1, round(size * self.unit))


def render_picture(data: MapData, path: Path, size: tuple[int, int] = FULL_SIZE, theme: str = "light") -> list[Panel]:
    """Write the picture and return its maps: PNG, PDF of one page at 300 dots to the inch, or SVG of lines and letters.

    Raises UsageError for a size that no picture can have.
    """
    frame = Frame(size)
    maps = maps_of(data, frame)
    if path.suffix.lower() == ".svg":
        drawing = Drawing(size, data.title)
        lay_out(drawing, frame, data, maps, theme=theme)
        path.write_text(drawing.document(), encoding="utf-8")
        return maps
    image = picture_of(data, frame, maps, theme=theme)
    if path.suffix.lower() == ".pdf":
        image.save(path, "PDF", resolution=PRINT_DPI, quality=92, title=data.title)
    else:
        image.save(path, "PNG", compress_level=1)
    return maps


def picture_of(
    data: MapData, frame: Frame, maps: Sequence[Panel], *, about: str | None = None, theme: str = "light"
) -> Image.Image:
    """The picture as pixels; ``about`` stands under the title instead of what the map tells of."""
    image = Image.new("RGB", (frame.width, frame.height), PAPER)
    lay_out(Pixels(image), frame, data, maps, about=about, theme=theme)
    return image


def lay_out(
    surface: Surface,
    frame: Frame,
    data: MapData,
    maps: Sequence[Panel],
    *,
    about: str | None = None,
    theme: str = "light",
) -> None:
    """Draw the whole sheet: title, maps, panel and foot."""
    put_maps = surface.maps(maps, MAP_RATIO * frame.unit, theme)  # they are drawn while the rest is set
    _draw_title(surface, frame, data.title, told(data) if about is None else about)
    fill(surface, data, [symbol for panel in maps for symbol in panel.layout.symbols], frame.columns, frame.unit)
    _draw_foot(surface, frame, data, [panel.view for panel in maps])
    put_maps()
    for panel in maps:
        _draw_frame(surface, frame, panel, is_named=len(maps) > 1)


def maps_of(data: MapData, frame: Frame) -> list[Panel]:
    """One map where all fits at the scale of a region, else one for each region; numbers run through all of them."""
    whole = [(frame.map, Region("", data))]
    if _view(data, frame.map, frame).zoom < LEAST_ZOOM:
        whole = panels(frame.map, regions_of(data), frame.px(24)) if data.incidents or data.towns else whole
    maps = []
    for rectangle, region in whole:
        view = _view(region.data, rectangle, frame)
        name = _name_box(region.name, rectangle, frame) if len(whole) > 1 and region.name else None
        scale = _scale_box(region.data, view, rectangle, frame, is_small=len(whole) > 1)
        ratio = MAP_RATIO * frame.unit
        covered = tuple(_on_map(box, rectangle, ratio) for box in (scale, name) if box)
        laid = layout_in(view, region.data, share_of(data), covered)
        maps.append(Panel(rectangle, region.name, view, laid, scale, covered))
    number = _numbers(data, maps)
    return [msgspec.structs.replace(panel, layout=numbered(panel.layout, number)) for panel in maps]


def _numbers(data: MapData, maps: list[Panel]) -> dict[tuple[str, ...], int]:
    """The number of each mark of incidents: the gravest first; none when there are too many to show."""
    grave = {mark.id: gravity(mark) for mark in data.incidents}
    discs = [symbol for panel in maps for symbol in panel.layout.symbols if isinstance(symbol.look, IncidentLook)]
    if len(discs) > MOST_NUMBERED:
        return {}
    discs.sort(key=lambda symbol: grave[symbol.ids[0]])
    return {symbol.ids: number for number, symbol in enumerate(discs, start=1)}


def _view(data: MapData, rectangle: Rectangle, frame: Frame) -> View:
    """The view that shows all of the data in a rectangle of the picture."""
    ratio = MAP_RATIO * frame.unit
    left, top, right, bottom = rectangle
    width, height = -(-(right - left) // ratio), -(-(bottom - top) // ratio)
    points = [(spot.longitude, spot.latitude) for spot in data.spots()]
    return fit(points, width, height, min(PADDING, width / 4.5, height / 4.5))


def _name_box(name: str, rectangle: Rectangle, frame: Frame) -> Rectangle:
    """The box of a map's name, in its upper left corner."""
    left, top, right, _ = rectangle
    face = _name_face(frame)
    width = face.width(face.cut(name, right - left - frame.px(60)))
    return left, top, round(left + width + frame.px(44)), top + frame.px(64)


def _name_face(frame: Frame) -> Face:
    return Face(frame.px(36), INK, bold=True)


def _scale_box(data: MapData, view: View, rectangle: Rectangle, frame: Frame, *, is_small: bool) -> Rectangle:
    """The box of the scale bar and the arrow: in the first corner that is far from all marks, else the farthest."""
    left, top, right, bottom = rectangle
    ratio = MAP_RATIO * frame.unit
    _, length = scale_bar(view, SMALL_SCALE_PX if is_small else SCALE_PX)
    width, height, edge = round(length * ratio) + frame.px(142), frame.px(84), frame.px(22)
    across, down = (left + edge, right - edge - width), (bottom - edge - height, top + edge)
    boxes = [(x, y, x + width, y + height) for y in down for x in across]
    del boxes[2]  # the name's corner
    marks = [view.pixel(spot.longitude, spot.latitude) for spot in data.spots()]

    def clearance(box: Rectangle) -> float:
        """How far the nearest mark is from the box; a name needs more room beside its mark than below it."""
        box_left, box_top, box_right, box_bottom = _on_map(box, rectangle, ratio)
        return min(
            (max((box_left - x) / 2, (x - box_right) / 2, box_top - y, y - box_bottom) for x, y in marks),
            default=math.inf,
        )

    return next((box for box in boxes if clearance(box) > CLEAR_PX), max(boxes, key=clearance))


def _on_map(box: Rectangle, rectangle: Rectangle, ratio: float) -> tuple[float, float, float, float]:
    """A box of the picture in the logical pixels of a map on it."""
    left, top, right, bottom = box
    return (
        (left - rectangle[0]) / ratio,
        (top - rectangle[1]) / ratio,
        (right - rectangle[0]) / ratio,
        (bottom - rectangle[1]) / ratio,
    )


def _draw_frame(surface: Surface, frame: Frame, panel: Panel, *, is_named: bool) -> None:
    """The map's edge, its name, the scale bar and the north arrow."""
    surface.box(panel.rectangle, outline=RULE, width=frame.px(2))
    if is_named and panel.name:
        box = _name_box(panel.name, panel.rectangle, frame)
        face = _name_face(frame)
        surface.box(box, fill=PAPER)
        room = panel.rectangle[2] - panel.rectangle[0] - frame.px(60)
        surface.text(face, box[0] + frame.px(20), box[1] + frame.px(46), face.cut(panel.name, room))
    km, length = scale_bar(panel.view, SMALL_SCALE_PX if is_named else SCALE_PX)
    left, top, _, _ = panel.scale
    x, y = left + frame.px(22), top + frame.px(62)
    right = x + length * MAP_RATIO * frame.unit
    surface.box(panel.scale, fill=PAPER)
    surface.line([(x, y - frame.px(12)), (x, y), (right, y), (right, y - frame.px(12))], INK, frame.px(4))
    surface.text(Face(frame.px(30), INK), x, y - frame.px(20), f"{km} km")
    middle, top = right + frame.px(66), y - frame.px(48)
    arrow = [(0, 0), (14, 34), (0, 26), (-14, 34)]
    surface.area([(middle + dx * frame.unit, top + dy * frame.unit) for dx, dy in arrow], INK)
    letter = Face(frame.px(26), INK, bold=True)
    surface.text(letter, middle - letter.width("N") / 2, top + frame.px(62), "N")


def _draw_title(surface: Surface, frame: Frame, title: str, about: str) -> None:
    room = frame.width - 2 * frame.margin
    faces = [Face(frame.px(size), INK, bold=True) for size in TITLE_SIZES]
    face = next((face for face in faces if face.width(title) <= room), faces[-1])
    surface.text(face, frame.margin, frame.px(126), face.cut(title, room))
    under = Face(frame.px(42), QUIET)
    surface.text(under, frame.margin, frame.px(198), under.cut(about, room))


def told(data: MapData) -> str:
    """What the map tells of: period, how recent the reports are, how many claims."""
    parts = [f"Incidents of {data.period}" if data.period else ""]
    parts.append(data.known_from)
    parts.append(f"{data.claims} claims in {data.reports} report{'' if data.reports == 1 else 's'}")
    return "  ·  ".join(part for part in parts if part)


def _draw_foot(surface: Surface, frame: Frame, data: MapData, views: Sequence[View]) -> None:
    """Sources, what is not on the map, boundary notes, credits; never more lines than there is room for."""
    face = Face(frame.px(27), QUIET)
    room = frame.width - 2 * frame.margin
    note = boundary_note(views)
    if len(face.wrap(note, room)) > MOST_NOTE_LINES:
        note = boundary_note(views, names_only=True)
    y = frame.height - frame.foot + frame.px(62)
    for text in credit_lines(data, note):
        for line in face.wrap(text, room, MOST_NOTE_LINES if text == note else 1):
            surface.text(face, frame.margin, y, line)
            y += round(face.size * 1.32)


def credit_lines(data: MapData, note: str) -> list[str]:
    """Sources, what is not on the map, boundary notes and credits, a line each; empty lines are left out."""
    said = f"A mark shows what reports say, not what is established. According to: {words.few(data.sources)}."
    return [line for line in (said, _unplaced(data), note, CREDIT + " Made with According.") if line]


def _unplaced(data: MapData) -> str:
    count = len(data.unplaced)
    if not count:
        return ""
    return f"{count} incident{'s' if count > 1 else ''} not drawn: no place finer than a country is given."


def boundary_note(views: Sequence[View], *, names_only: bool = False) -> str:
    """The boundary policy in one sentence, and the disputed lines in view with what is disputed, or by name alone."""
    seen = list({note.id: note for view in views for note in basemap.notes_in(view.bounds())}.values())
    notes = " ".join(note.note for note in seen)
    if names_only:
        notes = f"In view: {'; '.join(note.note.partition(':')[0] for note in seen if ':' in note.note)}."
    return f"Country lines are drawn as they are in fact; dashed lines are disputed. {notes}".strip()
