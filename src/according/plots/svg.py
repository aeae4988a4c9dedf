"""A scene as SVG: one self-contained file without scripts, with its title for those who hear it."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from according.plots.scene import PAPER, Box, Disc, Fill, Item, Pattern, Scene, Shape, Stroke, Words
from according.plots.script import isolated, runs_leftwards

FONT = "Noto Sans, Noto Sans Arabic, Helvetica, Arial, sans-serif"
PERIOD = 8
_MARKS: dict[Pattern, str] = {
    "rising": "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4",
    "crossed": "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4 M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4",
    "level": "M0,4 h8",
    "upright": "M4,0 v8",
    "dots": "M4,3 a1,1 0 1,0 0.01,0 z",
}


def to_svg(scene: Scene) -> str:
    """The scene as an SVG document."""
    fills = {item.fill for item in scene.items if isinstance(item, Box) and item.fill.pattern in _MARKS}
    patterns = "".join(_pattern(fill) for fill in sorted(fills, key=lambda fill: (fill.pattern, fill.colour)))
    size = f'width="{scene.width:g}" height="{scene.height:g}" viewBox="0 0 {scene.width:g} {scene.height:g}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" font-family="{FONT}">'
    ground = f'<rect width="100%" height="100%" fill="{PAPER}"/>'
    body = "\n".join(_item(item) for item in scene.items)
    return f"{head}\n<title>{escape(scene.title)}</title>\n<defs>{patterns}</defs>\n{ground}\n{body}\n</svg>\n"


def _name(fill: Fill) -> str:
    return f"{fill.pattern}-{fill.colour.removeprefix('#')}"


def _pattern(fill: Fill) -> str:
    side = f'width="{PERIOD}" height="{PERIOD}"'
    ground = f'<rect {side} fill="{fill.colour}"/>'
    marks = f'<path d="{_MARKS[fill.pattern]}" stroke="{PAPER}" stroke-width="1.6" fill="none"/>'
    return f'<pattern id="{_name(fill)}" {side} patternUnits="userSpaceOnUse">{ground}{marks}</pattern>'


def _item(item: Item) -> str:
    match item:
        case Box():
            return _box(item)
        case Stroke():
            dash = f' stroke-dasharray="{_numbers(item.dash)}"' if item.dash else ""
            line = f'stroke="{item.colour}" stroke-width="{item.width:g}"'
            return f'<polyline points="{_points(item.points)}" fill="none" {line}{dash}/>'
        case Shape():
            return f'<polygon points="{_points(item.points)}" fill="{item.colour}"/>'
        case Disc():
            where = f'cx="{item.x:.1f}" cy="{item.y:.1f}" r="{item.radius:g}"'
            return f'<circle {where} fill="{item.fill}" stroke="{item.outline}" stroke-width="1.6"/>'
        case Words():
            return _words(item)


def _box(box: Box) -> str:
    where = f'x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'
    if box.dashed or box.fill.pattern == "empty":
        dash = ' stroke-dasharray="4 3"' if box.dashed else ""
        return f'<rect {where} fill="none" stroke="{box.fill.colour}" stroke-width="1.4"{dash}/>'
    fill = f"url(#{_name(box.fill)})" if box.fill.pattern in _MARKS else box.fill.colour
    return f'<rect {where} fill="{fill}" stroke="{box.fill.colour}" stroke-width="1.4"/>'


def _words(words: Words) -> str:
    weight = ' font-weight="bold"' if words.bold else ""
    backing = f' stroke="{PAPER}" stroke-width="4" paint-order="stroke"' if words.backed else ""
    where = f'x="{words.x:.1f}" y="{words.y:.1f}" font-size="{words.size:g}" {_direction(words)}'
    return f'<text {where} fill="{words.colour}"{weight}{backing}>{escape(isolated(words.text))}</text>'


def _direction(words: Words) -> str:
    """Where a line stands; what is written leftwards starts at its right end."""
    if not runs_leftwards(words.text):
        return f'text-anchor="{words.anchor}"'
    turned = {"start": "end", "middle": "middle", "end": "start"}[words.anchor]
    return f'direction="rtl" text-anchor="{turned}"'


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _numbers(numbers: Iterable[float]) -> str:
    return " ".join(f"{number:g}" for number in numbers)
