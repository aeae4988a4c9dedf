"""The addresses of accounts."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import RedirectResponse, Response

from according.web.accounts import log, mine, passwords, second_step, signing_in, staff
from according.web.accounts.current import SignInNeededError, account_context, sign_in_address
from according.web.guard.answers import json_error, wants_json
from according.web.guard.csrf import csrf_token
from according.web.rendering import CONTEXT

router = APIRouter()
for part in (signing_in, passwords, mine, second_step, staff, log):
    router.include_router(part.router)
CONTEXT.append(account_context)


def install(app: FastAPI) -> None:
    """Add the addresses of accounts to a site."""
    app.include_router(router)
    app.add_exception_handler(SignInNeededError, _ask_who)


@router.get("/csrf.json")
def give_token(request: Request) -> dict[str, str]:
    """The token that this browser's writes carry in the header ``X-CSRF-Token``."""
    return {"token": csrf_token(request)}


def _ask_who(request: Request, error: Exception) -> Response:
    assert isinstance(error, SignInNeededError)
    if wants_json(request):
        return json_error(error.status_code, "not_signed_in", error.detail)
    return RedirectResponse(sign_in_address(request), 303)
