"""The page of a report: its sentences, each beside what was read from it, and no more than the desk may show."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from tests.web.pages.conftest import TELLINGS, Desk, parsed, pick

from according.web.pages import report
from according.web.pages.hooks import Publication


def _page(desk: Desk, source: str) -> Any:
    answer = desk.get(f"/report/{desk.reports[source]}")
    assert answer.status_code == 200
    return parsed(answer.text)


def test_every_marked_passage_leads_to_the_claims_read_from_it(desk: Desk) -> None:
    page = _page(desk, "Coast Wire")
    marked = pick(page, "a.read")
    assert any("at least 12 people were killed" in one.text_content() for one in marked)
    for one in marked:
        claims = [page.get_element_by_id(f"claim-{name}") for name in one.get("data-claims").split()]
        assert one.get("href") == f"#{claims[0].get('id')}"
    deaths = next(
        one for one in pick(page, ".claim") if one.find(".//b").text == "Deaths" and "at least 12" in one.text_content()
    )
    assert "12 or more people" in deaths.text_content()
    assert "a medic" in deaths.text_content()


def test_a_third_partys_report_is_quotes_and_the_link(desk: Desk) -> None:
    page = _page(desk, "Hill Gazette")
    assert "killed 15 people" in page.text_content()
    assert "& so on" not in page.text_content()
    assert [one for one in pick(page, "a.button") if one.get("href") == "https://hill.example.org/1"]
    assert "text" not in desk.get(f"/report/{desk.reports['Hill Gazette']}.json").json()["report"]


def test_the_whole_text_stands_where_the_desk_holds_the_rights(desk: Desk, shown_as: dict[str, Publication]) -> None:
    name = desk.reports["Hill Gazette"]
    shown_as[name] = Publication(whole=True, headline="The desk's headline", lead="In short.")
    page = _page(desk, "Hill Gazette")
    assert page.find(".//h1").text == "The desk's headline"
    assert "<script>alert(1)</script> & so on." in page.text_content()
    assert not [one for one in page.iter("script") if "alert" in (one.text or "") and one.get("type") is None]
    assert desk.get(f"/report/{name}.json").json()["report"]["text"].endswith("so on.")


def test_what_is_not_published_is_missing_and_what_was_retracted_says_why(
    desk: Desk, shown_as: dict[str, Publication]
) -> None:
    name = desk.reports["Coast Wire"]
    shown_as[name] = Publication(status="draft")
    assert desk.get(f"/report/{name}").status_code == 404
    shown_as[name] = Publication(status="retracted", notice="The witness took it <back>.")
    answer = desk.get(f"/report/{name}")
    assert answer.status_code == 410
    assert "The witness took it &lt;back&gt;." in answer.text
    said = desk.get(f"/report/{name}.json")
    assert said.status_code == 410
    assert said.json() == {"error": {"code": "retracted", "message": "The witness took it <back>."}}


def test_other_reports_of_the_same_incident_are_named(desk: Desk) -> None:
    page = _page(desk, "Coast Wire")
    assert f"/report/{desk.reports['Hill Gazette']}" in [a.get("href") for a in pick(page, ".others a")]


def test_the_markup_for_machines_is_data_that_cannot_end_its_element(
    desk: Desk, shown_as: dict[str, Publication]
) -> None:
    name = desk.reports["Coast Wire"]
    shown_as[name] = Publication(headline="</script><script>alert(1)</script>")
    text = desk.get(f"/report/{name}").text
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    assert found
    graph = json.loads(found[1])["@graph"]
    assert graph[0]["@type"] == "NewsArticle"
    assert graph[0]["headline"] == "</script><script>alert(1)</script>"
    claims = [node for node in graph if node["@type"] == "Claim"]
    assert any(node["text"] in TELLINGS[0][3] and node["author"]["name"] == "a medic" for node in claims)


def test_a_report_that_says_nothing_of_the_kind_says_so(desk: Desk) -> None:
    assert "Nothing about armed conflict was read" in _page(desk, "Quiet Times").text_content()


def test_the_page_weighs_less_than_150_kilobytes_with_its_style_and_script(desk: Desk) -> None:
    answer = desk.get(f"/report/{desk.reports['Coast Wire']}")
    page = parsed(answer.text)
    files = [one.get("href") for one in page.xpath("//link[@rel='stylesheet']")]
    files += [one.get("src") for one in page.xpath("//script[@src]")]
    whole = len(answer.content) + sum(len(desk.get(file).content) for file in files)
    assert whole < 150_000


def test_a_claim_has_a_page_with_its_working(desk: Desk) -> None:
    page = _page(desk, "Coast Wire")
    claim = next(one for one in pick(page, ".claim") if "at least 12" in one.text_content())
    address = next(one.get("href") for one in pick(claim, "a") if one.text == "How it was read")
    working = parsed(desk.get(address).text).text_content()
    assert "12 or more people" in working
    assert "a medic" in working
    assert "Air strike, Tajoura" in working
    told = desk.get(f"{address}.json").json()
    assert told["incidents"] == [desk.strike().id]
    assert {one["role"] for one in told["resolutions"]} >= {"place", "time"}
    assert desk.get(f"/report/{desk.reports['Coast Wire']}/claim/nothing").status_code == 404


def test_a_long_report_stays_light(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST_OPENED", 1)
    page = _page(desk, "Coast Wire")
    assert not pick(page, ".claim details")
    links = {one.get("href") for one in pick(page, ".claim a.brief")}
    assert links
    assert all(desk.get(link).status_code == 200 for link in links)
