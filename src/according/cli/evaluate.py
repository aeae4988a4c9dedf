"""``according evaluate``: the reader against gold."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from according.errors import UsageError
from according.evaluate.scores import Scorer, Scores

SETS = (
    "muc4",
    "re3d",
    "event_location",
    "toponyms",
    "casualties",
    "clusters",
    "control",
    "control_towns",
    "furniture",
)


@click.command()
@click.argument("name", metavar="SET", type=click.Choice(SETS))
@click.option("--gold", type=click.Path(path_type=Path), required=True, help="The gold file.")
@click.option("--predictions-out", type=click.Path(path_type=Path), help="Write the predictions there (muc4).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
@click.option("--errors", type=click.IntRange(0), default=0, show_default=True, help="Print so many errors.")
def evaluate(name: str, gold: Path, predictions_out: Path | None, errors: int, *, as_json: bool) -> None:
    """Score the reader on a gold set and print one table."""
    if not gold.is_file():
        raise UsageError(f"{gold} is not a file")
    module = import_module(f"according.evaluate.{name}")
    if predictions_out is not None:
        if not hasattr(module, "write_predictions"):
            raise UsageError(f"{name} has no predictions in its gold's own form")
        module.write_predictions(gold, predictions_out)
    scorer: Scorer = module.score
    scores = scorer(gold)
    if as_json:
        click.echo(json.dumps({"set": scores.set, "measures": scores.measures, "support": scores.support}))
    else:
        print_scores(scores, errors)


def print_scores(scores: Scores, errors: int) -> None:
    """Print one table of measures, and the first errors when asked."""
    console = Console()
    table = Table(title=scores.set, title_justify="left")
    table.add_column("measure")
    table.add_column("value", justify="right")
    table.add_column("items", justify="right")
    for measure, value in scores.measures.items():
        table.add_row(measure, f"{value:.3f}", str(scores.support.get(measure, "")))
    console.print(table)
    for error in scores.errors[:errors]:
        console.print(error, markup=False, highlight=False)
