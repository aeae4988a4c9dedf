"""Tiles over a million incidents: how long the tables and the marks take to make, and how long a tile takes.

The incidents are invented from a seed: 20,000 places scattered around 40 centres (normal, half a degree), the n-th of
them hit in proportion to 1/n; days even over ten years, reports out two days later; tolls exponential with a mean of
12, every fifth with an open end, every fourth unknown. Tiles are asked for over HTTP from a server in a process of its
own, each address once, so that none comes from memory: a zoom from 0 to 14 at random and the tile of a random incident
in it; half of them plain, a quarter with a day, a quarter with a day, what was known on it, and one kind.

    python benchmarks/tiles.py [INCIDENTS]
"""

from __future__ import annotations

import http.client
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random

import numpy as np

from according.maps.tiles import FINEST, MAX_ZOOM, world
from according.records import Figure, Incident, PlaceReading, Resolution, Tally, TimeReading
from according.store.linked import LinkedLedger, Whole

PLACES, CENTRES, SPREAD_DEGREES = 20_000, 40, 0.5
FIRST, DAYS = date(2015, 1, 1), 3650
KINDS = ("airstrike", "shell", "bomb", "clash", "shoot", "abduct", "protest")
REQUESTS = 1500
SERVER = """
import socket, sys
from pathlib import Path
import uvicorn
from according.store.people import open_people
from according.web.app import create_app
from according.web.room import Room
ledger = Path(sys.argv[1])
room = Room("Bench", "http://127.0.0.1", "a secret of the benchmark", ledger, open_people(f"sqlite:///{ledger}.people"))
listening = socket.socket(fileno=int(sys.argv[2]))
uvicorn.Server(uvicorn.Config(create_app(room), log_level="error", access_log=False)).run(sockets=[listening])
"""


def main() -> None:
    """Print one line a figure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        fill(path, count)
        measure(path, invented_places())


def fill(path: Path, count: int) -> None:
    """Write so many incidents into a ledger."""
    path.parent.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    ledger = LinkedLedger(path)
    ledger.replace_all(Whole(incidents=invented(count, invented_places()), readings=()))
    ledger.close()
    took, size = time.perf_counter() - started, path.stat().st_size
    print(f"{count:,} incidents written in {took:.0f} s, {size / 1e6:.0f} MB with words to search")


@contextmanager
def served(path: Path) -> Iterator[int]:
    """The port of a server over a ledger, in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        command = [sys.executable, "-c", SERVER, str(path), str(listening.fileno())]
        server = subprocess.Popen(command, pass_fds=[listening.fileno()])
        try:
            yield int(listening.getsockname()[1])
        finally:
            server.terminate()
            server.wait()


def invented_places() -> list[PlaceReading]:
    """Places around centres; the first are the most hit."""
    luck = Random(1)  # noqa: S311 - a map made up from a seed
    centres = [(luck.uniform(-10, 75), luck.uniform(-5, 50)) for _ in range(CENTRES)]
    found = []
    for number in range(PLACES):
        east, north = luck.choice(centres)
        found.append(
            PlaceReading(
                name=f"Place {number}",
                country=f"X{number % 8}",
                latitude=round(luck.gauss(north, SPREAD_DEGREES), 4),
                longitude=round(luck.gauss(east, SPREAD_DEGREES), 4),
                precision="town",
            )
        )
    return found


def invented(count: int, places: list[PlaceReading]) -> Iterator[Incident]:
    """So many incidents, one after the other."""
    luck = Random(2)  # noqa: S311 - a war made up from a seed
    weights = list(accumulate(1 / (place + 1) for place in range(PLACES)))
    for number, at in enumerate(luck.choices(range(PLACES), cum_weights=weights, k=count)):
        day = (FIRST + timedelta(days=luck.randrange(DAYS))).isoformat()
        place = Resolution(claim="", role="place", referent=f"place:x/{at}", basis="stated", place=places[at])
        yield Incident(
            id=f"incident:{number:020x}",
            predicate=luck.choice(KINDS),
            reports=(),
            claims=(f"{number:020x}",),
            place=place,
            time=TimeReading(earliest=day, latest=day, partial=day, precision="day"),
            tallies=() if luck.random() < 0.25 else (tally(luck),),
        )


def tally(luck: Random) -> Tally:
    """A toll that one report gives."""
    killed, ends = 1 + int(luck.expovariate(1 / 12)), luck.random() >= 0.2
    figure = Figure(low=killed, high=killed if ends else None, claim="", report="")
    return Tally(
        group="people",
        effect="killed",
        low=killed,
        best=killed,
        high=figure.high,
        open_ended=not ends,
        figures=(figure,),
    )


def measure(path: Path, places: list[PlaceReading]) -> None:
    """Ask a server for tiles."""
    with served(path) as port:
        first, size = ask(port, "/tiles/0/0/0.mvt")
        print(f"first tile, with the start of the server and all marks made: {first:.1f} s, {size} bytes")
        addresses = list(asked(places, Random(3)))  # noqa: S311 - the same tiles every time
        for readers in (1, 2):
            some = addresses[: REQUESTS // 2] if readers == 1 else addresses[REQUESTS // 2 :]
            with ThreadPoolExecutor(readers) as pool:
                told = list(pool.map(lambda address: ask(port, address), some))
            show(f"{readers} reader{'s' if readers > 1 else ''} at once", told)
        show("again, from memory", [ask(port, address) for address in addresses[:500]])
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e3
    print(f"the server's memory at its peak: {peak:.0f} MB")


def asked(places: list[PlaceReading], luck: Random) -> Iterator[str]:
    """Addresses of tiles, no two the same."""
    weights = list(accumulate(1 / (place + 1) for place in range(PLACES)))
    seen: set[str] = set()
    while len(seen) < REQUESTS:
        zoom = luck.randint(0, MAX_ZOOM)
        place = luck.choices(places, cum_weights=weights)[0]
        x, y = (
            int(one[0]) >> (FINEST - zoom) for one in world(np.array([place.longitude]), np.array([place.latitude]))
        )
        day = FIRST + timedelta(days=luck.randrange(DAYS))
        known = day + timedelta(days=luck.randrange(100))
        views = ["", "", f"?day={day}", f"?day={day}&known={known}&kind=air"]
        address = f"/tiles/{zoom}/{x}/{y}.mvt{luck.choice(views)}"
        if address not in seen:
            seen.add(address)
            yield address


def ask(port: int, address: str) -> tuple[float, int]:
    """The seconds that an answer took, and its size."""
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    assert answer.status == 200, address
    return time.perf_counter() - started, len(content)


def show(what: str, told: list[tuple[float, int]]) -> None:
    """Print the middle, the 95th of a hundred and the slowest, and the largest tile."""
    times = sorted(seconds * 1000 for seconds, _ in told)
    p95 = statistics.quantiles(times, n=20)[-1]
    largest = max(size for _, size in told) / 1000
    middle = statistics.median(times)
    print(
        f"{what}: {len(told)} tiles, median {middle:.1f} ms, p95 {p95:.1f} ms, slowest {times[-1]:.1f} ms,"
        f" largest {largest:.1f} kB"
    )


if __name__ == "__main__":
    main()
