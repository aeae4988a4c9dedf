"""Setting type on the picture: wrapped lines, a second font where the script needs one."""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache

import msgspec
from PIL import Image, ImageDraw, ImageFont

from according.maps.basemap import assets

FINE_BELOW_PX, FINER = 24, 4
LETTERS = r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]+"
ARABIC = re.compile(rf"({LETTERS}(?:\s+{LETTERS})*)")  # the space after it belongs to what follows


class Face(msgspec.Struct, frozen=True):
    """A size in pixels, a weight and a colour."""

    size: int
    colour: str
    bold: bool = False

    def width(self, text: str) -> float:
        """How wide a line comes out."""
        return _width(self.size, self.bold, text)

    def draw(self, canvas: ImageDraw.ImageDraw, x: float, y: float, text: str) -> None:
        """Set one line, its baseline at ``y``."""
        for run in runs(text):
            if self.size < FINE_BELOW_PX:
                self._draw_finely(canvas, x, y, run)
            else:
                canvas.text((x, y), run, fill=self.colour, font=_font_of(self.size, self.bold, run), anchor="ls")
            x += self.width(run)

    def _draw_finely(self, canvas: ImageDraw.ImageDraw, x: float, y: float, run: str) -> None:
        """Set a run larger and reduce it: letters of small type would else stand on whole pixels, unevenly apart."""
        font = _font_of(self.size * FINER, self.bold, run)
        left, top = math.floor(x) - 2, math.floor(y) - 2 * self.size
        width, height = math.ceil(self.width(run)) + 2 * self.size, 3 * self.size
        mask = Image.new("L", (width * FINER, height * FINER))
        ImageDraw.Draw(mask).text(((x - left) * FINER, (y - top) * FINER), run, fill=255, font=font, anchor="ls")
        canvas.bitmap((left, top), mask.resize((width, height), Image.Resampling.BOX), fill=self.colour)

    def wrap(self, text: str, width: float, most_lines: int | None = None) -> list[str]:
        """Break a text into lines; a text of too many lines ends with an ellipsis."""
        lines: list[str] = []
        line, taken = "", 0.0
        space = self.width(" ")
        for word in text.split():
            needed = self.width(word)
            if line and taken + space + needed > width:
                lines.append(line)
                line, taken = word, needed
            else:
                line, taken = f"{line} {word}".strip(), taken + needed + (space if line else 0.0)
        lines = [self.cut(each, width) for each in [*lines, line] if each]
        if most_lines is not None and len(lines) > most_lines:
            lines = [*lines[: most_lines - 1], self.cut(lines[most_lines - 1] + " …", width)]
        return lines

    def cut(self, line: str, width: float) -> str:
        """A line that fits, its end replaced by an ellipsis when it has to be."""
        if self.width(line) <= width:
            return line
        line = line.removesuffix(" …")
        while line and self.width(line + "…") > width:
            line = line[:-1]
        return line.rstrip() + "…"


def runs(text: str) -> list[str]:
    """The text in pieces of one face each."""
    return [run for run in ARABIC.split(text) if run]


def _width(size: int, bold: bool, text: str) -> float:  # noqa: FBT001
    """The width of a line: letters of Arabic depend on their neighbours, those of other scripts do not."""
    if size < FINE_BELOW_PX:
        return _width(size * FINER, bold, text) / FINER
    total = 0.0
    for run in runs(text):
        if ARABIC.match(run):
            total += _font_of(size, bold, run).getlength(run)
        else:
            total += sum(_advance(size, bold, letter) for letter in run)
    return total


@lru_cache(maxsize=50_000)
def _advance(size: int, bold: bool, letter: str) -> float:  # noqa: FBT001
    return _font_of(size, bold, letter).getlength(letter)


def _font_of(size: int, bold: bool, run: str) -> ImageFont.FreeTypeFont:  # noqa: FBT001
    name = "NotoSansArabic-Regular" if ARABIC.match(run) else f"NotoSans-{'Bold' if bold else 'Regular'}"
    return _load(name, size)


@cache
def _load(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(assets() / "fonts" / f"{name}.ttf"), size)
