"""How alike two incidents are, feature by feature, each with its working in words; never by the toll.

Every feature runs from 0 (speaks against) over 0.5 (says nothing) to 1 (speaks for). The score is the sum of
``weight * (value - 0.5)``. Place, time and kind also forbid: at 0 they rule a link out whatever the rest says.
"""

from __future__ import annotations

from collections.abc import Callable

from according.link.kinds import kinds_fit
from according.link.profile import Profile
from according.link.when import days_apart, days_since
from according.link.where import fit
from according.records import Feature, TimeReading

WEIGHTS = {"place": 6.0, "time": 5.0, "kind": 2.0, "actors": 2.0, "target": 3.0, "wording": 5.0}
FORBIDDING = frozenset({"place", "time", "kind"})

LINKED = 2.6
"""From this score on two incidents are one: the same town and day, or less of these and more of the rest."""

_SLACK_DAYS = 1
# How soon news is told: at most so many days after the event, and what that says for a link.
_NEWS_DAYS = ((1, 0.75), (4, 0.65), (14, 0.45), (45, 0.25), (200, 0.1))


def compare(left: Profile, right: Profile) -> tuple[float, tuple[Feature, ...]]:
    """The score of a pair, below 0 when it is ruled out, and the features that make it up.

    Two incidents of one report were told apart by it, and stay apart.
    """
    features = tuple(
        Feature(name=name, value=value, weight=WEIGHTS[name], working=working)
        for name, comparer in _COMPARERS.items()
        for value, working in [comparer(left, right)]
    )
    return score(left, right), features


def score(left: Profile, right: Profile) -> float:
    """The score alone, given up as soon as a feature rules the pair out: most pairs are."""
    if left.report == right.report:
        return -1.0
    total = 0.0
    for name in _DECIDING_FIRST:
        value, _ = _COMPARERS[name](left, right)
        if value <= 0.0 and name in FORBIDDING:
            return -1.0
        total += WEIGHTS[name] * (value - 0.5)
    return total


def _place(left: Profile, right: Profile) -> tuple[float, str]:
    """Where both happened: the best pair of their places, by distance and precision; names when nothing resolves."""
    shared = left.said_places & right.said_places
    if not left.places or not right.places:
        return (0.85, f"both name {', '.join(sorted(shared))}") if shared else (0.5, "a place is not known")
    value, one, other = max(
        ((fit(a, b), a.name or "", b.name or "") for a in left.places for b in right.places), key=lambda found: found[0]
    )
    if shared and 0 < value < 0.9:
        value = max(value, 0.85)
    return value, f"{one} and {other}"


def _time(left: Profile, right: Profile) -> tuple[float, str]:
    """When both happened: days apart, with a day's slack for nights; the reports' days when one tells none."""
    gaps = [(gap, a, b) for a in left.times for b in right.times if (gap := days_apart(a, b)) is not None]
    if gaps:
        gap, one, other = min(gaps, key=lambda found: found[0])
        value = _closeness(gap, one, other)
        return value, f"{gap} days apart" if gap else "the same time"
    return _by_publication(left, right)


def _closeness(gap: int, left: TimeReading, right: TimeReading) -> float:
    if gap > _SLACK_DAYS:
        return 0.0
    days = left.precision == right.precision == "day"
    known = left.earliest is not None and right.earliest is not None
    if gap == _SLACK_DAYS:
        return 0.55 if known else 0.3
    return 1.0 if days and known else 0.75


def _by_publication(left: Profile, right: Profile) -> tuple[float, str]:
    """A report cannot tell what happened after it, and news is told soon."""
    waits = [
        wait
        for teller, told in ((left, right), (right, left))
        for time in told.times or ()
        if teller.published and (wait := days_since(time, teller.published)) is not None
    ]
    if not waits and left.published and right.published:
        apart = days_since(
            TimeReading(earliest=None, latest=left.published, partial=None, precision="none"), right.published
        )
        waits = [abs(apart)] if apart is not None else []
    if not waits:
        return 0.4, "a time is not known"
    wait = min(waits)
    if wait < -_SLACK_DAYS:
        return 0.0, f"told {-wait} days before it"
    value = next((value for limit, value in _NEWS_DAYS if wait <= limit), 0.0)
    return value, f"told {wait} days after"


def _kind(left: Profile, right: Profile) -> tuple[float, str]:
    """What happened: the best pair of predicates."""
    value, one, other = max((kinds_fit(a, b), a, b) for a in left.kinds for b in right.kinds)
    return value, f"{one} and {other}"


def _actors(left: Profile, right: Profile) -> tuple[float, str]:
    """Who is said to have done it; reports that blame different sides may still tell of one event."""
    if not left.doers or not right.doers:
        return 0.5, "a doer is not named"
    shared = left.doers & right.doers
    return (1.0, f"both name {', '.join(sorted(shared))}") if shared else (0.2, "different doers named")


def _target(left: Profile, right: Profile) -> tuple[float, str]:
    """What was hit and who was harmed, by kind."""
    shared = (left.sites & right.sites) | (left.victims & right.victims)
    if shared:
        return min(1.0, 0.6 + 0.2 * len(shared)), f"both tell of {', '.join(sorted(shared))}"
    if left.sites and right.sites:
        return 0.3, "different targets"
    return 0.5, "a target is not told"


def _wording(left: Profile, right: Profile) -> tuple[float, str]:
    """Names and telling words in common, against what the shorter of the two has."""
    names, words = left.names & right.names, left.words & right.words
    shorter = min(len(left.names), len(right.names)) + 0.5 * min(len(left.words), len(right.words))
    if shorter == 0:
        return 0.5, "too few words"
    share = (len(names) + 0.5 * len(words)) / (shorter + 3)
    return min(1.0, 0.4 + 1.2 * share), f"{len(names)} names and {len(words)} words in common"


_COMPARERS: dict[str, Callable[[Profile, Profile], tuple[float, str]]] = {
    "place": _place,
    "time": _time,
    "kind": _kind,
    "actors": _actors,
    "target": _target,
    "wording": _wording,
}
_DECIDING_FIRST = ("kind", "time", "place", "actors", "target", "wording")
