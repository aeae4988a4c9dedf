"""The addresses of accounts."""

from __future__ import annotations

from fastapi import APIRouter, Request

from according.web.accounts.current import account_context
from according.web.guard.csrf import csrf_token
from according.web.rendering import CONTEXT

router = APIRouter()
CONTEXT.append(account_context)


@router.get("/csrf.json")
def give_token(request: Request) -> dict[str, str]:
    """The token that this browser's writes carry in the header ``X-CSRF-Token``."""
    return {"token": csrf_token(request)}
