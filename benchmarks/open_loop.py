"""Requests sent when they are due, whether or not earlier ones were answered, each measured from when it was due.

So a server that stalls is not asked less meanwhile, and its stall counts for everybody who would have come.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

LONGEST_S = 30.0


@dataclass(frozen=True)
class Ask:
    """One request; ``body`` makes it a POST of a form."""

    path: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None

    def as_bytes(self) -> bytes:
        """What goes over the wire."""
        lines = [f"{'GET' if self.body is None else 'POST'} {self.path} HTTP/1.1", "Host: 127.0.0.1"]
        if self.body is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join([*lines, "", ""]).encode() + (self.body or b"")


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Told:
    """What a stretch of asking came to: milliseconds and bytes of each answer, and what went wrong, by name."""

    milliseconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    errors: dict[str, int] = field(default_factory=dict)

    def fail(self, what: str) -> None:
        """Count something that went wrong."""
        self.errors[what] = self.errors.get(what, 0) + 1


class Line:
    """A kept connection."""

    def __init__(self, port: int, buffer: int = 2**16) -> None:
        self._port, self._buffer = port, buffer
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, ask: Ask, slowly: float = 0.0) -> Answer:
        """Send a request and read its answer; ``slowly`` is a pause in seconds after every 4,000 bytes of it."""
        if self._writer is None or self._reader is None or self._reader.at_eof():
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=self._buffer)
        self._writer.write(ask.as_bytes())
        await self._writer.drain()
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        left, parts = int(headers.get("content-length", "0")), []
        while left:
            part = await self._reader.read(min(left, 4_000) if slowly else left)
            if not part:
                raise ConnectionError("cut off")
            parts.append(part)
            left -= len(part)
            await asyncio.sleep(slowly)
        return Answer(int(head[0].split()[1]), headers, b"".join(parts))

    def close(self) -> None:
        """Close the connection."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None


async def at_rate(port: int, asks: Sequence[Ask], per_second: float, expected: int = 200) -> Told:
    """Send requests at moments that lie evenly, over as many connections as it takes."""
    told, free = Told(), list[Line]()
    start = time.perf_counter() + 0.1

    async def one(ask: Ask, due: float) -> None:
        line = free.pop() if free else Line(port)
        try:
            answer = await asyncio.wait_for(line.ask(ask), LONGEST_S)
        except (OSError, EOFError, TimeoutError) as error:
            line.close()
            told.fail(type(error).__name__)
            return
        told.milliseconds.append((time.perf_counter() - due) * 1000)
        told.sizes.append(len(answer.body))
        if answer.status != expected:
            told.fail(str(answer.status))
        free.append(line)

    async with asyncio.TaskGroup() as group:
        for number, ask in enumerate(asks):
            due = start + number / per_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            group.create_task(one(ask, due))
    for line in free:
        line.close()
    return told


async def readers(port: int, count: int, choose: Callable[[Random], Ask], stop: asyncio.Event, told: Told) -> None:
    """Readers who keep their connections open: each reads a page slowly, thinks half a minute, and turns to another."""

    async def reader(luck: Random) -> None:
        line = Line(port, buffer=4_000)
        try:
            await asyncio.sleep(luck.uniform(0, 30))
            while True:
                answer = await line.ask(choose(luck), slowly=0.05)
                if answer.status != 200:
                    told.fail(str(answer.status))
                told.sizes.append(len(answer.body))
                await asyncio.sleep(luck.uniform(20, 40))
        except (OSError, EOFError) as error:
            told.fail(type(error).__name__)
        finally:
            line.close()

    tasks = [asyncio.create_task(reader(Random(number))) for number in range(count)]  # noqa: S311 - made-up readers
    await stop.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
