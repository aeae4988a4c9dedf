"""``according serve``: the site, from one command."""

from __future__ import annotations

import os
import signal
import socket
from pathlib import Path

import click
import uvicorn
from uvicorn.supervisors import Multiprocess

from according.cli.ledger import ledger_option, ledger_path_of, open_ledger
from according.cli.people_url import people_url_option, wanted, with_folder
from according.errors import UsageError
from according.log import remark
from according.settings import load_site_settings
from according.store.people import open_people
from according.store.people.accounts import accounts
from according.web.mail import mailer
from according.web.serving import ADDRESS, LEDGER

GRACE_SECONDS = 10
KEPT_SECONDS = 75
"""How long a reader's idle connection is kept: turning to the next page needs no new one."""


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any that is free.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="How many processes answer.")
@click.option(
    "--behind",
    metavar="ADDRESSES",
    default="127.0.0.1",
    show_default=True,
    help="The proxies, by address, whose word on where a reader comes from is taken.",
)
@people_url_option
@ledger_option
def serve(host: str, port: int, workers: int, behind: str, people_url: str | None, ledger_path: Path | None) -> None:
    """Serve the site: reports with their maps, the desk and the discussion. Ctrl-C ends it."""
    os.environ["ACCORDING_PEOPLE_URL"] = wanted(people_url)
    os.environ.pop("ACCORDING_PEOPLE_URL_FILE", None)
    open_ledger(ledger_path, must_exist=False).close()
    _check(wanted(None))
    listening = _listen(host, port)
    address = _address(host, listening)
    os.environ[ADDRESS] = address
    os.environ[LEDGER] = str(ledger_path_of(ledger_path).absolute())
    config = uvicorn.Config(
        "according.web.serving:site",
        factory=True,
        workers=workers,
        forwarded_allow_ips=behind,
        server_header=False,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_keep_alive=KEPT_SECONDS,
    )
    click.echo(f"The site is at {address}" + (f", {workers} processes" if workers > 1 else ""))
    signal.signal(signal.SIGTERM, _end)
    server = uvicorn.Server(config)
    if workers > 1:
        Multiprocess(config, sockets=[listening]).run()
    else:
        server.run(sockets=[listening])
    if not server.started and workers == 1:
        raise UsageError("the site could not start; what went wrong is said above")


def _end(*_: object) -> None:
    """End as a program ends, once the server is done: what a signal cuts off leaves its helpers behind."""
    raise SystemExit(0)


def _check(people_url: str) -> None:
    """Find out what is wrong before anything listens; makes the database and the secret when they are not there."""
    settings = load_site_settings()
    mailer(settings.mail_url)
    people = open_people(with_folder(people_url))
    with people.read() as connection:
        has_accounts = bool(accounts(connection))
    people.close()
    if not has_accounts:
        remark(
            "Nobody has an account yet: `according user add --role admin --email ADDRESS NAME` adds one.", "no_account"
        )


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens; raises UsageError, in one line, when that cannot be."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, where = found[0]
        # Told the protocol, asyncio sends small pieces at once instead of waiting for what it sent to be acknowledged.
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(where)
    except OSError as error:
        raise UsageError(f"the site cannot listen at {host} port {port}: {error.strerror}") from error
    listening.set_inheritable(True)
    return listening


def _address(host: str, listening: socket.socket) -> str:
    """The address to type into a browser on this machine."""
    shown = "localhost" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104  # compared, not listened at
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{listening.getsockname()[1]}"
