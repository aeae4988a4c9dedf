"""What a picture is drawn on: one set of strokes, on pixels here, as lines and letters in `according.maps.svg`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import msgspec
from PIL import Image, ImageDraw

from according.maps.marks import Layout
from according.maps.native import draw_map_pixels, workers
from according.maps.symbols import Look, draw
from according.maps.type import Face
from according.maps.view import View

Rectangle = tuple[float, float, float, float]


class Panel(msgspec.Struct, frozen=True):
    """One map of the picture: where it is, what it shows and how.

    ``scale`` is the box of its scale bar, in pixels of the picture; ``covered`` are the boxes that stand on the map, in
    its own logical pixels.
    """

    rectangle: tuple[int, int, int, int]
    name: str
    view: View
    layout: Layout
    scale: Rectangle
    covered: tuple[Rectangle, ...] = ()


class Surface(Protocol):
    """Strokes in the pixels of the picture, from its top left."""

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float) -> None:
        """A line through points."""

    def box(self, rectangle: Rectangle, *, fill: str | None = None, outline: str | None = None, width: int = 1) -> None:
        """A rectangle, filled or drawn."""

    def area(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """A filled polygon."""

    def text(self, face: Face, x: float, baseline: float, words: str) -> None:
        """One line of type."""

    def symbol(self, look: Look, ratio: float, x: float, y: float) -> None:
        """A symbol, its middle at a place; ``ratio`` is how many pixels make one of its own."""

    def maps(self, panels: Sequence[Panel], ratio: float, theme: str) -> Callable[[], None]:
        """Begin the maps of some panels; what is given back puts them in their places."""


class Pixels:
    """A picture of pixels."""

    def __init__(self, image: Image.Image) -> None:
        self.image, self._canvas = image, ImageDraw.Draw(image)

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: float) -> None:
        """A line through points."""
        self._canvas.line(list(points), fill=colour, width=round(width))

    def box(self, rectangle: Rectangle, *, fill: str | None = None, outline: str | None = None, width: int = 1) -> None:
        """A rectangle, filled or drawn."""
        self._canvas.rectangle(rectangle, fill=fill, outline=outline, width=width)

    def area(self, points: Sequence[tuple[float, float]], colour: str) -> None:
        """A filled polygon."""
        self._canvas.polygon(list(points), fill=colour)

    def text(self, face: Face, x: float, baseline: float, words: str) -> None:
        """One line of type."""
        face.draw(self._canvas, x, baseline, words)

    def symbol(self, look: Look, ratio: float, x: float, y: float) -> None:
        """A symbol, its middle at a place."""
        drawn = draw(look, ratio)
        self.image.paste(drawn, (round(x) - drawn.width // 2, round(y) - drawn.height // 2), drawn)

    def maps(self, panels: Sequence[Panel], ratio: float, theme: str) -> Callable[[], None]:
        """Begin the maps by MapLibre Native, as many at a time as there are processors."""
        threads = ThreadPoolExecutor(workers())
        drawn = [
            threads.submit(draw_map_pixels, panel.layout, panel.view, ratio, theme, panel.covered) for panel in panels
        ]
        threads.shutdown(wait=False)

        def finish() -> None:
            for panel, pixels in zip(panels, drawn, strict=True):
                left, top, right, bottom = panel.rectangle
                self.image.paste(pixels.result().crop((0, 0, right - left, bottom - top)), (left, top))

        return finish
