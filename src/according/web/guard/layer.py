"""What the layers around the site share: only requests are theirs to handle."""

from __future__ import annotations

from abc import ABC, abstractmethod

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send


class Layer(ABC):
    """Middleware around an application; what is no request, as the start of the server, passes it by."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request, or pass on what is none."""
        if scope["type"] == "http":
            await self.handle(Request(scope), receive, send)
        else:
            await self.app(scope, receive, send)

    @abstractmethod
    async def handle(self, request: Request, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on to the application within."""
