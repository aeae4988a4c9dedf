"""The command line: one file per group of verbs; errors are one line each on stderr."""

from __future__ import annotations

import os
import sys

import click

from according import __version__
from according.cli.changes import changes
from according.cli.errors import report_error
from according.cli.evaluate import evaluate
from according.cli.judge import judge
from according.cli.ledger import add, explain, show
from according.cli.link import link
from according.cli.map import draw
from according.cli.read import read
from according.cli.run import run
from according.cli.timeline import timeline
from according.cli.vocabulary import vocabulary
from according.errors import AccordingError, BrokenAssumptionError
from according.log import configure_log


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="according")
@click.option("--log-format", type=click.Choice(["text", "json"]), default="text", help="How messages are written.")
def according(log_format: str) -> None:
    """What happened, where, and according to whom: read reports on armed conflict and keep what they say."""
    configure_log(as_json=log_format == "json")


for command in (run, read, link, draw, add, show, explain, judge, changes, timeline, vocabulary, evaluate):
    according.add_command(command)


def main() -> int:
    """Run the command line; give the exit status: 0 done, 1 some inputs failed, 2 wrong call, 3 broken."""
    configure_log(as_json=False)
    try:
        status = according.main(standalone_mode=False)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        report_error("usage", error.format_message())
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except BrokenAssumptionError as error:
        report_error("broken_assumption", str(error))
        return 3
    except AccordingError as error:
        report_error("usage", str(error))
        return 2
    return status if isinstance(status, int) else 0
