"""The option that says when inputs were published: a date that is none is refused, so that none is kept as one."""

from __future__ import annotations

import click

from according.ingest.dates import partial_date


class _ReportDate(click.ParamType[str]):
    """A day, a month or a year in ISO form, or a timestamp, of which the day is kept."""

    name = "DATE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The date as precise as it is given; fails with a usage error on anything else."""
        found = partial_date(value)
        if found is None:
            self.fail(f"{str(value)[:40]!r} is no date: write 2017-11-01, 2017-11 or 2017.", param, ctx)
        return found


published_option = click.option(
    "--published",
    type=_ReportDate(),
    help="The publication date of the inputs, ISO (2017-11-01) or partial (2017-11).",
)
