"""The record of what people did to a report: every judgement with what it changed, and undo."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from according.records import Claim
from according.store.judgements import HumanJudgement, JudgementLog, active
from according.store.people import publications
from according.store.people.accounts import Account
from according.store.people.publications import Publication, PublicationChange
from according.store.telling import wanted_of
from according.web.accounts.current import needs
from according.web.desk.carrying import left_over
from according.web.desk.case import Case, case_of
from according.web.desk.claims import may_undo
from according.web.desk.rows import Changed, Entry, changes
from according.web.desk.words import ACTS, DONE, publication_value
from according.web.pages import words
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter(tags=["desk"])
Coder = Annotated[Account, Depends(needs("coder"))]
_LABELS = {
    "headline": "headline",
    "lead": "lead",
    "rights": "readers see",
    "policy": "held back",
    "notice": "notice",
    "status": "status",
    "at": "time",
}
"""The fields of a publication that its record shows, and what it calls them."""


@router.get("/desk/reports/{report}/changes", include_in_schema=False)
def show_changes(request: Request, account: Coder, report: str) -> Response:
    """Every judgement on a report's claims and every change of its publication, newest first."""
    case = case_of(request, report, account)
    with room_of(request).people.read() as connection:
        published = publications.changes(connection, report)
    values = {
        "case": case,
        "entries": entries_of(case, account),
        "left": left_over(room_of(request), case),
        "publishing": _steps(published),
    }
    return page(request, "desk/changes.html", **values)


@router.get("/desk/changes", include_in_schema=False)
def show_all(request: Request, account: Coder) -> Response:
    """The judgements on incidents, newest first: those on claims stand with their reports."""
    log = JudgementLog(room_of(request).people).judgements()
    standing = {one.id for one in active(log)}
    about = [one for one in reversed(log) if one.report is None]
    return page(request, "desk/all_changes.html", log=about, standing=standing, account=account)


def entries_of(case: Case, account: Account) -> list[Entry]:
    """The judgements of a report as its record shows them, newest first."""
    standing = {one.id for one in active(case.log)}
    known = {claim.id: claim for claim in case.reading.claims}
    known |= {one.told.claim.id: one.told.claim for one in case.log if one.told}
    by_id = {one.id: one for one in case.log}
    return [_entry(one, known, by_id, standing, account) for one in reversed(case.log)]


def _entry(
    one: HumanJudgement,
    known: dict[str, Claim],
    by_id: dict[str, HumanJudgement],
    standing: set[str],
    account: Account,
) -> Entry:
    about = by_id.get(one.undoes or "", one)
    old = known.get(about.subjects[0].id) if about.subjects else None
    new = about.told.claim if about.told else None
    claim = new or old
    changed = changes(wanted_of(old), wanted_of(new)) if old and new else _added(new) if new else []
    return Entry(
        judgement=one,
        what=_what(one, about, claim),
        quote=" ".join(claim.evidence.text.split()) if claim else "",
        changed=() if one.undoes else tuple(changed),
        stands=one.id in standing or one.undoes is not None,
        may_undo=one.id in standing and may_undo(one, account),
    )


def _what(one: HumanJudgement, about: HumanJudgement, claim: Claim | None) -> str:
    """A judgement in a few words: "Deaths corrected", "Deaths: correcting taken back"."""
    name = words.predicate(claim.predicate) if claim else "A claim"
    return f"{name}: {ACTS[about.kind]} taken back" if one.undoes else f"{name} {DONE[one.kind]}"


def _added(claim: Claim) -> Iterable[Changed]:
    """All that an added claim says, as changes from nothing."""
    nothing = wanted_of(msgspec.structs.replace(claim, predicate="", polarity="affirmed", realis="happened"))
    empty = dict.fromkeys(("subject", "object", "group", "place", "time", "extent", "voice", "quantity"), "")
    return changes(msgspec.structs.replace(nothing, low="", high="", **empty), wanted_of(claim))


class Step(msgspec.Struct, frozen=True):
    """One change of a publication, with what it changed."""

    change: PublicationChange
    changed: tuple[Changed, ...]


def _steps(newest_first: list[PublicationChange]) -> list[Step]:
    before = [one.state for one in newest_first[1:]] + [one.state for one in newest_first[-1:]]
    return [Step(one, tuple(_differing(old, one.state))) for one, old in zip(newest_first, before, strict=True)]


def _differing(old: Publication, new: Publication) -> Iterable[Changed]:
    for name, label in _LABELS.items():
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Changed(label, publication_value(name, was), publication_value(name, now))
