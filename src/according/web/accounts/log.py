"""The audit log as admins read it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from according.store.people.accounts import Account, accounts
from according.store.people.audit import Entry, entries
from according.web.accounts.current import needs
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter()
Admin = Annotated[Account, Depends(needs("admin"))]
Text = Annotated[str, Query(max_length=200)]
Before = Annotated[int | None, Query(ge=1, le=2**62)]


@router.get("/audit", include_in_schema=False)
def show_log(
    request: Request, _: Admin, who: Text = "", what: Text = "", about: Text = "", before: Before = None
) -> Response:
    """Who did what, the newest first, a hundred at a time."""
    found, names = _entries(request, who, what, about, before)
    return page(
        request,
        "accounts/audit.html",
        entries=found,
        names=names,
        who=who,
        what=what,
        about=about,
        older=found[-1].number if len(found) == 100 else None,
    )


@router.get("/audit.json")
def give_log(
    request: Request, _: Admin, who: Text = "", what: Text = "", about: Text = "", before: Before = None
) -> dict[str, list[dict[str, Any]]]:
    """Who did what, the newest first, a hundred at a time; ``before`` is the last number of the page before."""
    found, names = _entries(request, who, what, about, before)
    return {
        "entries": [
            {
                "number": one.number,
                "at": one.at,
                "who": {"id": one.who, "name": names.get(one.who)} if one.who else None,
                "what": one.what,
                "about": one.about,
                "detail": one.detail,
            }
            for one in found
        ]
    }


def _entries(
    request: Request, who: str, what: str, about: str, before: int | None
) -> tuple[list[Entry], dict[str, str]]:
    with room_of(request).people.read() as connection:
        names = {one.id: one.name for one in accounts(connection)}
        ids = {name.casefold(): account_id for account_id, name in names.items()}
        known = ids.get(who.strip().casefold(), who) or None
        return entries(connection, who=known, what=what, about=about, before=before), names
