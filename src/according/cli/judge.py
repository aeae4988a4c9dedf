"""``according judge``: what people decide about incidents; kept apart, outranking the machine, and undone at will."""

from __future__ import annotations

import getpass
from collections import Counter
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any

import click
import msgspec

from according.cli.ledger import ledger_option, ledger_path_of, open_ledger
from according.cli.names import given
from according.cli.people import Command, judgements_so_far, load_judgements, people_file, people_option
from according.cli.subjects import Subjects
from according.store import HumanJudgement, JudgementLog
from according.store.history import History
from according.store.judgements import active


class Decision(msgspec.Struct, frozen=True):
    """Who decides something and why, and where that is kept."""

    author: str
    reason: str
    people: Path

    def note(self, say: Callable[[JudgementLog], HumanJudgement]) -> None:
        """Keep a judgement and tell its id."""
        with JudgementLog(self.people) as log:
            said = say(log)
        click.echo(f"{said.kind} noted as judgement {said.id}")


def decision(command: Command) -> Command:
    """Give a command the options of every judgement, as one :class:`Decision`."""

    @wraps(command)
    def decided(*, author: str | None, reason: str, people_path: Path | None, **arguments: Any) -> Any:
        return command(Decision(author or getpass.getuser(), reason, people_file(people_path)), **arguments)

    return people_option(_author_option(_reason_option(decided)))


_author_option: Callable[[Command], Command] = click.option(
    "--author", envvar="ACCORDING_AUTHOR", help="Who decides; the user's name when not given."
)
_reason_option: Callable[[Command], Command] = click.option(
    "--reason", required=True, help="Why; kept with the judgement."
)


def about_incidents(command: Command) -> Command:
    """A judgement on incidents of a ledger: what it is about is found there."""

    @ledger_option
    @decision
    @wraps(command)
    def found(decided: Decision, *, ledger_path: Path | None, **arguments: Any) -> Any:
        subjects = Subjects(ledger_path_of(ledger_path), judgements_so_far(decided.people))
        return command(decided, subjects, **arguments)

    return found


@click.group()
def judge() -> None:
    """Say which incidents are the same or different, split them, move claims, and take that back."""


@judge.command()
@click.argument("incidents", nargs=-1, required=True, callback=given)
@about_incidents
def same(decided: Decision, subjects: Subjects, incidents: tuple[str, ...]) -> None:
    """Say that incidents, by id, are one."""
    found = [subjects.incident(name) for name in incidents]
    decided.note(lambda log: log.same(found, decided.author, decided.reason))


@judge.command()
@click.argument("incidents", nargs=-1, required=True, callback=given)
@about_incidents
def different(decided: Decision, subjects: Subjects, incidents: tuple[str, ...]) -> None:
    """Say that incidents, by id, are all different ones."""
    found = [subjects.incident(name) for name in incidents]
    decided.note(lambda log: log.different(found, decided.author, decided.reason))


@judge.command()
@click.argument("incident", callback=given)
@click.argument("parts", nargs=-1, required=True, callback=given)
@about_incidents
def split(decided: Decision, subjects: Subjects, incident: str, parts: tuple[str, ...]) -> None:
    """Take PARTS, claims or reports by id, out of an incident into one of their own."""
    whole = subjects.incident(incident)
    part = subjects.part_of(whole, parts)
    decided.note(lambda log: log.split(whole, part, decided.author, decided.reason))


@judge.command()
@click.argument("claims", nargs=-1, required=True, callback=given)
@click.option("--to", "target", required=True, callback=given, metavar="INCIDENT", help="The incident they belong to.")
@about_incidents
def move(decided: Decision, subjects: Subjects, claims: tuple[str, ...], target: str) -> None:
    """Move CLAIMS, by id, from their incident to another."""
    to, origin = subjects.incident(target), subjects.home_of(claims)
    part = subjects.part_of(origin, claims)
    decided.note(lambda log: log.move(part, to, origin, decided.author, decided.reason))


@judge.command()
@click.argument("judgement", callback=given)
@ledger_option
@decision
def undo(decided: Decision, judgement: str, ledger_path: Path | None) -> None:
    """Take a judgement back; undoing an undo makes it stand again. A ledger tells what it was about."""
    names = _names(ledger_path)
    decided.note(lambda log: log.undo(judgement, decided.author, decided.reason))
    undone = next((one for one in load_judgements(decided.people) if one.id.startswith(judgement)), None)
    if undone and (about := _in_words(undone, names)):
        click.echo(about)


@judge.command("list")
@people_option
@ledger_option
def list_judgements(people_path: Path | None, ledger_path: Path | None) -> None:
    """List every judgement, oldest first, and say which of them stand; a ledger tells what each is about."""
    judgements = load_judgements(people_path)
    standing = {one.id for one in active(judgements)}
    names = _names(ledger_path)
    for one in judgements:
        what = (
            f"undo {one.undoes}" if one.undoes else f"{one.kind} {' / '.join(subject.id for subject in one.subjects)}"
        )
        state = "" if one.undoes or one.id in standing else " [undone]"
        click.echo(f"{one.id} {one.time} {one.author}: {what}: {one.reason}{state}")
        if about := _in_words(one, names):
            click.echo(about)
    if not judgements:
        click.echo("nobody has judged anything yet")


def _names(ledger: Path | None) -> dict[str, str]:
    """By claim, what the last run called its incident; nothing without a ledger."""
    if ledger is None:
        return {}
    open_ledger(ledger, must_exist=True).close()
    with History(ledger) as history:
        return {claim: one.name for one in history.known("incident") for claim in one.claims}


def _in_words(judgement: HumanJudgement, names: Mapping[str, str]) -> str:
    told = (Counter(names[one] for one in subject.claims if one in names) for subject in judgement.subjects)
    called = [min(found, key=lambda name: (-found[name], name)) for found in told if found]
    return f"    {' / '.join(called)}" if called else ""
