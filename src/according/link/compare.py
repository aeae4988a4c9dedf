"""How alike two incidents are, feature by feature, each with its working in words; never by the toll.

Every feature runs from 0 (speaks against) over 0.5 (says nothing) to 1 (speaks for). The score is the sum of
``weight * (value - 0.5)``. Place, time and kind also forbid: at 0 they rule a link out whatever the rest says.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from according.link.kinds import kinds_fit
from according.link.profile import Profile
from according.link.when import days_apart, days_since, month_end
from according.link.where import fit
from according.records import Feature, TimeReading

# What rules most pairs out comes first.
WEIGHTS = {"kind": 2.0, "time": 5.0, "place": 6.0, "actors": 2.0, "target": 3.0, "wording": 5.0}
FORBIDDING = frozenset({"place", "time", "kind"})

LINKED = 2.6
"""From this score on two incidents are one: the same town and day, or less of these and more of the rest."""

SLACK_DAYS = 1
"""A night's events carry two dates."""
# Of a night that most put on its first day, some tell the second and some, wrongly, the day before. These two are never
# compared for a link, but a report between them may make them one.
_SPAN_DAYS = 2
_BRIDGED = 0.05
# Another day and another target besides.
_OTHER_SITE = 0.3

_RECALLED_DAYS = 45
"""What is told so late and dated by nobody is one with another only where both say in which town it was."""

NEWS_DAYS = ((1, 0.75), (3, 0.6), (5, 0.35), (14, 0.1), (60, 0.05))
"""How soon news is told: at most so many days after the event, and what that says for a link."""


def compare(left: Profile, right: Profile) -> tuple[float, tuple[Feature, ...]]:
    """The score of a pair, below 0 when it is ruled out, and the features that make it up.

    Two incidents of one report were told apart by it, and stay apart.
    """
    features = tuple(
        Feature(name=name, value=value(left, right), weight=WEIGHTS[name], working=_WORKINGS[name](left, right))
        for name, value in _VALUES.items()
    )
    return score(left, right), features


def score(left: Profile, right: Profile) -> float:
    """The score alone, given up as soon as a feature rules the pair out: most pairs are."""
    if left.report == right.report:
        return -1.0
    total = 0.0
    for value_of, weight, forbids in _WEIGHED:
        value = value_of(left, right)
        if forbids and value <= 0.0:
            return -1.0
        total += weight * (value - 0.5)
    return round(total, 6)


def _kind(left: Profile, right: Profile) -> float:
    """What happened: the best pair of predicates."""
    return _best_kind(left.kinds, right.kinds)


@lru_cache(maxsize=16_384)
def _best_kind(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    return max(kinds_fit(a, b) for a in left for b in right)


def _kind_working(left: Profile, right: Profile) -> str:
    _, one, other = max((kinds_fit(a, b), a, b) for a in left.kinds for b in right.kinds)
    return f"{one} and {other}"


def _time(left: Profile, right: Profile) -> float:
    """When both happened: days apart, with a day's slack for nights; the reports' days when one tells none."""
    nearest = _nearest_times(left.times, right.times)
    if nearest:
        same_site = not left.sites.isdisjoint(right.sites)
        if nearest[0] == SLACK_DAYS and _are_two(left, right):
            return 0.0
        if same_site and _is_bridged(*nearest):
            return _BRIDGED
        other_site = not same_site and bool(left.sites and right.sites)
        return min(_closeness(*nearest), _OTHER_SITE if other_site and nearest[0] else 1.0)
    wait = _wait(left, right)
    if wait is None:
        return 0.4
    early = wait < (0 if _are_two(left, right) else -SLACK_DAYS)
    if early or (wait > _RECALLED_DAYS and not (left.located and right.located)):
        return 0.0
    return next((value for limit, value in NEWS_DAYS if wait <= limit), 0.0)


def _are_two(left: Profile, right: Profile) -> bool:
    """Whether a day between two is no slack: one came on the heels of another, and hit nothing that the other did."""
    return (left.further or right.further) and left.sites.isdisjoint(right.sites)


def _time_working(left: Profile, right: Profile) -> str:
    nearest = _nearest_times(left.times, right.times)
    if nearest:
        return f"{nearest[0]} days apart" if nearest[0] else "the same time"
    wait = _wait(left, right)
    if wait is None:
        return "a time is not known"
    return f"told {wait} days after" if wait >= -SLACK_DAYS else f"told {-wait} days before it"


_Times = tuple[TimeReading, ...]


@lru_cache(maxsize=65_536)
def _nearest_times(left: _Times, right: _Times) -> tuple[int, TimeReading, TimeReading] | None:
    gaps = [(gap, a, b) for a in left for b in right if (gap := days_apart(a, b)) is not None]
    return min(gaps, key=lambda found: found[0]) if gaps else None


def _is_bridged(gap: int, left: TimeReading, right: TimeReading) -> bool:
    return gap == _SPAN_DAYS and left.earliest is not None and right.earliest is not None


def _closeness(gap: int, left: TimeReading, right: TimeReading) -> float:
    if gap > SLACK_DAYS:
        return 0.0
    days = left.precision == right.precision == "day"
    known = left.earliest is not None and right.earliest is not None
    if gap == SLACK_DAYS:
        return 0.55 if known else 0.3
    return 1.0 if days and known else 0.75


def _wait(left: Profile, right: Profile) -> int | None:
    """Days from an event to a report that does not date it: none is told before it happened, and news is told soon."""
    waits = [
        wait
        for teller, told in ((left, right), (right, left))
        for time in told.times
        if teller.published and (wait := days_since(time, teller.published)) is not None
    ]
    if waits or not left.published or not right.published:
        return min(waits, default=None)
    one, other = month_end(left.published), month_end(right.published)
    return abs((one - other).days) if one and other else None


def _place(left: Profile, right: Profile) -> float:
    """Where both happened: the best pair of their places, by distance and precision; names when nothing resolves."""
    shared = not left.said_places.isdisjoint(right.said_places)
    if not left.places or not right.places:
        return 0.85 if shared else 0.5
    if len(left.places) == len(right.places) == 1:
        value = fit(left.places[0], right.places[0])
    else:
        value = max(fit(a, b) for a in left.places for b in right.places)
    return max(value, 0.85) if shared and value > 0 else value


def _place_working(left: Profile, right: Profile) -> str:
    if not left.places or not right.places:
        shared = sorted(left.said_places & right.said_places)
        return f"both name {', '.join(shared)}" if shared else "a place is not known"
    pairs = [(a, b) for a in left.places for b in right.places]
    one, other = max(pairs, key=lambda pair: fit(*pair))
    return f"{one.name or ''} and {other.name or ''}"


def _actors(left: Profile, right: Profile) -> float:
    """Who is said to have done it; reports that blame different sides may still tell of one event."""
    if not left.doers or not right.doers:
        return 0.5
    return 0.2 if left.doers.isdisjoint(right.doers) else 1.0


def _actors_working(left: Profile, right: Profile) -> str:
    if not left.doers or not right.doers:
        return "a doer is not named"
    shared = sorted(left.doers & right.doers)
    return f"both name {', '.join(shared)}" if shared else "different doers named"


def _target(left: Profile, right: Profile) -> float:
    """What was hit and who was harmed, by kind."""
    shared = (left.sites & right.sites) | (left.victims & right.victims)
    if shared:
        return min(1.0, 0.6 + 0.2 * len(shared))
    return 0.1 if left.sites and right.sites else 0.5


def _target_working(left: Profile, right: Profile) -> str:
    shared = (left.sites & right.sites) | (left.victims & right.victims)
    if shared:
        return f"both tell of {', '.join(sorted(shared))}"
    return "different targets" if left.sites and right.sites else "a target is not told"


def _wording(left: Profile, right: Profile) -> float:
    """Names and telling words in common, against what the shorter of the two has."""
    shorter = min(len(left.names), len(right.names)) + 0.5 * min(len(left.words), len(right.words))
    if shorter == 0:
        return 0.5
    shared = len(left.names & right.names) + 0.5 * len(left.words & right.words)
    return min(1.0, 0.4 + 1.2 * shared / (shorter + 3))


def _wording_working(left: Profile, right: Profile) -> str:
    if min(len(left.names), len(right.names)) + min(len(left.words), len(right.words)) == 0:
        return "too few words"
    return f"{len(left.names & right.names)} names and {len(left.words & right.words)} words in common"


_VALUES: dict[str, Callable[[Profile, Profile], float]] = {
    "kind": _kind,
    "time": _time,
    "place": _place,
    "actors": _actors,
    "target": _target,
    "wording": _wording,
}
_WEIGHED = tuple((_VALUES[name], weight, name in FORBIDDING) for name, weight in WEIGHTS.items())
_WORKINGS: dict[str, Callable[[Profile, Profile], str]] = {
    "kind": _kind_working,
    "time": _time_working,
    "place": _place_working,
    "actors": _actors_working,
    "target": _target_working,
    "wording": _wording_working,
}
