"""What a picture consists of, in logical pixels from the top left; drawn alike as SVG and as PNG."""

from __future__ import annotations

from typing import Literal

import msgspec

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]
Pattern = Literal["solid", "rising", "dots", "crossed", "level", "upright", "empty"]

INK = "#1d1d1b"
QUIET = "#6b6964"
RULE = "#d8d5cd"
PAPER = "#ffffff"

SHARES: dict[Anchor, float] = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a line's width lies left of its point."""

# A glyph's mean width in shares of its size, for laying text out without measuring it.
GLYPH_WIDTH = 0.56


class Fill(msgspec.Struct, frozen=True):
    """A colour with a pattern in white over it, so that two fills differ without colour too."""

    colour: str
    pattern: Pattern = "solid"


class Box(msgspec.Struct, frozen=True):
    """A rectangle; ``dashed`` draws its outline only, in dashes."""

    x: float
    y: float
    width: float
    height: float
    fill: Fill
    dashed: bool = False


class Stroke(msgspec.Struct, frozen=True):
    """A line through points; ``dash`` is the lengths of dashes and gaps, none of them a full line."""

    points: tuple[Point, ...]
    colour: str = INK
    width: float = 1.0
    dash: tuple[float, ...] = ()


class Shape(msgspec.Struct, frozen=True):
    """A filled polygon."""

    points: tuple[Point, ...]
    colour: str = INK


class Disc(msgspec.Struct, frozen=True):
    """A circle, filled or open, with an outline."""

    x: float
    y: float
    radius: float
    fill: str = INK
    outline: str = INK


class Words(msgspec.Struct, frozen=True):
    """One line of text, its baseline at ``y``; ``backed`` keeps what lies behind it from running through it."""

    x: float
    y: float
    text: str
    size: float = 13.0
    anchor: Anchor = "start"
    colour: str = INK
    bold: bool = False
    backed: bool = False

    @property
    def width(self) -> float:
        """About how wide it comes out."""
        return len(self.text) * self.size * GLYPH_WIDTH

    @property
    def left(self) -> float:
        """About where it starts."""
        return self.x - self.width * SHARES[self.anchor]


Item = Box | Stroke | Shape | Disc | Words


class Scene(msgspec.Struct, frozen=True):
    """A picture: its size, what it shows in words, and its items from back to front."""

    width: float
    height: float
    title: str
    items: tuple[Item, ...]


def shorten(text: str, width: float, size: float = 13.0) -> str:
    """A text that fits a width, its end replaced by an ellipsis when it has to be."""
    most = max(2, int(width / (size * GLYPH_WIDTH)))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
