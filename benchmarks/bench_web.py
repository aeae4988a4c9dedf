"""The site under load, on SQLite: `make bench-web`. Reports and comments are made up.

The server and those who ask it share the cores of one machine.

Every request is measured from when it was due. Readers choose few reports often and most seldom; "any of them" asks for
all alike. Addresses of readers are told apart by ``X-Forwarded-For``, for limits count for each.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from math import asinh, pi, radians, tan
from pathlib import Path
from random import Random
from urllib.parse import urlencode, urlsplit

from open_loop import Answer, Ask, Line, Told, at_rate, readers
from web_fill import fill, people_url

from according.store.linked import LinkedLedger

REPORTS, COMMENTS, READERS = 10_000, 100_000, 500
SETTLE_S = 5.0
WRITERS = 60
POST, POSTS = "post a comment", 10
ACCORDING = Path(sys.executable).parent / "according"
Choose = Callable[[Random], Ask]


@dataclass(frozen=True)
class Addresses:
    """What a filled site can be asked for."""

    reports: list[str]
    incidents: list[str]
    words: list[str]
    towns: list[tuple[float, float]]


@dataclass(frozen=True)
class Site:
    """A site that runs: its port, its first process, and what it can be asked for."""

    port: int
    server: int
    known: Addresses


def main() -> None:
    """Fill a site, serve it, and print one line for each kind of request."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="where to make the site, or where one was made before")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20.0, help="how long to ask for each kind")
    parser.add_argument("--share", type=float, default=1.0, help="of the rates only so much, on a machine that is busy")
    parser.add_argument("--only", nargs="*", default=[], help="of the kinds of requests only these")
    parser.add_argument("--load", type=int, nargs=2, metavar=("PORT", "PROCESS"), help="only ask a server that runs")
    asked = parser.parse_args()
    if asked.load:
        asyncio.run(load(Site(*asked.load, addresses(asked.folder)), asked.seconds, asked.share, asked.only))
        return
    with tempfile.TemporaryDirectory() as made:
        folder = asked.folder or Path(made)
        if not (folder / "ledger.db").exists():
            folder.mkdir(parents=True, exist_ok=True)
            began = time.perf_counter()
            fill(folder, REPORTS, COMMENTS)
            print(f"filled with {REPORTS:,} reports and {COMMENTS:,} comments in {time.perf_counter() - began:.0f} s")
        with served(folder, asked.workers) as (port, server):
            print(f"{asked.workers} processes answer; load of the machine before: {os.getloadavg()[0]:.1f}", flush=True)
            again = [sys.executable, __file__, "--load", str(port), str(server), "--folder", str(folder)]
            subprocess.run(
                [*again, "--seconds", str(asked.seconds), "--share", str(asked.share), "--only", *asked.only],
                check=True,
            )
            print(f"memory of the server: {memory(server):,.0f} MiB in all its processes")


@contextmanager
def served(folder: Path, workers: int) -> Iterator[tuple[int, int]]:
    """A server of the site: its port and the id of its process."""
    command = [str(ACCORDING), "serve", "--port", "0", "--workers", str(workers), "--ledger", str(folder / "ledger.db")]
    known = {**os.environ, "ACCORDING_SECRET": "s" * 40}
    with subprocess.Popen(
        [*command, "--people-url", people_url(folder)], stdout=subprocess.PIPE, text=True, env=known
    ) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            port = urlsplit(re.findall(r"http://[^ ,\n]+", line)[0]).port or 0
            yield port, server.pid
        finally:
            server.terminate()


def processes(server: int) -> list[int]:
    """A server's processes."""
    return [server, *map(int, Path(f"/proc/{server}/task/{server}/children").read_text().split())]


def busy_ms(server: int) -> float:
    """Milliseconds of a core that a server's processes have used."""
    times = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()[11:13] for one in processes(server)]
    return sum(int(used) for pair in times for used in pair) * 1000 / os.sysconf("SC_CLK_TCK")


def memory(server: int) -> float:
    """MiB that a server's processes hold, what they share counted once."""
    every = processes(server)
    held = [re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{one}/smaps_rollup").read_text(), re.MULTILINE) for one in every]
    return sum(int(found[1]) for found in held if found) / 1024


def addresses(folder: Path) -> Addresses:
    """What to ask the site for."""
    ledger = LinkedLedger(folder / "ledger.db")
    incidents = [one.id.removeprefix("incident:") for one in ledger.incidents(limit=2_000).items]
    reports = [line.id for line in ledger.reports(limit=REPORTS).items]
    named = [one for one in ledger.names("place", 100) if one.place and one.place.latitude is not None]
    towns = [(one.place.longitude or 0.0, one.place.latitude or 0.0) for one in named if one.place]
    return Addresses(reports, incidents, [one.name for one in named], towns)


async def load(site: Site, seconds: float, share: float, only: list[str]) -> None:
    """Ask for every kind, one after the other, while readers have pages open."""
    await until_ready(site)
    stop, read = asyncio.Event(), Told()
    chosen = often(site.known.reports)
    open_readers = asyncio.create_task(readers(site.port, READERS, chosen, stop, read))
    await asyncio.sleep(SETTLE_S)
    print(f"{'':20}{'rate':>7}{'p50':>8}{'p95':>8}{'p99':>8}{'slowest':>9}{'busy':>7}{'largest':>11}  wrong")
    for name, full, choose in kinds(site.known, chosen):
        per_second = full * share
        if not only or name in only:
            luck = Random(name)  # noqa: S311 - the same requests every time
            asks = [choose(luck) for _ in range(round(per_second * seconds))]
            await measure(site, name, asks, per_second)
    if not only or POST in only:
        await measure(site, POST, await forms(site, round(POSTS * share * seconds)), POSTS * share, expected=303)
    stop.set()
    await open_readers
    print(
        f"{READERS} readers with open connections read {len(read.sizes):,} pages slowly meanwhile; "
        f"wrong: {read.errors or 'none'}"
    )


async def measure(site: Site, name: str, asks: list[Ask], per_second: float, expected: int = 200) -> None:
    """Send requests and print a line on what came of them."""
    before = busy_ms(site.server)
    told = await at_rate(site.port, asks, per_second, expected)
    show(name, per_second, told, (busy_ms(site.server) - before) / len(asks))


def kinds(known: Addresses, chosen: Choose) -> Iterator[tuple[str, float, Choose]]:
    """What is asked for, how often, and how the next is chosen."""
    yield "report", 200, chosen
    yield "report, any of them", 100, lambda luck: get(f"/report/{luck.choice(known.reports)}", luck)
    yield "incident", 100, lambda luck: get(f"/incident/{luck.choice(known.incidents)}", luck)
    yield "front", 50, lambda luck: get("/", luck)
    yield "search", 20, lambda luck: get(f"/search?{urlencode({'q': luck.choice(known.words)})}", luck)
    yield "tile", 100, lambda luck: get(tile(known, luck), luck)


def often(reports: list[str]) -> Choose:
    """Readers' choice: the report of rank n is read 1/n as often as the first."""
    weights = list(accumulate(1 / rank for rank in range(1, len(reports) + 1)))
    return lambda luck: get(f"/report/{luck.choices(reports, cum_weights=weights)[0]}", luck)


def get(path: str, luck: Random) -> Ask:
    """A request from one of many networks."""
    return Ask(path, (("X-Forwarded-For", network(luck.randrange(2**16))),))


def network(number: int) -> str:
    """An address of a network of its own."""
    return f"10.{number >> 8 & 255}.{number & 255}.7"


def tile(known: Addresses, luck: Random) -> str:
    """A tile around a town."""
    zoom, (longitude, latitude) = luck.randint(3, 8), luck.choice(known.towns)
    return f"/tiles/{zoom}/{int((longitude + 180) / 360 * 2**zoom)}/{mercator_row(latitude, zoom)}.mvt"


def mercator_row(latitude: float, zoom: int) -> int:
    """The row of tiles that a latitude near the equator lies in."""
    return int((1 - asinh(tan(radians(latitude))) / pi) / 2 * 2**zoom)


async def forms(site: Site, count: int) -> list[Ask]:
    """Comments to post, by readers who opened a page some seconds before."""
    known, line, writers = site.known, Line(site.port), list[tuple[str, str, str]]()
    for number in range(max(WRITERS, count // 5)):
        address = network(2**15 + number)
        answer = await line.ask(Ask(f"/report/{known.reports[0]}", (("X-Forwarded-For", address),)))
        token = re.search(rb'name="csrf" value="([^"]+)"', answer.body)
        assert token is not None, answer.status
        writers.append((address, answer.headers["set-cookie"].partition(";")[0], token[1].decode()))
    line.close()
    await asyncio.sleep(4)
    luck = Random(8)  # noqa: S311 - the same comments every time
    return [_form(writers[number % len(writers)], luck.choice(known.reports), number) for number in range(count)]


def _form(writer: tuple[str, str, str], report: str, number: int) -> Ask:
    address, cookie, token = writer
    text = f"The ward that I saw held {number} people, and nobody there had been asked by any reporter."
    body = urlencode({"csrf": token, "text": text, "name": "A reader"}).encode()
    headers = (("X-Forwarded-For", address), ("Cookie", cookie), ("Origin", "http://127.0.0.1"))
    return Ask(f"/report/{report}/discussion", headers, body)


async def until_ready(site: Site) -> None:
    """Wait until the site answers."""
    line, waited = Line(site.port), 0
    while waited < 60:
        try:
            answer: Answer = await line.ask(Ask(f"/report/{site.known.reports[0]}"))
            if answer.status == 200:
                break
        except (OSError, EOFError):
            line.close()
        await asyncio.sleep(1)
        waited += 1
    line.close()


def show(name: str, per_second: float, told: Told, busy: float) -> None:
    """Print a line of the table: times in milliseconds, what a request kept the server busy, the largest answer."""
    times = sorted(told.milliseconds) or [float("nan")] * 2
    cuts = statistics.quantiles(times, n=100)
    wrong = ", ".join(f"{count} {what}" for what, count in told.errors.items()) or "none"
    largest = max(told.sizes, default=0) / 1000
    print(
        f"{name:20}{per_second:>5.0f}/s{cuts[49]:>8.1f}{cuts[94]:>8.1f}{cuts[98]:>8.1f}{times[-1]:>9.1f}{busy:>7.1f}"
        f"{largest:>8.1f} kB  {wrong}",
        flush=True,
    )


if __name__ == "__main__":
    main()
