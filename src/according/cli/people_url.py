"""Where the people's database is, as commands are told."""

from __future__ import annotations

from pathlib import Path

import click
import sqlalchemy as sa

from according.errors import UsageError
from according.settings import people_url


def people_url_option(command: click.decorators.FC) -> click.decorators.FC:
    """The option that names the people's database."""
    return click.option(
        "--people-url",
        help="The people's database (sqlite:///FILE, postgresql://…); ACCORDING_PEOPLE_URL, or people.db in the data "
        "directory, when not given.",
    )(command)


def wanted(url: str | None) -> str:
    """The address that was given, or the one that is set."""
    return url or people_url()


def existing(url: str | None) -> str:
    """The address of a database that must be there already."""
    known = wanted(url)
    file = sqlite_file(known)
    if file is not None and not file.is_file():
        raise UsageError(f"there is no people's database at {file}")
    return known


def with_folder(url: str) -> str:
    """The address, after the folder of its file was made; raises UsageError when that cannot be."""
    file = sqlite_file(url)
    if file is not None:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"the people's database cannot be kept in {file.parent}: {error.strerror}") from error
    return url


def sqlite_file(url: str) -> Path | None:
    """The file of an address, unless it is a server's; raises UsageError when it is no address."""
    try:
        known = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise UsageError("the address of the people's database is none such as sqlite:///people.db") from error
    return Path(known.database or "") if known.get_backend_name() == "sqlite" else None
