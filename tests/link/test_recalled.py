"""What reports recall: told with an early day it is one event with it; the dead of a war or of a season are none's."""

from __future__ import annotations

import pytest

from according.link import incidents_of
from according.link.recalled import brings_up_to_date, is_of_a_war, is_remembrance
from according.records import Claim, Quantity, Resolution, Span, TimeReading


@pytest.mark.parametrize(
    ("told", "recalled"),
    [
        ("A decade after gunmen killed ten in the town, a wall bears their names.", True),
        ("The 20th anniversary of the raid was marked quietly.", True),
        ("A court jailed the man who drove the bombers.", True),
        ("Nine days after the raid the dead number ten.", True),
        ("Gunmen killed ten in the town on Friday.", False),
        ("Ten died days before a truce.", False),
    ],
)
def test_words_of_remembrance_and_of_distance_in_time(told: str, recalled: bool) -> None:  # noqa: FBT001
    assert is_remembrance(told) is recalled


@pytest.mark.parametrize(("told", "moves"), [("The toll of the raid climbs to 30.", True), ("The toll is 30.", False)])
def test_a_toll_that_moves_is_of_what_was_told_before(told: str, moves: bool) -> None:  # noqa: FBT001
    assert brings_up_to_date([_harm(told, "toll")]) is moves


@pytest.mark.parametrize(
    ("told", "cue", "of_war"),
    [
        ("Some 500 civilians died in the 78 days of the air campaign.", "died", True),
        ("Over 900 were killed during the long war.", "killed", True),
        ("Troops have been besieging the port since April; over 1,000 are dead.", "dead", True),
        ("Some 500 civilians died in the market.", "died", False),
        ("Ten were killed in the raid, the worst of the war.", "killed", False),
    ],
)
def test_the_dead_of_a_war_are_no_one_events(told: str, cue: str, of_war: bool) -> None:  # noqa: FBT001
    assert is_of_a_war(_harm(told, cue)) is of_war


def _harm(told: str, cue: str, name: str = "harm", at: int = 0, said: str | None = None) -> Claim:
    start = at + told.index(cue)
    time = Span(at + told.index(said), at + told.index(said) + len(said), said) if said else None
    ten = Quantity(span=Span(start, start, ""), low=10, high=10, rule="exact")
    return Claim(
        id=name, report="a", evidence=Span(at, at + len(told), told), predicate="kill", time=time,
        cues=(Span(start, start + len(cue), cue),), quantity=ten,
    )  # fmt: skip


def _when(claim: Claim, earliest: str | None, latest: str, precision: str = "day") -> Resolution:
    time = TimeReading(earliest=earliest, latest=latest, partial=None, precision=precision)  # type: ignore[arg-type]
    basis = "stated" if earliest else "publication_bound"
    return Resolution(claim=claim.id, role="time", referent=None, basis=basis, time=time)


@pytest.mark.parametrize(
    ("opening", "count"),
    [
        ("Priests prayed on Monday, a decade after gunmen killed ten.", 1),
        ("Gunmen killed ten, it was said on Monday.", 2),
    ],
)
def test_an_early_day_is_that_of_what_a_report_recalls_and_not_of_its_news(opening: str, count: int) -> None:
    first = _harm(opening, "killed", "first")
    second = _harm("On 16 May 2009 they killed ten of us.", "killed", "second", 80, "On 16 May 2009")
    when = [_when(first, None, "2019-05-20", "none"), _when(second, "2009-05-16", "2009-05-16")]
    assert len(incidents_of([first, second], when)) == count


@pytest.mark.parametrize(
    ("told", "said", "kept"),
    [
        ("Ten whom gunmen killed 32 years ago were remembered.", "32 years ago", True),
        ("In all of 1987 gunmen killed thousands.", "In all of 1987", False),
    ],
)
def test_a_year_gone_is_of_one_event_only_where_that_is_recalled(told: str, said: str, kept: bool) -> None:  # noqa: FBT001
    first = _harm(told, "killed", "first", said=said)
    second = _harm("On 20 June 1987 they killed ten.", "killed", "second", 80, "On 20 June 1987")
    when = [_when(first, "1987-01-01", "1987-12-31", "year"), _when(second, "1987-06-20", "1987-06-20")]
    [incident] = incidents_of([first, second], when)
    assert ("first" in incident.claims) is kept
