"""A scene as a PNG of twice its logical size."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from according.plots.scene import PAPER, SHARES, Box, Disc, Item, Pattern, Point, Scene, Shape, Stroke, Words
from according.plots.script import is_arabic, pieces
from according.plots.svg import PERIOD

SCALE = 2
SMOOTH = 2  # drawn this much larger, then reduced
_BY = SCALE * SMOOTH


def to_image(scene: Scene, fonts: Path) -> Image.Image:
    """The scene as pixels, its text in the Noto Sans files of a folder."""
    image = Image.new("RGB", (round(scene.width * _BY), round(scene.height * _BY)), PAPER)
    canvas = ImageDraw.Draw(image)
    for item in scene.items:
        _draw(item, image, canvas, fonts)
    return image.reduce(SMOOTH)


def _draw(item: Item, image: Image.Image, canvas: ImageDraw.ImageDraw, fonts: Path) -> None:
    match item:
        case Box():
            _box(item, image, canvas)
        case Stroke():
            for start, end in pairwise(item.points):
                for piece in _dashes(start, end, item.dash):
                    canvas.line(_scaled(piece), fill=item.colour, width=max(1, round(item.width * _BY)))
        case Shape():
            canvas.polygon(_scaled(item.points), fill=item.colour)
        case Disc():
            corners = [(item.x - item.radius, item.y - item.radius), (item.x + item.radius, item.y + item.radius)]
            canvas.ellipse(_scaled(corners), fill=item.fill, outline=item.outline, width=round(1.6 * _BY))
        case Words():
            _words(item, canvas, fonts)


def _words(words: Words, canvas: ImageDraw.ImageDraw, fonts: Path) -> None:
    """Set a line piece by piece, from left to right; the shaping library joins Arabic letters and turns them round."""
    size, weight = round(words.size * _BY), "Bold" if words.bold else "Regular"
    set_in = [
        (
            piece,
            _font(str(fonts / ("NotoSansArabic-Regular.ttf" if is_arabic(piece) else f"NotoSans-{weight}.ttf")), size),
        )
        for piece in pieces(words.text)
    ]
    x = words.x * _BY - sum(font.getlength(piece) for piece, font in set_in) * SHARES[words.anchor]
    rim = 2 * _BY if words.backed else 0
    for piece, font in set_in:
        at = (x, words.y * _BY)
        canvas.text(at, piece, fill=words.colour, font=font, anchor="ls", stroke_width=rim, stroke_fill=PAPER)
        x += font.getlength(piece)


def _box(box: Box, image: Image.Image, canvas: ImageDraw.ImageDraw) -> None:
    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    if not (box.dashed or box.fill.pattern == "empty"):
        canvas.rectangle(_scaled([(left, top), (right, bottom)]), fill=box.fill.colour)
        _mark(box, image)
    dash = (4.0, 3.0) if box.dashed else ()
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    for start, end in pairwise(corners):
        for piece in _dashes(start, end, dash):
            canvas.line(_scaled(piece), fill=box.fill.colour, width=round(1.4 * _BY))


def _mark(box: Box, image: Image.Image) -> None:
    """Put the white pattern on a box, cut off at its edges."""
    size = (max(1, round(box.width * _BY)), max(1, round(box.height * _BY)))
    mask = Image.new("L", size, 0)
    pen = ImageDraw.Draw(mask)
    for start, end in _strokes(box.fill.pattern, size[0] / _BY, size[1] / _BY):
        pen.line(_scaled((start, end)), fill=255, width=round(1.6 * _BY))
    image.paste(PAPER, (round(box.x * _BY), round(box.y * _BY)), mask)


def _strokes(pattern: Pattern, width: float, height: float) -> Iterator[tuple[Point, Point]]:
    reach = int((width + height) // PERIOD) + 1
    if pattern in {"rising", "crossed"}:
        yield from (((step * PERIOD - height, height), (step * PERIOD, 0)) for step in range(reach + 1))
    if pattern == "crossed":
        yield from (((step * PERIOD - height, 0), (step * PERIOD, height)) for step in range(reach + 1))
    if pattern == "level":
        yield from (((0, step * PERIOD + 4), (width, step * PERIOD + 4)) for step in range(reach))
    if pattern == "upright":
        yield from (((step * PERIOD + 4, 0), (step * PERIOD + 4, height)) for step in range(reach))
    if pattern == "dots":
        spots = ((x * PERIOD + 4, y * PERIOD + 4) for x in range(reach) for y in range(reach))
        yield from (((x - 0.8, y), (x + 0.8, y)) for x, y in spots if x < width and y < height)


def _dashes(start: Point, end: Point, dash: tuple[float, ...]) -> Iterator[tuple[Point, Point]]:
    """A line in its dashes, or whole."""
    length = math.dist(start, end)
    if not dash or length == 0:
        yield start, end
        return
    at, turn = 0.0, 0
    while at < length:
        step = min(dash[turn % len(dash)], length - at)
        if turn % 2 == 0:
            yield _along(start, end, at / length), _along(start, end, (at + step) / length)
        at, turn = at + step, turn + 1


def _along(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _scaled(points: tuple[Point, ...] | list[Point]) -> list[Point]:
    return [(x * _BY, y * _BY) for x, y in points]


@cache
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)
