"""Moderators' pages: what waits, what readers flagged, the words and blocks, the policy, each thread's own."""

from __future__ import annotations

from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, Field

from according.store.people import audit
from according.store.people import discussion_comments as comments
from according.store.people import discussion_moderation as moderation
from according.store.people.accounts import Account
from according.store.people.discussion_comments import Comment
from according.store.people.discussion_votes import open_flags, settle_flags
from according.web.accounts.current import current, needs
from according.web.discussion import letters
from according.web.discussion.threads import CommentId, OnShelf
from according.web.discussion.views import Own, see
from according.web.pages import words
from according.web.pages.described import ERRORS
from according.web.pages.ledger import Shelf
from according.web.pages.report import showable
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter(default_response_class=HTMLResponse)
Moderator = Annotated[Account, Depends(needs("moderator"))]
ON_QUEUE = 25


class Decision(BaseModel):
    """What a moderator does with a comment, and whom they block with it."""

    act: Annotated[str, Field(pattern=r"^(show|refuse|hold|remove)$")]
    block_mail: bool = False
    block_net: bool = False
    reason: Annotated[str, Field(max_length=300)] = ""


def waiting_for(request: Request) -> int:
    """How many comments wait for whoever is signed in; none for who may not moderate."""
    account = current(request)
    if account is None or not account.may("moderator"):
        return 0
    with room_of(request).people.read() as connection:
        return moderation.waiting_count(connection)


@router.get("/moderation", responses=ERRORS)
def queue_page(
    request: Request, _: Moderator, shelf: OnShelf, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0
) -> Response:
    """The comments that wait, oldest first, and those that readers flagged."""
    with room_of(request).people.read() as connection:
        held = moderation.waiting(connection, after, ON_QUEUE + 1)
        flagged = moderation.flagged(connection) if after == 0 else []
        shown = _lines(connection, shelf, [*flagged, *held[:ON_QUEUE]])
        number = moderation.waiting_count(connection)
    values = {
        "flagged": shown[: len(flagged)], "held": shown[len(flagged) :], "number": number,
        "next": held[ON_QUEUE - 1].number if len(held) > ON_QUEUE else None,
    }  # fmt: skip
    return page(request, "discussion/queue.html", **values)


@router.get("/moderation.json", responses=ERRORS)
def queue_data(request: Request, _: Moderator, after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0) -> JSONResponse:
    """The queue as JSON."""
    with room_of(request).people.read() as connection:
        held = moderation.waiting(connection, after, ON_QUEUE)
        flagged = moderation.flagged(connection)
        flags = open_flags(connection, [one.id for one in (*held, *flagged)])
    by_comment: dict[str, list[dict[str, str]]] = {}
    for each in flags:
        by_comment.setdefault(each.comment, []).append({"reason": each.reason, "note": each.note})
    return JSONResponse(
        {
            "held": [_told(one, by_comment) for one in held],
            "flagged": [_told(one, by_comment) for one in flagged],
            "next": held[-1].number if len(held) == ON_QUEUE else None,
        }
    )


@router.post("/moderation/comment/{comment}", responses=ERRORS)
def decide(
    request: Request, by: Moderator, comment: CommentId, decision: Annotated[Decision, Form()], shelf: OnShelf
) -> Response:
    """Show, refuse, hold or remove a comment, and block who wrote it."""
    room = room_of(request)
    with room.people.write() as connection:
        found = comments.find(connection, comment, lock=True)
        if found is None or found.state == "removed":
            raise HTTPException(404, "There is no comment at this address.")
        _block(connection, found, decision, by)
        changed = _act(connection, found, decision.act)
        settle_flags(connection, found)
        audit.record(connection, by.id, f"discussion.{decision.act}", found.id, decision.reason)
        letters.announce(connection, room, changed, _title(shelf, changed))
    return RedirectResponse("/moderation", 303)


def _act(connection: sa.Connection, found: Comment, act: str) -> Comment:
    if act == "remove":
        return comments.remove(connection, found)
    states: dict[str, comments.CommentState] = {"show": "shown", "refuse": "refused", "hold": "held"}
    return comments.set_state(connection, found, states[act], ("flags",) if act == "hold" else ())


def _block(connection: sa.Connection, found: Comment, decision: Decision, by: Account) -> None:
    why = decision.reason or f"comment {found.id}"
    if decision.block_net and found.net:
        moderation.block(connection, "net", found.net, by.name, why)
    if decision.block_mail and found.mail:
        moderation.block(connection, "mail", found.mail, by.name, why)


class Rules(BaseModel):
    """The form of the site's policy."""

    moderation: Annotated[str, Field(pattern=r"^(before|after)$")] = "after"
    hold_links: bool = False
    hold_first: bool = False
    edit_minutes: int = 10
    flags_to_hold: int = 5


@router.get("/moderation/rules", responses=ERRORS)
def rules_page(request: Request, _: Moderator) -> Response:
    """The policy, the lists of words, and the blocks."""
    with room_of(request).people.read() as connection:
        policy, blocks = moderation.policy(connection), moderation.blocks(connection)
    lists = {kind: "\n".join(one.value for one in blocks if one.kind == kind) for kind in moderation.WORD_KINDS}
    others = [one for one in blocks if one.kind not in moderation.WORD_KINDS]
    return page(request, "discussion/rules.html", policy=policy, lists=lists, blocks=others)


@router.post("/moderation/rules", responses=ERRORS)
def set_rules(request: Request, by: Moderator, rules: Annotated[Rules, Form()]) -> Response:
    """Change the site's policy."""
    with room_of(request).people.write() as connection:
        new = moderation.Policy(**rules.model_dump())
        moderation.set_policy(connection, new)
        audit.record(connection, by.id, "discussion.policy", "", str(rules.model_dump()))
    return RedirectResponse("/moderation/rules", 303)


@router.post("/moderation/words", responses=ERRORS)
def set_words(
    request: Request,
    by: Moderator,
    held: Annotated[str, Form(max_length=300_000)] = "",
    refused: Annotated[str, Form(max_length=300_000)] = "",
) -> Response:
    """Replace the lists of words, one entry a line."""
    with room_of(request).people.write() as connection:
        for kind, said in (("held", held), ("refused", refused)):
            lines = ["".join(filter(str.isprintable, line)) for line in said.splitlines()]
            moderation.set_words(connection, "held" if kind == "held" else "refused", lines, by.name)
        audit.record(connection, by.id, "discussion.words")
    return RedirectResponse("/moderation/rules", 303)


@router.post("/moderation/unblock", responses=ERRORS)
def unblock(
    request: Request,
    by: Moderator,
    kind: Annotated[str, Form(pattern=r"^(mail|net)$")],
    value: Annotated[str, Form(pattern=r"^[0-9a-f]{32}$")],
) -> Response:
    """Take a mailbox or a network off the block list."""
    with room_of(request).people.write() as connection:
        moderation.unblock(connection, "mail" if kind == "mail" else "net", value)
        audit.record(connection, by.id, "discussion.unblock", value)
    return RedirectResponse("/moderation/rules", 303)


class ThreadForm(BaseModel):
    """The form of one thread: closed or open, and its own moderation."""

    closed: bool = False
    moderation: Annotated[str, Field(pattern=r"^(site|before|after)$")] = "site"


@router.post("/report/{report}/discussion/rules", responses=ERRORS)
def set_thread(
    request: Request, by: Moderator, report: str, shelf: OnShelf, form: Annotated[ThreadForm, Form()]
) -> Response:
    """Close a thread or open it again, and moderate it apart from the site."""
    reading, _ = showable(request, shelf, report)
    own: moderation.Moderation | None = None
    if form.moderation != "site":
        own = "before" if form.moderation == "before" else "after"
    with room_of(request).people.write() as connection:
        thread = comments.thread_for(connection, reading.report)
        moderation.set_thread(connection, thread, closed=form.closed, moderation=own)
        audit.record(connection, by.id, "discussion.thread", reading.report.id, str(form.model_dump()))
    return RedirectResponse(f"/report/{reading.report.id}/discussion", 303)


def _lines(connection: sa.Connection, shelf: Shelf, some: list[Comment]) -> list[dict[str, Any]]:
    """Comments of any report, each with the report, its flags and why it waits."""
    flags: dict[str, list[Any]] = {}
    for each in open_flags(connection, [one.id for one in some]):
        flags.setdefault(each.comment, []).append(each)
    lines = []
    for one in some:
        reading = shelf.reading(one.report)
        seen = see(connection, [one], reading, Own())[0] if reading else None
        lines.append({"comment": one, "seen": seen, "title": _title(shelf, one), "flags": flags.get(one.id, [])})
    return lines


def _told(one: Comment, flags: dict[str, list[dict[str, str]]]) -> dict[str, Any]:
    return {
        "id": one.id, "report": one.report, "name": one.name, "text": one.text, "written": one.written,
        "state": one.state, "held_for": list(one.held_for), "flags": flags.get(one.id, []),
    }  # fmt: skip


def _title(shelf: Shelf, comment: Comment) -> str:
    reading = shelf.reading(comment.report)
    return words.headline(reading.report) if reading else "a report that is not shown"
