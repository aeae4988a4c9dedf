"""What a request carries, read once within a bound so that it can be looked into and then read again."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile

import anyio.to_thread
from starlette.types import Message, Receive

IN_MEMORY = 1_000_000
CHUNK = 65_536


class TooLargeError(Exception):
    """A body is over its bound."""


class Body:
    """A whole request body; small ones stay in memory, large ones go to a file that has no name."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # closed by close()
        self.size = 0

    async def fill(self, receive: Receive, most: int) -> None:
        """Read all of a body; raises TooLargeError as soon as it is more than ``most`` bytes."""
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            piece: bytes = message.get("body", b"")
            self.size += len(piece)
            if self.size > most:
                raise TooLargeError
            await self._run_write(piece)
            more = message.get("more_body", False)

    def replay(self, then: Receive) -> Receive:
        """A receiver that gives the body from its beginning, and afterwards what the connection says."""
        self._file.seek(0)
        left = self.size
        ended = False

        async def receive() -> Message:
            nonlocal left, ended
            if ended:
                return await then()
            piece = self._file.read(CHUNK)
            left -= len(piece)
            ended = left <= 0 or not piece
            return {"type": "http.request", "body": piece, "more_body": not ended}

        return receive

    def whole(self) -> bytes:
        """All of it at once."""
        self._file.seek(0)
        return self._file.read()

    def close(self) -> None:
        """Forget the body."""
        self._file.close()

    async def _run_write(self, piece: bytes) -> None:
        if self.size > IN_MEMORY:
            await anyio.to_thread.run_sync(self._file.write, piece)
        else:
            self._file.write(piece)
