"""Which incidents are worth comparing: those that share a neighbourhood and a few days, or a telling word.

Each incident is filed under a handful of keys, so that the work grows with the incidents of one place and time and
not with the square of all. One whose day or place is not known looks among the others by what it does know; those are
not compared with one another for that. A key depends on its own incident alone: another report never changes who is
compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations
from math import floor

import msgspec

from according.link.profile import Profile
from according.link.when import is_bounded, month_end
from according.records import PlaceReading, TimeReading

Key = tuple[str, str]

_CELL_DEGREES = 0.5
_BUCKET_DAYS = 4
_BACK_DAYS = 14
_COARSE = frozenset({"province", "country"})
_LONGEST_DAYS = 62


class _File(msgspec.Struct):
    """The incidents under one key: those that look there for any other, and those that are only found there."""

    seeking: list[Profile]
    found: list[Profile]


def candidate_pairs(profiles: Iterable[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Every pair of incidents that share a key, once each, the smaller id first."""
    files: dict[Key, _File] = {}
    for profile in profiles:
        when = _when(profile)
        seeking = _seeking(profile, when)
        for key in seeking:
            files.setdefault(key, _File([], [])).seeking.append(profile)
        for key in _found(profile, when) - seeking:
            files.setdefault(key, _File([], [])).found.append(profile)
    seen: set[tuple[str, str]] = set()
    for filed in files.values():
        for left, right in _pairs(filed):
            pair = (left.id, right.id) if left.id < right.id else (right.id, left.id)
            if left.id != right.id and pair not in seen:
                seen.add(pair)
                yield (left, right) if left.id < right.id else (right, left)


def _pairs(filed: _File) -> Iterator[tuple[Profile, Profile]]:
    yield from combinations(filed.seeking, 2)
    yield from ((one, other) for one in filed.seeking for other in filed.found)


def _seeking(profile: Profile, when: set[str]) -> set[Key]:
    """Where an incident looks: its place and days, and what it knows instead when it lacks one of these."""
    where = _where(profile)
    keys = {(spot, bucket) for spot in where for bucket in when}
    if not profile.dated:
        keys |= {(spot, word) for spot in where | _names(profile) for word in _targets(profile)}
    if not profile.located:
        keys |= {(name, bucket) for name in _names(profile) | _doers(profile) for bucket in when}
    return keys


def _found(profile: Profile, when: set[str]) -> set[Key]:
    """Where an incident may be found by one that knows less."""
    keys = {(name, bucket) for name in _names(profile) | _doers(profile) for bucket in when}
    return keys | {(spot, word) for spot in _where(profile) | _names(profile) for word in _targets(profile)}


def _names(profile: Profile) -> set[str]:
    return {f"name:{name}" for name in profile.telling | profile.said_places}


def _doers(profile: Profile) -> set[str]:
    countries = {one.place.country for one in profile.places if one.place}
    return {f"doer:{doer}/{country}" for doer in profile.doers for country in countries}


def _targets(profile: Profile) -> set[str]:
    return {f"target:{word}" for word in profile.sites | profile.victims} | {f"kind:{kind}" for kind in profile.kinds}


def _where(profile: Profile) -> set[str]:
    return {spot for resolution in profile.places if resolution.place for spot in _spots(resolution.place)}


def _spots(place: PlaceReading) -> Iterator[str]:
    """The cells a point lies in or next to; a province by its name, for what lies in it too."""
    province = place.province or (place.name if place.precision == "province" else None)
    if province:
        yield f"in:{place.country}/{province}"
    if place.latitude is not None and place.longitude is not None and place.precision not in _COARSE:
        row, column = floor(place.latitude / _CELL_DEGREES), floor(place.longitude / _CELL_DEGREES)
        yield from (f"cell:{row + down}/{column + right}" for down in (0, 1) for right in (0, 1))


def _when(profile: Profile) -> set[str]:
    """Buckets of days; an incident without a day is filed by the days before its report came out."""
    buckets = {bucket for time in profile.times if is_bounded(time) for bucket in _buckets(time)}
    told = month_end(profile.published) if profile.published and not buckets else None
    return _span(told - timedelta(days=_BACK_DAYS), told) if told else buckets


def _buckets(time: TimeReading) -> set[str]:
    first, last = date.fromisoformat(time.earliest or ""), date.fromisoformat(time.latest or "")
    return _span(first - timedelta(days=1), min(last + timedelta(days=1), first + timedelta(days=_LONGEST_DAYS)))


def _span(first: date, last: date) -> set[str]:
    return {
        f"day:{number}" for number in range(first.toordinal() // _BUCKET_DAYS, last.toordinal() // _BUCKET_DAYS + 1)
    }
