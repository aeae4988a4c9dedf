"""Commands that are imported when they are called, so that the others need not wait for them."""

from __future__ import annotations

import ast
import importlib
import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click


class LazyGroup(click.Group):
    """A group whose commands are named by the module and the function that they are in: ``according.cli.run:run``."""

    def __init__(self, *arguments: Any, lazily: Mapping[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._lazily = lazily

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return sorted({*self._lazily, *super().list_commands(ctx)})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        where = self._lazily.get(cmd_name)
        if where is None:
            return super().get_command(ctx, cmd_name)
        module, _, function = where.partition(":")
        command: click.Command = getattr(importlib.import_module(module), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by the first words of what they say about themselves, without importing them."""
        room = formatter.width - 6 - max(len(name) for name in self.list_commands(ctx))
        lines = []
        for name in self.list_commands(ctx):
            where = self._lazily.get(name)
            said = super().get_command(ctx, name) if where is None else click.Command(name, help=_documentation(where))
            if said is not None:
                lines.append((name, said.get_short_help_str(room)))
        with formatter.section("Commands"):
            formatter.write_dl(lines)


def _documentation(where: str) -> str | None:
    """What a function says about itself, read from its source."""
    module, _, function = where.partition(":")
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        return None
    tree = ast.parse(Path(spec.origin).read_text(encoding="utf-8"))
    found = (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function)
    return next((ast.get_docstring(node) for node in found), None)
