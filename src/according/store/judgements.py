"""What people decided about incidents: an append-only log, in a file of its own because nothing can rebuild it.

A judgement names incidents by the claims they had when it was made, so that it holds whatever the machine's own
grouping does later. Nothing is ever changed or deleted: a judgement is taken back by another one that undoes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from according.errors import UsageError
from according.records import Record
from according.store.database import Database
from according.store.migrations import JUDGEMENT_MIGRATIONS

JudgementKind = Literal["same", "different", "split", "move", "undo"]


class Subject(Record, frozen=True):
    """Something judged: the id it was called by, and the claims it stood for at that time."""

    id: str
    claims: tuple[str, ...]


_SUBJECTS = msgspec.json.Decoder(tuple[Subject, ...])


class HumanJudgement(Record, frozen=True):
    """One decision of a person. ``time`` is UTC; ``undoes`` is the id of the judgement that an undo takes back.

    Subjects by kind: *same* and *different*, two or more incidents; *split*, the incident and the part that leaves it;
    *move*, the part, the incident it goes to and the incident it leaves.
    """

    id: str
    kind: JudgementKind
    subjects: tuple[Subject, ...]
    author: str
    time: str
    reason: str
    undoes: str | None = None


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


class JudgementLog(Database):
    """The log in one SQLite file; entries are only ever added, and come back in the order they were added."""

    def __init__(self, path: Path) -> None:
        """Open or create the log at ``path``; raises UsageError when it cannot be one."""
        super().__init__(path, JUDGEMENT_MIGRATIONS, "hold judgements", family="judgements_")

    def same(self, subjects: Sequence[Subject], author: str, reason: str) -> HumanJudgement:
        """Say that two or more incidents are one."""
        return self._say("same", _at_least_two(subjects), author, reason)

    def different(self, subjects: Sequence[Subject], author: str, reason: str) -> HumanJudgement:
        """Say that two or more incidents are all different ones."""
        return self._say("different", _at_least_two(subjects), author, reason)

    def split(self, whole: Subject, part: Subject, author: str, reason: str) -> HumanJudgement:
        """Say that some claims of an incident are of another one."""
        if not set(part.claims) < set(whole.claims):
            raise UsageError(f"{part.id} is no part of {whole.id}, or is all of it; there is nothing to split")
        return self._say("split", (whole, part), author, reason)

    def move(self, part: Subject, target: Subject, origin: Subject, author: str, reason: str) -> HumanJudgement:
        """Say that some claims belong to another incident than the one they are in."""
        if set(part.claims) & set(target.claims):
            raise UsageError(f"{part.id} is in {target.id} already")
        return self._say("move", (part, target, origin), author, reason)

    def undo(self, judgement: str, author: str, reason: str) -> HumanJudgement:
        """Take a judgement back, by its id or an unambiguous beginning of it."""
        found = self.find(judgement)
        if found.id not in {one.id for one in self.judgements()} - self._undone():
            raise UsageError(f"judgement {found.id} is undone already")
        return self._say("undo", (), author, reason, undoes=found.id)

    def find(self, beginning: str) -> HumanJudgement:
        """The one judgement whose id begins so; raises UsageError when there is none, or more than one."""
        found = [one for one in self.judgements() if one.id.startswith(beginning)]
        if len(found) != 1:
            raise UsageError(f"{beginning} names {len(found) or 'no'} judgement{'s' if found else ''}")
        return found[0]

    def judgements(self) -> list[HumanJudgement]:
        """Every judgement ever made, oldest first, the undone ones too."""
        rows = self._connection.execute(
            "SELECT id, kind, subjects, author, time, reason, undoes FROM judgement ORDER BY number"
        )
        return [
            HumanJudgement(
                id=name, kind=kind, subjects=_SUBJECTS.decode(subjects), author=author, time=time, reason=reason,
                undoes=undoes,
            )
            for name, kind, subjects, author, time, reason, undoes in rows
        ]  # fmt: skip

    def _undone(self) -> set[str]:
        undone: set[str] = set()
        for judgement in reversed(self.judgements()):
            if judgement.undoes is not None and judgement.id not in undone:
                undone.add(judgement.undoes)
        return undone

    def _say(
        self, kind: JudgementKind, subjects: Iterable[Subject], author: str, reason: str, undoes: str | None = None
    ) -> HumanJudgement:
        if not author.strip() or not reason.strip():
            raise UsageError("a judgement needs an author and a reason")
        sorted_subjects = tuple(Subject(id=one.id, claims=tuple(sorted(one.claims))) for one in subjects)
        time = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        said = msgspec.json.encode(sorted_subjects).decode()
        with self._transaction():
            number = self._connection.execute("SELECT coalesce(max(number), 0) + 1 FROM judgement").fetchone()[0]
            content = json.dumps([number, kind, said, author, time, reason, undoes], ensure_ascii=False)
            name = hashlib.sha256(content.encode()).hexdigest()[:16]
            self._connection.execute(
                "INSERT INTO judgement (number, id, kind, subjects, author, time, reason, undoes)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (number, name, kind, said, author, time, reason, undoes),
            )
        return HumanJudgement(
            id=name, kind=kind, subjects=sorted_subjects, author=author, time=time, reason=reason, undoes=undoes
        )


def _at_least_two(subjects: Sequence[Subject]) -> Sequence[Subject]:
    if len({one.id for one in subjects}) < 2:
        raise UsageError("two different incidents are needed")
    return subjects
