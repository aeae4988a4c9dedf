"""What every answer tells the browser: which sources it may use, and to trust nothing else."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import Message, Receive, Send

from according.web.guard.cookies import cookie, is_secure, to_send
from according.web.guard.layer import Layer

SOURCES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",  # the map draws its symbols through blobs
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",  # the map's own script starts its workers so
    "manifest-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
POLICY = "; ".join(f"{kind} {sources}" for kind, sources in SOURCES.items())
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
YEAR_SECONDS = 31_536_000


class Headers(Layer):
    """Middleware that adds the headers and cookies of every answer."""

    async def handle(self, request: Request, receive: Receive, send: Send) -> None:
        """Answer a request, with its headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add(request, MutableHeaders(scope=message))
            await send(message)

        await self.app(request.scope, receive, with_headers)


def _add(request: Request, headers: MutableHeaders) -> None:
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if is_secure(request):
        headers.setdefault("Strict-Transport-Security", f"max-age={YEAR_SECONDS}; includeSubDomains")
    cookies = to_send(request)
    for line in cookies.values():
        headers.append("Set-Cookie", line)
    if cookies or getattr(request.state, "shows_token", False):
        headers["Cache-Control"] = "private, no-cache"
    elif cookie(request, "session"):
        headers.setdefault("Cache-Control", "private, no-cache")
