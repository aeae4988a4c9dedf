"""``according add``, ``show`` and ``explain``: the ledger from the command line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process
from rich.console import Console
from rich.text import Text

from according.cli.errors import report_issue
from according.cli.explain import explain_claim, explain_incident
from according.cli.find import Found, find_incident
from according.cli.names import given
from according.cli.people import as_of_option, known_on, load_judgements, people_option
from according.cli.pictures import draw_ties, draw_tolls, picture_option
from according.cli.published import published_option
from according.cli.said import MOST, print_sayings, sayings_of
from according.cli.table import incident_line, print_reading, spell_line, tie_line
from according.errors import UsageError
from according.ingest import IngestOptions
from according.pipeline import METHOD, Linked, link_readings
from according.records import Incident
from according.scale.pool import read_inputs_in_order
from according.settings import load_settings
from according.store import HumanJudgement, Ledger
from according.store.named import Kind, claims_about
from according.vocabulary import load_vocabulary

LIKE = 75
"""How like a name must be to be offered for one that nobody uses (``WRatio``, 0 to 100)."""
all_option = click.option("--all", "every", is_flag=True, help=f"Show every sentence, not only the first {MOST}.")
ledger_option = click.option(
    "--ledger", "ledger_path", type=click.Path(path_type=Path), envvar="ACCORDING_LEDGER", help="The ledger's file."
)


def ledger_path_of(path: Path | None) -> Path:
    """The ledger's file that was named, or the one in the data directory."""
    return path or load_settings().data_dir / "ledger.db"


def open_ledger(path: Path | None, *, must_exist: bool) -> Ledger:
    """Open the ledger that was named, or the one in the data directory."""
    path = ledger_path_of(path)
    if must_exist and not path.is_file():
        raise UsageError(f"there is no ledger at {path}; `according add` makes one")
    return Ledger(path)


@click.command()
@click.argument("inputs", nargs=-1, required=True)
@published_option
@click.option("--source", help="The outlet of the inputs.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True)
@ledger_option
def add(inputs: tuple[str, ...], published: str | None, source: str | None, jobs: int, ledger_path: Path | None) -> int:
    """Read reports into the ledger; adding the same report again changes nothing."""
    done: Counter[str] = Counter()
    with open_ledger(ledger_path, must_exist=False) as ledger:
        options = IngestOptions(published=published, source=source)
        for reading in read_inputs_in_order(inputs, options, load_settings(), jobs):
            failures = [issue for issue in reading.issues if issue.level == "error"]
            for issue in failures:
                report_issue(issue, reading.report.input_id)
            done["failed" if failures else ledger.add(reading, METHOD)] += 1
    click.echo(", ".join(f"{number} {outcome}" for outcome, number in sorted(done.items())) or "nothing to add")
    return 1 if done["failed"] else 0


@click.group()
def show() -> None:
    """Show what the ledger says of a place, an actor, an incident or a report."""


@show.command("report")
@click.argument("name", callback=given)
@ledger_option
def show_report(name: str, ledger_path: Path | None) -> None:
    """Show one report's reading, by its id or its input's."""
    with open_ledger(ledger_path, must_exist=True) as ledger:
        reading = ledger.reading(name)
    if reading is None:
        raise UsageError(f"the ledger has no report {name}")
    print_reading(reading)


@show.command("place")
@click.argument("name", callback=given)
@all_option
@as_of_option
@people_option
@ledger_option
def show_place(
    name: str, as_of: str | None, people_path: Path | None, ledger_path: Path | None, *, every: bool
) -> None:
    """Show who held a place when, the incidents there, and what reports say of it, the newest first."""
    linked, referents = about("place", name, ledger_path, load_judgements(people_path), as_of)
    console = Console()
    told = _claims_about(linked, "place", referents)
    for spell in sorted(linked.spells, key=lambda spell: spell.start or "", reverse=True):
        if spell.place in referents:
            console.print(Text("■ ") + spell_line(spell), soft_wrap=True)
    for incident in linked.incidents:
        if _is_there(incident, referents, told):
            line = incident_line(incident, place_said=name)
            console.print(Text("● ") + line, Text(incident.id, style="dim"), soft_wrap=True)
    print_sayings(console, sayings_of(linked.readings, told), None if every else MOST)


def _is_there(incident: Incident, referents: set[str], told: set[str]) -> bool:
    """Whether an incident is at a place; where no registry knows its own, by the claims in it that name the place."""
    if incident.place and incident.place.referent:
        return incident.place.referent in referents
    return not told.isdisjoint(incident.claims)


@show.command("actor")
@click.argument("name", callback=given)
@all_option
@as_of_option
@picture_option
@people_option
@ledger_option
def show_actor(
    name: str,
    as_of: str | None,
    output: Path | None,
    people_path: Path | None,
    ledger_path: Path | None,
    *,
    every: bool,
) -> None:
    """Show an actor's ties, its part in incidents, and what reports say of it, the newest first; -o draws its ties."""
    linked, referents = about("actor", name, ledger_path, load_judgements(people_path), as_of)
    if output is not None:
        draw_ties(linked.ties, referents, name, output)
        return
    console = Console()
    for tie in linked.ties:
        if tie.source in referents or tie.target in referents:
            console.print(Text("↔ ") + tie_line(tie), soft_wrap=True)
    for incident in linked.incidents:
        if any(attribution.actor in referents for attribution in incident.attribution):
            console.print(Text("● ") + incident_line(incident), Text(incident.id, style="dim"), soft_wrap=True)
    told = _claims_about(linked, "actor", referents)
    print_sayings(console, sayings_of(linked.readings, told), None if every else MOST)


@show.command("incident")
@click.argument("name", callback=given)
@as_of_option
@picture_option
@people_option
@ledger_option
def show_incident(
    name: str, as_of: str | None, output: Path | None, people_path: Path | None, ledger_path: Path | None
) -> None:
    """Show one incident: every figure, accusation and denial, the grade and its working; -o draws its first tally."""
    found, linked = incident_named(name, ledger_path, load_judgements(people_path), as_of)
    if output is not None:
        draw_tolls(found.incident, linked.readings, output)
        return
    if found.former:
        click.echo(f"{found.former} is now a part of {found.incident.id}")
    claims = {claim.id: claim for reading in linked.readings for claim in reading.claims}
    click.echo(explain_incident(found.incident, claims))


def incident_named(
    name: str, ledger_path: Path | None, judgements: Sequence[HumanJudgement], as_of: str | None = None
) -> tuple[Found, Linked]:
    """An incident of the ledger by its id, present or former, and everything that was linked."""
    with open_ledger(ledger_path, must_exist=True) as ledger:
        linked = link_readings(known_on(ledger.readings(), as_of), judgements, as_of)
    return find_incident(name, linked, judgements, ledger_path_of(ledger_path)), linked


@click.command()
@click.argument("name", metavar="ID", callback=given)
@people_option
@ledger_option
def explain(name: str, people_path: Path | None, ledger_path: Path | None) -> None:
    """Explain a claim or an incident: quote, cues, candidates, rule, working."""
    with open_ledger(ledger_path, must_exist=True) as ledger:
        reading = ledger.reading_with_claim(name)
        if reading is not None:
            claim = next(claim for claim in reading.claims if claim.id.startswith(name))
            click.echo(explain_claim(claim, reading))
            return
        reading = ledger.reading_with_incident(name)
    if reading is None:
        click.echo(_explained_together(name, ledger_path, people_path))
        return
    incident = next(incident for incident in reading.incidents if incident.id.startswith(name))
    click.echo(explain_incident(incident, {claim.id: claim for claim in reading.claims}))


def _explained_together(name: str, ledger_path: Path | None, people_path: Path | None) -> str:
    """An incident that no report tells alone: one of several reports, or one that people's judgements made."""
    try:
        found, linked = incident_named(name, ledger_path, load_judgements(people_path))
    except UsageError as error:
        raise UsageError(f"the ledger has no claim or incident {name}") from error
    return explain_incident(
        found.incident, {claim.id: claim for reading in linked.readings for claim in reading.claims}
    )


def about(
    kind: Kind,
    name: str,
    ledger_path: Path | None,
    judgements: Sequence[HumanJudgement] = (),
    as_of: str | None = None,
) -> tuple[Linked, set[str]]:
    """What the reports that speak of a place or an actor say together, and the referents of its name."""
    with open_ledger(ledger_path, must_exist=True) as ledger:
        referents = set(ledger.referents(kind, name)) or _known_as(kind, name)
        readings = known_on(ledger.readings_about(kind, referents), as_of)
        if not readings:
            until = f" that was out on {as_of}" if as_of else ""
            raise UsageError(f"no report in the ledger{until} speaks of {kind} {name}{_names_like(kind, name, ledger)}")
        return link_readings(readings, judgements, as_of), referents


def _known_as(kind: Kind, name: str) -> set[str]:
    """What the vocabulary means by a name that no report used: an acronym, another spelling."""
    vocabulary = load_vocabulary()
    if kind == "actor":
        return {actor.id for actor in vocabulary.actors.named(name)}
    return {place.id for place in vocabulary.gazetteer.candidates(name)}


def _names_like(kind: Kind, name: str, ledger: Ledger) -> str:
    """Names in the ledger that come near to one that is not: of one with other capitals only, and the likest first."""
    known = [one for one in ledger.names(kind) if one.casefold() != name.casefold()]
    found = process.extract(name, known, scorer=fuzz.WRatio, processor=default_process, limit=3, score_cutoff=LIKE)
    return f"; did you mean {', '.join(like for like, *_ in found)}?" if found else ""


def _claims_about(linked: Linked, kind: Kind, referents: set[str]) -> set[str]:
    return set().union(*(claims_about(reading, kind, referents) for reading in linked.readings))
