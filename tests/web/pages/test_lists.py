"""Front, places, actors, search, feeds and errors: what a reader can choose, and what they are told of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import feedparser
import lxml.etree
import pytest
from tests.web.conftest import Visitor
from tests.web.pages.conftest import Desk, parsed, pick, readings

from according.web.pages import words
from according.web.room import Room


def _titles(text: str) -> list[str]:
    return [one.text_content() for one in pick(parsed(text), "a.entry")]


def test_the_front_page_lists_what_was_chosen_and_keeps_the_choice(desk: Desk) -> None:
    assert "Air strike, Tajoura" in _titles(desk.get("/").text)
    answer = desk.get("/?kind=air&grade=fair&toll=14&since=2019-07&country=ly")
    assert _titles(answer.text) == ["Air strike, Tajoura"]
    page = parsed(answer.text)
    assert page.xpath("//select[@name='kind']/option[@selected]")[0].get("value") == "air"
    assert "kind=air" in page.xpath("//link[@type='application/geo+json']")[0].get("href")
    assert _titles(desk.get("/?toll=900").text) == []
    assert "No incident fits all of this" in desk.get("/?toll=900").text


@pytest.mark.parametrize("query", ["since=soon", "kind=nothing", "after=%00", "grade=good", "toll=many"])
def test_a_choice_that_does_not_exist_is_said_in_one_line(desk: Desk, query: str) -> None:
    answer = desk.get(f"/incidents.json?{query}")
    assert answer.status_code in {400, 422}
    assert answer.json()["error"]["code"] == "bad_request"
    assert "\n" not in answer.json()["error"]["message"]


def test_a_place_shows_who_held_it_as_known_on_a_day(desk: Desk) -> None:
    place = next(one.referent for one in desk.linked.names("place") if one.name == "Gharyan")
    path = str(words.address(place))
    now = desk.get(f"{path}.json").json()["spells"]
    assert {one["holder"]["name"] for one in now if one["holder"]} >= {"Government of National Accord"}
    before = desk.get(f"{path}.json?known=2019-07-04").json()
    assert before["spells"] == []
    page = parsed(desk.get(path).text)
    assert pick(page, "figure.plot svg")
    assert any("captured the town of Gharyan" in one.text_content() for one in pick(page, "blockquote"))
    assert "By then no dated report" in desk.get(f"{path}?known=2019-07-04").text


def test_an_actor_shows_its_ties_and_what_is_laid_at_its_door_by_rule(desk: Desk) -> None:
    told = desk.get("/actor/LY/lna.json").json()
    assert told["killed_by_status"] == [
        {"status": "disputed", "incidents": 1, "counted": 1, "acled": 12, "ucdp": told["killed_by_status"][0]["ucdp"]}
    ]
    assert told["killed_by_status"][0]["ucdp"][0] == 12
    gna = desk.get("/actor/LY/gna")
    assert "Turkey" in parsed(gna.text).get_element_by_id("ties").getparent().text_content()


def test_search_finds_words_and_escapes_what_was_typed(desk: Desk) -> None:
    hits = desk.get("/search.json?q=medic").json()["hits"]
    assert {hit["kind"] for hit in hits} >= {"report", "quote"}
    quote = next(hit for hit in hits if hit["kind"] == "quote")
    assert "<mark>medic</mark>" in quote["snippet"]
    page = parsed(desk.get(quote["address"].partition("#")[0]).text)
    assert page.get_element_by_id(quote["address"].partition("#")[2]) is not None
    odd = desk.get('/search?q="><img src=x onerror=alert(1)>')
    assert odd.status_code == 200
    assert "<img src=x" not in odd.text
    assert "Nothing here holds all of these words" in desk.get("/search?q=zeppelin").text


def test_feeds_are_well_formed_and_say_the_same(desk: Desk) -> None:
    atom, rss = (feedparser.parse(desk.get(path).text) for path in ("/feed.atom", "/feed.rss"))
    assert not atom.bozo
    assert not rss.bozo
    assert [one.title for one in atom.entries] == [one.title for one in rss.entries]
    assert any(one.title.startswith("Air strike, Tajoura") for one in atom.entries)
    features: list[dict[str, Any]] = desk.get("/feed.geojson?kind=air").json()["features"]
    assert [one["id"] for one in features] == [desk.strike().id]
    longitude, latitude = features[0]["geometry"]["coordinates"]
    assert (round(longitude), round(latitude)) == (13, 33)


def test_the_maps_of_the_site_hold_every_report_and_incident(desk: Desk) -> None:
    named = lxml.etree.fromstring(desk.get("/sitemap.xml").content)
    pages = {
        str(one.text).removeprefix(desk.room.address)
        for part in named.iter("{*}loc")
        for one in lxml.etree.fromstring(desk.get(str(part.text)).content).iter("{*}loc")
    }
    assert {f"/report/{one.report.id}" for one in readings()} <= pages
    assert f"/incident/{words.short(desk.strike().id)}" in pages
    assert f"Sitemap: {desk.room.address}/sitemap.xml" in desk.get("/robots.txt").text


@pytest.mark.parametrize("path", ["/incidents.json", "/feed.atom", "/report/{}", "/report/{}.json", "/about.json"])
def test_a_reader_that_has_it_is_told_so_until_it_changes(desk: Desk, path: str) -> None:
    path = path.format(desk.reports["Coast Wire"])
    mark = desk.get(path).headers["etag"]
    again = desk.get(path, headers={"If-None-Match": mark})
    assert (again.status_code, again.content) == (304, b"")
    desk.link(readings()[:1])
    assert desk.get(path, headers={"If-None-Match": mark}).status_code == 200


def test_what_is_missing_is_said_on_a_page_with_a_search_and_in_one_shape(desk: Desk) -> None:
    for path in ("/nothing", "/report/nothing", "/incident/nothing", "/place/nothing", "/actor/a/b", "/about/nothing"):
        answer = desk.get(path)
        assert answer.status_code == 404
        assert parsed(answer.text).xpath("//main//form[@action='/search']")
        assert set(desk.get(f"{path}.json").json()) == {"error"}


def test_a_lost_database_is_a_clear_page_and_not_an_error_of_ours(desk: Desk, tmp_path: Path) -> None:
    broken = tmp_path / "elsewhere" / "ledger.db"
    broken.parent.mkdir()
    broken.write_bytes(b"no database at all" * 100)
    lost = Visitor(Room("The Desk", desk.room.address, "a secret of tests only", broken, desk.room.people))
    answer = lost.get("/")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "cannot reach" in answer.text
    assert lost.get("/incidents.json").json()["error"]["code"] == "database_lost"


def test_an_empty_room_says_what_to_do(visitor: Visitor) -> None:
    assert "according add" in visitor.get("/").text
    for path in ("/reports", "/places", "/actors", "/about", "/feed.atom", "/sitemap-reports.xml", "/search?q=a"):
        assert visitor.get(path).status_code == 200


def test_documents_of_the_method_are_pages_and_link_to_each_other(visitor: Visitor) -> None:
    page = parsed(visitor.get("/about/how-it-reads").text)
    links = {one.get("href") for one in pick(page, ".document a")}
    assert "/about/records" in links
    assert not [link for link in links if link and link.endswith(".md")]
    about = visitor.get("/about").text
    assert "The numbers to beat" not in about
    assert "template micro-F1" in about


def test_a_reader_may_ask_for_the_head_of_any_page(desk: Desk) -> None:
    for path in ("/", "/incidents.json", "/feed.atom", f"/report/{desk.reports['Coast Wire']}"):
        assert desk.client.head(path).status_code == 200
    assert desk.client.head("/nothing").status_code == 404
