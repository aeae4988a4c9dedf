"""The desk: reports come in, what is read from them is judged, and editors publish."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from according.web.accounts.current import current
from according.web.desk import board, changes, claims, incidents, intake, publishing, rounds, suggested
from according.web.desk.onward import shown_as
from according.web.desk.words import for_templates
from according.web.pages.hooks import PUBLICATIONS, REPORT_PARTS
from according.web.rendering import ENVIRONMENT

router = APIRouter()
for part in (board, intake, changes, claims, publishing, incidents, rounds, suggested):
    router.include_router(part.router)


def report_part(request: Request, report: str) -> dict[str, Any]:
    """What the page of a report shows to those who work at the desk."""
    account = current(request)
    return {"desk_report": report if account is not None and account.may("coder") else None}


PUBLICATIONS.append(shown_as)
REPORT_PARTS.append(report_part)
ENVIRONMENT.globals["desk"] = for_templates()
