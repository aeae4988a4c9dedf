"""The offline map page in real Chromium, opened from a file."""

from __future__ import annotations

import io
import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Request, expect
from tests.browser import axe
from tests.maps import sample, sirte

from according.cli.map import tell
from according.export.reading import to_json
from according.maps import MapData, draw_map, map_data
from according.maps.legend import state_words
from according.maps.moment import at
from according.maps.style import THEMES

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-background-networking", "--use-angle=swiftshader"]
# For every element with words of its own: the words, and the contrast of their colour with their ground (WCAG).
CONTRASTS = """() => {
    const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const light = (colour) => parts(colour).slice(0, 3)
        .map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
        .reduce((sum, part, index) => sum + part * [0.2126, 0.7152, 0.0722][index], 0);
    const ground = (node) => {
        for (; node; node = node.parentElement) {
            const colour = getComputedStyle(node).backgroundColor;
            if ((parts(colour)[3] ?? 1) > 0) return colour;
        }
        return 'rgb(255, 255, 255)';
    };
    return [...document.querySelectorAll('body *')]
        .filter((node) => node.checkVisibility() && !node.closest('script')
            && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
        .map((node) => {
            const [one, other] = [light(getComputedStyle(node).color), light(ground(node))];
            const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
            return [node.textContent.slice(0, 40), ratio];
        });
}"""
LISTED = """() => [...document.querySelectorAll('#list li:not([hidden])')].map((item) =>
    [item.querySelector('b').textContent, item.querySelector('small').textContent])"""
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "coast.html"
    draw_map(sample.coast(), path)
    return path.as_uri()


class Visit:
    """A page that is open, with all it complained of and all it asked for."""

    def __init__(self, page: Page, address: str, fragment: str = "") -> None:
        self.page = page
        page.set_default_timeout(30_000)
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)
        page.goto(address + fragment)
        page.wait_for_selector("html.map-ready, html.map-missing", timeout=60_000)
        self.start: str = page.evaluate("location.hash")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("file:", "blob:", "data:")):
            self.requests.append(request.url)

    def goes_to(self, fragment: str) -> None:
        """Follow a link to another view of the same page."""
        self.page.evaluate(
            "(to) => (history.replaceState(null, '', to), dispatchEvent(new Event('hashchange')))", fragment
        )

    def is_still(self) -> None:
        """Wait until everything in view is drawn."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        self.page.wait_for_selector("html.map-still")

    def starts_anew(self) -> None:
        """The view with which the page opens, and no complaint so far."""
        self.page.mouse.move(2, 2)
        self.goes_to(self.start)
        self.page.evaluate("() => document.activeElement?.blur()")
        self.complaints.clear()
        self.requests.clear()

    def mark(self, words: str) -> str:
        """The selector of the map's button whose label has these words."""
        return f'.mark[aria-label*="{words}"]'


@pytest.fixture(scope="module")
def opened(browser: Browser, address: str) -> Iterator[Visit]:
    page = browser.new_page(viewport={"width": 1300, "height": 850})
    visit = Visit(page, address)
    assert visit.complaints == []
    assert visit.requests == []
    yield visit
    page.close()


@pytest.fixture
def desk(opened: Visit) -> Visit:
    """The one page on a desk, as it opens."""
    opened.starts_anew()
    return opened


@pytest.fixture(scope="module")
def held(browser: Browser, address: str) -> Iterator[Visit]:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, color_scheme="dark"
    )
    yield Visit(context.new_page(), address)
    context.close()


@pytest.fixture
def phone(held: Visit) -> Visit:
    """The one page on a phone in the dark, as it opens."""
    held.starts_anew()
    return held


def test_it_opens_without_a_complaint_and_asks_the_network_for_nothing(desk: Visit) -> None:
    desk.page.click("#theme")
    desk.is_still()
    desk.page.click(".maplibregl-ctrl-zoom-in")
    desk.is_still()
    desk.page.click("#show-table")
    assert desk.complaints == []
    assert desk.requests == []


def test_the_map_is_really_drawn_in_place_of_its_picture(desk: Visit) -> None:
    desk.is_still()
    assert desk.page.locator("#picture").count() == 0
    shot = desk.page.locator("#map canvas").screenshot()
    assert len(shot) > 20_000, "an empty sea compresses to less"


def test_hovering_shows_the_quote_its_voice_and_its_source(desk: Visit) -> None:
    desk.page.hover(desk.mark("Air strike, Derna"))
    tip = desk.page.locator("#tip")
    assert tip.is_visible()
    said = tip.inner_text()
    assert "killing at least 17 people" in said
    assert "medics, Coast Courier" in said


def test_clicking_opens_every_quote_and_says_which_say_otherwise(desk: Visit) -> None:
    desk.page.click(desk.mark("Air strike, Derna"))
    desk.page.click("#card .of >> nth=0")
    card = desk.page.locator("#card").inner_text()
    assert "Says otherwise" in card
    assert "denied that its aircraft had flown" in card
    assert desk.page.locator('#list [aria-current="true"]').inner_text().startswith("5")


def test_who_holds_a_town_has_its_square_in_the_list_and_in_the_legend(desk: Visit) -> None:
    items = desk.page.locator("#list li", has_text="by")
    squares = items.locator("img.chip")
    assert squares.count() == 5
    assert squares.evaluate_all("all => all.every((one) => one.complete && one.naturalWidth > 40)")
    assert len(set(squares.evaluate_all("all => all.map((one) => one.src)"))) == 4, "one side holds two towns"
    legend = desk.page.inner_text("#legend")
    for words in ("colour, pattern and letters", "Told by others too", "Contested", "Besieged", "Libyan National Army"):
        assert words in legend


def test_several_incidents_in_one_mark_open_to_their_list(desk: Visit) -> None:
    desk.page.hover(desk.mark("Air strike, Derna"))
    assert "2 incidents, toll 5–17 or more each" in desk.page.locator("#tip").inner_text()
    desk.page.click(desk.mark("Air strike, Derna"))
    assert desk.page.locator("#card .of").count() == 2
    desk.page.click("#card .of >> nth=1")
    assert "western gate" in desk.page.locator("#card").inner_text()


def test_marks_part_when_the_map_is_close_enough(desk: Visit) -> None:
    desk.goes_to("#at=2.00/31.0000/20.0000")
    far = desk.page.locator(".mark:not(.square)").count()
    desk.page.focus("#map canvas")
    for step in (3, 4, 5):
        desk.page.keyboard.press("=")
        desk.page.wait_for_function(f"() => location.hash.includes('at={step}.00')")
    assert far < desk.page.locator(".mark:not(.square)").count() == 6
    assert desk.complaints == []


def test_time_plays_and_the_slider_filters_up_to_its_day(desk: Visit) -> None:
    desk.page.focus("#day")
    desk.page.keyboard.press("Home")
    assert desk.page.input_value("#to") == "2011-01-01"
    (before,) = desk.page.locator("#list li:visible").all_inner_texts()
    assert "Derna: held by Ansar Brigade" in before
    desk.page.fill("#to", "2017-10-26")
    assert abs(int(desk.page.input_value("#day")) - int(desk.page.get_attribute("#day", "max") or 0)) < 10
    assert desk.page.locator("#list li:visible", has_text="Clash, Sirte").count() == 1
    assert desk.page.locator("#list li:visible", has_text="Air strike, Derna").count() == 0
    assert "to=2017-10-26" in desk.page.url
    assert "towns as they stood on 2017-10-26" in desk.page.inner_text("#count")
    desk.page.click("#play")
    expect(desk.page.locator("#play")).to_have_text("Play", timeout=5_000)
    assert desk.page.input_value("#to") == ""
    assert desk.page.locator("#list li:visible", has_text="Air strike, Derna").count() == 1


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, MapData]:
    """A town that changes hands, told of by reports of six days: the page and its data."""
    content = tell([to_json(reading) for reading in sirte.readings()])
    path = tmp_path_factory.mktemp("course") / "sirte.html"
    draw_map(content, path)
    return path.as_uri(), map_data(content)


def without_map(browser: Browser, address: str, fragment: str = "") -> Visit:
    """A page in a browser that draws no map: the list, the table and the card are the same, and quicker."""
    page = browser.new_page(viewport={"width": 1300, "height": 850})
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    return Visit(page, address, fragment)


def test_every_day_as_known_on_every_day_is_what_python_makes_of_it(
    browser: Browser, course: tuple[str, MapData]
) -> None:
    address, data = course
    visit = without_map(browser, address)
    page = visit.page
    seen = set()
    for day, known in itertools.product(("", *sirte.DAYS), ("", *sirte.KNOWN)):
        visit.goes_to(f"#to={day}&known={known}")
        assert (page.input_value("#to"), page.input_value("#known")) == (day, known)
        then = at(data, day or None, known or None)
        wanted = [(f"{town.spot.name}: {state_words(town)}", " · ".join(town.lines[:2])) for town in then.towns]
        for mark in then.incidents:
            said = (
                f"{mark.when} · {mark.toll}",
                *mark.figures,
                *mark.attribution,
                f"Place known to: {mark.spot.precision} · grade: {mark.grade}",
            )
            wanted.append((f"{mark.title}, {mark.spot.name}", " · ".join(said[:2])))
        assert then.unplaced == ()
        assert sorted(map(tuple, page.evaluate(LISTED))) == sorted(wanted), (day, known)
        seen.add(tuple(sorted(wanted)))
    assert len(seen) > 8
    assert visit.complaints == []
    page.close()


def test_what_was_known_on_a_day_leaves_out_later_sentences_and_figures(
    browser: Browser, course: tuple[str, MapData]
) -> None:
    visit = without_map(browser, course[0], "#known=2016-05-25")
    page = visit.page
    page.locator("#list button", has_text="Air strike").click()
    card = page.locator("#card")
    assert "4 people" in card.inner_text()
    assert "killed: 4" in card.inner_text()
    assert "9 people" not in card.inner_text()
    assert "from 4 of 6 reports" in page.inner_text("#count")
    page.fill("#known", "2016-06-02")
    assert "9 people" in card.inner_text()
    assert visit.complaints == []
    page.close()


def test_the_list_can_keep_to_what_the_map_shows(desk: Visit) -> None:
    desk.goes_to("#at=8.00/32.7600/22.6000&inview=on")
    assert desk.page.is_checked("#in-view")
    inside = desk.page.locator("#list li:visible").all_inner_texts()
    assert len(inside) == 3
    assert all("Derna" in each for each in inside)
    desk.page.click("#list button >> visible=true >> nth=0")
    desk.page.keyboard.press("ArrowDown")
    assert desk.page.evaluate("document.activeElement.innerText").startswith("6")
    desk.page.uncheck("#in-view")
    assert desk.page.locator("#list li:visible").count() == 13
    assert desk.complaints == []


@pytest.mark.parametrize("where", ["desk", "phone"])
def test_axe_finds_nothing_wrong(request: pytest.FixtureRequest, pytestconfig: pytest.Config, where: str) -> None:
    assert pytestconfig.cache is not None
    code = axe.script(pytestconfig.cache.mkdir("axe-core"))
    page = request.getfixturevalue(where).page
    page.click("#list button >> nth=0")
    assert axe.violations(page, code) == []
    page.click("#card .close")
    page.click("#show-table")
    assert axe.violations(page, code) == []
    page.evaluate("document.body.append(document.createElement('button'))")
    assert any("button-name" in found for found in axe.violations(page, code)), "the checker checks nothing"
    page.evaluate("document.body.lastElementChild.remove()")


def test_a_mark_of_several_counts_what_the_filters_leave(desk: Visit) -> None:
    desk.page.fill("#search", "western gate")
    assert desk.page.get_attribute(".mark:not(.square)", "aria-label").startswith("Bombing, Derna")  # type: ignore[union-attr]


def test_one_can_go_to_each_of_far_apart_regions(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "regions.html"
    draw_map(sample.shells([(22.6, 32.8), (23.4, 32.4), (97.7, 22.9)]), path)
    page = browser.new_page(viewport={"width": 1300, "height": 850})
    visit = Visit(page, path.as_uri())
    assert page.locator(".mark").count() == 2
    page.select_option("#region", index=2)
    expect(page.locator(".mark")).to_have_count(3)
    assert float(page.url.split("at=")[1].split("%2F")[0]) > 6
    assert visit.complaints == []
    page.close()


def test_disputed_lines_can_be_switched_off_and_the_address_keeps_it(desk: Visit) -> None:
    desk.goes_to("#at=5.00/46.5000/36.0000&disputed=off")
    desk.is_still()
    without = desk.page.locator("#map canvas").screenshot()
    assert not desk.page.is_checked("#disputed")
    desk.page.check("#disputed")
    desk.is_still()
    assert desk.page.locator("#map canvas").screenshot() != without
    assert "disputed" not in desk.page.url
    desk.page.uncheck("#disputed")
    assert "disputed=off" in desk.page.url
    assert desk.complaints == []


def test_the_keyboard_reaches_marks_and_escape_closes(desk: Visit) -> None:
    desk.page.focus("#map canvas")
    for _ in range(20):
        desk.page.keyboard.press("Tab")
        if desk.page.evaluate("document.activeElement.classList.contains('mark')"):
            break
    assert desk.page.locator("#tip").is_visible()
    desk.page.keyboard.press("Enter")
    assert desk.page.locator("#card blockquote").count() > 0
    desk.page.keyboard.press("Escape")
    assert desk.page.locator("#card").is_hidden()


def test_list_and_map_point_at_each_other(desk: Visit) -> None:
    desk.page.hover('#list [data-mark="i3"]')
    assert "hot" in (desk.page.get_attribute(desk.mark("Abduction"), "class") or "")
    desk.page.click('#list [data-mark="i3"]')
    assert desk.page.get_attribute(desk.mark("Abduction"), "aria-pressed") == "true"


def test_search_kind_and_dates_filter_list_table_and_map_together(desk: Visit) -> None:
    def left() -> tuple[int, int]:
        shown = desk.page.locator("#list li:visible").count()
        return shown, desk.page.locator(".mark").count()

    desk.page.fill("#search", "ENGINEERS")
    assert left() == (1, 1)
    desk.page.fill("#search", "")
    desk.page.select_option("#kind", "shelling")
    assert left() == (1, 1)
    desk.page.select_option("#kind", "")
    desk.page.fill("#from", "2017-10-30")
    assert desk.page.locator("#list li:visible", has_text="Clash, Sirte").count() == 0
    assert desk.page.locator("#list li:visible", has_text="Air strike, Derna").count() == 1


def test_an_address_restores_the_view(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1300, "height": 850})
    visit = Visit(page, address, "#at=7.50/32.7000/22.6000&q=derna&mark=i4&known=2017-11-01&theme=dark")
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.input_value("#known") == "2017-11-01"
    assert "western gate" in page.locator("#card").inner_text()
    assert page.input_value("#search") == "derna"
    assert "at=7.50%2F32.7000%2F22.6000" in page.url
    assert visit.complaints == []
    page.close()


def test_the_table_holds_every_mark_with_its_sentences(desk: Visit) -> None:
    desk.page.click("#show-table")
    table = desk.page.locator("#table")
    assert table.locator("tbody tr").count() == 13
    assert "somewhere in Fezzan" in table.inner_text()
    assert "not drawn" in table.inner_text()


def test_a_phone_shows_all_of_it_without_scrolling_sideways(phone: Visit) -> None:
    page = phone.page
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.tap(phone.mark("Clash, Sirte"))
    card = page.locator("#card")
    assert "60 fighters" in card.inner_text()
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["y"] > 300, "the card lies below the map"
    assert box["y"] + box["height"] <= 741
    page.click("#card .close")
    page.click("#show-table")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.complaints == []


def test_a_phone_opens_with_every_mark_in_view(phone: Visit) -> None:
    stage = phone.page.locator("#stage").bounding_box()
    boxes = [mark.bounding_box() for mark in phone.page.locator(".mark").all()]
    assert stage is not None
    assert len(boxes) > 5
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= stage["width"] for box in boxes)


def test_without_webgl_the_picture_the_list_and_the_table_remain(browser: Browser, address: str) -> None:
    visit = without_map(browser, address)
    page = visit.page
    assert page.locator("#no-map").is_visible()
    assert page.locator("#picture").is_visible()
    assert page.evaluate("document.querySelector('#picture').naturalWidth") == 1200
    page.click('#list [data-mark="i1"]')
    assert "at least 17 people" in page.locator("#card").inner_text()
    assert visit.complaints == []
    page.close()


def test_a_crowd_of_marks_still_answers_the_pointer(browser: Browser, tmp_path: Path) -> None:
    claims = [sample.claim("c", "A shell fell in the middle of it all.", "a shepherd")]
    spots = [(20 + n % 22 * 0.1, 30 + n // 22 * 0.1) for n in range(22 * 21)]
    spots = [spot for spot in spots if max(abs(spot[0] - 21.05), abs(spot[1] - 31.0)) > 0.3]
    incidents = [
        sample.incident(f"i{n}", "clash", {**sample.place("Derna"), "longitude": x, "latitude": y})
        for n, (x, y) in enumerate(spots)
    ]
    middle = {**sample.place("Sirte"), "longitude": 21.05, "latitude": 31.0}
    incidents.append(sample.incident("middle", "shell", middle, claims=["c"]))
    path = tmp_path / "crowd.html"
    draw_map(sample.told(sample.reading("r", "Outlet", "2017-01-01", claims=claims, incidents=incidents)), path)
    page = browser.new_page(viewport={"width": 1300, "height": 850})
    visit = Visit(page, path.as_uri())
    assert page.locator(".mark").count() == 0
    visit.is_still()
    box = page.locator("#stage").bounding_box()
    assert box is not None
    # The view fits the marks between margins of 150, 170, 110 and 80 pixels.
    x, y = box["x"] + 150 + (box["width"] - 320) / 2, box["y"] + 110 + (box["height"] - 190) / 2
    page.mouse.move(x, y)
    page.wait_for_selector("#tip:not([hidden])")
    assert "a shepherd" in page.locator("#tip").inner_text()
    page.mouse.click(x, y)
    assert "middle of it all" in page.locator("#card").inner_text()
    assert visit.complaints == []
    page.close()


def test_far_from_the_marks_the_page_still_has_land(desk: Visit) -> None:
    desk.goes_to("#at=8.00/22.0000/78.0000")
    land = tuple(bytes.fromhex(THEMES["light"]["land"][1:]))
    for _ in range(20):
        desk.is_still()
        with Image.open(io.BytesIO(desk.page.locator("#stage").screenshot())) as shot:
            colours = shot.convert("RGB").getcolors(shot.width * shot.height)
        if colours and max(colours)[1] == land:
            break
    assert colours is not None
    assert max(colours)[1] == land
    assert desk.complaints == []


def test_hostile_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    draw_map(sample.told(sample.hostile_reading()), path)
    page = browser.new_page()
    visit = Visit(page, path.as_uri())
    page.click(".mark")
    page.click("#show-table")
    assert page.evaluate("window.broken") is None
    assert "<script>" in page.locator("#card").inner_text()
    assert page.locator('a[href^="javascript"]').count() == 0
    assert visit.complaints == []
    page.close()


def test_every_control_has_a_name_and_is_large_enough_to_tap(phone: Visit) -> None:
    controls = phone.page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, summary')]
            .filter((node) => node.offsetParent && !node.closest('td'))
            .map((node) => [
                node.getAttribute('aria-label') || node.innerText || (node.labels && node.labels[0].innerText) || '',
                Math.min(node.offsetWidth, node.offsetHeight),
            ])"""
    )
    assert len(controls) > 20
    assert [control for control in controls if not control[0] or control[1] < 24] == []


def test_headings_landmarks_and_scrolling_parts_are_as_a_screen_reader_needs_them(desk: Visit) -> None:
    desk.page.click(desk.mark("Clash, Sirte"))
    levels = desk.page.evaluate("() => [...document.querySelectorAll('h1,h2,h3')].map((node) => +node.tagName[1])")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    regions = desk.page.evaluate(
        "() => [...document.querySelectorAll('section, aside, [role=region]')].map((node) => node.ariaLabel)"
    )
    assert len(regions) == len(set(regions)) == 5
    assert all(regions)
    unreachable = desk.page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter((node) => node.scrollHeight > node.clientHeight + 1
            && ['auto', 'scroll'].includes(getComputedStyle(node).overflowY)
            && node.tabIndex < 0 && !node.querySelector('button, a, input'))
            .map((node) => node.outerHTML.slice(0, 80))"""
    )
    assert unreachable == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_words_stand_out_from_their_ground(desk: Visit, theme: str) -> None:
    desk.goes_to(f"{desk.start}&theme={theme}")
    desk.page.click(desk.mark("Clash, Sirte"))
    found = desk.page.evaluate(CONTRASTS)
    assert len(found) > 40
    assert [each for each in found if each[1] < 4.5] == []
