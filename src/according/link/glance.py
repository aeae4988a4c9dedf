"""What rules a pair out at a glance: whole arrays of pairs by the bounds of their times, kinds and places.

Only what :func:`according.link.compare.score` would rule out too is left out here, and what is told two days apart:
that may be one incident with a third between them, but is no reason to make it one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache, reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from according.link.compare import NEWS_DAYS, SLACK_DAYS
from according.link.kinds import kinds_fit
from according.link.profile import Profile
from according.link.when import is_bounded, month_end
from according.link.where import BORDER_KM, EARTH_KM, REACH_KM
from according.records import COARSE, PlaceReading

Numbers = NDArray[np.int64]
Truths = NDArray[np.bool_]

_UNKNOWN = -(10**7)
_FAR_BACK = max(days for days, _ in NEWS_DAYS)


class Glance:
    """Some profiles in columns, one row each."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        """Put the profiles in columns; pairs are named by the profiles' numbers."""
        self._report = _numbered(one.report for one in profiles)
        self._kinds, self._fitting = _kind_masks(profiles)
        times = np.array([_times(one) for one in profiles], np.int32).reshape(-1, 4)
        self._first, self._last, self._latest_first, self._told = times.T.copy()
        places = [_sure_place(one) for one in profiles]
        self._country = _numbered(one.country if one else None for one in places)
        points = [(one.latitude, one.longitude, REACH_KM[one.precision]) if one else (np.nan,) * 3 for one in places]
        latitude, longitude, reach = np.array(points, np.float64).reshape(-1, 3).T
        self._reach = reach.astype(np.float32)
        up, east = np.radians(latitude), np.radians(longitude)
        self._point = np.stack([np.cos(up) * np.cos(east), np.cos(up) * np.sin(east), np.sin(up)], axis=1)

    def may_be_one(self, left: Numbers, right: Numbers) -> Truths:
        """Which of some pairs nothing rules out at a glance."""
        kept: Truths = self._report[left] != self._report[right]
        kept &= (self._fitting[left] & self._kinds[right]) != 0
        kept &= self._meet_in_time(left, right)
        some = np.flatnonzero(kept)
        kept[some] = self._meet_in_place(left[some], right[some])
        return kept

    def _meet_in_time(self, left: Numbers, right: Numbers) -> Truths:
        gap = np.maximum(self._first[right] - self._last[left], self._first[left] - self._last[right])
        known = (self._first[left] != _UNKNOWN) & (self._first[right] != _UNKNOWN)
        soon = self._is_told_of(left, right) & self._is_told_of(right, left)
        met: Truths = np.where(known, gap <= SLACK_DAYS, soon)
        return met

    def _is_told_of(self, teller: Numbers, told: Numbers) -> Truths:
        """Whether a report that tells no day at all came out after the other's event, and not too long after."""
        wait = self._told[teller] - self._latest_first[told]
        silent = (self._last[teller] == _UNKNOWN) & (self._told[teller] != _UNKNOWN) & (self._first[told] != _UNKNOWN)
        soon: Truths = ~silent | ((wait >= -SLACK_DAYS) & (wait <= _FAR_BACK))
        return soon

    def _meet_in_place(self, left: Numbers, right: Numbers) -> Truths:
        chord = np.linalg.norm(self._point[left] - self._point[right], axis=1)
        apart = 2 * EARTH_KM * np.arcsin(np.minimum(1.0, chord / 2))
        abroad = (
            (self._country[left] != self._country[right]) & (self._country[left] >= 0) & (self._country[right] >= 0)
        )
        limit = np.where(abroad, BORDER_KM, self._reach[left] + self._reach[right])
        met: Truths = ~(apart > limit + _ROUNDING_KM)
        return met


_ROUNDING_KM = 0.01
_BITS = 64


def _numbered(values: Iterable[str | None]) -> Numbers:
    """A number for each value, the same for the same; -1 for none."""
    known: dict[str, int] = {}
    return np.array([-1 if one is None else known.setdefault(one, len(known)) for one in values], np.int64)


def _kind_masks(profiles: Sequence[Profile]) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The kinds of each profile as bits, and the kinds that fit any of them."""
    kinds = sorted({kind for one in profiles for kind in one.kinds})
    bits = {kind: 1 << index % _BITS for index, kind in enumerate(kinds)}
    fitting = {kind: _any(bits[other] for other in kinds if kinds_fit(kind, other) > 0) for kind in kinds}
    own, wide = np.zeros(len(profiles), np.uint64), np.zeros(len(profiles), np.uint64)
    for number, one in enumerate(profiles):
        for kind in one.kinds:
            own[number] |= np.uint64(bits[kind])
            wide[number] |= np.uint64(fitting[kind])
    return own, wide


def _any(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)


def _times(profile: Profile) -> tuple[int, int, int, int]:
    """The first and last day of all its times, the latest of their first days, and the report's, if all are known.

    A profile with times whose bounds are not known gets a last day that says so, and nothing is concluded from it.
    """
    told = month_end(profile.published) if profile.published else None
    published = told.toordinal() if told else _UNKNOWN
    if not profile.times:
        return _UNKNOWN, _UNKNOWN, _UNKNOWN, published
    if not all(map(is_bounded, profile.times)):
        return _UNKNOWN, 0, _UNKNOWN, published
    firsts = [_ordinal(time.earliest or "") for time in profile.times]
    lasts = [_ordinal(time.latest or "") for time in profile.times]
    return min(firsts), max(lasts), max(firsts), published


@lru_cache(maxsize=16_384)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _sure_place(profile: Profile) -> PlaceReading | None:
    """The one place of a profile when it is a known point."""
    if len(profile.places) != 1 or profile.places[0].referent is None:
        return None
    place = profile.places[0].place
    fine = place is not None and place.latitude is not None and place.longitude is not None
    return place if fine and place is not None and place.precision not in COARSE else None
