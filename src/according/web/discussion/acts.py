"""What a reader does with a comment: vote for it, flag it, edit or remove their own."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from according.errors import UsageError
from according.store.people import discussion_comments as comments
from according.store.people import discussion_moderation as moderation
from according.store.people import discussion_votes as votes
from according.store.people.discussion_comments import Comment
from according.web.discussion import identity
from according.web.discussion.markup import clean_text
from according.web.discussion.threads import CommentId, OnShelf, comment_for, reading_for
from according.web.discussion.words import FLAGS
from according.web.discussion.writing import change_comment, may_change, may_edit
from according.web.guard.answers import wants_json
from according.web.guard.limits import limited
from according.web.pages.described import ERRORS
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter(default_response_class=HTMLResponse)
Words = Annotated[str, Form(max_length=20_000)]


@router.post(
    "/comment/{comment}/vote", responses=ERRORS, dependencies=[Depends(limited("vote", per_minute=30, burst=30))]
)
def vote(request: Request, comment: CommentId, way: Annotated[str, Form(pattern=r"^(up|back)$")] = "up") -> Response:
    """Recommend a comment, or take that back (``way`` is ``up`` or ``back``); once per reader, without an account."""
    found = comment_for(request, comment)
    room = room_of(request)
    mine = identity.voter(room, identity.reader(request), found.id)
    with room.people.write() as connection:
        number = votes.vote(connection, _locked(comments.find(connection, found.id, lock=True)), mine, up=way == "up")
    if wants_json(request):
        return JSONResponse({"comment": found.id, "votes": number, "voted": way == "up"})
    return _back(request, found)


@router.get("/comment/{comment}/flag", responses=ERRORS)
def flag_page(request: Request, comment: CommentId, shelf: OnShelf) -> Response:
    """The form to flag a comment."""
    found = comment_for(request, comment)
    reading_for(request, shelf, found)
    return page(request, "discussion/flag.html", comment=found, reasons=FLAGS, done=False)


@router.post(
    "/comment/{comment}/flag", responses=ERRORS, dependencies=[Depends(limited("flag", per_minute=5, burst=5))]
)
def flag(
    request: Request, comment: CommentId, reason: Annotated[str, Form(max_length=40)] = "", note: Words = ""
) -> Response:
    """Tell the moderators what is wrong with a comment."""
    found = comment_for(request, comment)
    said = clean_text(note, 500, "the note") if note.strip() else ""
    mine = identity.keyed(room_of(request), "flagger", identity.reader(request), found.id)
    with room_of(request).people.write() as connection:
        locked = _locked(comments.find(connection, found.id, lock=True))
        waiting = votes.flag(connection, locked, mine, reason, said)
        enough = moderation.policy(connection).flags_to_hold
        if enough and waiting >= enough:
            comments.set_state(connection, locked, "held", ("flags",))
    if wants_json(request):
        return JSONResponse({"comment": found.id, "flagged": reason})
    return page(request, "discussion/flag.html", comment=found, reasons=FLAGS, done=True)


@router.get("/comment/{comment}/edit", responses=ERRORS)
def edit_page(request: Request, comment: CommentId) -> Response:
    """The form to change one's own comment, for a few minutes, or to remove it, at any time."""
    found = _own(request, comment)
    with room_of(request).people.read() as connection:
        open_still = may_edit(connection, request, found)
        minutes = moderation.policy(connection).edit_minutes
    return page(request, "discussion/edit.html", comment=found, editable=open_still, minutes=minutes, error="")


@router.post("/comment/{comment}/edit", responses=ERRORS, dependencies=[Depends(limited("comment", per_minute=6))])
def edit(request: Request, comment: CommentId, shelf: OnShelf, text: Words = "") -> Response:
    """Change one's own comment."""
    found = _own(request, comment)
    try:
        changed = change_comment(request, found, reading_for(request, shelf, found), text)
    except UsageError as error:
        if wants_json(request):
            raise
        with room_of(request).people.read() as connection:
            open_still, minutes = may_edit(connection, request, found), moderation.policy(connection).edit_minutes
        values = {"comment": found, "editable": open_still, "minutes": minutes, "error": str(error), "text": text}
        return page(request, "discussion/edit.html", 400, **values)
    return _back(request, changed)


@router.post("/comment/{comment}/remove", responses=ERRORS, dependencies=[Depends(limited("comment", per_minute=6))])
def remove(request: Request, comment: CommentId) -> Response:
    """Remove one's own comment: its words and name are gone for good."""
    found = _own(request, comment)
    with room_of(request).people.write() as connection:
        comments.remove(connection, _locked(comments.find(connection, found.id, lock=True)))
    if wants_json(request):
        return JSONResponse({"comment": found.id, "state": "removed"})
    return page(request, "discussion/removed.html", comment=found)


def _own(request: Request, comment: str) -> Comment:
    found = comment_for(request, comment)
    if not may_change(request, found):
        raise HTTPException(403, "Only who wrote a comment can change it, from the browser it was written in.")
    return found


def _locked(found: Comment | None) -> Comment:
    if found is None:
        raise HTTPException(404, "There is no comment at this address.")
    return found


def _back(request: Request, comment: Comment) -> Response:
    """Back to the page of this site that the reader was on, at the comment."""
    came = urlsplit(request.headers.get("referer", ""))
    from_here = came.netloc == request.headers.get("host") and came.path.startswith(("/report/", "/comment/"))
    where = came.path if from_here and not came.path.endswith("/edit") else f"/comment/{comment.id}"
    query = f"?{came.query}" if came.query and where == came.path else ""
    return RedirectResponse(f"{where}{query}#comment-{comment.id}", 303)
