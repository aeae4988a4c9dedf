"""What the map shows: incidents and the state of towns, each with the sentences it rests on.

Nothing here moves a mark or fills a gap: a mark stands where its reading stands, a place known only by its country gets
no mark, and a town's state is what the reports last said of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from according.maps import basemap, holding, paint, words
from according.maps.kinds import Kind, kind_of
from according.maps.sayings import Sayings, saying_of

Json = dict[str, Any]
# Coarser places have more rings; a country is too coarse for a mark.
RINGS = {"exact": 0, "neighbourhood": 0, "town": 1, "district": 2, "province": 3}
STATUS_ORDER = ("acknowledged", "claimed", "disputed", "alleged", "denied", "unclear")


class Quote(msgspec.Struct, frozen=True):
    """One sentence a mark rests on, who says it and where it was read; ``against`` marks one that says otherwise.

    ``out`` is the day by which its report was certainly published.
    """

    text: str
    voices: str
    source: str
    url: str | None
    published: str | None
    claim: str
    against: bool = False
    out: str | None = None


class Spot(msgspec.Struct, frozen=True):
    """A place with coordinates; ``rings`` says how coarse (0 exact to 3 province)."""

    key: str
    name: str
    local: str | None
    longitude: float
    latitude: float
    precision: str
    rings: int
    country: str | None = None


class IncidentMark(msgspec.Struct, frozen=True):
    """One incident. ``size`` is the toll its area shows: the best or lowest figure of killed; None is unknown.

    ``versions`` are what it was known to be from each day on which a report of it came out; the mark itself is what all
    reports say, also undated ones.
    """

    id: str
    kind: str
    title: str
    spot: Spot
    when: str
    earliest: str | None
    latest: str | None
    toll: str
    size: int | None
    status: str
    attribution: tuple[str, ...]
    grade: str
    quotes: tuple[Quote, ...]
    figures: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    versions: tuple[tuple[str, IncidentMark], ...] = ()


class TownMark(msgspec.Struct, frozen=True):
    """The state of a place: who holds it, who besieges or contests it (see :class:`according.maps.holding.State`).

    ``epochs`` are its states on all days, as known on all days; the last of them is that of today's reader.
    """

    id: str
    spot: Spot
    state: str
    holders: tuple[str, ...]
    besiegers: tuple[str, ...]
    lines: tuple[str, ...]
    quotes: tuple[Quote, ...]
    epochs: tuple[holding.Epoch, ...] = ()
    claimed: tuple[str, ...] = ()
    denied: bool = False

    def states(self) -> list[holding.State]:
        """Every state it has on some day, as known on some day."""
        found = [state for epoch in self.epochs for state in (epoch.now, *(each for _, each in epoch.states)) if state]
        return list(dict.fromkeys(found))


class Told(msgspec.Struct, frozen=True):
    """What a map tells of, as interface JSON: readings, and the incidents and spells that follow from all of them.

    ``versions`` are, for an incident's id, the incident as known from each day of publication; ``courses``, for a
    place's referent, the spells as known from each (``published``, ``days``, ``whole``: see
    :class:`according.infer.control_history.Known`). Without them a day of publication is taken for what it says alone.
    ``areas_km`` asks for hatched surroundings of the towns that are held, so far at most.
    """

    readings: tuple[Json, ...]
    incidents: tuple[Json, ...]
    spells: tuple[Json, ...]
    versions: dict[str, tuple[tuple[str, Json], ...]] = {}
    courses: dict[str, tuple[Json, ...]] = {}
    areas_km: float | None = None

    @classmethod
    def apart(cls, readings: Sequence[Json]) -> Told:
        """Every reading's own incidents and spells, not linked with those of the others."""
        return cls(
            readings=tuple(readings),
            incidents=tuple(incident for reading in readings for incident in reading["incidents"]),
            spells=tuple(spell for reading in readings for spell in reading["spells"]),
        )


class MapData(msgspec.Struct, frozen=True):
    """All the map shows; ``unplaced`` are incidents with no place finer than a country.

    ``out`` are the days by which the reports were certainly out, None for those without a date.
    """

    title: str
    incidents: tuple[IncidentMark, ...]
    towns: tuple[TownMark, ...]
    actors: dict[str, paint.Paint]
    unplaced: tuple[IncidentMark, ...]
    sources: tuple[str, ...]
    reports: int
    claims: int
    period: str
    known_from: str
    out: tuple[str | None, ...] = ()
    areas_km: float | None = None

    def spots(self) -> list[Spot]:
        """The place of every mark that is drawn."""
        return [*(town.spot for town in self.towns), *(mark.spot for mark in self.incidents)]


def map_data(content: Told, title: str | None = None) -> MapData:
    """The marks of a map, and the words that stand around it."""
    readings = content.readings
    quotes = _Quotes(readings)
    marks = {mark.id: mark for mark in _incidents(content, quotes)}
    ordered = sorted(marks.values(), key=lambda mark: (mark.earliest or "9", mark.spot.name, mark.id))
    placed = tuple(mark for mark in ordered if mark.spot.rings >= 0)
    towns = tuple(sorted(_towns(content, quotes), key=lambda town: (town.spot.name, town.id)))
    return MapData(
        title=title or words.title_of(list(dict.fromkeys(_by_weight(placed, towns)))),
        incidents=placed,
        towns=towns,
        actors=paint.painted(
            name for town in towns for state in town.states() for name in (*state.holders, *state.besiegers)
        ),
        unplaced=tuple(mark for mark in ordered if mark.spot.rings < 0),
        sources=_sources(readings),
        reports=len(readings),
        claims=sum(len(reading["claims"]) for reading in readings),
        period=words.period([mark.earliest for mark in ordered], [mark.latest for mark in ordered]),
        known_from=words.known_from([reading["report"].get("published") for reading in readings]),
        out=tuple(holding.last_day(reading["report"].get("published")) for reading in readings),
        areas_km=content.areas_km,
    )


def _by_weight(incidents: Iterable[IncidentMark], towns: Iterable[TownMark]) -> Iterator[str]:
    """The names of places, those with the highest tolls first."""
    gravest = sorted(incidents, key=lambda mark: -1 if mark.size is None else mark.size, reverse=True)
    yield from (mark.spot.name for mark in gravest)
    yield from (town.spot.name for town in towns)


class _Quotes:
    """The claims of all readings by id, as quotes."""

    def __init__(self, readings: Sequence[Json]) -> None:
        self._claims = {claim["id"]: (claim, reading["report"]) for reading in readings for claim in reading["claims"]}
        self.sayings = Sayings({name: saying_of(claim, report) for name, (claim, report) in self._claims.items()})

    def of(self, claims: Iterable[str], *, against: bool = False) -> tuple[Quote, ...]:
        """The sentences of these claims, each sentence once, in the order of the claims."""
        found: dict[tuple[str, str], Quote] = {}
        for claim_id in claims:
            claim, report = self._claims.get(claim_id, (None, None))
            if claim and report:
                quote = _quote(claim, report, against=against or claim["polarity"] == "denied")
                found.setdefault((report["id"], quote.text), quote)
        return tuple(found.values())

    def sources(self) -> dict[str, str]:
        """The outlet of every claim, by the claim's id."""
        return {claim: words.source_name(report) for claim, (_, report) in self._claims.items()}

    def out(self, claims: Iterable[str]) -> list[str]:
        """The days by which the reports of these claims were out, sorted; undated reports have none."""
        reports = (self._claims[claim][1] for claim in claims if claim in self._claims)
        return sorted({day for report in reports if (day := holding.last_day(report.get("published")))})

    def place(self, referent: str | None) -> Json | None:
        """The place with this referent as some claim gives it."""
        places = (claim.get("place") for claim, _ in self._claims.values())
        return next((place for place in places if place and referent and place.get("referent") == referent), None)


def _quote(claim: Json, report: Json, *, against: bool) -> Quote:
    voices = " › ".join(voice.get("text") or voice.get("name") or voice["class"] for voice in claim["voices"])
    return Quote(
        text=" ".join(claim["evidence"]["text"].split()),
        voices=voices or ("a reader's comment" if claim["block"] == "comment" else "the report itself"),
        source=words.source_name(report),
        url=words.web_address(report.get("url")),
        published=report.get("published"),
        claim=claim["id"],
        against=against,
        out=holding.last_day(report.get("published")),
    )


def _incidents(content: Told, quotes: _Quotes) -> Iterator[IncidentMark]:
    sources = quotes.sources()
    for incident in content.incidents:
        kind = kind_of(incident["predicate"])
        if kind is None:
            continue
        whole = _incident(incident, kind, quotes, sources)
        told = content.versions.get(incident["id"])
        if told is None:
            out = quotes.out(incident["claims"])[:1]
            versions = tuple((day, whole) for day in out)
        else:
            versions = tuple((day, _incident(each, kind, quotes, sources)) for day, each in told)
        yield msgspec.structs.replace(whole, versions=versions)


def _incident(incident: Json, kind: Kind, quotes: _Quotes, sources: dict[str, str]) -> IncidentMark:
    time = incident.get("time") or {}
    least, most = words.toll_bounds(incident["tallies"])
    return IncidentMark(
        id=incident["id"],
        kind=kind.kind,
        title=kind.predicates[incident["predicate"]],
        spot=_spot(incident.get("place")),
        when=words.when(time),
        earliest=time.get("earliest"),
        latest=time.get("latest"),
        toll=words.toll(incident["tallies"]),
        size=words.toll_size(incident["tallies"]),
        status=_status(incident["attribution"]),
        attribution=tuple(words.attribution(each) for each in incident["attribution"]),
        grade=incident["grade"],
        quotes=quotes.of(incident["claims"]),
        figures=words.figures(incident["tallies"], sources),
        parties=words.parties(incident["attribution"]),
        least=least,
        most=most,
    )


def _status(attributions: Sequence[Json]) -> str:
    given = {each["status"] for each in attributions}
    return next((status for status in STATUS_ORDER if status in given), "unclear")


def _spot(place: Json | None) -> Spot:
    place = place or {}
    rings = RINGS.get(place.get("precision") or "", -1)
    if place.get("latitude") is None or place.get("longitude") is None:
        rings = -1
    name = place.get("name") or place.get("text") or "place not given"
    referent = place.get("referent") or ""
    return Spot(
        key=referent or name,
        name=name,
        local=basemap.local_name(referent),
        longitude=float(place.get("longitude") or 0),
        latitude=float(place.get("latitude") or 0),
        precision=place.get("precision") or "unknown",
        rings=rings,
        country=place.get("country"),
    )


def _towns(content: Told, quotes: _Quotes) -> Iterator[TownMark]:
    told: dict[str, list[Json]] = defaultdict(list)
    spots: dict[str, Spot] = {}
    for spell in content.spells:
        place = spell["place"] if isinstance(spell["place"], dict) else quotes.place(spell["place"])
        if place and RINGS.get(place.get("precision") or "", 9) <= RINGS["district"]:
            key = place.get("referent") or place["name"]
            told[key].append(spell)
            spots.setdefault(key, _spot(place))
    for key, history in told.items():
        if spots[key].rings >= 0:
            known = content.courses.get(key) or tuple(holding.known_of_spells(history, quotes.sayings))
            yield _town(spots[key], history, holding.epochs_of(known, quotes.sayings), quotes)


def _town(spot: Spot, spells: list[Json], epochs: tuple[holding.Epoch, ...], quotes: _Quotes) -> TownMark:
    spells = sorted(spells, key=lambda spell: (spell["from"] or "", spell["to"] or "9", spell["state"]))
    now = holding.state_on(spells, None, quotes.sayings) or holding.State("unknown")
    for_claims = [claim for spell in spells for claim in spell["claims_for"]]
    against = [claim for spell in spells for claim in spell["claims_against"]]
    return TownMark(
        id=f"town:{spot.key}",
        spot=spot,
        state=now.state,
        holders=now.holders,
        besiegers=now.besiegers,
        lines=tuple(dict.fromkeys(words.spell(spell) for spell in spells)),
        quotes=(*quotes.of(for_claims), *quotes.of(against, against=True)),
        epochs=epochs,
        claimed=now.claimed,
        denied=now.denied,
    )


def _sources(readings: Iterable[Json]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words.source_name(reading["report"]) for reading in readings))
