"""Vector tiles of incidents and towns, for maps that a reader moves."""

from according.web.tiles.routes import router

__all__ = ["router"]
