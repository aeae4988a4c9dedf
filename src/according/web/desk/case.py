"""One report as one person at the desk may see it: its reading, what was judged, and what they may do."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from textwrap import shorten

from fastapi import HTTPException, Request

from according.errors import UsageError
from according.issues import Issues
from according.pipeline import METHOD, read_or_report_failure
from according.records import Reading, Report
from according.store.judgements import HumanJudgement, JudgementLog, active, counting
from according.store.ledger import Ledger
from according.store.people import coding, publications, writings
from according.store.people.accounts import Account
from according.store.people.coding import Coding
from according.store.people.publications import Publication
from according.store.people.writings import Writing
from according.store.reviewed import Standing, standings
from according.vocabulary import load_vocabulary
from according.web.room import Room, room_of

_ONE_AT_A_TIME = threading.Lock()
_KEPT = 64
_TITLE = 90


@dataclass(frozen=True)
class Case:
    """A report at the desk. ``judgements`` are those that count for this person, ``log`` all that they may see.

    ``blind`` is the round in which they code it for themselves; what they say then counts for that round alone.
    """

    reading: Reading
    publication: Publication | None
    writing: Writing | None
    judgements: tuple[HumanJudgement, ...]
    log: tuple[HumanJudgement, ...]
    rounds: tuple[Coding, ...]
    blind: Coding | None
    may_judge: bool
    may_publish: bool

    @property
    def report(self) -> Report:
        """The report itself."""
        return self.reading.report

    @property
    def title(self) -> str:
        """What the desk calls it: its headline, else its own title."""
        return (self.publication.headline if self.publication else "") or title_of(self.report)

    @property
    def standings(self) -> list[Standing]:
        """How its claims stand for this person."""
        return standings(self.reading, self.judgements)

    @property
    def is_known(self) -> bool:
        """Whether the site has the report already, shown or not."""
        return self.publication is None or self.publication.status != "draft"

    @property
    def may_rewrite(self) -> bool:
        """Whether another text may take the place of this one: of a draft, or for an editor of what is out."""
        status = self.publication.status if self.publication else None
        return self.writing is not None and (status == "draft" or (status == "published" and self.may_publish))


def title_of(report: Report) -> str:
    """A report's own title, else its headline or its first words."""
    first = next((report.text[one.start : one.end] for one in report.blocks if one.kind in ("headline", "body")), "")
    return report.title or shorten(first, _TITLE, placeholder=" …") or "A report without a title"


def case_of(request: Request, report: str, account: Account) -> Case:
    """A report for somebody at the desk; raises 404 for what is not there or not theirs to see."""
    room = room_of(request)
    with room.people.read() as connection:
        publication = publications.publication(connection, report)
        writing = writings.find(connection, report)
        rounds = tuple(coding.of_report(connection, report))
    if not _may_see(account, publication, rounds):
        raise HTTPException(404, "There is no such report at the desk.")
    reading = reading_of(room, report, writing)
    if reading is None:
        raise HTTPException(404, "There is no such report at the desk.")
    blind = next((one for one in rounds if one.blind and one.is_open_to(account.id)), None)
    log = _visible(JudgementLog(room.people).judgements(report), rounds, account)
    return Case(
        reading=reading,
        publication=publication,
        writing=writing,
        judgements=tuple(_going_by(log, blind, account)),
        log=log,
        rounds=rounds,
        blind=blind,
        may_judge=_may_judge(account, publication, rounds),
        may_publish=account.may("editor"),
    )


def judging(request: Request, report: str, account: Account) -> Case:
    """The same, for somebody about to judge its claims; raises 403 when they may not."""
    case = case_of(request, report, account)
    if not case.may_judge:
        raise HTTPException(403, "This report is not yours to code. An editor can assign it to you.")
    return case


def editing(request: Request, report: str, account: Account) -> Case:
    """The same, for somebody about to change the draft itself: its owner, or an editor."""
    case = case_of(request, report, account)
    own = case.publication is not None and case.publication.owner == account.id
    if not (case.may_publish or (own and case.publication and case.publication.status == "draft")):
        raise HTTPException(403, "Only its author can change a draft, and only editors what is out.")
    return case


def reading_of(room: Room, report: str, writing: Writing | None) -> Reading | None:
    """What was read from a report: kept by the site, or read now from what came in at the desk."""
    with Ledger(room.ledger) as ledger:
        known = ledger.reading(report)
    if known is not None and known.report.id == report:
        return known
    return read_draft(writing.report) if writing else None


def read_draft(report: Report) -> Reading:
    """Read a report, one at a time in this process; the last few are remembered. Raises UsageError when it fails."""
    reading = _read(report)
    failure = next((issue for issue in reading.issues if issue.level == "error"), None)
    if failure is not None:
        _DRAFTS.pop((report.id, METHOD), None)
        raise UsageError(failure.message)
    return reading


_DRAFTS: OrderedDict[tuple[str, str], Reading] = OrderedDict()


def _read(report: Report) -> Reading:
    key = report.id, METHOD
    with _ONE_AT_A_TIME:
        if key not in _DRAFTS:
            _DRAFTS[key] = read_or_report_failure(report, load_vocabulary(), Issues(report.input_id))
            while len(_DRAFTS) > _KEPT:
                _DRAFTS.popitem(last=False)
        return _DRAFTS[key]


def _may_see(account: Account, publication: Publication | None, rounds: tuple[Coding, ...]) -> bool:
    if account.may("editor") or publication is None or publication.status in ("published", "retracted"):
        return True
    return publication.owner == account.id or _has_part(account, rounds)


def _may_judge(account: Account, publication: Publication | None, rounds: tuple[Coding, ...]) -> bool:
    if account.may("editor") or any(one.is_open_to(account.id) for one in rounds):
        return True
    return publication is not None and publication.status == "draft" and publication.owner == account.id


def _has_part(account: Account, rounds: tuple[Coding, ...]) -> bool:
    return any(coder.account == account.id for one in rounds for coder in one.coders)


def _visible(log: list[HumanJudgement], rounds: tuple[Coding, ...], account: Account) -> tuple[HumanJudgement, ...]:
    """Judgements without those that others made in a round that is not over."""
    closed = {one.id for one in rounds if one.blind and not one.is_done}
    return tuple(one for one in log if one.coding not in closed or one.account == account.id)


def _going_by(log: tuple[HumanJudgement, ...], blind: Coding | None, account: Account) -> list[HumanJudgement]:
    if blind is None:
        return counting(log)
    return active([one for one in log if one.coding == blind.id and one.account == account.id])
