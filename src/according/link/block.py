"""Which incidents are worth comparing: those of which one looks where the other lies.

The work grows with the incidents of one place and time and not with the square of all. Keys are joined, and pairs that
their times, kinds or places rule out at a glance are left out, in arrays of some hundred thousand pairs at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from according.link.glance import Glance
from according.link.keys import Keys, lies_of, looks_of
from according.link.profile import Profile

Numbers = NDArray[np.int64]
_Kind = TypeVar("_Kind", np.int64, np.uint64)
_Filed = tuple[NDArray[np.uint64], Numbers]

# So few pairs at a time stay in a processor's caches.
_AT_ONCE, _FILED_AT_ONCE = 250_000, 10_000
_HALF, _SECOND = np.uint64(32), np.uint64(0xFFFFFFFF)


def candidate_pairs(profiles: Sequence[Profile], known: int = 0) -> Iterator[tuple[Profile, Profile]]:
    """Every pair worth comparing, once each, the first of the two before the other in ``profiles``.

    The first ``known`` profiles have been compared with one another already.
    """
    for left, right in pair_numbers(profiles, known):
        yield from ((profiles[one], profiles[other]) for one, other in zip(left.tolist(), right.tolist(), strict=True))


def pair_numbers(profiles: Sequence[Profile], known: int = 0) -> Iterator[tuple[Numbers, Numbers]]:
    """``candidate_pairs`` by the numbers of the profiles, many at a time."""
    glance = Glance(profiles)
    count = len(profiles)
    codes = [_worth(glance, codes, count) for codes in _joined(profiles, known)]
    every = _unique(np.concatenate(codes)) if codes else np.zeros(0, np.int64)
    for start in range(0, len(every), _AT_ONCE):
        yield every[start : start + _AT_ONCE] // count, every[start : start + _AT_ONCE] % count


def _unique(values: NDArray[_Kind]) -> NDArray[_Kind]:
    """The different values of an array, in order: by sorting, whose cost a processor's caches hardly show."""
    ordered = np.sort(values)
    different: NDArray[_Kind] = ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
    return different


def _worth(glance: Glance, codes: Numbers, count: int) -> Numbers:
    kept: Numbers = _unique(codes[glance.may_be_one(codes // count, codes % count)])
    return kept


def _joined(profiles: Sequence[Profile], known: int) -> Iterator[Numbers]:
    """Pairs as single numbers: what the new look at against all that lies there, and what the known look at."""
    new = range(known, len(profiles))
    sought = _file(new, profiles, looks_of)
    yield from _met(sought, _file(range(len(profiles)), profiles, lies_of, sought), len(profiles))
    if known:
        lying = _file(new, profiles, lies_of)
        yield from _met(_file(range(known), profiles, looks_of, lying), lying, len(profiles))


def _file(
    numbers: range, profiles: Sequence[Profile], keys_of: Callable[[Profile], list[Keys]], wanted: _Filed | None = None
) -> _Filed:
    """The keys of some profiles, in order, each with the number of its profile; only those ``wanted`` when told."""
    sought = None if wanted is None else _Sought(_unique(wanted[0]))
    parts = [
        _keys(numbers[start : start + _FILED_AT_ONCE], profiles, keys_of, sought)
        for start in range(0, len(numbers), _FILED_AT_ONCE)
    ]
    keys = np.concatenate([np.zeros(0, np.uint64), *(part[0] for part in parts)])
    owners = np.concatenate([np.zeros(0, np.int64), *(part[1] for part in parts)])
    order = np.argsort(keys, kind="stable")
    return keys[order], owners[order]


class _Sought:
    """Keys of which only these are wanted, and their halves, by which most others are left out early."""

    def __init__(self, keys: NDArray[np.uint64]) -> None:
        self.keys = keys
        self.first = frozenset(_unique(keys >> _HALF).tolist())
        self.second = frozenset(_unique(keys & _SECOND).tolist())


def _keys(
    numbers: range, profiles: Sequence[Profile], keys_of: Callable[[Profile], list[Keys]], sought: _Sought | None
) -> _Filed:
    found: list[int] = []
    ends: list[int] = []
    for number in numbers:
        for first, second in keys_of(profiles[number]):
            ones, others = (first, second) if sought is None else (first & sought.first, second & sought.second)
            found += [one << 32 | other for one in ones for other in others]
        ends.append(len(found))
    keys = np.array(found, np.uint64)
    owners = np.repeat(np.array(numbers, np.int64), np.diff(ends, prepend=0))
    if sought is None or not len(keys):
        return keys, owners
    kept = sought.keys[np.minimum(np.searchsorted(sought.keys, keys), len(sought.keys) - 1)] == keys
    return keys[kept], owners[kept]


def _met(sought: _Filed, found: _Filed, count: int) -> Iterator[Numbers]:
    """Every two profiles that have a key in common, as ``smaller * count + larger``."""
    first = np.searchsorted(found[0], sought[0], "left")
    many = np.searchsorted(found[0], sought[0], "right") - first
    ends = np.cumsum(many)
    start = 0
    while start < len(many):
        before = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, before + _AT_ONCE, "right")))
        here = many[start:stop]
        steps = np.arange(here.sum()) - np.repeat(np.cumsum(here) - here, here)
        one = np.repeat(sought[1][start:stop], here)
        other = found[1][np.repeat(first[start:stop], here) + steps]
        apart = one != other
        one, other = one[apart], other[apart]
        yield np.minimum(one, other) * count + np.maximum(one, other)
        start = stop
