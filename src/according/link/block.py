"""Which incidents are worth comparing: those that share a neighbourhood and a few days, or a telling word.

Each incident is filed under a handful of keys, so that the work grows with the incidents of one place and time and
not with the square of all. A key depends on its own incident alone: another report never changes who is compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations
from math import floor

from according.link.profile import Profile
from according.link.when import is_bounded
from according.records import PlaceReading, TimeReading

_CELL_DEGREES = 0.5
_DAYS = 4
_COARSE = frozenset({"province", "country"})
_LONGEST_DAYS = 62


def candidate_pairs(profiles: Iterable[Profile]) -> Iterator[tuple[Profile, Profile]]:
    """Every pair of incidents that share a key, once each."""
    files: dict[tuple[object, ...], list[Profile]] = {}
    for profile in profiles:
        for key in _keys(profile):
            files.setdefault(key, []).append(profile)
    seen: set[tuple[str, str]] = set()
    for filed in files.values():
        for left, right in combinations(sorted(filed, key=lambda one: one.id), 2):
            if left.id != right.id and (left.id, right.id) not in seen:
                seen.add((left.id, right.id))
                yield left, right


def _keys(profile: Profile) -> set[tuple[object, ...]]:
    """Where with when; where with a target for a report of no known day; a name with when for one of no known place."""
    where = {key for resolution in profile.places if resolution.place for key in _where(resolution.place)}
    when = set(_when(profile))
    telling = profile.sites | profile.victims | {f"name:{name}" for name in profile.said_places}
    keys: set[tuple[object, ...]] = {(spot, bucket) for spot in where for bucket in when}
    keys |= {(spot, word) for spot in where for word in telling}
    keys |= {(f"name:{name}", bucket) for name in profile.said_places for bucket in when}
    if not where:
        keys |= {(f"doer:{doer}", bucket) for doer in profile.doers for bucket in when}
    return keys


def _where(place: PlaceReading) -> Iterator[str]:
    if place.country:
        if place.precision != "country" and place.province:
            yield f"{place.country}/{place.province}"
        if place.precision in _COARSE:
            yield f"{place.country}"
    if place.latitude is not None and place.longitude is not None and place.precision not in _COARSE:
        row, column = floor(place.latitude / _CELL_DEGREES), floor(place.longitude / _CELL_DEGREES)
        near = [(row + down, column + right) for down in (0, 1) for right in (0, 1)]
        yield from (f"cell:{down}/{right}" for down, right in near)


def _when(profile: Profile) -> Iterator[int]:
    """Buckets of days; an incident without a day is filed by the days before its report came out."""
    bounded = [time for time in profile.times if is_bounded(time)]
    for time in bounded:
        yield from _buckets(time)
    if not bounded and profile.published:
        last = date.fromisoformat(
            (profile.published + "-01-01")[:10] if len(profile.published) < 10 else profile.published[:10]
        )
        yield from {(last.toordinal() - back) // _DAYS for back in range(15)}


def _buckets(time: TimeReading) -> set[int]:
    first = date.fromisoformat(time.earliest or "").toordinal() - 1
    last = date.fromisoformat(time.latest or "").toordinal() + 1
    last = min(last, first + _LONGEST_DAYS)
    return {day // _DAYS for day in range(first, last + 1)}
