"""Time expressions are looked for only where they may open: what is found is what looking everywhere finds."""

from __future__ import annotations

import pytest

from according.vocabulary.time_words import load_time_words
from according.vocabulary.times import spot_times

SAID = (
    "2014-05-03 03/05/2014 3 May 2014; 3-5 May, 1st of June; May 3, 2014 May 3-5 Sept. 2014 Sept2014 Mayé late May "
    "summer 2014 last winter, the current summer 2014; yesterday the day before yesterday the day\nafter tomorrow "
    "Friday Fridays’ last Friday night the coming Friday Monday of last week the Monday the last two days "
    "these past several weeks previous 3 months recent weeks the the current week the next week the previous day "
    "two days ago a month before weeks later several years earlier an hour after now at the moment these days "
    "at night in the morning by early morning after midnight overnight around noon during the day the night "
    "last May the last May this March May 2014 1999 2014% @2014 #may /may x2014 in 2014, by the end of 2014."
)


def _everywhere(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in load_time_words().core.finditer(text)]


def _where_they_may_open(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in load_time_words().cores(text)]


@pytest.mark.parametrize("text", [SAID, SAID.upper(), SAID.lower(), SAID.title(), " ".join(reversed(SAID.split()))])
def test_nothing_is_missed_where_only_openers_are_tried(text: str) -> None:
    assert len(_everywhere(text)) > 40
    assert _where_they_may_open(text) == _everywhere(text)


def test_every_listed_expression_is_found_from_its_first_word() -> None:
    words = load_time_words()
    for said in (*words.deictic, *words.anaphoric, *words.seasons, *(f"last {season}" for season in words.seasons)):
        assert _where_they_may_open(f"It was, {said}, so.") == _everywhere(f"It was, {said}, so."), said


def test_a_time_behind_an_article_is_spotted_whole() -> None:
    assert [mention.text for mention in spot_times("The army left the next day, the others the last two weeks.")] == [
        "the next day",
        "the last two weeks",
    ]
