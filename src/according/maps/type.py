"""Setting type on the picture: wrapped lines, a second font where the script needs one."""

from __future__ import annotations

import re
from functools import cache

import msgspec
from PIL import ImageDraw, ImageFont

from according.maps.basemap import assets

LETTERS = r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]+"
ARABIC = re.compile(rf"({LETTERS}(?:\s+{LETTERS})*)")  # the space after it belongs to what follows


class Face(msgspec.Struct, frozen=True):
    """A size in pixels, a weight and a colour."""

    size: int
    colour: str
    bold: bool = False

    def width(self, text: str) -> float:
        """How wide a line comes out."""
        return sum(self._font(run).getlength(run) for run in runs(text))

    def draw(self, canvas: ImageDraw.ImageDraw, x: float, y: float, text: str) -> None:
        """Set one line, its baseline at ``y``."""
        for run in runs(text):
            font = self._font(run)
            canvas.text((x, y), run, fill=self.colour, font=font, anchor="ls")
            x += font.getlength(run)

    def wrap(self, text: str, width: float, most_lines: int | None = None) -> list[str]:
        """Break a text into lines; a text of too many lines ends with an ellipsis."""
        lines: list[str] = []
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self.width(longer) > width:
                lines.append(line)
                line = word
            else:
                line = longer
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

    def _font(self, run: str) -> ImageFont.FreeTypeFont:
        name = "NotoSansArabic-Regular" if ARABIC.match(run) else f"NotoSans-{'Bold' if self.bold else 'Regular'}"
        return _load(name, self.size)


def runs(text: str) -> list[str]:
    """The text in pieces of one face each."""
    return [run for run in ARABIC.split(text) if run]


@cache
def _load(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(assets() / "fonts" / f"{name}.ttf"), size)
