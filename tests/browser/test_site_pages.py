"""The public pages in real Chromium, as a reader with a mouse, a phone, a keyboard or no scripts goes through them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pytest
from fastapi import Request
from playwright.sync_api import Browser, Page, expect
from tests.browser import axe
from tests.browser.serving import served
from tests.web.pages.conftest import readings

from according.pipeline import link_readings
from according.records import Incident
from according.store.ledger import Ledger
from according.store.linked import LinkedLedger
from according.web.pages import hooks, words
from according.web.pages.hooks import Publication

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
ARABIC = "قُتل خمسة عشر شخصا في غارة على سوق تاجوراء"
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


class Site:
    """A running site with four reports, and where its pages are."""

    def __init__(self, address: str, incidents: Sequence[Incident]) -> None:
        self.address = address
        self.reports = {one.report.source: f"/report/{one.report.id}" for one in readings()}
        self.strike = f"/incident/{words.short(next(one.id for one in incidents if len(one.reports) == 2))}"
        self.pages = {
            "front": "/", "report": self.reports["Hill Gazette"], "incident": self.strike,
            "place": "/place/geonames/2217362",
            "actor": "/actor/LY/lna", "search": "/search?q=medic", "about": "/about", "missing": "/nothing",
            "reports": "/reports", "places": "/places",
        }  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    with Ledger(folder / "ledger.db") as ledger:
        for one in readings():
            ledger.add(one, "test")
    linked = link_readings(readings())
    tables = LinkedLedger(folder / "ledger.db")
    tables.replace(linked.incidents, linked.spells, linked.ties, readings())
    tables.close()
    with served(folder) as room:
        hooks.PUBLICATIONS.append(_in_arabic)
        yield Site(room.address, linked.incidents)
        hooks.PUBLICATIONS.remove(_in_arabic)


def _in_arabic(_: Request, reports: Sequence[str]) -> Mapping[str, Publication]:
    """The desk publishes one of the reports whole, under an Arabic headline."""
    name = readings()[1].report.id
    return {name: Publication(whole=True, headline=ARABIC)} if name in reports else {}


def _open(browser: Browser, address: str, **context: Any) -> tuple[Page, list[str]]:
    """A page with all it complains of and all it asks others for."""
    page = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context}).new_page()
    host = address.split("/")[2]
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.append(asked.url) if host not in asked.url.split("/")[:3] else None)
    page.goto(address)
    return page, [one for one in complaints if not one.startswith(("data:", "blob:"))]


def test_pointing_at_a_sentence_shows_what_was_read_from_it(browser: Browser, site: Site) -> None:
    page, complaints = _open(browser, site.address + site.reports["Coast Wire"])
    sentence = page.locator(".read", has_text="at least 12 people were killed")
    sentence.hover()
    panel = page.locator(".panel")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("12 or more people")
    expect(panel).to_contain_text("a medic")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert complaints == []
    page.context.close()


def test_the_keyboard_reaches_every_claim(browser: Browser, site: Site) -> None:
    page, _ = _open(browser, site.address + site.reports["Coast Wire"])
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("Tab")
        if "read" in (page.locator(":focus").get_attribute("class") or ""):
            break
    expect(page.locator(".panel")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    expect(page.locator(".claim details[open] dl").first).to_be_visible()
    page.context.close()


def test_a_tap_on_a_phone_opens_the_claim_and_a_tap_beside_it_closes_it(browser: Browser, site: Site) -> None:
    phone = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
    page, _ = _open(browser, site.address + site.reports["Coast Wire"], **phone)
    page.locator(".read").first.tap()
    panel = page.locator(".panel")
    expect(panel).to_be_visible()
    box = panel.bounding_box()
    assert box is not None
    assert box["x"] == 0
    assert round(box["y"] + box["height"]) == 740
    page.locator("h1").tap(force=True)
    expect(panel).to_be_hidden()
    page.context.close()


def test_without_scripts_a_sentence_leads_to_its_claim_which_opens(browser: Browser, site: Site) -> None:
    page, complaints = _open(browser, site.address + site.reports["Coast Wire"], java_script_enabled=False)
    page.locator(".read", has_text="at least 12 people were killed").click()
    claim = page.locator(".claim:target")
    expect(claim).to_be_in_viewport()
    claim.locator("summary").click()
    expect(claim.locator("dl")).to_be_visible()
    page.goto(site.address)
    page.select_option("select[name=kind]", "air")
    page.click(".filters button")
    expect(page.locator("a.entry")).to_have_text(["Air strike, Tajoura"])
    assert "kind=air" in page.url
    assert complaints == []
    page.context.close()


def test_a_link_to_a_claim_opens_it(browser: Browser, site: Site) -> None:
    page, _ = _open(browser, site.address + site.strike)
    page.locator(".says a", has_text="Deaths").first.click()
    expect(page.locator(".claim:target dl")).to_be_visible()
    page.context.close()


def test_the_map_is_drawn_and_its_marks_open_to_their_incidents(browser: Browser, site: Site) -> None:
    """Also where the reader calls the machine by another name than the site was started with."""
    page, complaints = _open(browser, site.address.replace("127.0.0.1", "localhost"))
    page.wait_for_selector(".world.drawn", timeout=20_000)
    box = page.locator(".world .map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    link = page.locator(".maplibregl-popup a", has_text="Air strike, Tajoura")
    expect(link).to_have_attribute("href", site.strike)
    assert "#map=" in page.url
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize("width", [360, 768])
def test_no_page_is_wider_than_the_screen(browser: Browser, site: Site, width: int) -> None:
    page, _ = _open(browser, site.address, viewport={"width": width, "height": 740})
    for name, path in site.pages.items():
        page.goto(site.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    page.context.close()


def test_text_from_right_to_left_stands_so(browser: Browser, site: Site) -> None:
    page, _ = _open(browser, site.address + site.reports["Hill Gazette"])
    title = page.locator("h1")
    expect(title).to_have_text(ARABIC)
    assert title.evaluate("one => getComputedStyle(one).direction") == "rtl"
    assert page.locator(".said").first.evaluate("one => getComputedStyle(one).direction") == "ltr"
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong(browser: Browser, site: Site, pytestconfig: pytest.Config, scheme: str) -> None:
    assert pytestconfig.cache is not None
    code = axe.script(pytestconfig.cache.mkdir("axe-core"))
    page, _ = _open(browser, site.address, color_scheme=scheme)
    found = {}
    for name, path in site.pages.items():
        page.goto(site.address + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        found[name] = axe.violations(page, code)
    assert {name: each for name, each in found.items() if each} == {}
    page.context.close()
