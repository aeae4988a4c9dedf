"""The pages that everybody may read: front, report, incident, place, actor, search, about, feeds, and their twins."""

from __future__ import annotations

from fastapi import APIRouter

from according.web.pages import (
    about,
    actor,
    basemap,
    claim,
    feeds,
    front,
    incident,
    lists,
    pictures,
    place,
    report,
    search,
)
from according.web.pages.proof import distinct
from according.web.pages.words import for_templates, tells_link
from according.web.rendering import ENVIRONMENT

ENVIRONMENT.globals["words"] = for_templates()
ENVIRONMENT.globals["distinct"] = distinct
ENVIRONMENT.tests["links"] = tells_link

router = APIRouter()
for part in (front, lists, search, feeds, report, claim, incident, pictures, place, actor, about, basemap):
    router.include_router(part.router)
