"""Dates in words: what is known is said, and what is not known is said to be so."""

from __future__ import annotations

import pytest

from according.vocabulary.dates import date, partial


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("2017-10-31", "31 October 2017"),
        ("2017-10", "October 2017"),
        ("2017", "2017"),
        ("--10-31", "31 October (year not given)"),
        ("-W-7", "Sunday (date not given)"),
        ("", ""),
        (None, ""),
        ("soon", "soon"),
    ],
)
def test_a_date_says_what_is_known_of_it(said: str | None, words: str) -> None:
    assert date(said) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("-W-7", "Sunday (date not given)"),
        ("2014-04-11/2014-04-20", "11 April 2014 – 20 April 2014"),
        ("2014/..", "from 2014"),
        ("../2014", "until 2014"),
        ("2014-07-17~", "about 17 July 2014"),
    ],
)
def test_a_partial_date_says_its_ends(said: str, words: str) -> None:
    assert partial(said) == words
