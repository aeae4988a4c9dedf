"""One call for the command line: readings in, a picture, a film or a page out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from according.errors import UsageError
from according.maps.data import MapData, Told, map_data
from according.maps.moment import at, told_by, without_history

STILLS = (".png", ".pdf", ".svg")
FILMS = (".webp", ".mp4")
FORMATS = (*STILLS, *FILMS, ".html")
THUMBNAILS = {".png": "PNG", ".webp": "WEBP", ".jpg": "JPEG", ".html": "HTML"}
"""What a thumbnail is written as, by suffix, and what Pillow calls it."""
FULL_SIZE, FILM_SIZE = (4000, 3000), (1600, 1200)


class Period(msgspec.Struct, frozen=True):
    """The days that a picture shows: incidents from ``first`` to ``last``, towns as they stood on the last.

    A film has a frame every ``step_days``. None is no limit, or what suits.
    """

    first: str | None = None
    last: str | None = None
    step_days: int | None = None


def draw_map(
    content: Told,
    output: Path,
    *,
    title: str | None = None,
    size: tuple[int, int] | None = None,
    period: Period | None = None,
) -> None:
    """Draw what readings tell to ``output``.

    .png, .pdf and .svg are the full-size picture, .webp and .mp4 the film of a period, .html the offline page.
    Raises UsageError for what cannot be drawn.
    """
    suffix = output.suffix.lower()
    if suffix not in FORMATS:
        raise UsageError(f"a map is written as {', '.join(FORMATS[:-1])} or {FORMATS[-1]}, not {output.name}")
    data = map_data(content, title)
    period = period or Period()
    _check(period, suffix)
    if suffix in STILLS:
        data = shown_in(data, period)
        from according.maps.picture import render_picture  # noqa: PLC0415 - the renderer is slow to load

        render_picture(data, output, size or FULL_SIZE)
    elif suffix in FILMS:
        from according.maps.animation import days_of, render_animation  # noqa: PLC0415

        data = told_by(at(data, None, since=period.first), period.last)
        days = days_of(data, period.first, period.last, period.step_days)
        render_animation(data, output, size or FILM_SIZE, days)
    else:
        from according.maps.page import write_page  # noqa: PLC0415

        write_page(data, output)


def draw_thumbnail(
    content: Told, picture: Path, output: Path, *, title: str | None = None, period: Period | None = None
) -> None:
    """Draw a small picture of the map, or with ``.html`` a piece of a page in which it leads to ``picture``.

    Raises UsageError for another suffix than .png, .webp, .jpg and .html.
    """
    from according.maps.thumbnail import write_thumbnail  # noqa: PLC0415

    write_thumbnail(shown_in(map_data(content, title), period or Period()), picture, output)


def shown_in(data: MapData, period: Period) -> MapData:
    """The map of a period."""
    if period.first is None and period.last is None:
        return data
    shown = at(data, period.last, since=period.first)
    return shown if period.last is None else without_history(shown)


def _check(period: Period, suffix: str) -> None:
    for day in (period.first, period.last):
        try:
            date.fromisoformat(day or "2000-01-01")
        except ValueError as error:
            raise UsageError(f"{day} is no day such as 2017-10-31") from error
    if suffix == ".html" and period != Period():
        raise UsageError("the page shows every day; a period is for pictures and films")
    if suffix in STILLS and period.step_days is not None:
        raise UsageError(f"steps are for films ({', '.join(FILMS)}), not for {suffix}")
