"""``according map``: readings as a picture or a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from according.cli.output import replace_atomically
from according.errors import UsageError


@click.command("map")
@click.argument("readings", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="FILE.png or FILE.html.")
@click.option("--title", help="The map's title.")
@click.option("--size", default="4000x3000", show_default=True, help="Width and height of a picture in pixels.")
def draw(readings: tuple[str, ...], output: Path, title: str | None, size: str) -> None:
    """Draw readings (JSON lines of `according read`) as a full-size picture or an offline page."""
    from according.maps import draw_map  # noqa: PLC0415 - the renderer loads only when a map is drawn

    if output.suffix not in {".png", ".html"}:
        raise UsageError(f"{output} is neither a .png nor an .html file")
    lines = [line for path in readings for line in load_readings(path)]
    with replace_atomically(output) as temporary:
        draw_map(lines, temporary, title=title, size=parse_size(size))


def parse_size(size: str) -> tuple[int, int]:
    """Width and height from "4000x3000"; raises UsageError on anything else."""
    width, _, height = size.partition("x")
    if not (width.isdecimal() and height.isdecimal() and 200 <= int(width) <= 12000 and 200 <= int(height) <= 12000):
        raise UsageError(f"{size} is not a size such as 4000x3000 (200 to 12000 pixels a side)")
    return int(width), int(height)


def load_readings(path: str) -> list[dict[str, Any]]:
    """The readings in a file of JSON lines (``-`` is standard input); raises UsageError naming the line that is not."""
    try:
        text = click.get_text_stream("stdin").read() if path == "-" else Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            reading = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{path}, line {number} is not JSON: {error}") from error
        if not isinstance(reading, dict) or not {"report", "claims"} <= reading.keys():
            raise UsageError(f"{path}, line {number} is not a reading (it has no report or claims)")
        found.append(reading)
    return found
