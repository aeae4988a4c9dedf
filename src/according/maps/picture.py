"""The full-size picture: title, map, panel, scale, north, sources, laid out without overlaps."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from according.errors import UsageError
from according.maps import basemap
from according.maps.data import MapData
from according.maps.marks import Layout, layout
from according.maps.native import draw_map_pixels
from according.maps.panel import INK, MAP_RATIO, QUIET, RULE, Column, fill
from according.maps.type import Face
from according.maps.view import View, fit, scale_bar

FULL_SIZE = (4000, 3000)
LEAST_SIDE, MOST_SIDE = 600, 12_000
PAPER = "#ffffff"
MOST_NOTE_LINES = 2
PADDING = 120  # logical pixels between the outermost marks and the frame
CREDIT = "Basemap: Natural Earth (public domain), places © GeoNames (CC BY 4.0). Type: Noto (SIL OFL)."


class Frame:
    """Where everything goes, in pixels, for one size of picture."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.width, self.height = size
        is_wide = self.width >= 1.15 * self.height
        self.unit = min(self.width / 4000, self.height / 3000) if is_wide else self.width / 3000
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
            third = (map_width - 2 * gap) // 3
            y = self.map[3] + gap
            self.columns = [Column(self.margin + n * (third + gap), y, third, below) for n in range(3)]

    def px(self, size: float) -> int:
        """A length of the 4000×3000 picture in the pixels of this one."""
        return max(1, round(size * self.unit))


def render_picture(data: MapData, path: Path, size: tuple[int, int] = FULL_SIZE, theme: str = "light") -> View:
    """Write the picture as PNG and return the view of its map."""
    if not all(LEAST_SIDE <= side <= MOST_SIDE for side in size):
        raise UsageError(f"a picture's sides are {LEAST_SIDE} to {MOST_SIDE} pixels, not {size[0]}×{size[1]}")
    frame = Frame(size)
    image = Image.new("RGB", size, PAPER)
    marks = layout(data)
    view = map_view(marks, frame)
    pixels = draw_map_pixels(marks, view, MAP_RATIO * frame.unit, theme)
    image.paste(pixels.crop((0, 0, frame.map[2] - frame.map[0], frame.map[3] - frame.map[1])), frame.map[:2])
    _draw_frame(image, frame, view)
    _draw_title(image, frame, data)
    fill(image, data, frame.columns, frame.unit)
    _draw_foot(image, frame, data, view)
    image.save(path, "PNG", compress_level=1)
    return view


def map_view(marks: Layout, frame: Frame) -> View:
    """The view that shows all marks in the picture's frame."""
    ratio = MAP_RATIO * frame.unit
    width, height = -(-(frame.map[2] - frame.map[0]) // ratio), -(-(frame.map[3] - frame.map[1]) // ratio)
    points = [(site.longitude, site.latitude) for site in marks.sites]
    return fit(points, width, height, min(PADDING, width / 5, height / 5))


def _draw_frame(image: Image.Image, frame: Frame, view: View) -> None:
    """The map's edge, the scale bar and the north arrow."""
    canvas = ImageDraw.Draw(image)
    canvas.rectangle(frame.map, outline=RULE, width=frame.px(2))
    ratio = MAP_RATIO * frame.unit
    km, length = scale_bar(view, 180)
    x, y = frame.map[0] + frame.px(44), frame.map[3] - frame.px(44)
    right = x + length * ratio
    canvas.rectangle((x - frame.px(22), y - frame.px(62), right + frame.px(120), y + frame.px(22)), fill=PAPER)
    canvas.line([(x, y - frame.px(12)), (x, y), (right, y), (right, y - frame.px(12))], fill=INK, width=frame.px(4))
    Face(frame.px(30), INK).draw(canvas, x, y - frame.px(20), f"{km} km")
    middle, top = right + frame.px(66), y - frame.px(48)
    arrow = [(0, 0), (14, 34), (0, 26), (-14, 34)]
    canvas.polygon([(middle + frame.px(1) * dx * frame.unit, top + dy * frame.unit) for dx, dy in arrow], fill=INK)
    Face(frame.px(26), INK, bold=True).draw(canvas, middle - frame.px(9), top + frame.px(62), "N")


def _draw_title(image: Image.Image, frame: Frame, data: MapData) -> None:
    canvas = ImageDraw.Draw(image)
    room = frame.width - 2 * frame.margin
    title = Face(frame.px(84), INK, bold=True)
    title.draw(canvas, frame.margin, frame.px(126), title.cut(data.title, room))
    under = Face(frame.px(42), QUIET)
    under.draw(canvas, frame.margin, frame.px(198), under.cut(told(data), room))


def told(data: MapData) -> str:
    """What the map tells of: period, how recent the reports are, how many claims."""
    parts = [f"Incidents of {data.period}" if data.period else ""]
    parts.append(data.known_from)
    parts.append(f"{data.claims} claims in {data.reports} report{'' if data.reports == 1 else 's'}")
    return "  ·  ".join(part for part in parts if part)


def _draw_foot(image: Image.Image, frame: Frame, data: MapData, view: View) -> None:
    """Sources, what is not on the map, boundary notes, credits; never more lines than there is room for."""
    canvas = ImageDraw.Draw(image)
    face = Face(frame.px(27), QUIET)
    room = frame.width - 2 * frame.margin
    note = boundary_note(view)
    if len(face.wrap(note, room)) > MOST_NOTE_LINES:
        note = boundary_note(view, names_only=True)
    y = frame.height - frame.foot + frame.px(62)
    for text in credit_lines(data, note):
        for line in face.wrap(text, room, MOST_NOTE_LINES if text == note else 1):
            face.draw(canvas, frame.margin, y, line)
            y += round(face.size * 1.32)


def credit_lines(data: MapData, note: str) -> list[str]:
    """Sources, what is not on the map, boundary notes and credits, a line each; empty lines are left out."""
    said = "According to: " + ", ".join(data.sources) + ". A mark shows what reports say, not what is established."
    return [line for line in (said, _unplaced(data), note, CREDIT + " Made with According.") if line]


def _unplaced(data: MapData) -> str:
    count = len(data.unplaced)
    if not count:
        return ""
    return f"{count} incident{'s' if count > 1 else ''} not drawn: no place finer than a country is given."


def boundary_note(view: View, *, names_only: bool = False) -> str:
    """The boundary policy in one sentence, and the disputed lines in view with what is disputed, or by name alone."""
    seen = basemap.notes_in(view.bounds())
    notes = " ".join(note.note for note in seen)
    if names_only:
        notes = f"In view: {'; '.join(note.note.partition(':')[0] for note in seen if ':' in note.note)}."
    return f"Country lines are drawn as they are in fact; dashed lines are disputed. {notes}".strip()
