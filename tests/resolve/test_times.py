"""When: expressions found, put on the calendar, and given to claims; no year invented."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from according.issues import Issues
from according.records import Claim, Passage, Report, Span
from according.resolve.dating import date_mentions
from according.resolve.times import resolve_times
from according.vocabulary import load_vocabulary
from according.vocabulary.times import spot_times

CASES: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("cases_times.yaml").read_text("utf-8"))


def _report(text: str, published: str | None) -> tuple[Report, list[Passage]]:
    passages = [
        Passage(report="r", index=index, span=Span.cut(text, *match.span()), block="body", block_index=0)
        for index, match in enumerate(re.finditer(r"[^|]+", text))
    ]
    return Report(id="r", text=text, published=published), passages


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text'][:50]} ({case['published']})")
def test_expressions_are_dated(case: dict[str, Any]) -> None:
    report, passages = _report(case["text"], case["published"])
    issues = Issues()
    found = date_mentions(report, passages, issues)
    readings = [(one.mention.text, one.reading(), one.basis) for one in found]
    assert [[said, time.earliest, time.latest, time.partial, basis] for said, time, basis in readings] == case["times"]
    assert [issue.code for issue in issues.records] == ([case["issue"]] if "issue" in case else [])


def _claim(report: Report, sentence: Passage, time: str | None, **more: Any) -> Claim:
    start = report.text.index(time) if time else 0
    span = Span.cut(report.text, start, start + len(time)) if time else None
    claim = Claim(id=f"c{sentence.index}", report="r", evidence=sentence.span, predicate="airstrike", time=span)
    return msgspec.structs.replace(claim, **more)


def _times(report: Report, passages: list[Passage], claims: list[Claim]) -> dict[str, tuple[str | None, ...]]:
    found = resolve_times(report, passages, claims, load_vocabulary(), Issues())
    return {one.claim: (one.time.earliest, one.time.latest, one.basis) for one in found if one.time}


def test_a_claim_without_a_time_takes_that_of_the_event_told_before_it_but_a_habit_never() -> None:
    report, passages = _report("Planes struck on 3 May 2019.| Five people were killed.| Such raids are common.", None)
    claims = [
        _claim(report, passages[0], "on 3 May 2019"),
        _claim(report, passages[1], None, predicate="kill"),
        _claim(report, passages[2], None, realis="habitual"),
    ]
    told = ("2019-05-03", "2019-05-03", "stated")
    assert _times(report, passages, claims) == {"c0": told, "c1": told}


def test_the_next_sentence_may_add_the_day() -> None:
    report, passages = _report("A strike killed five, a medic said on Friday.| It happened on Wednesday.", "2024-05-31")
    claim = _claim(report, passages[0], None)
    assert _times(report, passages, [claim]) == {"c0": ("2024-05-29", "2024-05-29", "relative")}


def test_a_scene_set_without_an_event_gives_its_day_but_the_day_of_a_telling_is_none() -> None:
    for opening, told in (
        ("Guards stopped a van at the gate on Wednesday.", ("2024-05-29", "2024-05-29", "relative")),
        ("On Wednesday the mayor's office said it knew more.", (None, "2024-05-31", "publication_bound")),
        ("The mayor said on Wednesday that he knew more.", (None, "2024-05-31", "publication_bound")),
    ):
        report, passages = _report(f"{opening}| It blew up and killed five.", "2024-05-31")
        claim = _claim(report, passages[1], None, predicate="bomb")
        assert _times(report, passages, [claim]) == {"c1": told}


def test_a_count_of_now_is_no_day_of_an_event() -> None:
    report, passages = _report("Ten have now died of the strike.", "2024-05-31")
    claim = _claim(report, passages[0], "now")
    assert _times(report, passages, [claim]) == {"c0": (None, "2024-05-31", "publication_bound")}


def test_what_is_told_behind_since_was_then_and_what_holds_holds_since() -> None:
    report, passages = _report("It was the worst since 3 May, when ten died.", "2024-05-31")
    died = _claim(report, passages[0], "since 3 May", predicate="kill")
    held = _claim(report, passages[0], "since 3 May", predicate="hold")
    assert _times(report, passages, [died])["c0"] == ("2024-05-03", "2024-05-03", "relative")
    assert _times(report, passages, [held])["c0"] == ("2024-05-03", None, "relative")


def test_hours_later_is_the_day_of_the_event_told_before() -> None:
    report, passages = _report("Planes struck on 3 May.| Hours later, on the ward, five died.", "2024-05-31")
    claims = [_claim(report, passages[0], "on 3 May"), _claim(report, passages[1], "Hours later", predicate="kill")]
    assert _times(report, passages, claims)["c1"] == ("2024-05-03", "2024-05-03", "relative")


def test_nothing_told_is_only_not_later_than_the_report_and_what_goes_on_does_so_then() -> None:
    report, passages = _report("Planes struck the town.| The siege goes on.", "2019-05-04")
    claims = [
        _claim(report, passages[0], None),
        _claim(report, passages[1], None, predicate="besiege", realis="ongoing"),
    ]
    assert _times(report, passages, claims) == {
        "c0": (None, "2019-05-04", "publication_bound"),
        "c1": ("2019-05-04", "2019-05-04", "publication_bound"),
    }


def test_a_plan_looks_ahead() -> None:
    report, passages = _report("They will strike on Monday.", "2019-05-04")
    claims = [_claim(report, passages[0], "on Monday", realis="planned")]
    assert _times(report, passages, claims) == {"c0": ("2019-05-06", "2019-05-06", "relative")}


@given(st.dates(date(2001, 1, 1), date(2030, 12, 31)), st.sampled_from(["%-d %B %Y", "%B %-d, %Y", "%Y-%m-%d"]))
def test_a_full_date_is_read_back_in_every_style(day: date, style: str) -> None:
    text = f"They came on {day.strftime(style)} at last."
    report, passages = _report(text, None)
    [found] = date_mentions(report, passages, Issues())
    assert found.reading().earliest == found.reading().latest == day.isoformat()


@given(st.text(max_size=80))
def test_every_mention_is_a_slice_of_its_text(text: str) -> None:
    mentions = spot_times(text)
    assert all(text[one.start : one.end] == one.text for one in mentions)
    assert all(left.end <= right.start for left, right in pairwise(mentions))


@given(st.integers(1, 12), st.integers(1, 28))
def test_no_year_is_invented(month: int, day: int) -> None:
    text = f"On {date(2001, month, day).strftime('%B %-d')} a shell fell."
    report, passages = _report(text, None)
    [found] = date_mentions(report, passages, Issues())
    assert (found.reading().earliest, found.reading().latest) == (None, None)
    assert found.reading().partial == f"--{month:02d}-{day:02d}"


@pytest.mark.parametrize(("realis", "day"), [("happened", "2017-10-30"), ("planned", "2017-11-06")])
def test_a_plan_looks_back_when_something_happened_in_the_same_words_of_time(realis: str, day: str) -> None:
    report, passages = _report("Planes struck on Monday and set off a fire.", "2017-11-01")
    claims = [
        _claim(report, passages[0], "on Monday", realis=realis),
        msgspec.structs.replace(_claim(report, passages[0], "on Monday", realis="planned"), id="c1"),
    ]
    assert [first for first, _, _ in _times(report, passages, claims).values()] == [day, day]


@pytest.mark.parametrize(
    ("opening", "told"),
    [
        ("The bombing of 7 May 2014 was called unjustified.", "2014-05-07"),
        ("The bus had left for the coast last Wednesday.", "2024-05-29"),
        ("Riders fell on men who dug trenches there on 24 May.", "2024-05-24"),
        ("The council spoke on Thursday of the raid of 24 May.", "2024-05-24"),
        ("The toll of the raid rose on Thursday; gunmen made for the gate late on Wednesday.", "2024-05-29"),
        ("Some went in at dawn on Sunday to find a man, said Aru Dal, the mayor.", "2024-05-26"),
        ("It went on well into Thursday afternoon.", None),
        ("The army told reporters on Thursday that it was ready.", None),
        ("Kin buried their children on Wednesday.", None),
        ("It has lasted since Thursday.", None),
        ("Now the market is shut.", None),
    ],
)
def test_the_opening_gives_its_day_to_events_that_have_none(opening: str, told: str | None) -> None:
    report, passages = _report(f"{opening}| The place is small.| Five people were killed.", "2024-05-31")
    claim = _claim(report, passages[2], None, predicate="kill")
    assert _times(report, passages, [claim])["c2"][0] == told


def test_an_event_of_the_opening_with_a_day_of_its_own_keeps_the_opening_from_giving_one() -> None:
    report, passages = _report("Ten died.| Guards had slept on 2 May.| A shell hit the gate on 3 May.", "2024-05-31")
    dead, shelled = _claim(report, passages[0], None, predicate="kill"), _claim(report, passages[2], "on 3 May")
    assert _times(report, passages, [dead, shelled])["c0"][0] is None
    assert _times(report, passages, [dead])["c0"][0] == "2024-05-02"


def test_earlier_on_a_day_says_the_day_of_what_was_told_before() -> None:
    text = "A bomb killed ten.| The hurt are many.| Earlier on Tuesday a shell fell elsewhere."
    report, passages = _report(text, "2024-05-31")
    claims = [_claim(report, passages[0], None), _claim(report, passages[2], "on Tuesday")]
    assert {one[0] for one in _times(report, passages, claims).values()} == {"2024-05-28"}


def test_a_month_ago_is_the_day_told_next_when_that_lies_in_it() -> None:
    for behind, told in (("on 3 April", "2024-04-03"), ("on 3 May", "2024-04-01")):
        report, passages = _report(f"Ten died in last month's raid.| Guards fell {behind} there.", "2024-05-31")
        claims = [_claim(report, passages[0], "last month"), _claim(report, passages[1], behind)]
        assert _times(report, passages, claims)["c0"][0] == told


def test_an_event_was_before_what_is_over_by_a_day_and_who_is_there_by_a_day_is_there_then() -> None:
    report, passages = _report("By Monday they had gone.", "2024-05-31")
    for predicate, told in (("kill", (None, "2024-05-27")), ("withdraw", ("2024-05-27", "2024-05-27"))):
        claim = _claim(report, passages[0], "By Monday", predicate=predicate)
        assert _times(report, passages, [claim])["c0"][:2] == told


def test_an_hour_alone_is_of_the_day_it_was_told_on() -> None:
    report, passages = _report("He blew himself up at noon, police said on Tuesday.", "2024-05-28")
    assert _times(report, passages, [_claim(report, passages[0], "at noon")])["c0"][0] == "2024-05-28"


def test_what_a_rebuilding_came_after_is_of_no_day_of_the_event_it_is_told_with() -> None:
    report, passages = _report("Bombs fell on Wednesday.| It hit men rebuilding after the May 3 bombing.", "2024-05-31")
    claims = [
        _claim(report, passages[0], "on Wednesday"),
        _claim(report, passages[1], None),
        _claim(report, passages[1], "after the May 3", id="back", event="c1"),
    ]
    assert {one[0] for one in list(_times(report, passages, claims).values())[:2]} == {"2024-05-29"}


@pytest.mark.parametrize(
    ("sentence", "event", "told"),
    [
        ("Kin stood by the coffins on Thursday, a day after gunmen ambushed a bus.", "ambushed", "2024-05-29"),
        ("On Thursday, two days after the raid, a digger came.", "raid", "2024-05-28"),
        ("Five more died on Thursday, a day after the bombing of a mosque.", "bombing", "2024-05-29"),
        ("A day after the raid, the market is shut.", "raid", "2024-05-30"),
        ("It was quiet on 3 May, the day before the raid.", "raid", "2024-05-04"),
        ("A month after the raid, the market is shut.", "raid", "2024-04-01"),
        ("On Thursday, a day after the talks, a raid began.", "raid", "2024-05-30"),
        ("Talks broke off on Thursday, a day after they began, and a raid followed.", "raid", "2024-05-30"),
    ],
)
def test_an_event_that_others_are_measured_from_was_so_long_before(sentence: str, event: str, told: str) -> None:
    report, passages = _report(sentence, "2024-05-31")
    start = sentence.index(event)
    cue = Span.cut(sentence, start, start + len(event))
    weekday = next((word for word in ("on Thursday", "On Thursday", "on 3 May") if word in sentence), None)
    claim = _claim(report, passages[0], weekday, cues=(cue,))
    assert _times(report, passages, [claim])["c0"][0] == told
