"""What an incident of one report offers for comparison: places, times, kinds, doers, targets, wording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from according.link.apart import is_further
from according.link.facts import Facts
from according.link.kinds import is_act, is_event
from according.link.when import is_bounded, length_days
from according.link.where import is_coarse, may_hold
from according.link.within import denials_of
from according.records import COARSE, Claim, Incident, Reading, Resolution, TimeReading
from according.vocabulary.linking import names_of, wording_of

_LONGEST_DAYS = 45


class Profile(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One incident as one report tells it.

    ``published`` is the report's day, as precise as it is known; ``telling`` are the names that are neither its doers'
    nor those of whole provinces. ``denied`` is what a report tells only to deny it, ``further`` what it tells to have
    come on the heels of another of its kind, so that a day between two is no slack of reporting.
    """

    id: str
    report: str
    claims: tuple[str, ...]
    kinds: tuple[str, ...]
    places: tuple[Resolution, ...]
    said_places: frozenset[str]
    times: tuple[TimeReading, ...]
    published: str | None
    doers: frozenset[str]
    sites: frozenset[str]
    victims: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]
    telling: frozenset[str]
    denied: bool = False
    further: bool = False

    @property
    def dated(self) -> bool:
        """Whether its own words or its report's give it a day or a few."""
        return any(is_bounded(time) for time in self.times)

    @property
    def located(self) -> bool:
        """Whether a place finer than a province is known."""
        points = (one.place for one in self.places if one.place and one.place.latitude is not None)
        return any(place.precision not in COARSE for place in points)


def profiles_of(readings: Iterable[Reading]) -> list[Profile]:
    """The profiles of all incidents of some readings."""
    return [one for reading in readings for one in _profiles(reading)]


def _profiles(reading: Reading) -> list[Profile]:
    facts = Facts(reading.resolutions, reading.claims, reading.report.published)
    claims = {claim.id: claim for claim in reading.claims}

    def profile(incident: Incident) -> Profile:
        return _profile(incident, [claims[one] for one in incident.claims if one in claims], facts, reading)

    told = {one for incident in reading.incidents for one in incident.claims}
    denials = denials_of(reading.claims, reading.resolutions, told)
    only_denied = (msgspec.structs.replace(profile(one), denied=True) for one in denials)
    return [*map(profile, reading.incidents), *only_denied]


def _profile(incident: Incident, members: Sequence[Claim], facts: Facts, reading: Reading) -> Profile:
    told = "\n".join(dict.fromkeys(claim.evidence.text for claim in members))
    wording = wording_of(told)
    doing = frozenset().union(*(names_of(claim.subject.text) for claim in members if claim.subject))
    places = _places(incident, members, facts)
    wide = [one.name or "" for one in places if one.place and one.place.precision in COARSE]
    acts = [claim for claim in members if is_act(claim)]
    return Profile(
        id=incident.id,
        report=reading.report.id,
        claims=incident.claims,
        kinds=tuple(dict.fromkeys(claim.predicate for claim in acts or members)),
        places=places,
        said_places=_one(frozenset().union(*(names_of(claim.place.text) for claim in members if claim.place))),
        times=_times(incident, members, facts),
        published=reading.report.published,
        doers=_one(facts.doers(*(claim for claim in members if _does(claim)))),
        further=any(map(is_further, members)),
        sites=wording.sites,
        victims=wording.victims,
        names=wording.names,
        words=wording.words,
        telling=_one(wording.names - doing - frozenset().union(*(names_of(name) for name in wide))),
    )


@lru_cache(maxsize=65_536)
def _one(words: frozenset[str]) -> frozenset[str]:
    """The first of equal sets: many reports name the same towns and sides, and each set is kept as long as they are."""
    return words


def _does(claim: Claim) -> bool:
    """Whether a claim's subject is said to have done the deed, and not to have judged or condemned it."""
    return claim.polarity == "affirmed" and (is_event(claim) or claim.predicate == "claim_responsibility")


def _places(incident: Incident, members: Sequence[Claim], facts: Facts) -> tuple[Resolution, ...]:
    own = [place for claim in members if claim.place and (place := facts.place(claim))]
    if not own and incident.place and incident.place.place:
        own = [incident.place]
    fine = [place for place in own if not is_coarse(place)]
    own = [place for place in own if not is_coarse(place) or not any(may_hold(place, one) for one in fine)]
    return tuple({(place.referent, place.name): place for place in own}.values())


def _times(incident: Incident, members: Sequence[Claim], facts: Facts) -> tuple[TimeReading, ...]:
    told = [(is_act(claim), time) for claim in members if (time := facts.own_time(claim))]
    short = [(act, time) for act, time in told if (length_days(time) or 0) <= _LONGEST_DAYS]
    own = [time for act, time in short if act] or [time for _, time in short]
    if own:
        return tuple(dict.fromkeys(own))
    return (incident.time,) if incident.time and is_bounded(incident.time) else ()
