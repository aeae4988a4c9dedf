"""A picture of lines and letters: SVG for print, where type stays type.

Type is set in Noto Sans where the reader has it; every line says how wide it is, so that another face cannot make it
run into its neighbour.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from xml.sax.saxutils import quoteattr

from according.maps.pen import HALO_PX, MIDDLE, Point, Points
from according.maps.surface import Panel, Rectangle
from according.maps.svg_map import HALO, clean, map_markup
from according.maps.symbols import Look, draw_with
from according.maps.type import ARABIC, Face, runs
from according.maps.view import View

FAMILY = "'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
ARABIC_FAMILY = "'Noto Sans Arabic', 'Noto Sans', Arial, sans-serif"
BELOW_MIDDLE = 0.388  # from the middle of a line of Noto Sans to its baseline, in sizes of type


class Drawing:
    """A surface that keeps every stroke as an element."""

    def __init__(self, size: tuple[int, int], title: str) -> None:
        self.size, self.title = size, title
        self._parts: list[str] = []
        self._clips = 0

    def document(self) -> str:
        """The whole document."""
        width, height = self.size
        named = f'width="{width}" height="{height}" role="img" font-family="{FAMILY}"'
        return "\n".join([
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {named}>',
            f"<title>{clean(self.title)}</title>",
            f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
            *self._parts,
            "</svg>\n",
        ])  # fmt: skip

    def line(self, points: Sequence[Point], colour: str, width: float) -> None:
        """A line through points."""
        self._parts.append(f'<path d="{path(points)}" fill="none" stroke="{colour}" stroke-width="{number(width)}"/>')

    def box(self, rectangle: Rectangle, *, fill: str | None = None, outline: str | None = None, width: int = 1) -> None:
        """A rectangle, filled or drawn."""
        left, top, right, bottom = rectangle
        place = f'x="{number(left)}" y="{number(top)}" width="{number(right - left)}" height="{number(bottom - top)}"'
        stroke = f' stroke="{outline}" stroke-width="{width}"' if outline else ""
        self._parts.append(f'<rect {place} fill="{fill or "none"}"{stroke}/>')

    def area(self, points: Sequence[Point], colour: str) -> None:
        """A filled polygon."""
        self._parts.append(f'<path d="{path(points)}Z" fill="{colour}"/>')

    def text(self, face: Face, x: float, baseline: float, words: str) -> None:
        """One line of type."""
        self._parts.append(set_line(face, x, baseline, words))

    def symbol(self, look: Look, ratio: float, x: float, y: float) -> None:
        """A symbol, its middle at a place."""
        pen = VectorPen()
        draw_with(pen, look)
        self._parts.append(f'<g transform="translate({number(x)} {number(y)}) scale({ratio:.4g})">{pen.markup()}</g>')

    def maps(self, panels: Sequence[Panel], ratio: float, theme: str) -> Callable[[], None]:
        """The maps of some panels, out of the basemap's own lines."""

        def finish() -> None:
            for panel in panels:
                self._map(panel, ratio, theme)

        return finish

    def _map(self, panel: Panel, ratio: float, theme: str) -> None:
        left, top, right, bottom = panel.rectangle
        self._clips += 1
        width, height = number((right - left) / ratio), number((bottom - top) / ratio)
        name = f"map-{self._clips}"
        self._parts += [
            f'<clipPath id="{name}"><rect width="{width}" height="{height}"/></clipPath>',
            f'<g transform="translate({left} {top}) scale({ratio:.4g})"><g clip-path="url(#{name})">',
            *map_markup(panel.layout, panel.view, theme, panel.covered),
            *self._marks(panel, panel.view),
            "</g></g>",
        ]

    @staticmethod
    def _marks(panel: Panel, view: View) -> list[str]:
        """The symbols, those of the leaders first."""
        found = []
        for symbol in (*panel.layout.leaders, *panel.layout.symbols):
            x, y = view.pixel(symbol.longitude, symbol.latitude)
            pen = VectorPen()
            draw_with(pen, symbol.look)
            place = f"{number(x + symbol.shift[0])} {number(y + symbol.shift[1])}"
            found.append(f'<g transform="translate({place})">{pen.markup()}</g>')
        return found


class VectorPen:
    """The strokes of symbols as elements around 0, 0."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def markup(self) -> str:
        """All strokes."""
        return "".join(self._parts)

    def disc(self, reach: float, colour: str) -> None:
        """A filled circle."""
        self._parts.append(f'<circle r="{number(reach)}" fill="{colour}"/>')

    def ring(self, reach: float, colour: str, width: float) -> None:
        """A circle."""
        stroke = f'stroke="{colour}" stroke-width="{number(width)}"'
        self._parts.append(f'<circle r="{number(reach - width / 2)}" fill="none" {stroke}/>')

    def arc(self, middle: Point, reach: Point, angles: Point, colour: str, width: float) -> None:
        """A part of an ellipse, in degrees clockwise from the right."""
        across, down = reach[0] - width / 2, reach[1] - width / 2
        ends = [math.radians(angle) for angle in angles]
        (x1, y1), (x2, y2) = ((middle[0] + across * math.cos(end), middle[1] + down * math.sin(end)) for end in ends)
        large = int(angles[1] - angles[0] > 180)
        drawn = f"M{number(x1)} {number(y1)}A{number(across)} {number(down)} 0 {large} 1 {number(x2)} {number(y2)}"
        self._parts.append(f'<path d="{drawn}" fill="none" stroke="{colour}" stroke-width="{number(width)}"/>')

    def dashes(self, reach: float, colour: str, width: float, count: int, share: float = 0.6) -> None:
        """A circle of so many dashes, each that share of its step."""
        radius = reach - width / 2
        step = 2 * math.pi * radius / count
        dash = f"{step * share:.3f} {step * (1 - share):.3f}"
        stroke = f'stroke="{colour}" stroke-width="{number(width)}" stroke-dasharray="{dash}" transform="rotate(-90)"'
        self._parts.append(f'<circle r="{number(radius)}" fill="none" {stroke}/>')

    def area(self, points: Points, colour: str) -> None:
        """A filled polygon."""
        self._parts.append(f'<path d="{path(points, 2)}Z" fill="{colour}"/>')

    def line(self, points: Points, colour: str, width: float) -> None:
        """A line with round ends and corners."""
        stroke = f'stroke="{colour}" stroke-width="{number(width)}" stroke-linecap="round" stroke-linejoin="round"'
        self._parts.append(f'<path d="{path(points, 2)}" fill="none" {stroke}/>')

    def block(
        self, middle: Point, half: Point, radius: float, fill: str, outline: str | None = None, width: float = 1
    ) -> None:
        """A rectangle with rounded corners; its line lies inside it."""
        inset = width / 2 if outline else 0
        (x, y), (across, down) = middle, (half[0] - inset, half[1] - inset)
        place = (
            f'x="{number(x - across)}" y="{number(y - down)}" width="{number(2 * across)}" height="{number(2 * down)}"'
        )
        stroke = f' stroke="{outline}" stroke-width="{number(width)}"' if outline else ""
        self._parts.append(f'<rect {place} rx="{number(radius)}" fill="{fill}"{stroke}/>')

    def text(self, words: str, size: float, colour: str, middle: Point = MIDDLE, halo: str | None = None) -> None:
        """Words in bold around a middle."""
        place = f'x="{number(middle[0])}" y="{number(middle[1] + size * BELOW_MIDDLE)}"'
        style = f'font-size="{number(size)}" font-weight="bold" text-anchor="middle" fill="{colour}"'
        style += HALO.format(halo, number(2 * HALO_PX)) if halo else ""
        self._parts.append(f"<text {place} {style}>{clean(words)}</text>")


def set_line(face: Face, x: float, baseline: float, words: str, more: str = "") -> str:
    """One line of type, each run of a script an element; what another face must keep to is its width."""
    weight = ' font-weight="bold"' if face.bold else ""
    found = []
    for run in runs(words):
        width = face.width(run)
        if run.strip():
            is_arabic = ARABIC.match(run) is not None
            family = f' font-family={quoteattr(ARABIC_FAMILY)} direction="rtl" text-anchor="end"' if is_arabic else ""
            # A line of Arabic that is stretched comes apart, so it keeps the width that it has.
            length = "" if is_arabic else f' textLength="{number(width)}" lengthAdjust="spacingAndGlyphs"'
            place = f'x="{number(x)}" y="{number(baseline)}" font-size="{number(face.size)}" xml:space="preserve"'
            found.append(f'<text {place}{weight}{family}{length}{more} fill="{face.colour}">{clean(run)}</text>')
        x += width
    return "".join(found)


def path(points: Sequence[Point], digits: int = 1) -> str:
    """The points of a line."""
    return "M" + "L".join(f"{number(x, digits)} {number(y, digits)}" for x, y in points)


def number(value: float, digits: int = 2) -> str:
    """A number without needless digits."""
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
