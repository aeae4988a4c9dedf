"""``according timeline``: who held a place, from when to when, as bars on a line of time."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from according.cli.ledger import about, ledger_option
from according.cli.names import given
from according.cli.people import as_of_option, load_judgements, people_option
from according.cli.pictures import draw_scene, picture_option
from according.errors import UsageError
from according.plots import holder_lines, holder_picture
from according.plots.bars import line_of


@click.command()
@click.argument("place", callback=given)
@as_of_option
@picture_option
@people_option
@ledger_option
def timeline(
    place: str, as_of: str | None, output: Path | None, people_path: Path | None, ledger_path: Path | None
) -> None:
    """Show who held, contested or besieged PLACE when, over all reports in the ledger; -o draws it as a picture."""
    linked, referents = about("place", place, ledger_path, load_judgements(people_path), as_of)
    spells = [spell for spell in linked.spells if spell.place in referents]
    if not spells:
        raise UsageError(f"no report in the ledger tells who held {place}")
    published = [reading.report.published for reading in linked.readings if reading.report.published]
    line = line_of(spells, as_of or max(published, default=None))
    if line is None:
        raise UsageError(f"no report in the ledger tells when anybody held {place}")
    title = f"Who held {spells[0].place_name}" + (f", as known on {as_of}" if as_of else "")
    count = len({reading.report.id for reading in linked.readings})
    if output is not None:
        reports = "one report" if count == 1 else f"{count} reports"
        draw_scene(
            holder_picture(line, title, f"according to {reports}; nothing is assumed between what they tell"), output
        )
        return
    console = Console()
    console.print(title, style="bold", highlight=False)
    for row in holder_lines(line, console.width):
        console.print(row, markup=False, highlight=False, soft_wrap=True)
