"""The desk's accounts, for admins: invite, change a role, lock, and help those who are locked out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import APIRouter, Depends, Form, HTTPException, Path, Request
from fastapi.responses import Response

from according.errors import UsageError
from according.store.people.accounts import ROLES, Account, Role, account_by_id, accounts, add_account, change_account
from according.store.people.audit import record
from according.store.people.sessions import end_sessions
from according.store.people.two_step import turn_off
from according.web.accounts.current import needs
from according.web.accounts.entering import see
from according.web.accounts.letters import invite, offer_reset, warn
from according.web.guard.limits import limited
from according.web.rendering import page
from according.web.room import Room, room_of

router = APIRouter()
Admin = Annotated[Account, Depends(needs("admin"))]
Id = Annotated[str, Path(max_length=32)]


@router.get("/accounts", include_in_schema=False)
def show_accounts(request: Request, admin: Admin) -> Response:
    """Every account, and a form to invite somebody."""
    return _page(request, admin)


@router.get("/accounts.json")
def give_accounts(request: Request, admin: Admin) -> dict[str, list[dict[str, Any]]]:  # noqa: ARG001  # asked for
    """Every account."""
    with room_of(request).people.read() as connection:
        found = accounts(connection)
    return {
        "accounts": [
            {
                "id": one.id,
                "name": one.name,
                "email": one.email,
                "role": one.role,
                "disabled": one.disabled,
                "two_step": one.two_step,
            }
            for one in found
        ]
    }


@router.post("/accounts", include_in_schema=False, dependencies=[Depends(limited("invite", per_minute=20))])
def add(
    request: Request,
    admin: Admin,
    name: Annotated[str, Form(max_length=300)],
    email: Annotated[str, Form(max_length=300)],
    role: Annotated[Role, Form()],
) -> Response:
    """Add an account and send its invitation."""
    room = room_of(request)
    try:
        with room.people.write() as connection:
            account = add_account(connection, name, email, role)
            invite(connection, room, account)
            record(connection, admin.id, "account.add", account.id, f"{account.name} as {role}")
    except UsageError as error:
        return _page(request, admin, str(error), {"name": name, "email": email, "role": role})
    return see("/accounts?said=invited")


@router.post("/accounts/{account_id}/role", include_in_schema=False)
def change_role(request: Request, admin: Admin, account_id: Id, role: Annotated[Role, Form()]) -> Response:
    """Change what an account may do."""

    def change(connection: sa.Connection, _: Room, account: Account) -> str:
        change_account(connection, account.id, role=role)
        return f"{account.role} to {role}"

    return _do(request, admin, account_id, "account.role", change)


@router.post("/accounts/{account_id}/{what}", include_in_schema=False)
def act(request: Request, admin: Admin, account_id: Id, what: str) -> Response:
    """Lock or unlock an account, end its sessions, send a link for its password, or turn its second step off."""
    if what not in ACTS:
        raise HTTPException(404)
    return _do(request, admin, account_id, f"account.{what}", ACTS[what])


Act = Callable[[sa.Connection, Room, Account], str]


def _lock(connection: sa.Connection, _: Room, account: Account) -> str:
    change_account(connection, account.id, disabled=True)
    end_sessions(connection, account.id)
    return ""


def _unlock(connection: sa.Connection, _: Room, account: Account) -> str:
    change_account(connection, account.id, disabled=False)
    return ""


def _sign_out(connection: sa.Connection, _: Room, account: Account) -> str:
    return str(end_sessions(connection, account.id))


def _send_link(connection: sa.Connection, room: Room, account: Account) -> str:
    offer_reset(connection, room, account)
    return ""


def _second_step_off(connection: sa.Connection, room: Room, account: Account) -> str:
    turn_off(connection, account.id)
    warn(connection, room, account, "an admin turned the second step of signing in off")
    return ""


ACTS: dict[str, Act] = {
    "lock": _lock,
    "unlock": _unlock,
    "sign-out": _sign_out,
    "link": _send_link,
    "two-step-off": _second_step_off,
}


def _do(request: Request, admin: Account, account_id: str, what: str, act: Act) -> Response:
    """Carry something out on an account and note it, both or neither."""
    room = room_of(request)
    try:
        with room.people.write() as connection:
            account = account_by_id(connection, account_id)
            if account is None:
                raise HTTPException(404, "There is no such account.")
            record(connection, admin.id, what, account.id, act(connection, room, account))
    except UsageError as error:
        return _page(request, admin, str(error))
    return see("/accounts?said=done")


def _page(request: Request, admin: Account, trouble: str = "", typed: dict[str, str] | None = None) -> Response:
    with room_of(request).people.read() as connection:
        found = accounts(connection)
    return page(
        request,
        "accounts/accounts.html",
        400 if trouble else 200,
        accounts=found,
        roles=ROLES,
        mine=admin,
        typed=typed or {"name": "", "email": "", "role": "coder"},
        trouble=trouble,
        said=request.query_params.get("said", ""),
    )
