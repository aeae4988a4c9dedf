"""Reading a thread: under its report, on a page of its own, one conversation by its permanent address, and as JSON."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Path, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from according.errors import UsageError
from according.records import Reading
from according.store.people import discussion_comments as comments
from according.store.people import discussion_moderation as moderation
from according.store.people import discussion_reading as reading_comments
from according.store.people.discussion_comments import Comment
from according.store.people.discussion_reading import Conversation, Order
from according.web.discussion.data import comment_data, page_data, public
from according.web.discussion.identity import known_reader
from according.web.discussion.views import ON_PAGE, ON_REPORT, ORDERS, Asked, own_of, render_talks, see, thread_view
from according.web.discussion.writing import Posted, take_comment
from according.web.guard.answers import wants_json
from according.web.guard.limits import limited
from according.web.pages.answers import Json, page_answer
from according.web.pages.claims import shown
from according.web.pages.described import ERRORS
from according.web.pages.ledger import Shelf, shelf_of
from according.web.pages.report import showable
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter()
OnShelf = Annotated[Shelf, Depends(shelf_of)]
CommentId = Annotated[str, Path(pattern=r"^[0-9a-f]{12}$")]
After = Annotated[str | None, Query(pattern=r"^[0-9.]{1,20}$")]
ON_CONVERSATION = 50


class Wanted(BaseModel):
    """What the address of a thread may ask for."""

    order: Order = "newest"
    after: Annotated[str | None, Field(pattern=r"^[0-9.]{1,20}$")] = None
    claim: Annotated[str, Field(pattern=r"^[0-9a-f]{0,64}$")] = ""
    exact: Annotated[str, Field(max_length=4_000)] = ""


def report_part(request: Request, report: str) -> dict[str, Any]:
    """The thread under the page of a report."""
    shelf = shelf_of(request)
    reading = shelf.reading(report)
    if reading is None:
        return {}
    said = request.query_params.get("order", "newest")
    order = next((one for one in ORDERS if one == said), None)
    view = thread_view(request, shelf, reading, Asked(order=order or "newest", limit=ON_REPORT))
    return {"thread": view, "form": form_of(reading)}


@router.get("/report/{report}/discussion.json", responses=ERRORS)
def discussion_data(
    request: Request, report: str, shelf: OnShelf, order: Order = "newest", after: After = None
) -> JSONResponse:
    """A page of a report's thread: conversations with first replies; ``next`` is the ``after`` of the next page."""
    reading, _ = showable(request, shelf, report)
    with room_of(request).people.read() as connection:
        thread = comments.thread_for(connection, reading.report)
        found = reading_comments.page_of(connection, thread, order, after, ON_PAGE)
        closed = moderation.thread_rules(connection, thread).closed is not None
        return JSONResponse({**page_data(connection, found, reading), "closed": closed, "order": order})


@router.get("/report/{report}/discussion", response_class=HTMLResponse, responses=ERRORS)
def discussion_page(request: Request, report: str, shelf: OnShelf, wanted: Annotated[Wanted, Query()]) -> Response:
    """All comments on a report; ``claim`` or ``exact`` is what a comment about to be written is on."""
    reading, _ = showable(request, shelf, report)
    given = Posted(claim=wanted.claim, exact=wanted.exact)
    asked = Asked(order=wanted.order, after=wanted.after)
    return _discussion(request, shelf, reading, asked, form_of(reading, given))


@router.post(
    "/report/{report}/discussion",
    response_class=HTMLResponse,
    responses=ERRORS,
    dependencies=[Depends(limited("comment", per_minute=6, burst=6))],
)
def post_comment(request: Request, report: str, shelf: OnShelf, posted: Annotated[Posted, Form()]) -> Response:
    """Write a comment, on the whole report, on a claim of it, on words of it, or in answer to a comment."""
    reading, _ = showable(request, shelf, report)
    try:
        comment = take_comment(request, reading, posted)
    except UsageError as error:
        if wants_json(request):
            raise
        form = form_of(reading, posted, str(error))
        return _discussion(request, shelf, reading, Asked(), form, 400)
    if wants_json(request):
        with room_of(request).people.read() as connection:
            return JSONResponse({"comment": comment_data(connection, [comment], reading)[0]}, 201)
    return RedirectResponse(f"/comment/{comment.id}#comment-{comment.id}", 303)


@router.get("/comment/{comment}.json", responses=ERRORS)
def conversation_data(request: Request, comment: CommentId, shelf: OnShelf, after: int | None = None) -> JSONResponse:
    """A comment with the conversation that it is in."""
    found, reading, talk = _conversation(request, shelf, comment, after)
    mine = known_reader(request)
    everyone = [one if one.reader == mine else public(one) for one in (talk.first, *talk.replies)]
    with room_of(request).people.read() as connection:
        told = comment_data(connection, everyone, reading)
    return JSONResponse({"comment": found.id, "first": told[0], "replies": told[1:], "more": talk.more})


@router.get("/comment/{comment}", response_class=HTMLResponse, responses=ERRORS)
def conversation_page(request: Request, comment: CommentId, shelf: OnShelf, after: int | None = None) -> Response:
    """The permanent address of a comment: the conversation that it is in, and a form to answer it."""
    found, reading, talk = _conversation(request, shelf, comment, after)
    people = room_of(request).people
    with people.read() as connection:
        everyone = [talk.first, *talk.replies]
        own = own_of(request, connection, everyone)
        rendered = render_talks(
            connection, [Conversation(first=talk.first, replies=talk.replies, more=0)], reading, own
        )
        own_held = [found] if found.state == "held" and found.id != talk.first.id else []
        held = see(connection, own_held, reading, own_of(request, connection, own_held))
        closed = comments.is_closed(connection, found.thread)
    values: Json = {
        "comment": found, "talk": talk, "rendered": rendered, "held": held, "closed": closed, "report": reading.report,
        "form": form_of(reading, Posted(parent=found.id if found.state == "shown" else "")),
        "last": talk.replies[-1].number if talk.replies else 0,
    }  # fmt: skip
    return page_answer(request, "discussion/conversation.html", values)


def comment_for(request: Request, comment: str) -> Comment:
    """A comment that this reader may see: one that is shown, or their own; 404 for any other."""
    with room_of(request).people.read() as connection:
        found = comments.find(connection, comment)
    own = found is not None and found.state == "held" and found.reader == known_reader(request)
    if found is None or not (own or found.state in ("shown", "removed")):
        raise HTTPException(404, "There is no comment at this address.")
    return found


def reading_for(request: Request, shelf: Shelf, comment: Comment) -> Reading:
    """The report that a comment is on, in the newest version that was shown with its thread."""
    with room_of(request).people.read() as connection:
        newest = moderation.thread_rules(connection, comment.thread).report
    known = [one for one in (newest, comment.report) if one and shelf.reading(one)]
    return showable(request, shelf, known[0] if known else comment.report)[0]


def form_of(reading: Reading, given: Posted | None = None, error: str = "") -> Json:
    """What the form for a comment shows: what was typed already, what it is on, and what was wrong."""
    given = given or Posted()
    claim = next((one for one in reading.claims if one.id == given.claim), None)
    quote = " ".join((claim.evidence.text if claim else given.exact).split())
    return {
        "address": f"/report/{reading.report.id}/discussion", "given": given, "error": error, "quote": quote,
        "claim": claim.id if claim else "",
    }  # fmt: skip


def _discussion(
    request: Request, shelf: Shelf, reading: Reading, asked: Asked, form: Json, status: int = 200
) -> Response:
    view = thread_view(request, shelf, reading, asked)
    claims = [one for one in shown(reading) if not one.comment]
    values = {"thread": view, "form": form, "report": reading.report, "asked": asked, "claims": claims}
    if status != 200:
        return page(request, "discussion/page.html", status, **values)
    return page_answer(request, "discussion/page.html", values)


def _conversation(
    request: Request, shelf: Shelf, comment: str, after: int | None
) -> tuple[Comment, Reading, Conversation]:
    found = comment_for(request, comment)
    reading = reading_for(request, shelf, found)
    with room_of(request).people.read() as connection:
        root = found if found.id == found.root else comments.find(connection, found.root)
        assert root is not None
        start = after
        if start is None:
            start = 0 if found.id == root.id else reading_comments.page_start(connection, found, ON_CONVERSATION)
        talk = reading_comments.conversation(connection, root, min(start, 2**31 - 1), ON_CONVERSATION)
    return found, reading, talk
