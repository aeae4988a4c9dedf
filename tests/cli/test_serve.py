"""How the site listens."""

from __future__ import annotations

import asyncio
import socket

from according.cli.serve import _listen


def test_small_answers_are_sent_at_once_whatever_of_them_was_not_acknowledged_yet() -> None:
    assert asyncio.run(_sends_at_once())


async def _sends_at_once() -> bool:
    """Whether what a server on the site's socket accepts waits for no acknowledgement before it sends more."""
    told: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        told.set_result(bool(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))
        writer.close()

    with _listen("127.0.0.1", 0) as listening:
        async with await asyncio.start_server(answer, sock=listening):
            _, writer = await asyncio.open_connection(*listening.getsockname())
            found = await asyncio.wait_for(told, 10)
            writer.close()
    return found
