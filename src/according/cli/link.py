"""``according link``: readings in, one incident a line out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import click

from according.cli.map import load_readings
from according.cli.output import open_output
from according.errors import UsageError
from according.export.reading import incident_json, place_resolutions, spell_json, tie_json
from according.export.reading_back import from_json
from according.pipeline import link_readings
from according.records import Reading


@click.command()
@click.argument("readings", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output", help="Write incidents to this file instead of standard output.")
@click.option("--spells", help="Write spells of control to this file.")
@click.option("--ties", help="Write ties between actors to this file.")
def link(readings: tuple[str, ...], output: str | None, spells: str | None, ties: str | None) -> None:
    """Link readings (JSON lines of `according read`) into incidents, one a line."""
    loaded = [_reading(item) for path in readings for item in load_readings(path)]
    linked = link_readings(loaded)
    _write(output, (incident_json(incident) for incident in linked.incidents))
    if spells:
        places = place_resolutions(resolution for reading in loaded for resolution in reading.resolutions)
        _write(spells, (spell_json(spell, places) for spell in linked.spells))
    if ties:
        _write(ties, (tie_json(tie) for tie in linked.ties))


def _reading(item: dict[str, Any]) -> Reading:
    try:
        return from_json(item)
    except (KeyError, TypeError, ValueError) as error:
        name = item["report"].get("input_id") if isinstance(item["report"], dict) else None
        raise UsageError(f"the reading of {name} has another shape than the interface: {error!r}") from error


def _write(path: str | None, rows: Iterable[dict[str, Any]]) -> None:
    with open_output(path) as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
