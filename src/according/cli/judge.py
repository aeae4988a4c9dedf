"""``according judge``: what people decide about incidents; kept apart, outranking the machine, and undone at will."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path

import click

from according.cli.find import find_incident, origin_of, part_of
from according.cli.ledger import ledger_option, ledger_path_of, open_ledger
from according.cli.people import Command, judgements_so_far, load_judgements, people_file, people_option
from according.pipeline import Linked, link_readings
from according.records import Incident
from according.store import HumanJudgement, JudgementLog
from according.store.judgements import Subject, active

reason_option: Callable[[Command], Command] = click.option(
    "--reason", required=True, help="Why; kept with the judgement."
)
author_option: Callable[[Command], Command] = click.option(
    "--author", envvar="ACCORDING_AUTHOR", help="Who decides; the user's name when not given."
)


@click.group()
def judge() -> None:
    """Say which incidents are the same or different, split them, move claims, and take that back."""


@judge.command()
@click.argument("incidents", nargs=-1, required=True)
@reason_option
@author_option
@people_option
@ledger_option
def same(
    incidents: tuple[str, ...], reason: str, author: str | None, people_path: Path | None, ledger_path: Path | None
) -> None:
    """Say that incidents, by id, are one."""
    subjects = _subjects(incidents, people_path, ledger_path)
    with JudgementLog(people_file(people_path)) as log:
        _tell(log.same(subjects, _author(author), reason))


@judge.command()
@click.argument("incidents", nargs=-1, required=True)
@reason_option
@author_option
@people_option
@ledger_option
def different(
    incidents: tuple[str, ...], reason: str, author: str | None, people_path: Path | None, ledger_path: Path | None
) -> None:
    """Say that incidents, by id, are all different ones."""
    subjects = _subjects(incidents, people_path, ledger_path)
    with JudgementLog(people_file(people_path)) as log:
        _tell(log.different(subjects, _author(author), reason))


@judge.command()
@click.argument("incident")
@click.argument("parts", nargs=-1, required=True)
@reason_option
@author_option
@people_option
@ledger_option
def split(
    incident: str,
    parts: tuple[str, ...],
    reason: str,
    author: str | None,
    people_path: Path | None,
    ledger_path: Path | None,
) -> None:
    """Take PARTS, claims or reports by id, out of an incident into one of their own."""
    linked = _linked(people_path, ledger_path)
    whole = find_incident(incident, linked, judgements_so_far(people_path), ledger_path_of(ledger_path)).incident
    with JudgementLog(people_file(people_path)) as log:
        _tell(log.split(_subject(whole), part_of(whole, parts, linked), _author(author), reason))


@judge.command()
@click.argument("claims", nargs=-1, required=True)
@click.option("--to", "target", required=True, metavar="INCIDENT", help="The incident they belong to.")
@reason_option
@author_option
@people_option
@ledger_option
def move(
    claims: tuple[str, ...],
    target: str,
    reason: str,
    author: str | None,
    people_path: Path | None,
    ledger_path: Path | None,
) -> None:
    """Move CLAIMS, by id, from their incident to another."""
    linked = _linked(people_path, ledger_path)
    to = find_incident(target, linked, judgements_so_far(people_path), ledger_path_of(ledger_path)).incident
    origin = origin_of(claims, linked)
    with JudgementLog(people_file(people_path)) as log:
        part = part_of(origin, claims, linked)
        _tell(log.move(part, _subject(to), _subject(origin), _author(author), reason))


@judge.command()
@click.argument("judgement")
@reason_option
@author_option
@people_option
def undo(judgement: str, reason: str, author: str | None, people_path: Path | None) -> None:
    """Take a judgement back; undoing an undo makes it stand again."""
    with JudgementLog(people_file(people_path)) as log:
        _tell(log.undo(judgement, _author(author), reason))


@judge.command("list")
@people_option
def list_judgements(people_path: Path | None) -> None:
    """List every judgement, oldest first, and say which of them stand."""
    judgements = load_judgements(people_path)
    standing = {one.id for one in active(judgements)}
    for one in judgements:
        what = (
            f"undo {one.undoes}" if one.undoes else f"{one.kind} {' / '.join(subject.id for subject in one.subjects)}"
        )
        state = "" if one.undoes or one.id in standing else " [undone]"
        click.echo(f"{one.id} {one.time} {one.author}: {what}: {one.reason}{state}")
    if not judgements:
        click.echo("nobody has judged anything yet")


def _linked(people_path: Path | None, ledger_path: Path | None) -> Linked:
    with open_ledger(ledger_path, must_exist=True) as ledger:
        return link_readings(list(ledger.readings()), judgements_so_far(people_path))


def _subjects(names: tuple[str, ...], people_path: Path | None, ledger_path: Path | None) -> list[Subject]:
    linked, judgements = _linked(people_path, ledger_path), judgements_so_far(people_path)
    ledger = ledger_path_of(ledger_path)
    return [_subject(find_incident(name, linked, judgements, ledger).incident) for name in names]


def _subject(incident: Incident) -> Subject:
    return Subject(id=incident.id, claims=incident.claims)


def _author(author: str | None) -> str:
    return author or getpass.getuser()


def _tell(judgement: HumanJudgement) -> None:
    click.echo(f"{judgement.kind} noted as judgement {judgement.id}")
