"""What commands share that heed people's judgements and the day a reader asks about."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from according.errors import UsageError
from according.link.when import month_end
from according.records import Reading
from according.settings import load_settings
from according.store import HumanJudgement, JudgementLog

Command = Callable[..., Any]

people_option: Callable[[Command], Command] = click.option(
    "--people",
    "people_path",
    type=click.Path(path_type=Path),
    envvar="ACCORDING_PEOPLE",
    help="The file of people's judgements; people.db in the data directory when not given.",
)
as_of_option: Callable[[Command], Command] = click.option(
    "--as-of",
    metavar="DATE",
    help="Only what was known on that day: reports published later, or undated, do not count.",
)


def people_file(path: Path | None) -> Path:
    """The file of judgements that was named, or the one in the data directory."""
    return path or load_settings().data_dir / "people.db"


def load_judgements(path: Path | None) -> list[HumanJudgement]:
    """People's judgements, oldest first; none when nobody made any."""
    known = people_file(path)
    if not known.is_file():
        if path is not None:
            raise UsageError(f"there is no file of judgements at {path}; `according judge` makes one")
        return []
    with JudgementLog(known) as log:
        return log.judgements()


def judgements_so_far(path: Path | None) -> list[HumanJudgement]:
    """People's judgements, none when the file that the first one makes is not there yet."""
    known = people_file(path)
    return load_judgements(known) if known.is_file() else []


def known_on(readings: Iterable[Reading], day: str | None) -> list[Reading]:
    """The readings of reports that were certainly out by the end of a day, month or year; all when none is given."""
    if day is None:
        return list(readings)
    was_out = out_by(day)
    return [reading for reading in readings if was_out(reading.report.published)]


def out_by(day: str) -> Callable[[str | None], bool]:
    """Whether something of a publication date was certainly out by the end of a day, month or year."""
    try:
        limit = month_end(day)
    except ValueError:
        limit = None
    if limit is None:
        raise UsageError(f"{day} is no date such as 2020-01-31")

    def was_out(published: str | None) -> bool:
        last = month_end(published) if published else None
        return last is not None and last <= limit

    return was_out
