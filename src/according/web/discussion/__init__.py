"""The discussion under reports: comments on passages and claims, votes, letters, moderation, suggestions, feeds."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from according.web.discussion import acts, feeds, moderating, own_data, subscribing, suggesting, threads
from according.web.discussion.views import ORDERS
from according.web.discussion.words import for_templates
from according.web.guard.csrf import UNGUARDED
from according.web.pages.hooks import REPORT_PARTS
from according.web.rendering import CONTEXT, ENVIRONMENT

router = APIRouter(tags=["discussion"])
for part in (feeds, threads, acts, subscribing, moderating, suggesting, own_data):
    router.include_router(part.router)


def _desk_count(request: Request) -> dict[str, Any]:
    """What every template gets: ``waiting_comments``, for moderators' navigation."""
    return {"waiting_comments": lambda: moderating.waiting_for(request)}


REPORT_PARTS.append(threads.report_part)
UNGUARDED.add("/unsubscribe/")
CONTEXT.append(_desk_count)
ENVIRONMENT.globals["discussion"] = {"orders": ORDERS, **for_templates()}
