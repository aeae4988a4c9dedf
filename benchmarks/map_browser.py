"""The front page's map over a million incidents, as a reader's Chromium shows it.

    python benchmarks/map_browser.py [--incidents 1000000] [--folder FOLDER]

The incidents are those of ``tiles.py``; FOLDER keeps their ledger for the next time, for a million take minutes to
write. The server is a process of its own that has made its marks; each view is a browser without anything kept. Told
are the seconds from the request until the map has drawn everything in view, and what passes between two frames while
the map is dragged about and zoomed, in milliseconds. Without a graphics card Chromium draws WebGL by SwiftShader, on
the same cores as the server.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from tiles import ask, fill, served

FLAGS = ["--no-sandbox", "--disable-background-networking", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
SIZE = {"width": 1300, "height": 850}
FRAMES = """() => {
    window.frames_ms = [];
    let before = performance.now();
    const step = (now) => { window.frames_ms.push(now - before); before = now; requestAnimationFrame(step); };
    requestAnimationFrame(step);
}"""
VIEWS = 3


def main() -> None:
    """Print one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="where the ledger is made, or was made before")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        ledger = (asked.folder or Path(made)) / "ledger.db"
        if not ledger.exists():
            fill(ledger, asked.incidents)
        with served(ledger) as port, sync_playwright() as playwright:
            for address in ("/tiles/0/0/0.mvt", "/"):
                seconds, _ = ask(port, address)
                print(f"{address} first of all: {seconds:.1f} s")
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            measure(browser, f"http://127.0.0.1:{port}/")
            browser.close()


def measure(browser: Browser, address: str) -> None:
    """Print how long a first view takes, and how evenly the map moves."""
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    seconds = []
    for number in range(VIEWS + 1):
        page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
        began = time.perf_counter()
        page.goto(address, wait_until="commit")
        page.wait_for_selector(".world.drawn .maplibregl-canvas", timeout=120_000)
        if number:  # the first one also starts the browser's own parts
            seconds.append(time.perf_counter() - began)
        if number < VIEWS:
            page.close()
    told = ", ".join(f"{each:.2f}" for each in seconds)
    print(f"first view: median {statistics.median(seconds):.2f} s of {told}")
    page.evaluate(FRAMES)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    for what, move in (("dragging", drag), ("zooming", zoom)):
        show(what, *frames_of(page, session, move))


def frames_of(page: Page, session: CDPSession, move: Callable[[Page], None]) -> tuple[list[float], float]:
    """What passes between frames while something is done, and the page's own work meanwhile, in milliseconds."""
    page.evaluate("window.frames_ms.length = 0")
    before = work_ms(session)
    move(page)
    found: list[float] = page.evaluate("window.frames_ms.slice()")
    return found, work_ms(session) - before


def work_ms(session: CDPSession) -> float:
    """How long the page's main thread has worked so far; what draws pixels works beside it."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return 1000 * next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def drag(page: Page) -> None:
    """Drag the map to and fro."""
    for turn in range(6):
        x, step = (950, -10) if turn % 2 else (350, 10)
        page.mouse.move(x, 300)
        page.mouse.down()
        for number in range(60):
            page.mouse.move(x + step * number, 300 + number)
            page.wait_for_timeout(16)
        page.mouse.up()
        page.wait_for_timeout(300)


def zoom(page: Page) -> None:
    """Zoom in with the wheel, and out again."""
    page.mouse.move(650, 320)
    for way in (-240, 240):
        for _ in range(6):
            page.mouse.wheel(0, way)
            page.wait_for_timeout(500)


def show(what: str, frames: Sequence[float], work: float) -> None:
    """Print the middle, the 95th of a hundred and the longest, and the page's work for one."""
    p95 = statistics.quantiles(frames, n=20)[-1]
    late = sum(each > 50 for each in frames) / len(frames)
    middle, longest = statistics.median(frames), max(frames)
    print(
        f"{what}: {len(frames)} frames, median {middle:.0f} ms, p95 {p95:.0f} ms, longest {longest:.0f} ms,"
        f" {late:.1%} longer than 50 ms; the page's own work {work / len(frames):.1f} ms a frame"
    )


if __name__ == "__main__":
    main()
