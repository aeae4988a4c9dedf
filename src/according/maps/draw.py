"""One call for the command line: readings in, a picture or a page out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from according.errors import UsageError
from according.maps.data import map_data
from according.maps.picture import FULL_SIZE

FORMATS = (".png", ".html")


def draw_map(
    readings: Sequence[dict[str, Any]],
    output: Path,
    *,
    title: str | None = None,
    size: tuple[int, int] = FULL_SIZE,
) -> None:
    """Draw the readings (interface JSON) to ``output``: .png the full-size picture, .html the offline page."""
    suffix = output.suffix.lower()
    if suffix not in FORMATS:
        raise UsageError(f"a map is written as {' or '.join(FORMATS)}, not {output.name}")
    data = map_data(readings, title)
    if suffix == ".png":
        from according.maps.picture import render_picture  # noqa: PLC0415 - the renderer is slow to load

        render_picture(data, output, size)
    else:
        from according.maps.page import write_page  # noqa: PLC0415

        write_page(data, output)
