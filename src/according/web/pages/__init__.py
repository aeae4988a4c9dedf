"""The pages that everybody may read: front, report, incident, place, actor, search, about, feeds, and their twins."""

from __future__ import annotations

from fastapi import APIRouter

from according.web.pages import actor, front, incident, lists, pictures, place, report, search
from according.web.pages.words import for_templates
from according.web.rendering import ENVIRONMENT

ENVIRONMENT.globals["words"] = for_templates()

router = APIRouter()
for part in (front, lists, search, report, incident, pictures, place, actor):
    router.include_router(part.router)
