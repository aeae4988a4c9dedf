"""What reports say of one thing, on a terminal: newest report first, each sentence once, and under it what was read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from according.cli.table import Roles, bounds, interval, what
from according.records import Claim, Reading, Report, Span
from according.vocabulary.groups import load_groups

MOST = 12
"""How many sentences are shown unless all are asked for."""
ID_LETTERS = 12
"""How much of a claim's id is shown; ``according explain`` takes it."""
_SENTENCE_END = re.compile(r"(?<=[.!?…][\"”’)])\s+|(?<=[.!?…])\s+(?=[“\"‘(]?[^\W\d_a-z])")


class Saying(NamedTuple):
    """One sentence of a report, with the claims in it that are wanted and what their roles resolve to."""

    report: Report
    quote: Span
    claims: tuple[Claim, ...]
    roles: Roles


def sayings_of(readings: Iterable[Reading], wanted: set[str]) -> list[Saying]:
    """The sentences that wanted claims (by id) rest on: those of the newest report first, the undated last."""
    newest = sorted(readings, key=lambda reading: reading.report.published or "", reverse=True)
    return [saying for reading in newest for saying in _of_report(reading, wanted)]


def _of_report(reading: Reading, wanted: set[str]) -> Iterator[Saying]:
    roles: Roles = {(r.claim, r.role, r.index): r for r in reading.resolutions}
    chosen = sorted((one for one in reading.claims if one.id in wanted), key=lambda one: one.evidence.start)
    for quote, claims in groupby(chosen, key=lambda claim: claim.evidence):
        yield Saying(reading.report, quote, tuple(claims), roles)


def print_sayings(console: Console, sayings: list[Saying], most: int | None) -> None:
    """Print sentences under their reports, at the most so many, and how many there are beside."""
    for report, told in groupby(sayings[:most], key=lambda saying: saying.report):
        console.print()
        console.print(_heading(report), soft_wrap=True)
        for saying in told:
            quote = Text(f"  “{_first_sentence(saying.quote.text)}”")
            console.print(quote, no_wrap=True, overflow="ellipsis" if console.is_terminal else "ignore", crop=False)
            for claim in saying.claims:
                console.print(_line(claim, saying.roles), soft_wrap=True)
    rest = sayings[len(sayings) if most is None else most :]
    if rest:
        reports = len({saying.report.id for saying in rest})
        console.print()
        console.print(f"and {len(rest)} more of {reports} report{'s' if reports > 1 else ''}: --all shows them")


def _heading(report: Report) -> Text:
    title = report.title or report.input_id or report.id
    told = " · ".join(filter(None, (report.published or "undated", report.source)))
    return Text.assemble((told, "bold"), f" · {title}")


def _line(claim: Claim, roles: Roles) -> Text:
    """A claim in short: kind, who → whom or how many, when, according to whom; what has a name goes by it."""
    parts = [
        what(claim).plain,
        " → ".join(filter(None, (_name(claim, "subject", roles), _whom(claim, roles)))),
        _when(claim, roles),
        _according_to(claim, roles),
    ]
    return Text.assemble((f"    {claim.id[:ID_LETTERS]}  ", "dim"), " · ".join(filter(None, parts)))


def _name(claim: Claim, role: str, roles: Roles) -> str:
    resolution = roles.get((claim.id, role, 0))
    said: Span | None = claim.subject if role == "subject" else claim.object
    return (resolution.name if resolution else None) or (said.text if said else "")


def _whom(claim: Claim, roles: Roles) -> str:
    if claim.quantity is None:
        return _name(claim, "object", roles)
    low, high = claim.quantity.low, claim.quantity.high
    group = load_groups().called(claim.group, low, high) if claim.group else ""
    return f"{bounds(low, high)} {group}".strip()


def _when(claim: Claim, roles: Roles) -> str:
    resolution = roles.get((claim.id, "time", 0))
    return interval(resolution.time if resolution else None) or (claim.time.text if claim.time else "")


def _according_to(claim: Claim, roles: Roles) -> str:
    names = []
    for index, voice in enumerate(claim.voices):
        resolution = roles.get((claim.id, "voice", index))
        said = voice.span.text if voice.span else voice.name or voice.voice_class
        names.append((resolution.name if resolution else None) or said)
    return f"according to {' ‹ '.join(names)}" if names else ""


def _first_sentence(text: str) -> str:
    """The first sentence of a quote, on one line; three dots stand for what follows it."""
    line = " ".join(text.split())
    first = _SENTENCE_END.split(line, maxsplit=1)[0]
    return first if first == line else f"{first} …"
