"""One call for the command line: readings in, a picture or a page out."""

from __future__ import annotations

from pathlib import Path

from according.errors import UsageError
from according.maps.data import Told, map_data
from according.maps.picture import FULL_SIZE

FORMATS = (".png", ".pdf", ".svg", ".html")


def draw_map(
    content: Told,
    output: Path,
    *,
    title: str | None = None,
    size: tuple[int, int] = FULL_SIZE,
) -> None:
    """Draw what readings tell to ``output``: .png, .pdf or .svg the full-size picture, .html the offline page."""
    suffix = output.suffix.lower()
    if suffix not in FORMATS:
        raise UsageError(f"a map is written as {', '.join(FORMATS[:-1])} or {FORMATS[-1]}, not {output.name}")
    data = map_data(content, title)
    if suffix != ".html":
        from according.maps.picture import render_picture  # noqa: PLC0415 - the renderer is slow to load

        render_picture(data, output, size)
    else:
        from according.maps.page import write_page  # noqa: PLC0415

        write_page(data, output)
