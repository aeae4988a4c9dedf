"""The discussion in real Chromium: with a mouse, a keyboard, a phone, and without scripts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser import axe
from tests.browser.serving import served
from tests.web.discussion.conftest import told

from according.store.people import discussion_moderation as moderation
from according.web.discussion import writing
from according.web.guard import limits
from according.web.newsroom import Newsroom

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking"]
ARABIC = "كنت هناك، ولم نسمع طائرة قبل الانفجار الأول."
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a report on a running site whose readers may write at once and as often as they like."""
    folder = tmp_path_factory.mktemp("site")
    newsroom = Newsroom(folder / "ledger.db")
    report = newsroom.take(told()).report.id
    newsroom.close()
    with pytest.MonkeyPatch.context() as patch, served(folder) as room:
        with room.people.write() as connection:
            moderation.set_policy(connection, moderation.Policy(hold_first=False))
        patch.setattr(writing, "FASTEST_SECONDS", 0.0)
        patch.setattr(limits.Buckets, "wait", lambda *_: 0.0)
        yield f"{room.address}/report/{report}"


def reader(browser: Browser, **kind: Any) -> BrowserContext:
    """A new reader."""
    context = browser.new_context(**{"viewport": {"width": 1200, "height": 900}, **kind})
    context.set_default_timeout(20_000)
    return context


def send(page: Page, words: str, name: str = "Leila") -> None:
    page.get_by_label("Comment", exact=True).fill(words)
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Post").click()


def say(browser: Browser, address: str, words: str, name: str = "Leila") -> None:
    """Write a comment as another reader."""
    context = reader(browser)
    page = context.new_page()
    page.goto(f"{address}/discussion")
    send(page, words, name)
    expect(page.locator(".words", has_text=words)).to_be_visible()
    context.close()


def select(page: Page, words: str) -> None:
    """Select words of the report as a mouse would."""
    page.evaluate(
        """(words) => {
            for (const passage of document.querySelectorAll('.said')) {
                const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {
                    const at = walker.currentNode.data.indexOf(words);
                    if (at < 0) continue;
                    const range = document.createRange();
                    range.setStart(walker.currentNode, at);
                    range.setEnd(walker.currentNode, at + words.length);
                    getSelection().removeAllRanges();
                    getSelection().addRange(range);
                }
            }
        }""",
        words,
    )


def test_selected_words_are_commented_on_and_marked(browser: Browser, address: str) -> None:
    context = reader(browser)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    select(page, "Two houses near the harbour")
    page.get_by_role("button", name="Comment on these words").click()
    expect(page.locator(".on-words blockquote")).to_have_text("Two houses near the harbour")
    expect(page.get_by_label("Comment", exact=True)).to_be_focused()
    send(page, "It was three.")
    expect(page.locator(".comment .on")).to_contain_text("Two houses near the harbour")
    page.goto(address)
    assert page.evaluate("[...CSS.highlights.get('commented')].map(String)") == ["Two houses near the harbour"]
    page.locator(".on a", has_text="Two houses").click()
    assert page.evaluate("[...CSS.highlights.get('asked')].map(String)") == ["Two houses near the harbour"]
    assert complaints == []
    context.close()


def test_everything_works_without_scripts(browser: Browser, address: str) -> None:
    context = reader(browser, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/discussion")
    page.locator(".choose a", has_text="Two houses near the harbour").first.click()
    expect(page.locator(".on-words blockquote")).to_contain_text("Two houses near the harbour")
    send(page, "Written without scripts.", "Omar")
    mine = page.locator(".comment", has_text="Written without scripts.")
    expect(mine.locator(".on")).to_contain_text("Two houses near the harbour")
    mine.get_by_role("button", name="Recommend").click()
    expect(mine.locator(".votes")).to_have_text("1")
    mine.get_by_role("button", name="Recommend").click()
    expect(mine.locator(".votes")).to_have_text("")
    mine.get_by_role("link", name="Reply").click()
    send(page, "An answer without scripts.", "Omar")
    expect(page.locator(".replies .words")).to_have_text("An answer without scripts.")
    page.get_by_role("link", name="View all comments").click()
    page.get_by_role("link", name="Oldest").click()
    expect(page.get_by_role("link", name="Oldest")).to_have_attribute("aria-current", "true")
    mine = page.locator(".talk", has_text="Written without scripts.").locator(".comment").first
    mine.get_by_role("link", name="Edit").click()
    page.get_by_label("Comment").fill("Corrected without scripts.")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".comment", has_text="Corrected without scripts.").first).to_contain_text("edited")
    context.close()


def test_a_keyboard_is_enough_to_vote_and_to_answer_in_place(browser: Browser, address: str) -> None:
    say(browser, address, "Was anybody there?", "Salma")
    context = reader(browser)
    page = context.new_page()
    page.goto(f"{address}?order=newest")
    comment = page.locator(".comment", has_text="Was anybody there?")
    button = comment.get_by_role("button", name="Recommend")
    button.focus()
    page.keyboard.press("Enter")
    expect(comment.locator(".votes")).to_have_text("1")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status")).to_have_text(["Recommended."])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".to-whom")).to_contain_text("In answer to Salma")
    page.keyboard.type("I was.")
    page.keyboard.press("Tab")
    if page.locator(".exact summary:focus").count():
        page.keyboard.press("Tab")
    page.keyboard.type("Noor")
    page.keyboard.press("Enter")
    expect(page.locator(".replies .words", has_text="I was.")).to_be_visible()
    context.close()


def test_more_comments_come_in_place_and_a_first_page_is_short(browser: Browser, address: str) -> None:
    for number in range(12):
        say(browser, address, f"Remark {number}.")
    context = reader(browser)
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".talk")).to_have_count(10)
    page.get_by_role("link", name="Load more comments").click()
    expect(page.locator(".talk").nth(10)).to_be_attached()
    assert page.locator(".talk").nth(10).locator(".comment").evaluate("node => node === document.activeElement")
    ids = page.locator(".comment").evaluate_all("nodes => nodes.map((node) => node.id)")
    assert len(ids) == len(set(ids))
    context.close()


@pytest.mark.parametrize(("theme", "width"), [("light", 1200), ("dark", 360)])
def test_axe_finds_nothing_wrong_and_nothing_is_cut_off(
    browser: Browser,
    address: str,
    pytestconfig: pytest.Config,
    theme: Literal["light", "dark"],
    width: int,
) -> None:
    say(browser, address, ARABIC, "عبد الرحمن")
    assert pytestconfig.cache is not None
    code = axe.script(pytestconfig.cache.mkdir("axe-core"))
    context = reader(browser, color_scheme=theme, viewport={"width": width, "height": 900})
    page = context.new_page()
    for path in (address, f"{address}/discussion", f"{address.rpartition('/report')[0]}/my-data"):
        page.goto(path)
        assert axe.violations(page, code) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.goto(f"{address}/discussion")
    comment = page.locator(".comment", has_text=ARABIC).first
    assert comment.locator(".words").evaluate("node => getComputedStyle(node).direction") == "rtl"
    comment.get_by_role("link", name="Flag").click()
    assert axe.violations(page, code) == []
    context.close()
