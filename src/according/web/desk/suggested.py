"""Readers' suggestions beside the claims that they are about, and what the desk decides on them."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, BackgroundTasks, Depends, Form, HTTPException, Request
from fastapi.responses import Response

from according.records import Reading
from according.store.judgements import By, HumanJudgement, JudgementLog
from according.store.people.accounts import Account
from according.store.people.audit import record
from according.store.people.discussion_comments import thread_for
from according.store.people.discussion_followed import Followed, followed
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
from according.web.desk.onward import follow, newsroom_of, policy_of
from according.web.desk.originals import originals, read_as
from according.web.pages.hooks import home_of
from according.web.room import room_of

router = APIRouter(tags=["desk"])
Editor = Annotated[Account, Depends(needs("editor"))]
_STATES: dict[str, SuggestionState] = {"accept": "accepted", "decline": "declined"}


def suggested(request: Request, case: Case) -> dict[str, list[Followed]]:
    """The suggestions that nobody decided yet, by claim; those on what is not there any more under no claim.

    None in a blind round, which readers must not sway, and none on a draft that is yet to take another's place.
    """
    found: dict[str, list[Followed]] = {}
    if case.blind is not None:
        return found
    with room_of(request).people.read() as connection:
        waiting = suggestions_for(connection, thread_for(connection, case.report), "open")
        here = [one for one in waiting if home_of(request, one.report) == case.report.id]
        reading = reviewed([case.reading], case.judgements)[0]
        for one in followed(connection, [_as_read(each, case) for each in here], reading):
            found.setdefault("" if one.state == "orphaned" else one.suggestion.claim, []).append(one)
    return found


def _as_read(one: Suggestion, case: Case) -> Suggestion:
    """A suggestion on the claim as it was read; its reader saw it as the report's policy shows it."""
    if case.publication is None or any(claim.claim.id == one.claim for claim in case.standings):
        return one
    reading = reviewed([case.reading], case.judgements)[0]
    (claim, *_) = read_as([one.claim], originals(reading, policy_of(case.publication)))
    return msgspec.structs.replace(one, claim=claim)


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
    case = judging(request, home_of(request, found.report), account)
    people, report = room_of(request).people, case.report.id
    reading = reviewed([case.reading], case.judgements)[0]
    with people.write() as connection:
        (found,) = (one.suggestion for one in followed(connection, [_as_read(found, case)], reading))
        log = JudgementLog(people, within=connection)
        made = _accepted(log, reading, found, account) if verdict == "accept" else None
        decide(connection, name, _STATES[verdict], account.name, reason, made.id if made else None)
        record(connection, account.id, f"desk.{verdict}", report, f"suggestion {name}")
    if made and case.is_known:
        later.add_task(follow, newsroom_of(request))
    return see(f"/desk/reports/{report}?claim={made.told.claim.id if made and made.told else found.claim}")


def _accepted(log: JudgementLog, reading: Reading, found: Suggestion, account: Account) -> HumanJudgement:
    """The judgement that a suggestion becomes: its author is who suggested it."""
    by = By(author=found.credit, reason=f"suggested in comment {found.comment}, accepted by {account.name}")
    claim = claim_in(reading, found.claim)
    if found.change.kind == "reject":
        return log.reject(claim, by)
    return log.correct(claim, corrected(reading, found.claim, found.change), by)
