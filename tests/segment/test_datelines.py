from __future__ import annotations

import pytest

from according.segment.datelines import dateline_end


@pytest.mark.parametrize(
    ("dateline", "body"),
    [
        ("TRIPOLI (AFP) -", "The army said it had taken the road."),
        ("BENGHAZI, Libya, Oct 31 (Reuters) -", "Planes struck a port."),
        ("Khartoum, March 25 (AFP) -", "Lawyers said hundreds had died."),
        ("KYIV, Ukraine —", "Two people were killed."),
        ("CAIRO — (AP) —", "A local group said nine people were killed."),
        ("Port Sudan (Sudan), Nov 19 (AFP) -", "At least 21 people died."),
        ("JAKARTA -", "An armed group said it had taken a base."),
        ("Geneva, 5 May 2019 –", "The envoy called for a truce."),
        ("(Beirut) –", "Government forces used cluster munitions."),
        ("ARBIL, Iraq (1:20 P.M.) –", "Rockets hit the airport."),
        ("Nairobi -", "Nine people were killed."),
        ("PESHAWAR:", "Nine suspected militants were killed."),
    ],
)
def test_a_dateline_ends_where_the_body_begins(dateline: str, body: str) -> None:
    text = f"{dateline} {body}"
    end = dateline_end(text, 0, len(text))
    assert end is not None
    assert text[:end].rstrip() == dateline
    assert text[end:] == body


@pytest.mark.parametrize(
    "text",
    [
        "The army - which had left in May - came back.",
        "QUESTION: Who did it?\n\nANSWER: We do not know.",
        "Air strikes hit the town of Tal Nasri on Monday.",
        "On 3 May - a Monday - the rebels left.",
        "A 20-year-old man was killed - he was a student.",
    ],
)
def test_other_openings_are_no_datelines(text: str) -> None:
    assert dateline_end(text, 0, len(text)) is None


def test_behind_a_headline_a_town_and_a_colon_are_a_dateline() -> None:
    assert dateline_end("Osk: A bomb went off.", 0, 21, headed=True) is None
    assert dateline_end("Duvar: A bomb went off.", 0, 23, headed=True) == len("Duvar: ")
    assert dateline_end("Witnesses: A bomb went off.", 0, 27, headed=True) is None
    assert dateline_end("Duvar: A bomb went off.", 0, 23) is None
