"""The page of an incident: each source's words, the figures with their rules, who blames and denies, and the grade."""

from __future__ import annotations

from typing import Any

from tests.web.pages.conftest import Desk, parsed, pick, readings

from according.web.pages import words


def _page(desk: Desk) -> Any:
    answer = desk.get(f"/incident/{words.short(desk.strike().id)}")
    assert answer.status_code == 200
    return parsed(answer.text)


def test_each_source_stands_with_its_own_words(desk: Desk) -> None:
    groups = {one.find(".//h3/a").text: one.text_content() for one in pick(_page(desk), ".voice-group")}
    assert set(groups) == {"Coast Wire", "Hill Gazette"}
    assert "at least 12 people were killed" in groups["Coast Wire"]
    assert "killed 15 people" in groups["Hill Gazette"]


def test_the_toll_has_every_figure_its_plot_and_the_rules(desk: Desk) -> None:
    page = _page(desk)
    plot = pick(page, "figure.plot svg")[0]
    assert not plot.xpath(".//*[@style]"), "the site's policy forbids style attributes"
    figures = [row.text_content() for row in pick(page, "table.figures")[0].iter("tr")]
    assert any("12 or more" in row and "a medic" in row for row in figures)
    assert any("15" in row and "Red Crescent" in row for row in figures)
    rules = pick(page, "table.figures")[1].text_content()
    assert "ACLED" in rules
    assert "UCDP" in rules


def test_who_blames_and_who_denies_stand_apart_with_their_sentences(desk: Desk) -> None:
    party = next(one for one in pick(_page(desk), ".party") if "Libyan National Army" in one.find("h3").text_content())
    assert "disputed" in party.find("h3").text_content()
    stances = {one[0].text: one.text_content() for one in pick(party, ".stances li")}
    assert "Government of National Accord" in stances["blamed by"]
    assert "Libyan National Army" in stances["denied by"]
    quotes = pick(party, "blockquote")
    said = [(one.find("p").text, one.get("class")) for one in quotes]
    assert len(said) == len(set(said))
    assert any("against" in (one.get("class") or "") and "denied" in one.text_content() for one in quotes)


def test_the_grade_shows_its_working_and_how_it_became_known(desk: Desk) -> None:
    page = _page(desk)
    because = [one.text_content() for one in pick(page, ".because li")]
    assert [line for line in because if line.startswith("Graded fair")]
    stages = pick(page.get_element_by_id("known").getparent(), "tbody tr")
    assert [row[0].text for row in stages] == ["3 July 2019", "4 July 2019"]
    assert "12 or more people killed" in stages[0].text_content()


def test_a_former_address_leads_to_what_became_of_it(desk: Desk) -> None:
    whole = desk.strike().id
    alone = desk.link(readings()[:1])[0].id
    assert alone != whole
    desk.link(readings())
    answer = desk.get(f"/incident/{words.short(alone)}")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/incident/{words.short(whole)}"
    twin = desk.get(f"/incident/{words.short(alone)}.json")
    assert (twin.status_code, twin.headers["location"]) == (308, f"/incident/{words.short(whole)}.json")


def test_its_twin_has_every_claim_with_its_report(desk: Desk) -> None:
    told = desk.get(f"/incident/{words.short(desk.strike().id)}.json").json()
    assert {one["id"] for one in told["claims"]} == set(desk.strike().claims)
    assert {one["report"]["source"] for one in told["claims"]} == {"Coast Wire", "Hill Gazette"}
