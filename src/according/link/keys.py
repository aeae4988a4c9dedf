"""Where an incident lies and where it looks for others: a handful of keys of place, time and telling words.

An incident with a day and a town looks around that town and day. One whose day or place is not known looks by what it
does know, as far back as news is told. A key depends on its own incident alone: another report never changes who is
compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from math import floor
from zlib import crc32

from according.link.profile import Profile
from according.link.when import is_bounded, month_end
from according.records import COARSE, PlaceReading, Resolution
from according.vocabulary.linking import names_of

Keys = tuple[set[int], set[int]]
"""Keys of which each has one half of the first and one of the second.

A half is a hash of 32 bits, the same on every machine; two keys with one hash only cost a comparison.
"""

_CELL_DEGREES = 0.5
_BUCKET_DAYS = 4
_SLACK_DAYS = 1
_LONGEST_DAYS = 62
# News without a day is looked for among what happened in these days before it; by a telling word in far more.
_BACK_DAYS = 14
_SEASON_DAYS = 100
_FAR_BACK_DAYS = 60


def looks_of(profile: Profile) -> list[Keys]:
    """Where an incident looks: its place and days, and what it knows instead when it lacks one of these."""
    around, days = _around(profile), _buckets(_days(profile, back=True), _BUCKET_DAYS)
    keys = [(around, days)]
    if not profile.dated:
        keys.append((around | _names(profile), _telling(profile, _looked_at(profile))))
    if not profile.located:
        keys.append((_names(profile) | _doers(profile) | _hit(profile), days))
    return keys


def lies_of(profile: Profile) -> list[Keys]:
    """Where an incident may be found, also by those that know less of it."""
    where, days = _where(profile) | _names(profile), _days(profile, back=False)
    seasons = {*_buckets(days, _SEASON_DAYS), _ANY_TIME}
    known = where | _doers(profile) | _hit(profile)
    return [(known, _buckets(days, _BUCKET_DAYS)), (where, _telling(profile, seasons))]


@lru_cache(maxsize=262_144)
def _hashed(kind: str, words: str) -> int:
    return crc32(f"{kind}:{words}".encode())


def _names(profile: Profile) -> set[int]:
    """The names it is told with, and those of places that nobody knows, which are no points to look at."""
    unknown = (names_of(one.name) for one in profile.places if one.referent is None and one.name)
    return {_hashed("name", name) for name in (profile.telling | profile.said_places).union(*unknown)}


def _doers(profile: Profile) -> set[int]:
    countries = {one.place.country for one in profile.places if one.place}
    return {_hashed("doer", f"{doer}/{country}") for doer in profile.doers for country in countries}


def _hit(profile: Profile) -> set[int]:
    """What was hit and who, and in which country: all that one told without a town may know of it."""
    countries = {one.place.country for one in profile.places if one.place}
    hit = (profile.sites | profile.victims) - _EVERYWHERE
    return {_hashed("hit", f"{one}/{country}") for one in hit for country in countries}


# What so many attacks hit that it tells none from another.
_EVERYWHERE = frozenset({"home", "vehicle", "children", "family", "commander"})
_ANY_TIME = -1


def _telling(profile: Profile, seasons: Iterable[int]) -> set[int]:
    words = [f"target:{word}" for word in profile.sites | profile.victims] + [f"kind:{kind}" for kind in profile.kinds]
    return {_hashed(word, str(season)) for season in seasons for word in words}


def _looked_at(profile: Profile) -> set[int]:
    """The seasons in which an event without a day may lie, any when its report has no day either."""
    told = _told(profile)
    return _buckets([(told - _FAR_BACK_DAYS, told)], _SEASON_DAYS) if told else {_ANY_TIME}


_Stretch = tuple[int, int]
"""First and last day, as ordinals."""


def _days(profile: Profile, *, back: bool) -> list[_Stretch]:
    """The days of an incident, with a night's slack when it looks; without any, the days before its report."""
    slack = _SLACK_DAYS if back else 0
    stretches = [_stretch(time.earliest or "", time.latest or "") for time in profile.times if is_bounded(time)]
    told = None if stretches else _told(profile)
    if told is None:
        return [(first - slack, last + slack) for first, last in stretches]
    return [(told - (_BACK_DAYS if back else 0), told + slack)]


@lru_cache(maxsize=65_536)
def _stretch(earliest: str, latest: str) -> _Stretch:
    first, last = date.fromisoformat(earliest).toordinal(), date.fromisoformat(latest).toordinal()
    return first, min(last, first + _LONGEST_DAYS)


def _told(profile: Profile) -> int | None:
    last = month_end(profile.published) if profile.published else None
    return last.toordinal() if last else None


def _buckets(stretches: Iterable[_Stretch], length_days: int) -> set[int]:
    return {number for first, last in stretches for number in range(first // length_days, last // length_days + 1)}


def _where(profile: Profile) -> set[int]:
    """The cell of each point, and the province that it lies in or that is all that is known."""
    return {
        spot for one in profile.places if one.place for spot in (_province(one.place), *_cells(one.place, 0)) if spot
    }


def _around(profile: Profile) -> set[int]:
    """Where to look: the cells around a point; the whole province when the point is not certain."""
    spots: set[int] = set()
    for one in profile.places:
        if one.place:
            cells = _cells(one.place, 1)
            spots |= cells
            province = None if cells and _is_sure(one) else _province(one.place)
            spots |= {province} if province is not None else set()
    return spots


def _is_sure(one: Resolution) -> bool:
    return one.referent is not None and one.place is not None and one.place.precision != "district"


def _province(place: PlaceReading) -> int | None:
    name = place.province or (place.name if place.precision == "province" else None)
    return _hashed("in", f"{place.country}/{name}") if name else None


def _cells(place: PlaceReading, reach: int) -> frozenset[int]:
    """The cell that a point lies in and those up to ``reach`` cells away; none for what is no point."""
    if place.latitude is None or place.longitude is None or place.precision in COARSE:
        return frozenset()
    return _near(floor(place.latitude / _CELL_DEGREES), floor(place.longitude / _CELL_DEGREES), reach)


@lru_cache(maxsize=65_536)
def _near(row: int, column: int, reach: int) -> frozenset[int]:
    steps = range(-reach, reach + 1)
    return frozenset(_hashed("cell", f"{row + down}/{column + right}") for down in steps for right in steps)
