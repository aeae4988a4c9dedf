"""Names and ids on the command line: what is empty names nothing, and is refused before it is looked up."""

from __future__ import annotations

from typing import TypeVar

import click

T = TypeVar("T", str, tuple[str, ...])


def given(_context: click.Context, _parameter: click.Parameter, value: T) -> T:
    """A name or an id as typed, or several; a wrong call when nothing is in one (a click callback)."""
    if any(not one.strip() for one in ([value] if isinstance(value, str) else value)):
        raise click.BadParameter("a name or an id is expected, and this is empty")
    return value
