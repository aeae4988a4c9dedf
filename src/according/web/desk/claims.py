"""The coding screen: a report's text beside what was read from it, and the judgements on every claim."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, BackgroundTasks, Depends, Form, HTTPException, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from according.errors import UsageError
from according.export.reading import to_json
from according.records import Hedge, Polarity, Realis, VoiceClass
from according.store.judgements import By, HumanJudgement, JudgementLog, Told
from according.store.people.accounts import Account
from according.store.reviewed import Standing, reviewed
from according.store.telling import Wanted, tell, wanted_of
from according.vocabulary import load_vocabulary
from according.web.accounts.current import needs
from according.web.accounts.entering import see
from according.web.desk.case import Case, case_of, judging
from according.web.desk.onward import follow, newsroom_of
from according.web.desk.rows import (
    CHOICES,
    Row,
    after,
    families,
    groups,
    lines_of,
    places_for,
    progress_of,
    rows_of,
)
from according.web.desk.suggested import suggested
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter(tags=["desk"])
Coder = Annotated[Account, Depends(needs("coder"))]
NEW = "new"
_WORDS = Field("", max_length=500)


@router.get("/desk/reports/{report}.json")
def give_case(request: Request, account: Coder, report: str) -> dict[str, Any]:
    """One report at the desk: its claims with how each stands, and the judgements that say so."""
    case = case_of(request, report, account)
    now = reviewed([case.reading], case.judgements)[0]
    return {
        **to_json(now, with_text=True),
        "publication": msgspec.to_builtins(case.publication) if case.publication else None,
        "standings": [_standing_json(one) for one in case.standings],
        "judgements": [msgspec.to_builtins(one) for one in case.log],
        "may_judge": case.may_judge,
    }


@router.get("/desk/reports/{report}", include_in_schema=False)
def show(
    request: Request, account: Coder, report: str, claim: str = "", quote: str = "", start: int | None = None
) -> Response:
    """The coding screen, at one of the claims, or at a new one for a quote."""
    case = case_of(request, report, account)
    wanted = Wanted(predicate="", quote=quote, quote_start=start) if claim == NEW else None
    return _screen(request, case, account, claim, wanted)


class Telling(BaseModel):
    """What the form of a claim gives; no claim is a new one."""

    claim: str = Field("", max_length=40)
    reason: str = Field("", max_length=1000)
    predicate: str = Field("", max_length=80)
    quote: str = Field("", max_length=4000)
    quote_start: str = Field("", max_length=12)
    polarity: Polarity = "affirmed"
    realis: Realis = "happened"
    hedge: Hedge = "none"
    subject: str = _WORDS
    object: str = _WORDS
    group: str = _WORDS
    place: str = _WORDS
    referent: str = _WORDS
    time: str = _WORDS
    extent: str = _WORDS
    voice: str = _WORDS
    voice_class: VoiceClass = "unnamed"
    quantity: str = _WORDS
    low: str = Field("", max_length=12)
    high: str = Field("", max_length=12)

    def wanted(self) -> Wanted:
        """The same, as a claim in a person's words."""
        given = {name: getattr(self, name).strip() for name in Wanted.__struct_fields__}
        start = int(self.quote_start) if self.quote_start.isdecimal() else None
        return msgspec.convert({**given, "quote_start": start}, Wanted)


@router.post("/desk/reports/{report}/claims", include_in_schema=False)
def tell_claim(
    request: Request,
    account: Coder,
    report: str,
    telling: Annotated[Telling, Form()],
    later: BackgroundTasks,
) -> Response:
    """Correct a claim, or add one; words that are not in the report bring the form back."""
    case = judging(request, report, account)
    wanted = telling.wanted()
    try:
        known = _standing(case, telling.claim) if telling.claim else None
        reading = reviewed([case.reading], case.judgements)[0]
        told = tell(reading, wanted, load_vocabulary(), known.claim if known else None)
        _say(request, case, account, known, told, telling.reason)
    except UsageError as error:
        return _screen(request, case, account, telling.claim or NEW, wanted, trouble=str(error))
    _let_follow(request, case, later)
    return see(f"/desk/reports/{report}?claim={told.claim.id}")


@router.post("/desk/reports/{report}/accept", include_in_schema=False)
def accept(
    request: Request,
    account: Coder,
    report: str,
    later: BackgroundTasks,
    claim: Annotated[str, Form(max_length=40)] = "",
    reason: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Say that a claim is read as the report says; without a claim, all those that nobody judged."""
    case = judging(request, report, account)
    rows = rows_of(case.reading, case.standings)
    chosen = [_standing(case, claim).claim] if claim else [row.standing.claim for row in rows if row.open]
    JudgementLog(room_of(request).people).accept(chosen, _by(case, account, reason))
    _let_follow(request, case, later)
    return _next(report, rows, claim)


@router.post("/desk/reports/{report}/reject", include_in_schema=False)
def reject(
    request: Request,
    account: Coder,
    report: str,
    later: BackgroundTasks,
    claim: Annotated[str, Form(max_length=40)],
    reason: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Say that the report does not say this."""
    case = judging(request, report, account)
    rows = rows_of(case.reading, case.standings)
    JudgementLog(room_of(request).people).reject(_standing(case, claim).claim, _by(case, account, reason))
    _let_follow(request, case, later)
    return _next(report, rows, claim)


@router.post("/desk/reports/{report}/undo", include_in_schema=False)
def undo(
    request: Request,
    account: Coder,
    report: str,
    later: BackgroundTasks,
    judgement: Annotated[str, Form(max_length=40)],
    back: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Take back a judgement on a claim of this report."""
    case = judging(request, report, account)
    found = next((one for one in case.log if one.id == judgement), None)
    if found is None:
        raise HTTPException(404, "There is no such judgement on this report.")
    if not may_undo(found, account):
        raise HTTPException(403, "Only who made a judgement, or an editor, can take it back.")
    JudgementLog(room_of(request).people).undo(found.id, account.name, "taken back at the desk", account.id)
    _let_follow(request, case, later)
    if back == "changes":
        return see(f"/desk/reports/{report}/changes")
    at = found.subjects[0].id if found.subjects else ""
    return see(f"/desk/reports/{report}{f'?claim={at}' if at else ''}")


def may_undo(judgement: HumanJudgement, account: Account) -> bool:
    """Whether somebody may take a judgement back: their own, or as an editor any."""
    return judgement.account == account.id or (account.may("editor") and judgement.coding is None)


def _say(request: Request, case: Case, account: Account, known: Standing | None, told: Told, reason: str) -> None:
    log, by = JudgementLog(room_of(request).people), _by(case, account, reason)
    if known is not None:
        log.correct(known.claim, told, by)
    elif any(one.claim.id == told.claim.id and one.counts for one in case.standings):
        raise UsageError("this claim is there already")
    else:
        log.add(told, by)


def _by(case: Case, account: Account, reason: str) -> By:
    blind = case.blind.id if case.blind else None
    return By(author=account.name, reason=reason.strip(), account=account.id, coding=blind)


def _let_follow(request: Request, case: Case, later: BackgroundTasks) -> None:
    """A draft and a blind round change nothing on the site; anything else does, once the answer is sent."""
    if case.is_known and case.blind is None:
        later.add_task(follow, newsroom_of(request))


def _standing(case: Case, claim: str) -> Standing:
    found = next((one for one in case.standings if one.claim.id == claim), None)
    if found is None:
        raise UsageError("this report has no such claim")
    return found


def _next(report: str, rows: list[Row], claim: str) -> Response:
    following = after(rows, claim) if claim else None
    at = following or claim
    return see(f"/desk/reports/{report}{f'?claim={at}' if at else ''}")


def _screen(
    request: Request, case: Case, account: Account, claim: str, wanted: Wanted | None, *, trouble: str = ""
) -> Response:
    rows = rows_of(case.reading, case.standings)
    chosen = next((row for row in rows if row.shown.id == claim), None)
    if chosen is None and claim != NEW:
        chosen = next((row for row in rows if row.open), rows[0] if rows else None)
    values = {
        "case": case,
        "rows": rows,
        "chosen": chosen,
        "wanted": wanted or (wanted_of(chosen.standing.claim) if chosen else Wanted(predicate="", quote="")),
        "lines": lines_of(case.reading, rows, chosen.standing.claim if chosen else None),
        "progress": progress_of(rows),
        "choices": CHOICES,
        "families": families(load_vocabulary()),
        "groups": groups(),
        "places": _places(case, chosen, wanted),
        "suggestions": suggested(request, case),
        "last": _last(case, account),
        "trouble": trouble,
    }
    return page(request, "desk/claims.html", 422 if trouble else 200, **values)


def _places(case: Case, chosen: Row | None, wanted: Wanted | None) -> Any:
    claim = chosen.standing.claim if chosen else None
    told = chosen.standing.origin.told if chosen and chosen.standing.origin else None
    known = told.resolutions if told else case.reading.resolutions
    found = next((one for one in known if claim and one.claim == claim.id and one.role == "place"), None)
    said = wanted or (wanted_of(claim) if claim else None)
    return places_for(said, found, load_vocabulary()) if said else []


def _last(case: Case, account: Account) -> HumanJudgement | None:
    """The newest judgement of somebody's own that stands: what undo takes back."""
    own = [one for one in case.judgements if one.account == account.id]
    return own[-1] if own else None


def _standing_json(one: Standing) -> dict[str, Any]:
    return {
        "claim": one.claim.id,
        "state": one.state,
        "counts": one.counts,
        "by": one.by.author if one.by else None,
        "judgement": one.by.id if one.by else None,
        "told_by": one.origin.author if one.origin else None,
        "corrects": one.corrects,
        "heir": one.heir,
    }
