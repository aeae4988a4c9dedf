"""``according read``: reports in, one reading a line out."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import IO

import click

from according.cli.errors import report_issue
from according.cli.output import open_output
from according.cli.policies import Publishing, audit_option, load_policies, policies_option
from according.cli.published import published_option
from according.cli.table import print_reading
from according.export.muc4 import read_templates
from according.export.muc4 import to_json as templates_to_json
from according.export.reading import to_json
from according.ingest import IngestOptions
from according.issues import Issues
from according.records import Reading
from according.scale.pool import read_inputs_in_order
from according.settings import load_settings
from according.vocabulary import load_vocabulary

FORMATS = ("auto", "jsonl", "table", "muc4")
"""``muc4``: one line a report with the incidents it tells, each with who did it, to whom, to what and with what."""


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@click.option("-o", "--output", help="Write JSON lines to this file instead of standard output.")
@click.option("--format", "shape", type=click.Choice(FORMATS), default="auto", show_default=True)
@click.option("--with-text", is_flag=True, help="Add the normalised text that all offsets count in.")
@published_option
@click.option("--source", help="The outlet of the inputs.")
@click.option("--url", help="The address of the input.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to read with.")
@policies_option
@audit_option
def read(  # noqa: PLR0913 - one parameter an option
    inputs: tuple[str, ...],
    output: str | None,
    shape: str,
    published: str | None,
    source: str | None,
    url: str | None,
    *,
    with_text: bool,
    jobs: int,
    policies_path: Path | None,
    audit_path: Path | None,
) -> int:
    """Read reports: .txt .md .html .jsonl .warc(.gz) .parquet files, folders of them, feed and page addresses, or -."""
    options = IngestOptions(published=published, source=source, url=url)
    as_table = shape == "table" or (shape == "auto" and output is None and sys.stdout.isatty())
    failed = False
    publishing = Publishing(load_policies(policies_path), "read")
    with open_output(output) as stream:
        for reading in publishing.shown(read_inputs_in_order(inputs, options, load_settings(), jobs)):
            failed = _tell_issues(reading, quiet=as_table) or failed
            if as_table:
                print_reading(reading)
            elif shape == "muc4":
                _write_templates(stream, reading)
            else:
                write_line(stream, reading, with_text=with_text)
    publishing.tell(audit_path)
    return 1 if failed else 0


def write_line(stream: IO[bytes], reading: Reading, *, with_text: bool) -> None:
    """Write one reading as one line of JSON."""
    line = json.dumps(to_json(reading, with_text=with_text), ensure_ascii=False)
    stream.write(line.encode() + b"\n")


def _write_templates(stream: IO[bytes], reading: Reading) -> None:
    """Write one report's incidents in the form of MUC-4; what the reader could not use is told on stderr."""
    issues = Issues(reading.report.input_id)
    templates = read_templates(reading, load_vocabulary(), issues)
    for issue in issues.records:
        report_issue(issue, reading.report.input_id)
    told = [templates_to_json(template, reading.report.text) for template, _ in templates]
    line = json.dumps({"docid": reading.report.input_id or reading.report.id, "templates": told}, ensure_ascii=False)
    stream.write(line.encode() + b"\n")


def _tell_issues(reading: Reading, *, quiet: bool) -> bool:
    errors = [issue for issue in reading.issues if issue.level == "error"]
    for issue in errors if not quiet else ():
        report_issue(issue, reading.report.input_id)
    return bool(errors)
