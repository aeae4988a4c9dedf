"""``according vocabulary``: print what can be said."""

from __future__ import annotations

import click
from rich.console import Console
from rich.table import Table

from according.errors import UsageError
from according.vocabulary import load_vocabulary
from according.vocabulary.predicates import Predicate


@click.command()
@click.argument("name", required=False)
def vocabulary(name: str | None) -> None:
    """Print the predicates, or all about one of them: meaning, roles, triggers, examples, codes elsewhere."""
    predicates = load_vocabulary().predicates
    if name is None:
        _print_all(list(predicates.values()))
    elif name in predicates:
        click.echo(describe(predicates[name]))
    else:
        raise UsageError(f"{name} is no predicate; `according vocabulary` lists them")


def _print_all(predicates: list[Predicate]) -> None:
    table = Table(header_style="bold")
    for heading in ("predicate", "family", "meaning", "ACLED", "PLOVER", "MUC-4"):
        table.add_column(heading)
    for predicate in predicates:
        codes = predicate.codes
        table.add_row(
            predicate.name,
            predicate.family,
            predicate.meaning,
            codes.acled or "–",
            " ".join(filter(None, (codes.plover, codes.plover_mode))) or "–",
            codes.muc4 or "–",
        )
    Console().print(table)


def describe(predicate: Predicate) -> str:
    """All about one predicate, as lines of text."""
    codes = predicate.codes
    triggers = [f"  {kind}: {', '.join(words)}" for kind, words in predicate.triggers.items()]
    return "\n".join(
        [
            f"{predicate.name} ({predicate.family}): {predicate.meaning}",
            f"roles: {', '.join(predicate.roles)}",
            "triggers:",
            *triggers,
            f"says it: {predicate.positive}",
            f"does not: {predicate.negative}",
            f"ACLED: {codes.acled or '–'}",
            f"UCDP: {codes.ucdp or '–'}",
            f"PLOVER: {' '.join(filter(None, (codes.plover, codes.plover_mode))) or '–'}",
            f"MUC-4: {codes.muc4 or '–'}",
        ]
    )
