"""Who codes what: assigning reports, blind rounds, and what came of them."""

from __future__ import annotations

from itertools import combinations
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, BackgroundTasks, Depends, Form, HTTPException, Request
from fastapi.responses import Response

from according.errors import UsageError
from according.store.agreement import Agreement, agreement
from according.store.judgements import HumanJudgement, JudgementLog, active
from according.store.people import coding as rounds
from according.store.people.accounts import Account, accounts
from according.store.people.audit import record
from according.store.people.coding import Coding
from according.web.accounts.current import needs
from according.web.accounts.entering import see
from according.web.desk.case import Case, case_of
from according.web.desk.onward import follow, newsroom_of
from according.web.desk.rows import progress_of, rows_of
from according.web.pages import words
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter(tags=["desk"])
Coder = Annotated[Account, Depends(needs("coder"))]
Editor = Annotated[Account, Depends(needs("editor"))]


class Pair(msgspec.Struct, frozen=True):
    """Two coders of a round and how far they agree."""

    left: str
    right: str
    found: Agreement


@router.post("/desk/reports/{report}/assign", include_in_schema=False)
def assign(
    request: Request,
    account: Editor,
    report: str,
    coders: Annotated[list[str] | None, Form()] = None,
    way: Annotated[Literal["together", "blind"], Form()] = "together",
) -> Response:
    """Give a report to coders, each for themselves when it is blind."""
    case = case_of(request, report, account)
    with room_of(request).people.write() as connection:
        known = {one.id: one.name for one in accounts(connection) if one.may("coder")}
        chosen = {name: known[name] for name in dict.fromkeys(coders or ()) if name in known}
        made = rounds.assign(connection, case.report.id, chosen, account.id, blind=way == "blind")
        record(connection, account.id, "desk.assign", report, ", ".join(chosen.values()))
    return see(f"/desk/coding/{made.id}")


@router.get("/desk/reports/{report}/coders", include_in_schema=False)
def show_coders(request: Request, account: Coder, report: str) -> Response:
    """Who codes a report, and the form to assign it."""
    case = case_of(request, report, account)
    with room_of(request).people.read() as connection:
        able = [one for one in accounts(connection) if one.may("coder")]
    return page(request, "desk/coders.html", case=case, able=able)


@router.get("/desk/coding/{name}.json")
def give_round(request: Request, account: Coder, name: str) -> dict[str, Any]:
    """A round, and how far its coders agree once all are done."""
    coding, case = _round(request, account, name)
    pairs = _pairs(case, coding) if coding.is_done and coding.blind else []
    return {"coding": msgspec.to_builtins(coding), "agreement": msgspec.to_builtins(pairs)}


@router.get("/desk/coding/{name}", include_in_schema=False)
def show_round(request: Request, account: Coder, name: str) -> Response:
    """A round: who has finished, and when all have, how far they agree and where they differ."""
    coding, case = _round(request, account, name)
    pairs = _pairs(case, coding) if coding.is_done and coding.blind else []
    known = {row.shown.id: row.shown for row in rows_of(case.reading, case.standings)}
    values = {"case": case, "coding": coding, "pairs": pairs, "known": known, "name_of": words.predicate}
    return page(request, "desk/round.html", **values, account=account)


@router.post("/desk/coding/{name}/finish", include_in_schema=False)
def finish(request: Request, account: Coder, name: str) -> Response:
    """Say that one's own part is done; in a blind round every claim must be decided first."""
    coding, case = _round(request, account, name)
    progress = progress_of(rows_of(case.reading, case.standings))
    left = progress["read"] - progress["decided"]
    if coding.blind and left:
        raise UsageError(f"{left} claims are not decided yet: accept, reject or correct each of them first")
    with room_of(request).people.write() as connection:
        rounds.finish(connection, coding.id, account.id)
        record(connection, account.id, "desk.finish", coding.report, coding.id)
    return see(f"/desk/coding/{name}")


@router.post("/desk/coding/{name}/adopt", include_in_schema=False)
def adopt(
    request: Request, account: Editor, name: str, coder: Annotated[str, Form(max_length=40)], later: BackgroundTasks
) -> Response:
    """Let what one coder said in a blind round count, in that coder's name."""
    coding, case = _round(request, account, name)
    if not (coding.blind and coding.is_done):
        raise UsageError("the round is not over yet")
    said = _said(case, coding, coder)
    JudgementLog(room_of(request).people).repeat(said, f"adopted from a blind round by {account.name}")
    if case.is_known:
        later.add_task(follow, newsroom_of(request))
    return see(f"/desk/reports/{coding.report}/changes")


def _round(request: Request, account: Account, name: str) -> tuple[Coding, Case]:
    """A round and its report, for those who have a part in it and for editors."""
    with room_of(request).people.read() as connection:
        found = rounds.coding(connection, name)
    mine = found is not None and any(one.account == account.id for one in found.coders)
    if found is None or not (mine or account.may("editor")):
        raise HTTPException(404, "There is no such round.")
    return found, case_of(request, found.report, account)


def _pairs(case: Case, coding: Coding) -> list[Pair]:
    said = {one.account: _said(case, coding, one.account) for one in coding.coders}
    return [
        Pair(left.name, right.name, agreement(case.reading, said[left.account], said[right.account]))
        for left, right in combinations(coding.coders, 2)
    ]


def _said(case: Case, coding: Coding, account: str) -> list[HumanJudgement]:
    return active([one for one in case.log if one.coding == coding.id and one.account == account])
