"""``according run``: everything at once, from inputs to readings, incidents, spells and ties in one folder."""

from __future__ import annotations

import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click
import msgspec

from according.cli.errors import report_issue
from according.cli.linking import keep_linker, linker_of
from according.cli.output import replace_atomically
from according.cli.people import load_judgements, people_option
from according.cli.policies import Publishing, audit_option, link_apart, load_policies, policies_option
from according.cli.published import published_option
from according.cli.recording import record_changes
from according.export.reading import incident_json, place_resolutions, spell_json, tie_json, to_json
from according.ingest import Ingested, IngestOptions, read_inputs
from according.pipeline import METHOD, Linked, link_readings
from according.records import Reading, Report
from according.scale.pool import read_ingested_in_order
from according.settings import load_settings
from according.store import Ledger
from according.store.history import Change

Json = dict[str, Any]


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@click.argument("out", type=click.Path(path_type=Path, file_okay=False))
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to read with.")
@published_option
@click.option("--source", help="The outlet of the inputs.")
@people_option
@policies_option
@audit_option
def run(  # noqa: PLR0913 - one parameter an option
    inputs: tuple[str, ...],
    out: Path,
    *,
    jobs: int,
    published: str | None,
    source: str | None,
    people_path: Path | None,
    policies_path: Path | None,
    audit_path: Path | None,
) -> int:
    """Read INPUTS, link them and write readings, incidents, spells, ties, issues and changes to OUT as JSON lines.

    OUT/ledger.db keeps everything; with --policies the files beside it hold what may be shown. A run that was stopped
    goes on where it was: what OUT/ledger.db has of a report is not read again, and what an earlier run linked is linked
    again only where new reports or judgements touch it.
    """
    judgements = load_judgements(people_path)
    publishing = Publishing(load_policies(policies_path), "run")
    options = IngestOptions(published=published, source=source)
    with Ledger(out / "ledger.db") as ledger:
        told = list(_read(read_inputs(inputs, options, load_settings()), ledger, jobs))
        readings = list(publishing.shown(_whole(told, ledger)))
        linker = linker_of(out / "ledger.db")
        linking = link_apart if publishing else linker.link
        linked = link_readings(list(_once(readings)), judgements, linking=linking)
    publishing.tell(audit_path)
    # What earlier runs recorded may name what a policy hides, so under policies nothing is told of changes.
    changed, changes = (0, []) if publishing else record_changes(out / "ledger.db", linked)
    _publish(out, readings, linked, changes)
    if not publishing:
        keep_linker(linker, out / "ledger.db")
    failed = sum(any(issue.level == "error" for issue in reading.issues) for reading in readings)
    click.echo(
        f"{len(readings)} reports ({failed} failed), {len(linked.incidents)} incidents, {len(linked.spells)} spells, "
        f"{len(linked.ties)} ties, {changed} changes: {out}"
    )
    return 1 if failed else 0


def key_of(report: Report) -> str:
    """The method that reads a report, and a digest of all that is known of it beside its text."""
    known = [report.source, report.title, report.author, report.published, report.language, report.url]
    return f"{METHOD} {hashlib.sha256(json.dumps(known).encode()).hexdigest()[:16]}"


class Told(msgspec.Struct, frozen=True):
    """One input in its turn: its report is in the ledger, or the reading says why it is not."""

    input_id: str
    report: str | None = None
    reading: Reading | None = None


def _read(ingested: Iterator[Ingested], ledger: Ledger, jobs: int) -> Iterator[Told]:
    """Read what the ledger does not have, and keep it at once; inputs come back in their order."""
    order: deque[tuple[Ingested, bool]] = deque()
    asked: set[str] = set()

    def unread() -> Iterator[Ingested]:
        for item in ingested:
            report = item.report
            new = report is None or not (report.id in asked or ledger.has(report.id, key_of(report)))
            order.append((msgspec.structs.replace(item, report=_bare(report)), new))
            if report is not None:
                asked.add(report.id)
            if new:
                yield item

    for reading in read_ingested_in_order(unread(), jobs):
        while not order[0][1]:
            yield _known(order.popleft()[0])
        yield _keep(order.popleft()[0], reading, ledger)
    for item, _ in order:
        yield _known(item)


def _bare(report: Report | None) -> Report | None:
    """A report without its text, which the ledger keeps."""
    return msgspec.structs.replace(report, text="", blocks=()) if report else None


def _known(item: Ingested) -> Told:
    return Told(input_id=item.input_id, report=item.report.id if item.report else None)


def _keep(item: Ingested, reading: Reading, ledger: Ledger) -> Told:
    failures = [issue for issue in reading.issues if issue.level == "error"]
    for issue in failures:
        report_issue(issue, reading.report.input_id)
    if failures or item.report is None:
        return Told(input_id=item.input_id, reading=reading)
    ledger.add(reading, key_of(item.report))
    return Told(input_id=item.input_id, report=reading.report.id)


def _whole(told: Iterable[Told], ledger: Ledger) -> Iterator[Reading]:
    """Every reading in the order of the inputs, each under the id its input gave it."""
    for one in told:
        reading = one.reading or ledger.reading(one.report or "")
        if reading is not None:
            report = msgspec.structs.replace(reading.report, input_id=one.input_id)
            yield msgspec.structs.replace(reading, report=report)


def _once(readings: Iterable[Reading]) -> Iterator[Reading]:
    """Each report's reading once, however often the report was given; what could not be read is left out."""
    seen = {""}
    for reading in readings:
        if reading.report.id not in seen:
            seen.add(reading.report.id)
            yield reading


def _publish(out: Path, readings: list[Reading], linked: Linked, changes: list[Change]) -> None:
    """Write every file beside its place first; only when all are whole do they take their places."""
    places = place_resolutions(resolution for reading in linked.readings for resolution in reading.resolutions)
    shown = [to_json(reading) for reading in readings]
    files: dict[str, Iterable[Json]] = {
        "readings.jsonl": shown,
        "incidents.jsonl": map(incident_json, linked.incidents),
        "spells.jsonl": (spell_json(spell, places) for spell in linked.spells),
        "ties.jsonl": map(tie_json, linked.ties),
        "issues.jsonl": _issues(shown),
        "changes.jsonl": map(msgspec.structs.asdict, changes),
    }
    with ExitStack() as stack:
        for name, rows in files.items():
            temporary = stack.enter_context(replace_atomically(out / name))
            with temporary.open("wb") as stream:
                stream.writelines(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def _issues(shown: Iterable[Json]) -> Iterator[Json]:
    for reading in shown:
        named = {"input_id": reading["report"]["input_id"], "report": reading["report"]["id"]}
        yield from ({**named, **issue} for issue in reading["issues"])
