"""What people decided about incidents and claims: an append-only log, which nothing can rebuild.

A judgement names incidents by the claims they had when it was made, so that it holds whatever the machine's own
grouping does later. Nothing is ever changed or deleted: a judgement is taken back by another one that undoes it. Nor
does a claim ever change: a correction is a new claim that stands beside the one it rejects.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

import msgspec

from according.errors import UsageError
from according.records import Claim, Record, Resolution

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from according.store.carrying import Carried
    from according.store.people import People

IncidentJudgementKind = Literal["same", "different", "split", "move"]
ClaimJudgementKind = Literal["accept", "reject", "correct", "add"]
JudgementKind = Literal["same", "different", "split", "move", "accept", "reject", "correct", "add", "undo"]
CLAIM_KINDS: frozenset[str] = frozenset(get_args(ClaimJudgementKind))


class Subject(Record, frozen=True):
    """Something judged: the id it was called by, and the claims it stood for at that time."""

    id: str
    claims: tuple[str, ...]


class Told(Record, frozen=True):
    """A claim as a person reads it, with what its roles refer to."""

    claim: Claim
    resolutions: tuple[Resolution, ...] = ()


class By(Record, frozen=True):
    """Who judges and why. ``account`` is the id of who is signed in; ``coding`` the blind round this belongs to."""

    author: str
    reason: str = ""
    account: str | None = None
    coding: str | None = None


_SUBJECTS = msgspec.json.Decoder(tuple[Subject, ...])
_TOLD = msgspec.json.Decoder(Told)


class HumanJudgement(Record, frozen=True):
    """One decision of a person. ``time`` is UTC; ``undoes`` is the id of the judgement that an undo takes back.

    Subjects by kind: *same* and *different*, two or more incidents; *split*, the incident and the part that leaves it;
    *move*, the part, the incident it goes to and the incident it leaves; *accept*, *reject* and *correct*, one claim;
    *add*, none. A correction and an addition carry the claim ``told``; ``report`` is that of the claim. What is said in
    a blind round (``coding``) counts for nothing else.
    """

    id: str
    kind: JudgementKind
    subjects: tuple[Subject, ...]
    author: str
    time: str
    reason: str
    undoes: str | None = None
    report: str | None = None
    told: Told | None = None
    account: str | None = None
    coding: str | None = None


def active(judgements: Sequence[HumanJudgement]) -> list[HumanJudgement]:
    """The judgements that stand, oldest first: those that no standing undo takes back."""
    undone: set[str] = set()
    standing = []
    for judgement in reversed(judgements):
        if judgement.id in undone:
            continue
        if judgement.undoes is not None:
            undone.add(judgement.undoes)
        else:
            standing.append(judgement)
    return standing[::-1]


def counting(judgements: Sequence[HumanJudgement]) -> list[HumanJudgement]:
    """The judgements that stand and are of no blind round: what changes the record."""
    return [one for one in active(judgements) if one.coding is None]


class JudgementLog:
    """The log in a people's database; entries are only ever added, and come back in the order they were added."""

    def __init__(self, where: Path | People, within: Connection | None = None) -> None:
        """Open or create the log in a file, or use a database that is open.

        What is added is added ``within`` a transaction of that database when one is given, else in one of its own.
        Raises UsageError when the file cannot hold judgements.
        """
        self._own = isinstance(where, Path)
        self._people = _open(where) if isinstance(where, Path) else where
        self._within = within

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what was added stays."""
        if self._own:
            self._people.close()

    def same(self, subjects: Sequence[Subject], author: str, reason: str, account: str | None = None) -> HumanJudgement:
        """Say that two or more incidents are one."""
        return self._judge("same", _at_least_two(subjects), By(author=author, reason=reason, account=account))

    def different(
        self, subjects: Sequence[Subject], author: str, reason: str, account: str | None = None
    ) -> HumanJudgement:
        """Say that two or more incidents are all different ones."""
        return self._judge("different", _at_least_two(subjects), By(author=author, reason=reason, account=account))

    def split(
        self, whole: Subject, part: Subject, author: str, reason: str, account: str | None = None
    ) -> HumanJudgement:
        """Say that some claims of an incident are of another one."""
        if not part.claims:
            raise UsageError("choose the claims that are of another incident")
        if not set(part.claims) < set(whole.claims):
            raise UsageError(f"{part.id} is no part of {whole.id}, or is all of it; there is nothing to split")
        return self._judge("split", (whole, part), By(author=author, reason=reason, account=account))

    def move(self, part: Subject, target: Subject, origin: Subject, author: str, reason: str) -> HumanJudgement:
        """Say that some claims belong to another incident than the one they are in."""
        if set(part.claims) & set(target.claims):
            raise UsageError(f"{part.id} is in {target.id} already")
        return self._judge("move", (part, target, origin), By(author=author, reason=reason))

    def accept(self, claims: Sequence[Claim], by: By) -> list[HumanJudgement]:
        """Say that claims are read as their report says."""
        return self._say([_Saying("accept", (_subject(one),), by, report=one.report) for one in claims])

    def reject(self, claim: Claim, by: By) -> HumanJudgement:
        """Say that the report does not say this."""
        return self._say([_Saying("reject", (_subject(claim),), by, report=claim.report)])[0]

    def correct(self, claim: Claim, told: Told, by: By) -> HumanJudgement:
        """Say what the report says instead: ``told`` comes to stand beside the claim, which is rejected."""
        if told.claim.id == claim.id:
            raise UsageError("the correction says the same as the claim; there is nothing to correct")
        if told.claim.report != claim.report:
            raise UsageError("a correction is of the same report as the claim")
        return self._say([_Saying("correct", (_subject(claim),), by, report=claim.report, told=told)])[0]

    def add(self, told: Told, by: By) -> HumanJudgement:
        """Say that the report says something that was not read."""
        return self._say([_Saying("add", (), by, report=told.claim.report, told=told)])[0]

    def repeat(self, judgements: Sequence[HumanJudgement], reason: str) -> list[HumanJudgement]:
        """Say again what was said in a blind round, so that it counts; its authors stay its authors."""
        again = [one for one in judgements if one.coding is not None and one.undoes is None]
        return self._say(
            [
                _Saying(
                    one.kind,
                    one.subjects,
                    By(author=one.author, reason=_joined(one.reason, reason), account=one.account),
                    report=one.report,
                    told=one.told,
                )
                for one in again
            ]
        )

    def carry(self, found: Iterable[Carried], reason: str) -> list[HumanJudgement]:
        """Say again what was said of a text that was rewritten; its authors stay its authors."""
        said = []
        for one in found:
            old = one.judgement
            by = By(author=old.author, reason=_joined(old.reason, reason), account=old.account)
            about = (_subject(one.claim),) if one.claim else ()
            report = one.told.claim.report if one.told else one.claim.report if one.claim else None
            said.append(_Saying(old.kind, about, by, report=report, told=one.told))
        return self._say(said)

    def undo(self, judgement: str, author: str, reason: str, account: str | None = None) -> HumanJudgement:
        """Take a judgement back, by its id or an unambiguous beginning of it."""
        found = self.find(judgement)
        known = self.judgements(found.report) if found.report else self.judgements()
        if found.id in _undone(known):
            raise UsageError(f"judgement {found.id} is undone already")
        by = _with_both(By(author=author, reason=reason, account=account, coding=found.coding))
        return self._say([_Saying("undo", (), by, report=found.report, undoes=found.id)])[0]

    def find(self, beginning: str) -> HumanJudgement:
        """The one judgement whose id begins so; raises UsageError when there is none, or more than one."""
        from according.store.people import judgements as kept  # noqa: PLC0415  # see _open

        found = kept.rows_beginning(self._people, beginning)
        if len(found) != 1:
            raise UsageError(f"{beginning} names {len(found) or 'no'} judgement{'s' if found else ''}")
        return _judgement(found[0])

    def judgements(self, report: str | None = None) -> list[HumanJudgement]:
        """Every judgement ever made, oldest first, the undone ones too; or just those about one report's claims."""
        from according.store.people import judgements as kept  # noqa: PLC0415  # see _open

        return [_judgement(row) for row in kept.rows(self._people, report)]

    def newest(self) -> int:
        """A number that grows with every judgement."""
        from according.store.people import judgements as kept  # noqa: PLC0415  # see _open

        return kept.newest(self._people)

    def _judge(self, kind: IncidentJudgementKind, subjects: Sequence[Subject], by: By) -> HumanJudgement:
        return self._say([_Saying(kind, tuple(subjects), _with_both(by))])[0]

    def _say(self, said: Sequence[_Saying]) -> list[HumanJudgement]:
        """Add judgements, all of them or none."""
        from according.store.people import judgements as kept  # noqa: PLC0415  # see _open

        if not all(one.by.author.strip() for one in said):
            raise UsageError("a judgement needs an author")
        time = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        with nullcontext(self._within) if self._within is not None else self._people.write() as connection:
            first = kept.next_number(connection)
            rows = [_row(number, one, time) for number, one in enumerate(said, first)]
            if rows:
                kept.insert(connection, rows)
        return [_judgement(row) for row in rows]


class _Saying(msgspec.Struct, frozen=True):
    """A judgement about to be added."""

    kind: JudgementKind
    subjects: tuple[Subject, ...]
    by: By
    report: str | None = None
    told: Told | None = None
    undoes: str | None = None


def _open(path: Path) -> People:
    """The people's database in a file; imported only here, since most commands need none."""
    from according.store.people import open_people  # noqa: PLC0415

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return open_people(f"sqlite:///{path.absolute().as_uri()}?uri=true")
    except (OSError, UsageError) as error:
        raise UsageError(f"{path} cannot hold judgements: {error}") from error


def _row(number: int, said: _Saying, time: str) -> dict[str, Any]:
    subjects = tuple(Subject(id=one.id, claims=tuple(sorted(one.claims))) for one in said.subjects)
    by = said.by
    row: dict[str, Any] = {
        "kind": said.kind,
        "subjects": msgspec.json.encode(subjects).decode(),
        "author": by.author,
        "time": time,
        "reason": by.reason,
        "undoes": said.undoes,
        "report": said.report,
        "told": msgspec.json.encode(said.told).decode() if said.told else None,
        "account": by.account,
        "coding": by.coding,
    }
    content = json.dumps([number, *row.values()], ensure_ascii=False)
    return {"number": number, "id": hashlib.sha256(content.encode()).hexdigest()[:16], **row}


def _judgement(row: dict[str, Any]) -> HumanJudgement:
    told = row["told"]
    kept = {name: value for name, value in row.items() if name not in ("number", "subjects", "told")}
    return HumanJudgement(**kept, subjects=_SUBJECTS.decode(row["subjects"]), told=_TOLD.decode(told) if told else None)


def _undone(judgements: Sequence[HumanJudgement]) -> set[str]:
    undone: set[str] = set()
    for judgement in reversed(judgements):
        if judgement.undoes is not None and judgement.id not in undone:
            undone.add(judgement.undoes)
    return undone


def _subject(claim: Claim) -> Subject:
    return Subject(id=claim.id, claims=(claim.id,))


def _joined(*reasons: str) -> str:
    return "; ".join(one for one in reasons if one.strip())


def _with_both(by: By) -> By:
    if not by.author.strip() or not by.reason.strip():
        raise UsageError("a judgement needs an author and a reason")
    return by


def _at_least_two(subjects: Sequence[Subject]) -> Sequence[Subject]:
    if len({one.id for one in subjects}) < 2:
        raise UsageError("two different incidents are needed")
    return subjects
