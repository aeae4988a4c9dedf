"""The strokes that symbols are made of, in logical pixels from a symbol's middle."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from PIL import Image, ImageDraw, ImageFont

from according.maps.basemap import assets

HALO_PX = 1.8  # around letters that stand on a pattern
SMOOTH = 4  # drawn this much larger, then reduced
Point = tuple[float, float]
Points = Sequence[Point]
MIDDLE: Point = (0.0, 0.0)


class Pen(Protocol):
    """Strokes; lines of rings and arcs lie inside their reach."""

    def disc(self, reach: float, colour: str) -> None:
        """A filled circle."""

    def ring(self, reach: float, colour: str, width: float) -> None:
        """A circle."""

    def arc(self, middle: Point, reach: Point, angles: Point, colour: str, width: float) -> None:
        """A part of an ellipse, in degrees clockwise from the right."""

    def dashes(self, reach: float, colour: str, width: float, count: int, share: float = 0.6) -> None:
        """A circle of so many dashes, each that share of its step."""

    def area(self, points: Points, colour: str) -> None:
        """A filled polygon."""

    def line(self, points: Points, colour: str, width: float) -> None:
        """A line with round ends and corners."""

    def block(
        self, middle: Point, half: Point, radius: float, fill: str, outline: str | None = None, width: float = 1
    ) -> None:
        """A rectangle with rounded corners."""

    def text(self, words: str, size: float, colour: str, middle: Point = MIDDLE, halo: str | None = None) -> None:
        """Words in bold around a middle, with a halo of ``HALO_PX`` where one is asked for."""


class PixelPen:
    """Draws on a canvas that is reduced afterwards."""

    def __init__(self, side: int, ratio: float) -> None:
        self._scale = ratio * SMOOTH
        self._centre = side * SMOOTH / 2
        self.image = Image.new("RGBA", (side * SMOOTH, side * SMOOTH), (255, 255, 255, 0))
        self._canvas = ImageDraw.Draw(self.image)

    def _at(self, x: float, y: float) -> Point:
        return self._centre + x * self._scale, self._centre + y * self._scale

    def _around(self, middle: Point, half: Point) -> tuple[float, float, float, float]:
        (x, y), (across, down) = middle, half
        return (*self._at(x - across, y - down), *self._at(x + across, y + down))

    def _width(self, logical: float) -> int:
        return max(1, round(logical * self._scale))

    def disc(self, reach: float, colour: str) -> None:
        """A filled circle."""
        self._canvas.ellipse(self._around(MIDDLE, (reach, reach)), fill=colour)

    def ring(self, reach: float, colour: str, width: float) -> None:
        """A circle."""
        self._canvas.ellipse(self._around(MIDDLE, (reach, reach)), outline=colour, width=self._width(width))

    def arc(self, middle: Point, reach: Point, angles: Point, colour: str, width: float) -> None:
        """A part of an ellipse, in degrees clockwise from the right."""
        self._canvas.arc(self._around(middle, reach), *angles, fill=colour, width=self._width(width))

    def dashes(self, reach: float, colour: str, width: float, count: int, share: float = 0.6) -> None:
        """A circle of so many dashes, each that share of its step."""
        step = 360 / count
        for index in range(count):
            start = index * step - 90
            self.arc(MIDDLE, (reach, reach), (start, start + step * share), colour, width)

    def area(self, points: Points, colour: str) -> None:
        """A filled polygon."""
        self._canvas.polygon([self._at(x, y) for x, y in points], fill=colour)

    def line(self, points: Points, colour: str, width: float) -> None:
        """A line with round ends and corners."""
        self._canvas.line([self._at(x, y) for x, y in points], fill=colour, width=self._width(width), joint="curve")
        for point in points:
            self._canvas.ellipse(self._around(point, (width / 2, width / 2)), fill=colour)

    def block(
        self, middle: Point, half: Point, radius: float, fill: str, outline: str | None = None, width: float = 1
    ) -> None:
        """A rectangle with rounded corners."""
        drawn = self._width(width) if outline else 0
        around = self._around(middle, half)
        self._canvas.rounded_rectangle(around, self._width(radius), fill=fill, outline=outline, width=drawn)

    def text(self, words: str, size: float, colour: str, middle: Point = MIDDLE, halo: str | None = None) -> None:
        """Words in bold around a middle."""
        font, width = _font(round(size * self._scale)), self._width(HALO_PX) if halo else 0
        place = self._at(*middle)
        self._canvas.text(place, words, fill=colour, font=font, anchor="mm", stroke_width=width, stroke_fill=halo)


@cache
def _font(pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(assets() / "fonts" / "NotoSans-Bold.ttf"), pixels)
