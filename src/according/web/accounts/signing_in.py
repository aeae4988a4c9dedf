"""Signing in, in one step or two, and out."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import Response
from itsdangerous import BadData, URLSafeTimedSerializer

from according.store.people.accounts import Account, hash_password, is_outdated, matches
from according.store.people.audit import record
from according.store.people.passwords import Known, known, known_by_id, renew_hash
from according.store.people.sessions import forget_ended, token_hash
from according.store.people.two_step import shared_secret, step_of, use_recovery_code, use_step
from according.web.accounts.current import current
from according.web.accounts.entering import enter, leave, local, see
from according.web.guard.address import address_of
from according.web.guard.cookies import cookie, give_cookie
from according.web.guard.limits import buckets, limited, refuse_for
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter(include_in_schema=False)
SECOND_STEP_SECONDS = 300
WRONG = "That name and password do not belong together."
WRONG_CODE = "That code is not right, or was used already. Wait for the next one, or use a recovery code."

Short = Annotated[str, Form(max_length=300)]
Next = Annotated[str, Form(alias="next", max_length=2000)]


@router.get("/sign-in")
def ask_who(request: Request, then: Annotated[str, Query(alias="next", max_length=2000)] = "") -> Response:
    """The form to sign in; who is signed in already goes on."""
    if current(request) is not None:
        return see(local(then))
    return page(request, "accounts/sign_in.html", then=then, name="", trouble="")


@router.post("/sign-in", dependencies=[Depends(limited("sign in", per_minute=10, burst=20))])
def sign_in(
    request: Request, name: Short, password: Annotated[str, Form(max_length=2000)], then: Next = ""
) -> Response:
    """Take name and password; ask for the second step where there is one."""
    refuse_for(buckets(request, "sign in as", 5 / 60, 10).wait(token_hash(name.strip().casefold())))
    people = room_of(request).people
    with people.read() as connection:
        found = known(connection, name)
    if not matches(found.password if found else None, password) or found is None:
        with people.write() as connection:
            about = found.account.id if found else ""
            record(connection, None, "account.sign_in_failed", about, f"from {address_of(request)}")
        return page(request, "accounts/sign_in.html", 403, then=then, name=name, trouble=WRONG)
    if found.password is not None and is_outdated(found.password):
        better = hash_password(password)
        with people.write() as connection:
            renew_hash(connection, found.account.id, better)
        found = replace(found, password=better)
    if found.seed is not None:
        give_cookie(request, "second", _signer(request).dumps([found.account.id, _mark(found)]), SECOND_STEP_SECONDS)
        return see(f"/sign-in/code?next={quote(then, safe='/')}")
    return _enter(request, found.account, "by password", then)


@router.get("/sign-in/code")
def ask_code(request: Request, then: Annotated[str, Query(alias="next", max_length=2000)] = "") -> Response:
    """The form for the second step."""
    if _half_way(request) is None:
        return see("/sign-in")
    return page(request, "accounts/code.html", then=then, trouble="")


@router.post("/sign-in/code", dependencies=[Depends(limited("sign in", per_minute=10, burst=20))])
def take_code(request: Request, code: Annotated[str, Form(max_length=100)], then: Next = "") -> Response:
    """Take a code or a recovery code; few tries are allowed, since codes are short."""
    found = _half_way(request)
    if found is None or found.seed is None:
        return see("/sign-in")
    refuse_for(buckets(request, "second step", 5 / 900, 5).wait(found.account.id))
    room = room_of(request)
    step = step_of(shared_secret(room.secret, found.seed), code)
    with room.people.write() as connection:
        if step is not None and use_step(connection, found.account.id, step):
            how = "by password and code"
        elif use_recovery_code(connection, found.account.id, code):
            how = "by password and recovery code"
        else:
            how = ""
            record(connection, None, "account.code_failed", found.account.id, f"from {address_of(request)}")
    if not how:
        return page(request, "accounts/code.html", 403, then=then, trouble=WRONG_CODE)
    return _enter(request, found.account, how, then)


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End the session of this browser."""
    with room_of(request).people.write() as connection:
        leave(request, connection)
    return see("/")


def _enter(request: Request, account: Account, how: str, then: str) -> Response:
    with room_of(request).people.write() as connection:
        forget_ended(connection)
        enter(request, connection, account, how)
    return see(local(then))


def _half_way(request: Request) -> Known | None:
    """Who gave the right password a short while ago; a password changed since counts no more."""
    token = cookie(request, "second")
    if token is None:
        return None
    try:
        account_id, mark = _signer(request).loads(token, max_age=SECOND_STEP_SECONDS)
    except BadData:
        return None
    with room_of(request).people.read() as connection:
        found = known_by_id(connection, account_id)
    return found if found is not None and mark == _mark(found) else None


def _signer(request: Request) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(room_of(request).secret, salt="second step")


def _mark(found: Known) -> str:
    return token_hash(f"{found.password} {found.seed}")[:16]
