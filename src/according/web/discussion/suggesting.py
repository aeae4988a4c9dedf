"""From a comment towards the record: the desk makes a suggestion of it, and decides on it where it codes claims."""

from __future__ import annotations

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from according.errors import UsageError
from according.records import Reading
from according.store.people import audit
from according.store.people import discussion_comments as comments
from according.store.people import discussion_suggestions as suggestions
from according.store.people.accounts import Account
from according.store.people.discussion_anchors import anchors_of
from according.store.people.discussion_followed import followed
from according.store.people.discussion_suggestions import Change, Suggestion
from according.web.accounts.current import needs
from according.web.discussion.threads import CommentId, OnShelf, comment_for, reading_for
from according.web.pages.claims import Shown, shown
from according.web.pages.described import ERRORS
from according.web.pages.hooks import home_of
from according.web.pages.ledger import Shelf
from according.web.pages.report import showable
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter(default_response_class=HTMLResponse)
Coder = Annotated[Account, Depends(needs("coder"))]


class Asked(BaseModel):
    """The form that turns a comment into a suggestion."""

    claim: Annotated[str, Field(max_length=64, pattern=r"^[0-9a-f]*$")] = ""
    kind: Annotated[str, Field(pattern=r"^(reject|correct)$")] = "correct"
    field: Annotated[str, Field(max_length=20)] = ""
    value: Annotated[str, Field(max_length=400)] = ""
    low: Annotated[str, Field(pattern=r"^[0-9]{0,7}$")] = ""
    high: Annotated[str, Field(pattern=r"^[0-9]{0,7}$")] = ""

    def change(self) -> Change:
        """The change asked for; raises UsageError for a field that cannot be corrected."""
        if self.kind == "reject":
            return Change(kind="reject")
        field = next((one for one in suggestions.FIELDS if one == self.field), None)
        if field is None:
            raise UsageError(f"the field to correct is one of {', '.join(suggestions.FIELDS)}")
        low, high = (int(said) if said else None for said in (self.low, self.high))
        return Change(kind="correct", field=field, value=self.value, low=low, high=high)


@router.get("/comment/{comment}/suggestion", responses=ERRORS)
def promote_page(request: Request, _: Coder, comment: CommentId, shelf: OnShelf) -> Response:
    """The form to make a suggestion of a comment."""
    found = comment_for(request, comment)
    reading = reading_for(request, shelf, found)
    with room_of(request).people.read() as connection:
        anchor = anchors_of(connection, [found.id]).get(found.id)
    return _promote_page(request, reading, found.id, Asked(claim=(anchor and anchor.claim) or ""), "")


@router.post("/comment/{comment}/suggestion", responses=ERRORS)
def promote(
    request: Request, by: Coder, comment: CommentId, asked: Annotated[Asked, Form()], shelf: OnShelf
) -> Response:
    """Make a suggestion of a comment."""
    found = comment_for(request, comment)
    reading = reading_for(request, shelf, found)
    try:
        with room_of(request).people.write() as connection:
            change = (asked.claim, asked.change())
            name = suggestions.promote(connection, found, reading, change, by.name)
            audit.record(connection, by.id, "discussion.promote", name)
    except UsageError as error:
        return _promote_page(request, reading, found.id, asked, str(error))
    return RedirectResponse(f"/report/{reading.report.id}/suggestions", 303)


@router.get("/suggestions", responses=ERRORS)
def suggestions_page(request: Request, _: Coder, shelf: OnShelf) -> Response:
    """The suggestions on any report that nobody decided."""
    with room_of(request).people.read() as connection:
        waiting = suggestions.open_suggestions(connection)
    return _list(request, shelf, waiting, None)


@router.get("/report/{report}/suggestions", responses=ERRORS)
def report_suggestions(request: Request, _: Coder, report: str, shelf: OnShelf) -> Response:
    """The suggestions on one report."""
    reading, _shown = showable(request, shelf, report)
    return _list(request, shelf, suggestions_for(request, reading), reading)


def suggestions_for(request: Request, reading: Reading) -> list[Suggestion]:
    """All suggestions that came of comments on a report, for the desk's pages too."""
    with room_of(request).people.read() as connection:
        return suggestions.suggestions_for(connection, comments.thread_for(connection, reading.report))


def _promote_page(request: Request, reading: Reading, comment: str, asked: Asked, error: str) -> Response:
    found = comment_for(request, comment)
    claims = [one for one in shown(reading) if not one.comment]
    values = {
        "comment": found, "claims": claims, "asked": asked, "error": error, "choices": suggestions.CHOICES,
        "report": reading.report,
    }  # fmt: skip
    return page(request, "discussion/promote.html", 400 if error else 200, **values)


def _list(request: Request, shelf: Shelf, some: list[Suggestion], reading: Reading | None) -> Response:
    homes = {one.report: home_of(request, one.report) for one in some}
    with room_of(request).people.read() as connection:
        texts = {one.comment: comments.find(connection, one.comment) for one in some}
        found = [_standing(connection, one, reading or shelf.reading(homes[one.report])) for one in some]
    values = {"suggestions": found, "comments": texts, "report": reading.report if reading else None}
    return page(request, "discussion/suggestions.html", **values)


def _standing(
    connection: sa.Connection, one: Suggestion, reading: Reading | None
) -> tuple[Suggestion, Shown | None, str, str]:
    """A suggestion, the claim it is about as the report has it now, how it stands there, and what it was about."""
    if reading is None:
        return one, None, "orphaned", ""
    (now,) = followed(connection, [one], reading)
    claim = next((claim for claim in shown(reading) if claim.id == now.suggestion.claim), None)
    return now.suggestion, claim, now.state, now.said
