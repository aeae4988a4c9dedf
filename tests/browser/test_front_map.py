"""The front page's map in real Chromium: symbols drawn by the server, towns with whose word their holders rest on."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from tests.browser import axe
from tests.browser.serving import served

from according.ingest import ingest_text
from according.web.newsroom import Newsroom

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
TEXTS = {
    "2014-06-02": "Shells hit the market in Gharyan on June 1, 2014, killing 40 people, residents said.",
    "2014-06-03": "The Libyan National Army said that its troops had captured Benghazi on June 2, 2014.",
}
RED = (0xB3, 0x26, 0x1E)
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    newsroom = Newsroom(folder / "ledger.db")
    for published, text in TEXTS.items():
        newsroom.take(ingest_text(text, published=published, source="The Lantern"))
    with served(folder, "According") as room:
        yield room.address


class Reader:
    """A page that is open on a part of the map, with all it complained of and all it asked for."""

    def __init__(self, page: Page, address: str, view: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.asked: list[str] = []
        page.set_default_timeout(60_000)
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(f"{address}/#map={view}")
        page.wait_for_selector(".world.drawn")

    def middle(self) -> tuple[float, float]:
        """The middle of the map on the screen."""
        box = self.page.locator(".world .map").bounding_box()
        assert box is not None
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def colours(self, reach: int) -> set[object]:
        """The colours around the middle of the map."""
        x, y = self.middle()
        shot = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
        part = shot.crop((round(x) - reach, round(y) - reach, round(x) + reach, round(y) + reach))
        return {colour for _, colour in part.getcolors(100_000) or []}

    def waits_for(self, colour: tuple[int, int, int], reach: int) -> None:
        """Wait until a colour is there."""
        for _ in range(100):
            if colour in self.colours(reach):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{colour} is nowhere near the middle of the map")


def test_an_incident_has_the_symbol_of_pictures_and_nothing_leaves_the_machine(browser: Browser, address: str) -> None:
    reader = Reader(browser.new_page(), address, "8/32.172/13.020")
    reader.waits_for(RED, 6)
    assert (255, 255, 255) in reader.colours(8), "the sign of its kind"
    assert any("/tiles/looks.png" in url and "mark%3Ashelling" in url for url in reader.asked)
    assert {url.split("/")[2] for url in reader.asked if url.startswith("http")} == {address.removeprefix("http://")}
    assert reader.complaints == []
    reader.page.close()


def test_a_town_is_drawn_beside_its_place_and_says_whose_word_its_holder_rests_on(
    browser: Browser, address: str
) -> None:
    reader = Reader(browser.new_page(), address, "8/32.1149/20.0686")
    (painted,) = reader.page.request.get(f"{address}/tiles.json").json()["actors"].values()
    colour = tuple(bytes.fromhex(painted["colour"][1:]))
    reader.waits_for((colour[0], colour[1], colour[2]), 36)
    assert any("/tiles/looks.png" in url and "town%3ALibyan" in url for url in reader.asked)
    x, y = reader.middle()
    reader.page.mouse.click(x + 18, y + 18)
    popup = reader.page.locator(".maplibregl-popup")
    popup.get_by_text("claimed by Libyan National Army (its own word alone)").wait_for()
    assert reader.complaints == []
    reader.page.close()


def test_the_legend_has_its_pictures_and_fits_a_phone(
    browser: Browser, address: str, pytestconfig: pytest.Config
) -> None:
    assert pytestconfig.cache is not None
    code = axe.script(pytestconfig.cache.mkdir("axe-core"))
    page = browser.new_page(viewport={"width": 360, "height": 740})
    reader = Reader(page, address, "4/32/15")
    page.click(".map-legend summary")
    pictures = page.locator(".map-legend img").all()
    assert len(pictures) > 20
    for picture in (pictures[0], pictures[-1]):
        picture.scroll_into_view_if_needed()
        while not picture.evaluate("one => one.complete"):
            page.wait_for_timeout(50)
        assert picture.evaluate("one => one.naturalWidth") > 20
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert axe.violations(page, code) == []
    assert reader.complaints == []
    page.close()
