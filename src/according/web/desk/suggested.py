"""Readers' suggestions beside the claims that they are about, and what the desk decides on them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Form, HTTPException, Request
from fastapi.responses import Response

from according.store.judgements import By, HumanJudgement, JudgementLog
from according.store.people.accounts import Account
from according.store.people.discussion_suggestions import (
    Suggestion,
    SuggestionState,
    claim_in,
    corrected,
    decide,
    suggestion,
    suggestions_for,
)
from according.store.reviewed import reviewed
from according.web.accounts.current import needs
from according.web.accounts.entering import see
from according.web.desk.case import Case, judging
from according.web.desk.onward import follow, newsroom_of
from according.web.room import room_of

router = APIRouter(tags=["desk"])
Editor = Annotated[Account, Depends(needs("editor"))]
_STATES: dict[str, SuggestionState] = {"accept": "accepted", "decline": "declined"}


def suggested(request: Request, case: Case) -> dict[str, list[Suggestion]]:
    """The suggestions that nobody decided yet, by claim; none in a blind round, which readers must not sway."""
    found: dict[str, list[Suggestion]] = {}
    if case.blind is None:
        with room_of(request).people.read() as connection:
            for one in suggestions_for(connection, case.report.id, "open"):
                found.setdefault(one.claim, []).append(one)
    return found


@router.post("/desk/suggestions/{name}/{verdict}", include_in_schema=False)
def settle(
    request: Request,
    account: Editor,
    name: str,
    verdict: str,
    later: BackgroundTasks,
    reason: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """Accept a reader's suggestion, which makes a judgement in the reader's name, or decline it."""
    with room_of(request).people.read() as connection:
        found = suggestion(connection, name)
    if found is None or verdict not in _STATES:
        raise HTTPException(404, "There is no such suggestion.")
    case = judging(request, found.report, account)
    made = _accepted(request, case, found, account) if verdict == "accept" else None
    with room_of(request).people.write() as connection:
        decide(connection, name, _STATES[verdict], account.name, reason, made.id if made else None)
    if made and case.is_known:
        later.add_task(follow, newsroom_of(request))
    return see(f"/desk/reports/{found.report}?claim={made.told.claim.id if made and made.told else found.claim}")


def _accepted(request: Request, case: Case, found: Suggestion, account: Account) -> HumanJudgement:
    """The judgement that a suggestion becomes: its author is who suggested it."""
    reading = reviewed([case.reading], case.judgements)[0]
    log = JudgementLog(room_of(request).people)
    by = By(author=found.credit, reason=f"suggested in comment {found.comment}, accepted by {account.name}")
    claim = claim_in(reading, found.claim)
    if found.change.kind == "reject":
        return log.reject(claim, by)
    return log.correct(claim, corrected(reading, found.claim, found.change), by)
