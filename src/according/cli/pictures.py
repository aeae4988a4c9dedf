"""Pictures of what commands show: an option, and drawing to a file that appears whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import click

from according.cli.output import replace_atomically
from according.cli.people import Command
from according.cli.table import interval
from according.errors import UsageError
from according.plots import tie_graph, toll_picture, write_picture
from according.plots.scene import Scene
from according.records import Incident, Reading, Tie

picture_option: Callable[[Command], Command] = click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Draw it to FILE.svg or FILE.png instead."
)


def draw_scene(scene: Scene, output: Path) -> None:
    """Write a picture."""
    from according.maps.basemap import assets  # noqa: PLC0415 - loads the map only when something is drawn

    with replace_atomically(output) as temporary:
        write_picture(scene, temporary, assets() / "fonts")


def draw_tolls(incident: Incident, readings: Iterable[Reading], output: Path) -> None:
    """Draw an incident's first tally, the widest group killed."""
    if not incident.tallies:
        raise UsageError(f"{incident.id} has no tally to draw")
    place = incident.place.place.name if incident.place and incident.place.place else "place unknown"
    title = f"{incident.predicate.replace('_', ' ').capitalize()}, {place}, {interval(incident.time) or 'date unknown'}"
    reports = {name: one.report for one in readings for name in (one.report.id, one.report.input_id) if name}
    draw_scene(toll_picture(incident.tallies[0], title, reports), output)


def draw_ties(ties: Sequence[Tie], referents: set[str], name: str, output: Path) -> None:
    """Draw the ties of an actor, under the first of its referents that has any."""
    ends = {end: title for tie in ties for end, title in ((tie.source, tie.source_name), (tie.target, tie.target_name))}
    actor = min((end for end in ends if end in referents), default=None)
    if actor is None:
        raise UsageError(f"no tie of {name} is told")
    draw_scene(tie_graph(ties, actor, ends[actor]), output)
