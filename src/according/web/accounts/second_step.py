"""Turning the second step of signing in on and off."""

from __future__ import annotations

from typing import Annotated

import pyotp
import segno
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from itsdangerous import BadData, URLSafeTimedSerializer
from markupsafe import Markup

from according.errors import UsageError
from according.store.people.audit import record
from according.store.people.two_step import (
    new_recovery_codes,
    new_seed,
    shared_secret,
    step_of,
    turn_off,
    turn_on,
    use_step,
)
from according.web.accounts.entering import see
from according.web.accounts.letters import warn
from according.web.accounts.mine import SLOWLY, Mine, Secret, account_page, require_password
from according.web.guard.limits import limited
from according.web.rendering import page
from according.web.room import room_of

router = APIRouter(include_in_schema=False)
ENROL_SECONDS = 1800
CODE = "That is not the code that the picture gives now. Check the clock of your device and try the next one."


@router.get("/account/two-step")
def show_picture(request: Request, mine: Mine) -> Response:
    """The picture that an authenticator reads; nothing is kept until a code proves that it did."""
    if mine.two_step:
        return see("/account")
    return _picture(request, mine.id, new_seed())


@router.post("/account/two-step", dependencies=SLOWLY)
def confirm(
    request: Request,
    mine: Mine,
    enrolment: Annotated[str, Form(max_length=500)],
    code: Annotated[str, Form(max_length=20)],
    password: Secret,
) -> Response:
    """Turn the second step on, and show the recovery codes, once."""
    room = room_of(request)
    try:
        seed = _signer(request, mine.id).loads(enrolment, max_age=ENROL_SECONDS)
    except BadData:
        return see("/account/two-step")
    try:
        require_password(request, mine, password)
        step = _proved(shared_secret(room.secret, seed), code)
    except UsageError as error:
        return _picture(request, mine.id, seed, str(error))
    with room.people.write() as connection:
        codes = turn_on(connection, mine.id, seed)
        use_step(connection, mine.id, step)
        record(connection, mine.id, "account.two_step_on", mine.id)
        warn(connection, room, mine, "signing in takes a second step now")
    return page(request, "accounts/recovery.html", codes=codes)


@router.post("/account/two-step/off", dependencies=SLOWLY)
def stop(request: Request, mine: Mine, password: Secret) -> Response:
    """Turn the second step off; takes the password."""
    room = room_of(request)
    try:
        require_password(request, mine, password)
    except UsageError as error:
        return account_page(request, mine, str(error), "two-step")
    with room.people.write() as connection:
        turn_off(connection, mine.id)
        record(connection, mine.id, "account.two_step_off", mine.id)
        warn(connection, room, mine, "signing in takes no second step any more")
    return see("/account?said=two-step-off")


@router.post("/account/two-step/codes", dependencies=[Depends(limited("recovery codes", per_minute=2))])
def renew_codes(request: Request, mine: Mine, password: Secret) -> Response:
    """Ten new recovery codes; takes the password."""
    try:
        require_password(request, mine, password)
    except UsageError as error:
        return account_page(request, mine, str(error), "two-step")
    if not mine.two_step:
        return see("/account/two-step")
    with room_of(request).people.write() as connection:
        codes = new_recovery_codes(connection, mine.id)
        record(connection, mine.id, "account.recovery_codes", mine.id)
    return page(request, "accounts/recovery.html", codes=codes)


def _proved(shared: str, code: str) -> int:
    """The time step of a code, which proves that the picture was read; raises UsageError when it does not."""
    step = step_of(shared, code)
    if step is None:
        raise UsageError(CODE)
    return step


def _picture(request: Request, account_id: str, seed: str, trouble: str = "") -> Response:
    room = room_of(request)
    shared = shared_secret(room.secret, seed)
    uri = pyotp.TOTP(shared).provisioning_uri(name=request.state.signed_in[0].name, issuer_name=room.name)
    picture = segno.make_qr(uri).svg_inline(scale=4, dark="#000", omitsize=True, svgclass="qr", lineclass=None)
    return page(
        request,
        "accounts/two_step.html",
        400 if trouble else 200,
        picture=Markup(picture),  # noqa: S704  # made of squares by segno; nothing typed stands in it as text
        shared=" ".join(shared[start : start + 4] for start in range(0, len(shared), 4)),
        enrolment=_signer(request, account_id).dumps(seed),
        trouble=trouble,
    )


def _signer(request: Request, account_id: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(room_of(request).secret, salt=f"enrolment {account_id}")
