"""Vector tiles of incidents and towns, for maps that a reader moves, and the symbols that such maps draw."""

from fastapi import APIRouter

from according.web.tiles import looks, routes

router = APIRouter()
router.include_router(looks.router)
router.include_router(routes.router)

__all__ = ["router"]
