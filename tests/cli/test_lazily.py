"""Commands are listed without importing them, and every one that is listed is there."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from according.cli import COMMANDS, according


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_where_it_is_said_to_be(name: str) -> None:
    command = according.get_command(click.Context(according), name)
    assert command is not None
    assert command.name == name


def test_the_help_lists_every_command_and_imports_none() -> None:
    program = "import sys; from according.cli import according; according(['--help'], standalone_mode=False); "
    program += "print(*(name for name in ('spacy', 'sqlalchemy', 'fastapi', 'lxml') if name in sys.modules), 'end')"
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert shown.endswith("\nend\n")
    assert all(f"  {name}  " in shown for name in COMMANDS)
    assert "Read reports into the ledger" in shown
