"""``according changes``: what became of incidents, places and actors from one run to the next, field by field."""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec

from according.cli.ledger import ledger_option, ledger_path_of, open_ledger
from according.cli.linking import linker_of
from according.cli.people import load_judgements, people_option
from according.cli.recording import record_changes
from according.errors import UsageError
from according.ingest.dates import partial_date
from according.pipeline import link_readings
from according.store.history import Change, History


@click.command()
@click.option("--since", metavar="DATE|RUN", help="A day or moment (ISO, UTC), or the id of a run to start after.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
@people_option
@ledger_option
def changes(since: str | None, people_path: Path | None, ledger_path: Path | None, *, as_json: bool) -> None:
    """Bring the ledger's record of changes up to date and print it: what changed, when, from what to what."""
    if since is not None and not since.startswith("run-") and partial_date(since) is None:
        raise UsageError(f"{since} is neither a day such as 2020-01-31 nor a run such as run-3")
    with open_ledger(ledger_path, must_exist=True) as ledger:
        readings = list(ledger.readings())
    path = ledger_path_of(ledger_path)
    if since is not None and since.startswith("run-"):
        _check_run(since, path)
    linked = link_readings(readings, load_judgements(people_path), linking=linker_of(path).link)
    _, found = record_changes(path, linked, since)
    for change in found:
        click.echo(json.dumps(msgspec.structs.asdict(change), ensure_ascii=False) if as_json else change_line(change))
    if not found and not as_json:
        click.echo("nothing changed")


def _check_run(run: str, ledger: Path) -> None:
    with History(ledger) as history:
        known = [name for name, _ in history.runs()]
    if run not in known:
        last = f"; the last is {known[-1]}" if known else ""
        raise UsageError(f"there is no run {run}{last}")


def change_line(change: Change) -> str:
    """One change in one line."""
    head = f"{change.at} {change.run} {change.name}"
    if change.field == "merged into":
        return f"{head}: {change.old} merged into {change.new}"
    if change.old is None:
        return f"{head}: new" if change.field == change.kind else f"{head}: {change.field} is {change.new}"
    if change.new is None:
        return f"{head}: gone" if change.field == change.kind else f"{head}: {change.field} no longer {change.old}"
    return f"{head}: {change.field} from {change.old} to {change.new}"
