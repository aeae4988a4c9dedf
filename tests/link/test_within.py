"""Incidents within one report: one event told twice, another told as background, and what makes none."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from tests.link.coverage import Strike, reading

from according.link import incidents_of
from according.link.where import fit
from according.records import Claim, PlacePrecision, PlaceReading, Reading, Resolution, Span, TimeReading, Voice

TOLD = reading("a", Strike("Karsun", "2019-05-03", 5))


def _count(one: Reading) -> int:
    return len(one.incidents)


@pytest.mark.parametrize(
    ("second", "count"),
    [
        (Strike("Karsun", "2019-05-03", 7), 1),
        (Strike("Karsun", None, 7), 1),
        (Strike("Karsun", "2018-05-03", 7), 2),
        (Strike("Mirgrad", "2019-05-03", 7), 2),
        (Strike("Karsun", None, 7, kind="protest", words="Students marched in the town"), 2),
        (Strike("Karsun", "2019-05-04", 7), 1),
        (Strike("Karsun", "2019-05-04", 7, kind="chemical_attack", words="Gas spread in the town"), 1),
        (Strike("Karsun", "2019-05-04", 7, kind="shoot", words="Police fired at a crowd in the town"), 2),
    ],
    ids=str,
)
def test_one_event_or_another(second: Strike, count: int) -> None:
    assert _count(reading("a", Strike("Karsun", "2019-05-03", 5), second)) == count


@pytest.mark.parametrize(
    "change", [{"realis": "habitual"}, {"realis": "planned"}, {"realis": "hypothetical"}, {"block": "comment"}], ids=str
)
def test_habits_plans_and_comments_make_no_incident(change: dict[str, str]) -> None:
    claims = [msgspec.structs.replace(claim, **change) for claim in TOLD.claims]
    assert incidents_of(claims, TOLD.resolutions) == []


def test_what_goes_on_is_not_the_event_that_happened() -> None:
    act, harm = TOLD.claims
    words = act.evidence.text + " Planes have been striking the region."
    evidence = Span(act.evidence.start, act.evidence.start + len(words), words)
    going_on = msgspec.structs.replace(act, id="going", realis="ongoing", time=None, evidence=evidence)
    assert sorted(len(one.claims) for one in incidents_of([act, harm, going_on], TOLD.resolutions)) == [1, 2]


def test_a_denial_joins_an_incident_but_makes_none() -> None:
    act, harm = TOLD.claims
    denial = msgspec.structs.replace(act, id="denial", polarity="denied")
    assert incidents_of([denial], TOLD.resolutions) == []
    [incident] = incidents_of([denial, act, harm], TOLD.resolutions)
    assert set(incident.claims) == {act.id, harm.id, "denial"}


def test_a_long_stretch_is_a_running_total_and_no_incident() -> None:
    times = [
        msgspec.structs.replace(one, time=msgspec.structs.replace(one.time, earliest="2019-01-01")) if one.time else one
        for one in TOLD.resolutions
    ]
    assert incidents_of(TOLD.claims, times) == []


def test_the_order_of_the_claims_is_no_matter() -> None:
    told = reading(
        "a", Strike("Karsun", "2019-05-03", 5), Strike("Mirgrad", "2019-05-03", 7), Strike("Karsun", None, 1)
    )
    backwards: list[Claim] = list(reversed(told.claims))
    assert tuple(incidents_of(backwards, told.resolutions)) == told.incidents


def _act(name: str, at: int, words: str, **more: Any) -> Claim:
    """An act told in a sentence of its own, its cue the word "attacked" or "bombed"."""
    verb = next(word for word in ("attacked", "bombed") if word in words)
    start = at + words.index(verb)
    cue = Span(start, start + len(verb), verb)
    return Claim(
        id=name, report="a", evidence=Span(at, at + len(words), words), predicate="attack", cues=(cue,), **more
    )


def _doer(claim: Claim, actor: str) -> Resolution:
    return Resolution(claim=claim.id, role="subject", referent=actor, basis="stated")


def test_another_sides_deed_told_as_plainly_is_another_event_and_an_accusation_is_not() -> None:
    first = _act("first", 0, "Rebels attacked a village.", object=Span(16, 25, "a village"))
    answer = _act("answer", 40, "The army attacked a convoy.", object=Span(58, 66, "a convoy"))
    doers = [_doer(first, "actor:SD/rsf"), _doer(answer, "actor:SD/armed-forces")]
    assert len(incidents_of([first, answer], doers)) == 2
    accusation = msgspec.structs.replace(answer, voices=(Voice(voice_class="witness", span=Span(40, 43, "The")),))
    assert len(incidents_of([first, accusation], doers)) == 1


@pytest.mark.parametrize(
    ("told", "count"),
    [
        ("Planes attacked a camp a day after rebels bombed a mosque.", 2),
        ("The army attacked a camp two years before rebels bombed it.", 2),
        ("Two days after a truce, planes attacked a camp that rebels bombed.", 1),
        ("A man who was attacked died a day after rebels bombed a mosque.", 1),
        ("Rebels attacked a camp two days before the feast and bombed it.", 1),
    ],
)
def test_what_is_told_by_how_far_it_was_from_another_event_is_one_of_its_own_and_has_not_its_day(
    told: str, count: int
) -> None:
    day = TimeReading(earliest="2019-05-03", latest="2019-05-03", partial="2019-05-03", precision="day")
    claims = [_cued(name, word, told) for name, word in (("first", "attacked"), ("second", "bombed"))]
    when = [Resolution(claim=one.id, role="time", referent=None, basis="relative", time=day) for one in claims]
    found = incidents_of(claims, when)
    assert [one.time for one in found] == [day, None][:count]


def _cued(name: str, word: str, told: str) -> Claim:
    start = told.index(word)
    evidence, cue = Span(0, len(told), told), Span(start, start + len(word), word)
    return Claim(id=name, report="a", evidence=evidence, predicate="attack", cues=(cue,))


def test_what_somebody_has_done_before_is_no_event() -> None:
    record = _act("record", 0, "The rebels have bombed markets in the town before.")
    assert incidents_of([record], []) == []


def test_one_bomb_of_another_year_is_an_event_of_its_own_and_a_years_bombs_are_none() -> None:
    year = TimeReading(earliest="2011-01-01", latest="2011-12-31", partial="2011", precision="year")
    words = "In 2011 a force bombed the town."
    one = replace_cue(_act("one", 0, words, time=Span(0, 7, "In 2011")), Span(10, 15, "force"))
    when = [Resolution(claim="one", role="time", referent="time:2011", basis="stated", time=year)]
    assert len(incidents_of([one, *TOLD.claims], [*when, *TOLD.resolutions])) == 2
    many = replace_cue(one, Span(0, 2, "In"))
    assert len(incidents_of([many, *TOLD.claims], [*when, *TOLD.resolutions])) == 1


def replace_cue(claim: Claim, cue: Span) -> Claim:
    """The claim with another word for its deed."""
    return msgspec.structs.replace(claim, cues=(cue,))


def test_a_verdict_on_harm_told_of_nowhere_else_stands_alone() -> None:
    verdict = Claim(id="v", report="a", evidence=Span(0, 10, "x" * 10), predicate="assess", polarity="denied")
    assert [one.predicate for one in incidents_of([verdict], [])] == ["assess"]
    [told] = incidents_of([verdict, *TOLD.claims], TOLD.resolutions)
    assert "v" in told.claims


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("In a separate attack, planes bombed a bridge.", 2),
        ("As reported, planes bombed a bridge.", 2),
        ("In the neighbouring district, planes bombed a bridge.", 2),
        ("The same day a plane bombed a bridge.", 2),
        ("The same day the planes bombed a bridge.", 1),
        ("In the attack, planes bombed a bridge.", 1),
    ],
)
def test_a_sentence_that_turns_to_another_event_opens_one_for_all_it_tells(words: str, count: int) -> None:
    first = _act("first", 0, "Planes bombed a market.")
    turned = _act("turned", 40, words)
    harm = Claim(id="harm", report="a", evidence=turned.evidence, predicate="kill", cues=turned.cues)
    found = incidents_of([first, turned, harm], [])
    assert len(found) == count
    assert {"turned", "harm"} <= set(found[-1].claims)


def test_what_an_event_answered_is_another() -> None:
    first = _act("first", 0, "Planes bombed a market.")
    answered = _act("answered", 40, "It was in retaliation for a raid in which rebels attacked a bridge.")
    assert len(incidents_of([first, answered], [])) == 2


@pytest.mark.parametrize(
    ("opening", "count"), [("Moreover, planes", 2), ("Planes", 1)], ids=["more of the kind", "the same"]
)
def test_more_of_the_kind_in_another_village_is_another_event(opening: str, count: int) -> None:
    first = _placed("first", 0, "Planes bombed Qarzin.", "Qarzin")
    second = _placed("second", 40, f"{opening} bombed Barsa.", "Barsa")
    where = [_unknown(first, "Qarzin"), _unknown(second, "Barsa")]
    assert len(incidents_of([first, second], where)) == count


def _placed(name: str, at: int, words: str, town: str) -> Claim:
    start = at + words.index(town)
    return _act(name, at, words, place=Span(start, start + len(town), town))


def _unknown(claim: Claim, name: str, precision: PlacePrecision = "province") -> Resolution:
    """A name that nobody knows, somewhere in a province; or the province, which is known."""
    place = PlaceReading(name=name, country="XX", latitude=10.0, longitude=20.0, precision=precision, province="Osk")
    known = f"place:{name}" if name == "Osk" else None
    return Resolution(claim=claim.id, role="place", referent=known, basis="stated", name=name, place=place)


def test_the_finer_place_told_of_an_event_is_where_it_was_whatever_it_is_called_there() -> None:
    first = msgspec.structs.replace(_placed("first", 0, "A drone bombed Osk.", "Osk"), predicate="drone_strike")
    second = msgspec.structs.replace(_placed("second", 40, "A rocket bombed Qarzin.", "Qarzin"), predicate="shell")
    [incident] = incidents_of([first, second], [_unknown(first, "Osk"), _unknown(second, "Qarzin")])
    assert incident.place is not None
    assert incident.place.name == "Qarzin"


def test_two_villages_that_nobody_knows_are_two_places_when_their_names_are_nothing_alike() -> None:
    first = _placed("first", 0, "Rebels attacked Qarzin.", "Qarzin")
    second = _placed("second", 40, "Planes bombed Barsa.", "Barsa")
    struck = msgspec.structs.replace(second, predicate="airstrike")
    assert len(incidents_of([first, struck], [_unknown(first, "Qarzin"), _unknown(struck, "Barsa")])) == 2
    assert len(incidents_of([first, struck], [_unknown(first, "Qarzin"), _unknown(struck, "Qarzeen")])) == 1


def test_a_place_inherited_from_a_dateline_is_not_where_an_event_of_a_province_was() -> None:
    first = _placed("first", 0, "Planes bombed Osk.", "Osk")
    leaning = _act("leaning", 40, "Planes bombed a car.")
    town = PlaceReading(name="Karsun", country="XX", latitude=10.0, longitude=20.0, precision="town")
    for basis, name in (("dateline", "Osk"), ("earlier_sentence", "Karsun")):
        found = Resolution(
            claim="leaning",
            role="place",
            referent="place:k",
            basis=basis,
            name="Karsun",
            place=town,
            span=Span(0, 1, "P"),
        )
        [incident] = incidents_of([first, leaning], [_unknown(first, "Osk"), found])
        assert incident.place is not None
        assert incident.place.name == name


@pytest.mark.parametrize(("spoken", "count"), [(" on Friday", 2), ("", 1)], ids=["news of these days", "undated"])
def test_what_was_weeks_before_news_of_these_days_is_another_event(spoken: str, count: int) -> None:
    news = _act("news", 0, f"Rebels attacked a convoy, officials said{spoken}.")
    past = _act("past", 60, "On 4 July rebels attacked a convoy.", time=Span(60, 69, "On 4 July"))
    july = TimeReading(earliest="2019-07-04", latest="2019-07-04", partial="2019-07-04", precision="day")
    bound = TimeReading(earliest=None, latest="2019-08-09", partial=None, precision="none")
    when = [
        Resolution(claim="news", role="time", referent=None, basis="publication_bound", time=bound),
        Resolution(claim="past", role="time", referent="time:2019-07-04", basis="relative", time=july),
    ]
    assert len(incidents_of([news, past], when)) == count


def test_what_is_told_back_from_the_news_is_before_it() -> None:
    news = _act("news", 0, "Rebels attacked a depot on Saturday.")
    back = _act("back", 40, "On Tuesday rebels had attacked a court.", time=Span(40, 50, "On Tuesday"))
    said = msgspec.structs.replace(back, voices=(Voice(voice_class="witness", span=Span(40, 43, "The")),))
    assert len(incidents_of([news, back], [])) == 2
    assert len(incidents_of([news, said], [])) == 1


def test_harm_with_another_day_than_the_event_it_leans_on_is_not_of_it() -> None:
    act = _act(
        "act",
        0,
        "Ten were shot on Friday after rebels attacked a post a day before.",
        time=Span(53, 65, "a day before"),
    )
    harm = Claim(
        id="harm", report="a", evidence=act.evidence, predicate="kill", event="act", time=Span(14, 23, "on Friday"),
        cues=(Span(9, 13, "shot"),),
    )  # fmt: skip
    days = {"act": "2025-03-06", "harm": "2025-03-07"}
    when = [
        Resolution(
            claim=name, role="time", referent=f"time:{day}", basis="relative",
            time=TimeReading(earliest=day, latest=day, partial=day, precision="day"),
        )
        for name, day in days.items()
    ]  # fmt: skip
    assert [one.time.earliest for one in incidents_of([act, harm], when) if one.time] == ["2025-03-07", "2025-03-06"]


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("Rebels attacked a post.", "It was the worst since rebels attacked a school.", 2),
        ("Rebels attacked a post.", "Rebels attacked a post to avenge the arrests.", 1),
        ("Rebels attacked a post.", "They spoke of revenge for the arrests and said they attacked a post.", 1),
        ("A man attacked a post.", "A second bomber attacked a post.", 1),
        ("A man attacked a post.", "In a second raid men attacked a post.", 2),
        ("A man attacked a post.", "The second attacked it at noon.", 1),
        ("A man attacked a post.", "A second bomb attacked it.", 1),
        ("A man attacked a post.", "Two hours later a second bomb attacked it.", 2),
        ("A man attacked a post.", "The second bomber attacked it at noon.", 1),
    ],
)
def test_what_sets_a_deed_apart_is_of_its_own_words(first: str, second: str, count: int) -> None:
    assert len(incidents_of([_act("first", 0, first), _act("second", 80, second)], [])) == count


def test_one_people_told_more_closely_is_no_other_doer() -> None:
    for doer, count in (("Mirgrad Karsuns", 1), ("Barsans", 2)):
        first = _act(
            "first", 0, "Karsuns attacked a village.", object=Span(17, 26, "a village"), subject=_named("Karsuns")
        )
        words = f"{doer} attacked a convoy."
        second = _act("second", 40, words, object=Span(60, 68, "a convoy"), subject=_named(doer))
        doers = [_doer(first, "actor:XX/karsuns"), _doer(second, "actor:XX/others")]
        assert len(incidents_of([first, second], doers)) == count


def _named(words: str) -> Span:
    return Span(0, len(words), words)


def _at(claim: Claim, name: str, precision: PlacePrecision, north: float, province: str = "Osk") -> Resolution:
    """A known place so many degrees north, 111 km each."""
    place = PlaceReading(
        name=name, country="XX", latitude=north, longitude=20.0, precision=precision, province=province
    )  # fmt: skip
    return Resolution(claim=claim.id, role="place", referent=f"place:{name}", basis="stated", name=name, place=place)


@pytest.mark.parametrize(("north", "count"), [(11.5, 2), (10.5, 1)], ids=["far off", "next to it"])
def test_a_town_and_another_province_are_two_places_unless_they_meet(north: float, count: int) -> None:
    first, second = (
        _placed("first", 0, "Planes bombed Karsun.", "Karsun"),
        _placed("second", 40, "Planes bombed Lar.", "Lar"),
    )
    where = [_at(first, "Karsun", "town", 10.0), _at(second, "Lar", "province", north, "Lar")]
    assert len(incidents_of([first, second], where)) == count


@pytest.mark.parametrize(
    ("words", "count"), [("It was Friday's raid that bombed Barsa.", 1), ("Planes bombed Barsa.", 2)]
)
def test_a_deed_named_as_known_may_be_in_a_town_near_the_one_told_before(words: str, count: int) -> None:
    first = _placed("first", 0, "Planes bombed a market near Karsun.", "Karsun")
    second = _placed("second", 60, words, "Barsa")
    cue = words.find("raid")
    second = replace_cue(second, Span(60 + cue, 64 + cue, "raid")) if cue >= 0 else second
    where = [_at(first, "Karsun", "district", 10.0), _at(second, "Barsa", "town", 10.5)]
    assert len(incidents_of([first, second], where)) == count


def test_what_a_source_also_told_of_elsewhere_is_more_of_the_kind() -> None:
    first = _act("first", 0, "Planes bombed a bus.")
    again = _act("again", 40, "The bus had been bombed at noon.")
    for words, count in (
        ("The radio also told of planes that bombed Barsa.", 2),
        ("The radio said planes bombed Barsa.", 1),
    ):
        other = _placed("other", 90, words, "Barsa")
        assert len(incidents_of([first, again, other], [_at(other, "Barsa", "town", 10.0)])) == count


def _dated(claim: Claim, day: str, basis: str = "relative") -> Resolution:
    time = TimeReading(earliest=day if basis == "relative" else None, latest=day, partial=None, precision="day")
    return Resolution(claim=claim.id, role="time", referent=None, basis=basis, time=time)


def test_an_event_with_its_own_day_is_not_the_one_a_headline_was_read_to_mean() -> None:
    headline = _act("headline", 0, "A bomber attacked Karsun.")
    news = _act("news", 40, "A man attacked a post on Friday.", time=Span(62, 71, "on Friday"), event="headline")
    past = _act("past", 90, "He attacked a park on 4 May.", time=Span(109, 117, "on 4 May"), event="headline")
    days = [_dated(news, "2019-05-24"), _dated(past, "2019-05-04")]
    first, second = incidents_of([headline, news, past], days)
    assert set(first.claims) == {"headline", "news"}
    assert second.claims == ("past",)


def test_what_tells_no_day_goes_with_the_event_of_the_day_it_leans_on() -> None:
    first = _act("first", 0, "Guns attacked Karsun on Friday.", time=Span(21, 30, "on Friday"))
    second = _act("second", 40, "Guns attacked it on Tuesday.", time=Span(57, 67, "on Tuesday"))
    harm = Claim(
        id="harm", report="a", evidence=Span(69, 90, "Five were left dead."), predicate="kill",
        cues=(Span(84, 88, "dead"),),
    )  # fmt: skip
    for leant, among in (("2019-05-24", "first"), ("2019-05-21", "second")):
        days = [_dated(first, "2019-05-24"), _dated(second, "2019-05-21"), _dated(harm, leant)]
        assert {among, "harm"} in [set(one.claims) for one in incidents_of([first, second, harm], days)]


def test_a_day_after_the_report_is_no_day_of_what_happened() -> None:
    first = _act("first", 0, "Men attacked a mine.")
    night = _act("night", 40, "Men attacked it the next night.", time=Span(56, 70, "the next night"))
    june = TimeReading(earliest="2019-06-01", latest="2019-06-30", partial="2019-06", precision="month")
    said = "Ten died in those two nights in June."
    harm = Claim(
        id="harm", report="a", evidence=Span(80, 80 + len(said), said), predicate="kill",
        cues=(Span(84, 88, "died"),), time=Span(109, 116, "in June"),
    )  # fmt: skip
    when = [_dated(night, "2019-12-22")]
    month = Resolution(claim="harm", role="time", referent=None, basis="stated", time=june)
    [incident] = incidents_of([first, night, harm], [*when, month], "2019-12-21")
    assert incident.time == june


def test_a_village_that_nobody_knows_may_be_told_of_by_the_town_its_province_is_named_after() -> None:
    claim = _act("one", 0, "Planes bombed it.")
    village = _unknown(claim, "Qarzin", "town")
    seat, town = _at(claim, "Osk", "town", 11.0), _at(claim, "Karsun", "town", 11.0)
    assert fit(village, seat) == pytest.approx(0.2)
    assert fit(village, town) == 0.0


def test_the_first_of_several_told_together_is_one_of_them_wherever_it_was() -> None:
    twin = _placed("twin", 0, "Twin bombings: men bombed Karsun.", "Karsun")
    twin = replace_cue(twin, Span(5, 13, "bombings"))
    for opening, count in (("The first man", 1), ("A man", 2)):
        first = _placed("first", 60, f"{opening} bombed Mirgrad.", "Mirgrad")
        first = msgspec.structs.replace(first, predicate="bomb")
        where = [_at(twin, "Karsun", "town", 10.0), _at(first, "Mirgrad", "town", 11.0)]
        assert len(incidents_of([twin, first], where)) == count


def test_harm_of_an_event_told_by_how_far_it_was_is_of_that_event() -> None:
    told = "Planes attacked a camp a week after rebels bombed an inn, killing ten."
    first, second = (_cued(name, word, told) for name, word in (("first", "attacked"), ("second", "bombed")))
    harm = msgspec.structs.replace(_cued("harm", "killing", told), predicate="kill", event="second")
    assert {"second", "harm"} in [set(one.claims) for one in incidents_of([first, second, harm], [])]


def test_the_day_of_those_who_met_years_after_is_not_that_of_the_deed() -> None:
    told = "Ten years after the raid, mourners met on Saturday."
    claim = msgspec.structs.replace(_cued("raid", "raid", told), time=Span(39, 50, "on Saturday"))
    [incident] = incidents_of([claim], [_dated(claim, "2019-05-25")])
    assert incident.time is None


@pytest.mark.parametrize(("parted", "count"), [(",", 1), (";", 2)])
def test_harm_told_in_one_breath_with_an_event_is_of_it_whatever_place_was_read(parted: str, count: int) -> None:
    told = f"Men bombed Karsun{parted} ten died, in view of Barsa."
    act = msgspec.structs.replace(_cued("act", "bombed", told), place=Span(11, 17, "Karsun"))
    barsa = told.index("Barsa")
    harm = msgspec.structs.replace(
        _cued("harm", "died", told), predicate="kill", event="act", place=Span(barsa, barsa + 5, "Barsa")
    )
    where = [_at(act, "Karsun", "town", 10.0), _at(harm, "Barsa", "town", 12.0)]
    assert len(incidents_of([act, harm], where)) == count


@pytest.mark.parametrize(
    ("lead", "count"), [("Shells bombed a school in Lar.", 1), ("Shells bombed a bridge in Lar.", 2)]
)
def test_a_title_and_the_sentence_behind_it_tell_of_one_event_when_the_target_is_the_same(
    lead: str, count: int
) -> None:
    title = msgspec.structs.replace(_placed("title", 0, "Planes bombed a school in Osk.", "Osk"), predicate="airstrike")
    first = msgspec.structs.replace(_placed("first", 40, lead, "Lar"), predicate="shell")
    where = [_at(title, "Osk", "town", 10.0), _at(first, "Lar", "town", 12.0)]
    assert len(incidents_of([title, first], where)) == count


@pytest.mark.parametrize(
    ("told", "word", "day"),
    [
        ("Rescuers had by Monday counted ten dead from the raid on Osk.", "raid", "by Monday"),
        ("A man died of his wounds on Sunday, the tenth killed in the raid on Osk.", "raid", "on Sunday"),
        ("Two of the wounded died on Sunday, a day after the raid on Osk.", "raid", "on Sunday"),
        ("No other raid since Monday had killed so many.", "raid", "Monday"),
    ],
)
def test_the_day_of_a_count_or_of_a_later_death_is_not_that_of_the_deed(told: str, word: str, day: str) -> None:
    start = told.index(day)
    claim = msgspec.structs.replace(_cued("raid", word, told), time=Span(start, start + len(day), day))
    [incident] = incidents_of([claim], [_dated(claim, "2019-05-25")])
    assert incident.time is None


@pytest.mark.parametrize(("sign", "count"), [(",", 2), (" and", 1)])
def test_what_stands_before_a_comma_so_long_before_the_deed_is_another_event(sign: str, count: int) -> None:
    told = f"Not a week after the raid that killed eighty{sign} planes bombed Osk."
    deed = _cued("deed", "bombed", told)
    harm = msgspec.structs.replace(_cued("harm", "killed", told), predicate="kill")
    assert len(incidents_of([harm, deed], [])) == count


@pytest.mark.parametrize(
    ("words", "count"),
    [("The second car exploded, a quarter of an hour after the first.", 1),
     ("The second car exploded four hours after the first.", 2)],
)  # fmt: skip
def test_the_second_of_two_just_told_is_of_one_event_unless_hours_lie_between(words: str, count: int) -> None:
    first = _cued("first", "blew", "Two cars blew up in Osk.")
    evidence = Span(40, 40 + len(words), words)
    second = replace_cue(msgspec.structs.replace(first, id="second", evidence=evidence), Span(55, 63, "exploded"))
    assert len(incidents_of([first, second], [])) == count
