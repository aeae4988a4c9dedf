"""The command line: one file per group of verbs; errors are one line each on stderr."""

from __future__ import annotations

import os
import sys

import click

from according import __version__
from according.cli.errors import report_error
from according.cli.lazily import LazyGroup
from according.errors import AccordingError, BrokenAssumptionError
from according.log import configure_log

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
"""The matrices of a sentence are small: a second thread gains nothing, and processes side by side get in its way. Read
when numpy is first imported, by the commands below."""

COMMANDS = {
    "add": "according.cli.ledger:add",
    "backup": "according.cli.backup:backup",
    "changes": "according.cli.changes:changes",
    "evaluate": "according.cli.evaluate:evaluate",
    "explain": "according.cli.ledger:explain",
    "judge": "according.cli.judge:judge",
    "link": "according.cli.link:link",
    "map": "according.cli.map:draw",
    "read": "according.cli.read:read",
    "restore": "according.cli.backup:restore",
    "run": "according.cli.run:run",
    "serve": "according.cli.serve:serve",
    "show": "according.cli.ledger:show",
    "timeline": "according.cli.timeline:timeline",
    "user": "according.cli.user:user",
    "vocabulary": "according.cli.vocabulary:vocabulary",
}
"""Where each command is; it is imported when it is called."""


@click.group(cls=LazyGroup, lazily=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="according")
@click.option("--log-format", type=click.Choice(["text", "json"]), default="text", help="How messages are written.")
def according(log_format: str) -> None:
    """What happened, where, and according to whom: read reports on armed conflict and keep what they say."""
    configure_log(as_json=log_format == "json")


def main() -> int:
    """Run the command line; give the exit status: 0 done, 1 some inputs failed, 2 wrong call, 3 broken."""
    configure_log(as_json=False)
    try:
        status = according.main(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        return 130
    except BrokenPipeError:
        _close_output()
        return 0
    except (click.ClickException, AccordingError, OSError) as error:
        broken = isinstance(error, BrokenAssumptionError)
        report_error("broken_assumption" if broken else "usage", _told(error))
        return 3 if broken else 2
    return status if isinstance(status, int) else 0


def _told(error: click.ClickException | AccordingError | OSError) -> str:
    """What stopped a command, in one line; a group of commands called by itself shows its help first."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message())
        return f"{error.ctx.command_path} needs a command"
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, OSError):
        if error.filename is None:
            _close_output()
        return f"{error.filename or 'the output'} cannot be used: {error.strerror or error}"
    return str(error)


def _close_output() -> None:
    """Let nothing more be written to standard output, which nobody takes."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
