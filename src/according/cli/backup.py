"""``according backup`` and ``restore``: what people wrote, as one file, from either database and into either."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import click

from according.cli.output import replace_atomically
from according.cli.people_url import existing, people_url_option, sqlite_file, wanted
from according.errors import UsageError
from according.store.people import open_people, portable


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@people_url_option
def backup(file: Path, people_url: str | None) -> None:
    """Write what people wrote to FILE, as it is at one moment; the site may be running meanwhile."""
    url = existing(people_url)
    people = open_people(url)
    with replace_atomically(file) as temporary:
        temporary.chmod(0o600)
        with temporary.open("wb") as target:
            rows, others = portable.back_up(people, target)
            target.flush()
            os.fsync(target.fileno())
    people.close()
    click.echo(f"{rows} rows backed up to {file}; keep it as safe as the site itself")
    if others:
        click.echo(f"not According's, left out: {', '.join(others)}", err=True)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Restore over a SQLite file that is there; it is kept beside.")
@people_url_option
def restore(file: Path, people_url: str | None, *, replace: bool) -> None:
    """Fill an empty people's database with what FILE holds: all of it, or nothing."""
    url = wanted(people_url)
    target = sqlite_file(url)
    with file.open("rb") as source:
        if target is None:
            rows = portable.restore(source, url)
        else:
            if target.exists() and not replace:
                raise UsageError(f"{target} is there already; stop the site and give --replace to restore over it")
            with replace_atomically(target) as temporary:
                temporary.chmod(0o600)
                rows = portable.restore(source, f"sqlite:///{temporary}")
                _set_aside(target)
    click.echo(f"{rows} rows restored")


def _set_aside(target: Path) -> None:
    """Keep the database that is restored over, under another name, with what was not yet written into it."""
    if not target.exists():
        return
    mark = datetime.now(UTC).strftime("before-%Y%m%dT%H%M%S")
    for ending in ("", "-wal", "-shm"):
        file = target.with_name(target.name + ending)
        if file.exists():
            shutil.move(file, file.with_name(f"{target.name}.{mark}{ending}"))
    click.echo(f"the earlier database is kept as {target.name}.{mark}", err=True)
