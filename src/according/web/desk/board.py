"""The desk's first page: what waits for whom."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from according.store.people import coding, publications
from according.store.people.accounts import Account
from according.store.people.coding import Coding
from according.store.people.discussion_suggestions import open_suggestions
from according.store.people.publications import Publication
from according.web.accounts.current import needs
from according.web.desk.onward import follow, newsroom_of
from according.web.pages import words
from according.web.pages.hooks import home_of
from according.web.pages.ledger import named, shelf_of
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter(tags=["desk"])
Coder = Annotated[Account, Depends(needs("coder"))]
_PAGE = 30


class Board(msgspec.Struct, frozen=True):
    """What waits at the desk for one person."""

    drafts: list[Publication]
    scheduled: list[Publication]
    out: list[Publication]
    dropped: list[Publication]
    assigned: list[Coding]
    rounds: list[Coding]
    titles: dict[str, str]


@router.get("/desk.json")
def give_board(request: Request, account: Coder) -> dict[str, Any]:
    """What waits at the desk for whom."""
    found: dict[str, Any] = msgspec.to_builtins(board_of(request, account))
    return found


@router.get("/desk", include_in_schema=False)
def show_board(request: Request, account: Coder, after: str | None = None) -> Response:
    """What waits at the desk, and the reports of the site to look at."""
    _publish_due(request)
    with room_of(request).people.read() as connection:
        suggestions = open_suggestions(connection, 20)
    homes = {one.report: home_of(request, one.report) for one in suggestions}
    shelf = shelf_of(request)
    found = shelf.ledger.reports(after, _PAGE)
    lines = [named(shelf, line) for line in found.items]
    values = {"board": board_of(request, account), "lines": lines, "suggestions": suggestions, "homes": homes}
    values |= {"after": after, "older": found.after}
    return page(request, "desk/board.html", **values, word=words)


def board_of(request: Request, account: Account) -> Board:
    """What waits at the desk: for an editor everything, for a coder what is theirs."""
    owner = None if account.may("editor") else account.id
    with room_of(request).people.read() as connection:
        mine = coding.of_coder(connection, account.id)
        rounds = coding.blind_rounds(connection) if owner is None else [one for one in mine if one.blind]
        lists = {
            "drafts": publications.listed(connection, ["draft"], owner),
            "scheduled": publications.listed(connection, ["scheduled"], owner),
            "out": publications.listed(connection, ["published", "retracted"], owner, 30),
            "dropped": publications.listed(connection, ["dropped"], owner, 30),
        }
        assigned = [one for one in mine if one.is_open_to(account.id)]
        known = publications.publications(connection, [one.report for one in (*assigned, *rounds)])
    gone = {name for name, one in known.items() if one.status in ("dropped", "replaced")}
    assigned = [one for one in assigned if one.report not in gone]
    found = {one.report: one for group in lists.values() for one in group} | known
    titles = {name: one.headline or one.title or name for name, one in found.items()}
    for one in (*assigned, *rounds):
        if one.report not in titles:
            reading = shelf_of(request).reading(one.report)
            titles[one.report] = words.headline(reading.report) if reading else one.report
    return Board(**lists, assigned=assigned, rounds=rounds[::-1], titles=titles)


def _publish_due(request: Request) -> None:
    """Note what came out by its schedule; readers have seen it since its time."""
    with room_of(request).people.read() as connection:
        waiting = publications.listed(connection, ["scheduled"])
    if waiting:
        with room_of(request).people.write() as connection:
            due = publications.publish_due(connection)
        if due:
            follow(newsroom_of(request))
