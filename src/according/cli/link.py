"""``according link``: readings in, one incident a line out."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from according.cli.output import open_output
from according.cli.people import load_judgements, people_option
from according.cli.policies import Publishing, audit_option, link_apart, load_policies, policies_option
from according.cli.readings import load_readings, read_back
from according.export.reading import incident_json, place_resolutions, spell_json, tie_json
from according.pipeline import link_readings


@click.command()
@click.argument("readings", nargs=-1, required=True, type=click.Path())
@click.option("-o", "--output", help="Write incidents to this file instead of standard output.")
@click.option("--spells", help="Write spells of control to this file.")
@click.option("--ties", help="Write ties between actors to this file.")
@people_option
@policies_option
@audit_option
def link(  # noqa: PLR0913 - one parameter an option
    readings: tuple[str, ...],
    output: str | None,
    spells: str | None,
    ties: str | None,
    *,
    people_path: Path | None,
    policies_path: Path | None,
    audit_path: Path | None,
) -> None:
    """Link readings (JSON lines of `according read`) into incidents, one a line."""
    publishing = Publishing(load_policies(policies_path), "link")
    loaded = list(publishing.shown(read_back(item) for path in readings for item in load_readings(path)))
    publishing.tell(audit_path)
    linked = link_readings(loaded, load_judgements(people_path), linking=link_apart)
    _write(output, (incident_json(incident) for incident in linked.incidents))
    if spells:
        places = place_resolutions(resolution for reading in loaded for resolution in reading.resolutions)
        _write(spells, (spell_json(spell, places) for spell in linked.spells))
    if ties:
        _write(ties, (tie_json(tie) for tie in linked.ties))


def _write(path: str | None, rows: Iterable[dict[str, Any]]) -> None:
    with open_output(path) as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
