"""The desk in real Chromium: a report comes in, is judged, coded blind, published and taken back, by mouse and keys."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from tests.browser import axe
from tests.browser.serving import served

from according.store.people.accounts import Role, add_account
from according.store.people.sessions import start_session
from according.web.guard import limits
from according.web.room import Room

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking"]
TEXT = (
    "Shells hit the market in Gharyan\n\n"
    "At least four people were killed on 3 May 2019 when shells hit the market in Gharyan, a doctor said. "
    "Two children were wounded.\n\n"
    "A drone struck a house in Tarhuna the same day."
)
ARABIC = "قُتل خمسة عشر شخصا في غارة على سوق تاجوراء"
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


class Desk:
    """A running site, and a browser for everybody who works there."""

    def __init__(self, room: Room, browser: Browser) -> None:
        self.room, self.browser = room, browser
        self.complaints: list[str] = []

    def person(self, role: Role, name: str, **kind: Any) -> Page:
        """A browser in which somebody is signed in to an account of their own."""
        with self.room.people.write() as connection:
            mail = f"{name}.{time.monotonic_ns()}@example.org".lower()
            account = add_account(connection, f"{name} {time.monotonic_ns() % 10_000_000}", mail, role)
            token = start_session(connection, account.id, "192.0.2.0/24", "test")
        context = self.somebody(**kind)
        context.add_cookies([{"name": "according_session", "value": token, "url": self.room.address}])
        return self.page(context)

    def somebody(self, **kind: Any) -> BrowserContext:
        """A browser that the site does not know."""
        context = self.browser.new_context(
            **{"viewport": {"width": 1280, "height": 900}, "base_url": self.room.address, **kind}
        )
        context.set_default_timeout(45_000)  # a busy machine's first map takes its time
        return context

    def page(self, context: BrowserContext) -> Page:
        """A page whose complaints are kept; that the desk refused a form is none."""
        page = context.new_page()
        page.on("console", lambda said: self._note(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self._note(str(error)))
        return page

    def _note(self, said: str) -> None:
        if "422" not in said and "410" not in said:
            self.complaints.append(said)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("desk")
    with pytest.MonkeyPatch.context() as patch, served(folder) as room:
        patch.setattr(limits.Buckets, "wait", lambda *_: 0.0)
        site = Desk(room, browser)
        yield site
    assert site.complaints == []


def bring(page: Page, text: str) -> str:
    """Paste a report; gives the address of its desk."""
    page.goto("/desk")
    page.get_by_role("link", name="Bring in a report").click()
    page.get_by_label("The report").fill(text)
    page.get_by_label("Published on").fill("2019-05-04")
    page.get_by_role("button", name="Read what I pasted").click()
    page.wait_for_url("**/desk/reports/*")
    return page.url


def select(page: Page, words: str) -> None:
    """Select words of the report as a mouse would."""
    page.evaluate(
        """(words) => {
            const walker = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const at = walker.currentNode.data.indexOf(words);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(walker.currentNode, at);
                range.setEnd(walker.currentNode, at + words.length);
                getSelection().removeAllRanges();
                getSelection().addRange(range);
                return;
            }
        }""",
        words,
    )
    expect(page.locator("[data-fill=new]")).to_be_enabled()


def press(page: Page, key: str) -> None:
    """Press a key once the page has its scripts, as one does who sees it."""
    page.wait_for_load_state("load")
    page.keyboard.press(key)


def tab(page: Page, name: str) -> None:
    """Go to another part of a report's desk."""
    page.locator(".tabs").get_by_role("link", name=name, exact=True).click()


def field(page: Page, name: str) -> Locator:
    """A field of the chosen claim."""
    return page.locator(f"#inspector [name={name}]")


def row(page: Page, name: str, words: str = "") -> Locator:
    """A claim in the list."""
    return page.locator("ol.claims > li", has_text=words).filter(has=page.locator("b", has_text=name)).first


def test_a_report_is_judged_by_keys_and_a_claim_added_from_selected_words(desk: Desk) -> None:
    page = desk.person("coder", "Ana")
    page.goto("/")
    page.get_by_role("link", name="Desk", exact=True).click()
    bring(page, TEXT)
    expect(page.locator("#progress")).to_contain_text("0 of")
    press(page, "a")
    expect(page.locator("#progress")).to_contain_text("1 of")
    press(page, "x")
    expect(page.locator("#progress")).to_contain_text("2 of")
    expect(page.locator(".state-rejected")).to_have_count(1)
    press(page, "u")
    expect(page.locator(".state-rejected")).to_have_count(0)
    select(page, "Two children were wounded.")
    press(page, "n")
    expect(field(page, "quote")).to_have_value("Two children were wounded.")
    field(page, "predicate").select_option(label="Displacement")
    field(page, "subject").fill("the navy")
    page.get_by_role("button", name=re.compile("^Add")).click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("does not have the words “the navy”")
    field(page, "subject").fill("")
    field(page, "object").focus()
    press(page, "Control+Enter")
    expect(row(page, "Displacement")).to_be_in_viewport()
    expect(row(page, "Displacement")).to_contain_text("told by Ana")
    page.context.close()


def test_a_correction_shows_what_it_changed_and_is_taken_back(desk: Desk) -> None:
    page = desk.person("coder", "Ana")
    bring(page, f"{TEXT} Nobody was hurt there.")
    row(page, "Injuries").locator("a").click()
    expect(field(page, "quote")).to_have_value("Two children were wounded.")
    select(page, "a doctor")
    press(page, "6")
    field(page, "reason").fill("The doctor says both.")
    page.get_by_role("button", name=re.compile("^Correct")).click()
    expect(page.locator("li.state-corrected")).to_have_count(1)
    tab(page, "Changes")
    entry = page.locator(".log > li").first
    expect(entry).to_contain_text("Injuries corrected")
    expect(entry.locator(".diff ins").first).to_have_text("a doctor")
    entry.get_by_role("button", name="Undo").click()
    expect(page.locator(".log > li").first).to_contain_text("correcting taken back")
    tab(page, "Code")
    expect(page.locator("li.state-corrected")).to_have_count(0)
    page.context.close()


def test_an_editor_publishes_under_a_policy_and_retracts_with_a_notice(desk: Desk, pytestconfig: pytest.Config) -> None:
    assert pytestconfig.cache is not None
    page = desk.person("editor", "Ed")
    where = bring(page, f"{TEXT} The road is closed.")
    tab(page, "Publish")
    page.get_by_label("Headline").fill("The market in Gharyan is hit")
    page.get_by_label("Places are shown no finer than").select_option(label="the country alone")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".notice")).to_contain_text("The market in [place withheld] is hit")
    tab(page, "Preview")
    expect(page.locator("article h1")).to_have_text("The market in [place withheld] is hit")
    page.locator(".preview-bar").get_by_role("link", name="Publish").click()
    page.get_by_label("Places are shown no finer than").select_option(label="as told")
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator("aside .chip")).to_have_text("published")
    reader = desk.page(desk.somebody())
    address = where.replace("/desk/reports/", "/report/")
    reader.goto(address)
    expect(reader.locator("h1")).to_have_text("The market in Gharyan is hit")
    reader.get_by_role("link", name=re.compile("Shelling, Gharyan")).first.click()
    expect(reader.locator("h1")).to_contain_text("Gharyan")
    expect(reader.locator(".desk-tools")).to_have_count(0)
    page.goto(reader.url)
    page.get_by_role("link", name="merge it with another, or split it").click()
    expect(page.get_by_role("heading", name="What it is made of")).to_be_visible()
    assert axe.violations(page, axe.script(pytestconfig.cache.mkdir("axe-core"))) == []
    page.goto(f"{where}/publication")
    page.get_by_label("Notice to readers").fill("The doctor was misheard.")
    page.get_by_role("button", name="Retract").click()
    expect(page.locator("aside .chip")).to_have_text("retracted")
    reader.goto(address)
    expect(reader.locator("main")).to_contain_text("The doctor was misheard.")
    for each in (page, reader):
        each.context.close()


def test_two_code_blind_and_then_see_how_far_they_agree(desk: Desk, pytestconfig: pytest.Config) -> None:
    assert pytestconfig.cache is not None
    editor, ana, bo = desk.person("editor", "Ed"), desk.person("coder", "Cora"), desk.person("coder", "Bohdan")
    where = bring(editor, f"{TEXT} It rained.")
    tab(editor, "Coders")
    for name in ("Cora", "Bohdan"):
        editor.get_by_label(name).check()
    editor.get_by_label("Blind").check()
    editor.get_by_role("button", name="Assign").click()
    expect(editor.locator(".notice")).to_contain_text("hidden from everybody else")
    for coder, key in ((ana, "a"), (bo, "x")):
        coder.goto("/desk")
        coder.locator("section", has_text="Yours to code").locator("a.entry").first.click()
        coder.wait_for_url("**/desk/reports/*")
        press(coder, key)
        expect(coder.locator("#progress")).to_contain_text("1 of")
        coder.get_by_role("button", name=re.compile("Accept the other")).click()
        expect(coder.get_by_role("button", name=re.compile("Accept the other"))).to_have_count(0)
        coder.get_by_role("link", name="The round").click()
        coder.get_by_role("button", name="I have finished").click()
        expect(coder.get_by_role("button", name="I have finished")).to_have_count(0)
    editor.reload()
    expect(editor.locator("table.agreement")).to_be_visible()
    expect(editor.get_by_role("heading", name="Where they differ")).to_be_visible()
    assert axe.violations(editor, axe.script(pytestconfig.cache.mkdir("axe-core"))) == []
    editor.get_by_role("button", name=re.compile("Adopt what Cora")).click()
    editor.goto(where)
    expect(editor.locator("ol.claims .state-accepted").first).to_be_visible()
    for each in (editor, ana, bo):
        each.context.close()


def test_without_scripts_on_a_phone_a_claim_is_accepted_and_one_added_by_its_quote(desk: Desk) -> None:
    page = desk.person("coder", "Ana", viewport={"width": 360, "height": 740}, java_script_enabled=False)
    bring(page, f"{TEXT} The sea was calm.")
    page.locator("#inspector").get_by_role("button", name=re.compile("^Accept")).click()
    expect(page.locator("#progress")).to_contain_text("1 of")
    page.get_by_role("link", name="Add a claim").click()
    field(page, "quote").fill("shells hit the market in Gharyan, a doctor said")
    field(page, "predicate").select_option(label="Destruction")
    page.get_by_role("button", name=re.compile("^Add")).click()
    expect(row(page, "Destruction")).to_contain_text("told by Ana")
    page.context.close()


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing_wrong_and_nothing_is_cut_off(
    desk: Desk, pytestconfig: pytest.Config, theme: str, width: int
) -> None:
    assert pytestconfig.cache is not None
    code = axe.script(pytestconfig.cache.mkdir("axe-core"))
    page = desk.person("admin", "Ada", color_scheme=theme, viewport={"width": width, "height": 900})
    where = bring(page, f"{ARABIC}\n\n{TEXT} {theme}")
    expect(page.locator("#text .said").first).to_have_text(ARABIC)
    expect(page.locator("#text .said").first).to_have_css("direction", "rtl")
    expect(page.locator("#text .said.headline")).to_have_css("direction", "ltr")
    press(page, "a")
    expect(page.locator("#progress")).to_contain_text("1 of")
    found = {}
    parts = ("", "?claim=new", "/publication", "/preview", "/coders", "/changes", "/text")
    pages = ["/desk", "/desk/new", "/desk/new?way=upload", "/desk/new?way=fetch", "/desk/changes"]
    for path in (*(f"{where}{part}" for part in parts), *pages):
        page.goto(path)
        found[path] = axe.violations(page, code)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found[path].append("wider than the screen")
    assert {path: each for path, each in found.items() if each} == {}
    page.context.close()
