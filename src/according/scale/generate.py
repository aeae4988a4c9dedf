"""Coverage of an invented war, any amount of it, with the truth known: which claim is of which incident.

Made as readings, without reading any text, to measure linking alone. Everything follows from a seed. What makes real
coverage hard is in it: copies under other names, retold stories, wrong, missing and partial dates, coarse places,
tolls that rise from report to report, background told of an earlier incident, and towns that are hit again within
days and a year later. How dense it is in place and time does not depend on how much there is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import msgspec

from according.link import incidents_of
from according.records import (
    Claim,
    PlaceReading,
    Quantity,
    Reading,
    Report,
    Resolution,
    Role,
    Span,
    TimeReading,
    report_id,
    with_id,
)

COUNTRIES, TOWNS_PER_COUNTRY = 8, 50
INCIDENTS_PER_DAY = 32
FIRST_DAY = date(2020, 1, 1)
MEAN_REPORTS = 5
MOST_REPORTS = 40
SHARES = {"copy": 0.3, "wrong_date": 0.04, "no_date": 0.1, "weekday": 0.15, "province": 0.08, "background": 0.2}
SHARES |= {"again_soon": 0.1, "again_next_year": 0.05, "denial": 0.3, "second_source": 0.6}

_KINDS = {
    "airstrike": "Warplanes struck",
    "shell": "Artillery shelled",
    "bomb": "A car bomb exploded at",
    "shoot": "Gunmen opened fire at",
    "clash": "Fighters clashed around",
    "drone_strike": "A drone hit",
}
_SITES = (
    "market",
    "school",
    "hospital",
    "mosque",
    "checkpoint",
    "bakery",
    "bus station",
    "power plant",
    "camp",
    "farm",
)
_SOURCES = ("a medic", "the health ministry", "residents", "an aid group", "police", "the mayor")
_DETAILS = (
    "smoke rose over {name}", "rescuers dug through rubble near {name}", "families fled towards {name}",
    "the road to {name} was cut", "electricity failed in {name}", "funerals were held in {name}",
)  # fmt: skip
_SYLLABLES = ("ka", "ru", "mi", "tal", "bor", "sen", "du", "lim", "zan", "ho", "pe", "vir", "gos", "na", "qua", "fel")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Town(msgspec.Struct, frozen=True):
    """An invented town of an invented country."""

    name: str
    country: str
    province: str
    latitude: float
    longitude: float


class Event(msgspec.Struct, frozen=True):
    """What happened: the truth that reports tell of."""

    number: int
    kind: str
    town: Town
    day: date
    site: str
    attacker: str
    names: tuple[str, ...]
    dead: int


class Coverage(msgspec.Struct, frozen=True):
    """One report's reading and, for each of its claims, the number of the incident it is of."""

    reading: Reading
    truth: dict[str, int]


def coverage(incidents: int, seed: int = 1) -> Iterator[Coverage]:
    """Reports of so many incidents, some five on each, in the order of the incidents."""
    luck = Random(seed)  # noqa: S311 - a war made up from a seed
    towns = _towns(Random(seed))  # noqa: S311 - the same towns whatever the amount
    recent: list[Event] = []
    serial = 0
    for number in range(incidents):
        event = _event(number, towns, recent, luck)
        told: list[_Story] = []
        for turn in range(min(MOST_REPORTS, 1 + int(luck.expovariate(1 / (MEAN_REPORTS - 0.5))))):
            story = luck.choice(told) if told and _luck(luck, "copy") else _story(event, turn, recent, luck)
            told.append(story)
            yield _report(story, serial, event, luck)
            serial += 1
        recent = [*recent[-400:], event]


def _luck(luck: Random, what: str) -> bool:
    return luck.random() < SHARES[what]


def _name(luck: Random) -> str:
    return "".join(luck.choice(_SYLLABLES) for _ in range(luck.randint(2, 4))).capitalize()


def _towns(luck: Random) -> list[Town]:
    return [
        Town(
            name=_name(luck),
            country=f"X{country}",
            province=f"{_name(luck)} Province",
            latitude=round(5.0 * country + luck.uniform(0, 4), 4),
            longitude=round(10.0 + luck.uniform(0, 4), 4),
        )
        for country in range(COUNTRIES)
        for _ in range(TOWNS_PER_COUNTRY)
    ]


def _event(number: int, towns: list[Town], recent: list[Event], luck: Random) -> Event:
    day = FIRST_DAY + timedelta(days=number // INCIDENTS_PER_DAY)
    town = luck.choice(towns)
    if recent and _luck(luck, "again_soon"):
        earlier = luck.choice(recent[-5 * INCIDENTS_PER_DAY :])
        town, day = earlier.town, max(day, earlier.day + timedelta(days=luck.randint(3, 6)))
    if recent and _luck(luck, "again_next_year"):
        earlier = luck.choice(recent)
        town, day = earlier.town, earlier.day + timedelta(days=365)
    return Event(
        number=number,
        kind=luck.choice(list(_KINDS)),
        town=town,
        day=day,
        site=luck.choice(_SITES),
        attacker=f"{luck.choice(['Northern', 'Southern', 'National', 'Free'])} Front",
        names=tuple(_name(luck) for _ in range(6)),
        dead=1 + int(luck.expovariate(1 / 12)),
    )


class _Story(msgspec.Struct, frozen=True):
    """A text as one outlet wrote it, that others may carry: sentences with what each says."""

    sentences: tuple[_Sentence, ...]
    published: date


class _Sentence(msgspec.Struct, frozen=True):
    """Words and the claims in them, each of an incident, by predicate; ``time`` and ``place`` as they are told."""

    text: str
    claims: tuple[_Said, ...] = ()


class _Said(msgspec.Struct, frozen=True):
    """One claim of a sentence, by the words of its roles."""

    event: int
    predicate: str
    place: tuple[str, Resolution]
    time: tuple[str, TimeReading] | None
    subject: tuple[str, str] | None = None
    count: int | None = None
    denied: bool = False


def _story(event: Event, turn: int, recent: list[Event], luck: Random) -> _Story:
    """A story of an event; the later its turn, the higher the toll it gives."""
    dead = max(1, round(event.dead * min(1.0, 0.3 + 0.2 * turn)))
    place, time = _place(event, luck), _time(event, luck)
    subject = (event.attacker, f"actor:invented/{event.attacker}/{event.town.country}")
    when = f" {time[0]}" if time else ""
    where = place[0]
    opening = (
        f"{_KINDS[event.kind]} a {event.site} in {where}{when} and killed {dead} people, blamed on the {subject[0]}."
    )
    claims = [
        _Said(event.number, event.kind, place, time, subject),
        _Said(event.number, "kill", place, time, count=dead),
    ]
    sentences = [_Sentence(opening, tuple(claims))]
    details = luck.sample(_DETAILS, 2)
    sentences += [_Sentence(detail.format(name=luck.choice(event.names)).capitalize() + ".") for detail in details]
    if _luck(luck, "second_source"):
        hurt = dead + luck.randint(1, 20)
        text = f"{luck.choice(_SOURCES).capitalize()} in {where} counted {hurt} wounded at the {event.site}."
        sentences.append(_Sentence(text, (_Said(event.number, "injure", place, None, count=hurt),)))
    if _luck(luck, "denial"):
        text = f"The {subject[0]} denied that it attacked {where}."
        sentences.append(_Sentence(text, (_Said(event.number, event.kind, place, None, subject, denied=True),)))
    if recent and _luck(luck, "background"):
        sentences.append(_background(luck.choice(recent)))
    lag = 0 if luck.random() < 0.6 else luck.randint(1, 3)
    return _Story(tuple(sentences), event.day + timedelta(days=lag))


def _background(event: Event) -> _Sentence:
    """An earlier event told in passing, under the day it had."""
    place, day = (event.town.name, _town(event.town)), event.day.isoformat()
    time = (f"on {day}", TimeReading(earliest=day, latest=day, partial=day, precision="day"))
    act = _KINDS[event.kind].lower()
    text = f"Before that {act} a {event.site} in {place[0]} on {day} and killed {event.dead} people."
    said = (
        _Said(event.number, event.kind, place, time),
        _Said(event.number, "kill", place, time, count=event.dead),
    )
    return _Sentence(text, said)


def _place(event: Event, luck: Random) -> tuple[str, Resolution]:
    town = event.town
    if not _luck(luck, "province"):
        return town.name, _town(town)
    place = PlaceReading(
        name=town.province, country=town.country, latitude=town.latitude, longitude=town.longitude, precision="province"
    )
    return town.province, _resolved(f"place:invented/{town.province}", place)


def _town(town: Town) -> Resolution:
    place = PlaceReading(
        name=town.name, country=town.country, latitude=town.latitude, longitude=town.longitude, precision="town",
        province=town.province,
    )  # fmt: skip
    return _resolved(f"place:invented/{town.name}", place)


def _resolved(referent: str, place: PlaceReading) -> Resolution:
    return Resolution(claim="", role="place", referent=referent, basis="stated", name=place.name, place=place)


def _time(event: Event, luck: Random) -> tuple[str, TimeReading] | None:
    if _luck(luck, "no_date"):
        return None
    wrong = luck.choice((-7, -2, 2, 7)) if _luck(luck, "wrong_date") else luck.choice((0, 0, 0, 0, 1))
    told = event.day + timedelta(days=wrong)
    day = told.isoformat()
    words = f"on {_WEEKDAYS[told.weekday()]}" if _luck(luck, "weekday") else f"on {day}"
    return words, TimeReading(earliest=day, latest=day, partial=day, precision="day")


def _report(story: _Story, serial: int, event: Event, luck: Random) -> Coverage:
    """A reading of one outlet's report; copies have the text in common and nothing else."""
    text = " ".join(sentence.text for sentence in story.sentences)
    source = f"Outlet {luck.randint(1, 300)}"
    address = f"invented:{event.number}/{serial}"
    report = Report(
        id=report_id(address, text), text=text, input_id=address, source=source, published=story.published.isoformat()
    )
    claims: list[Claim] = []
    resolutions: list[Resolution] = []
    truth: dict[str, int] = {}
    at = 0
    for sentence in story.sentences:
        for said in sentence.claims:
            claim = _claim(said, Span(at, at + len(sentence.text), sentence.text), report.id)
            claims.append(claim)
            resolutions += _resolutions(said, claim)
            truth[claim.id] = said.event
        at += len(sentence.text) + 1
    incidents = tuple(incidents_of(claims, resolutions))
    reading = Reading(report=report, claims=tuple(claims), resolutions=tuple(resolutions), incidents=incidents)
    return Coverage(reading, truth)


def _claim(said: _Said, evidence: Span, report: str) -> Claim:
    def span(words: str) -> Span:
        start = evidence.start + evidence.text.index(words)
        return Span(start, start + len(words), words)

    quantity = None
    if said.count is not None:
        quantity = Quantity(span=span(str(said.count)), low=said.count, high=said.count, rule="exact")
    return with_id(
        Claim(
            id="",
            report=report,
            evidence=evidence,
            predicate=said.predicate,
            polarity="denied" if said.denied else "affirmed",
            subject=span(said.subject[0]) if said.subject else None,
            place=span(said.place[0]),
            time=span(said.time[0]) if said.time else None,
            group="people" if quantity else None,
            quantity=quantity,
            method="generated",
        )
    )


def _resolutions(said: _Said, claim: Claim) -> Iterator[Resolution]:
    yield msgspec.structs.replace(said.place[1], claim=claim.id)
    if said.time:
        yield _resolution(claim, "time", None, None, said.time[1])
    if said.subject:
        yield _resolution(claim, "subject", said.subject[1], said.subject[0], None)


def _resolution(
    claim: Claim, role: Role, referent: str | None, name: str | None, time: TimeReading | None
) -> Resolution:
    return Resolution(claim=claim.id, role=role, referent=referent, name=name, basis="stated", time=time)
