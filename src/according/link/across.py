"""Incidents across reports: profiles, pairs, scores, clusters, and the incidents they make."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from according.link.block import candidate_pairs
from according.link.cluster import Cluster, Scored, cluster, with_followers
from according.link.collector import collector_paused
from according.link.compare import LINKED, compare, score
from according.link.kinds import names_act
from according.link.profile import Profile, profiles_of
from according.link.when import is_bounded, length_days
from according.link.where import REACH_KM
from according.link.within import main_kind
from according.records import Incident, Link, Reading, Resolution, TimeReading


@collector_paused()
def link_incidents(readings: Iterable[Reading], judgements: Sequence[Link] = ()) -> list[Incident]:
    """The incidents of many readings, those of one event made one; the order of the readings is no matter."""
    profiles = profiles_of(readings)
    return incidents_from(profiles, scored_pairs(profiles), judgements)


def scored_pairs(profiles: Sequence[Profile], known: int = 0) -> Iterator[Scored]:
    """Every pair that the machine takes for one incident; the first ``known`` profiles are not compared again."""
    for one, other in candidate_pairs(profiles, known):
        left, right = (one, other) if one.id < other.id else (other, one)
        value = score(left, right)
        if value >= LINKED:
            yield Scored(left.id, right.id, value)


def incidents_from(
    profiles: Iterable[Profile], links: Iterable[Scored], judgements: Sequence[Link] = ()
) -> list[Incident]:
    """Cluster profiles by their links and people's judgements; one incident a cluster, in the order of their ids."""
    known = {profile.id: profile for profile in profiles}
    return incidents_in(clusters_of(known, links, judgements), known)


def incidents_in(clusters: Iterable[Cluster], profiles: Mapping[str, Profile]) -> list[Incident]:
    """The incidents that clusters describe, in the order of their ids; what is only denied is none."""
    told = (one for one in clusters if not all(profiles[item].denied for item in one.items))
    return sorted((merged(one, profiles) for one in told), key=lambda one: one.id)


def clusters_of(
    profiles: Mapping[str, Profile], links: Iterable[Scored], judgements: Sequence[Link] = ()
) -> list[Cluster]:
    """Cluster profiles by their links and people's judgements.

    What a report only denies goes where its strongest link leads, after all others: it never holds events together or
    apart.
    """
    told: list[Scored] = []
    denials: dict[str, list[Scored]] = {}
    for link in links:
        denied = [item for item in (link.left, link.right) if profiles[item].denied]
        if not denied:
            told.append(link)
        elif len(denied) == 1:
            denials.setdefault(denied[0], []).append(link)

    def apart(left: str, right: str) -> bool:
        return score(profiles[left], profiles[right]) < 0.0

    items = [name for name, profile in profiles.items() if not profile.denied]
    return with_followers(
        cluster(items, told, judgements, apart),
        {name: denials.get(name, []) for name, profile in profiles.items() if profile.denied},
    )


def merged(found: Cluster, profiles: Mapping[str, Profile]) -> Incident:
    """The incident that a cluster of profiles describes; its reasons are the links that joined it."""
    every = [profiles[one] for one in found.items]
    inside = [profile for profile in every if not profile.denied]
    claims = tuple(sorted({claim for profile in every for claim in profile.claims}))
    digest = hashlib.sha256("\n".join(claims).encode()).hexdigest()[:20]
    return Incident(
        id=f"incident:{digest}",
        predicate=_kind([kind for profile in inside for kind in profile.kinds]),
        reports=tuple(sorted({profile.report for profile in every})),
        claims=claims,
        place=_place([place for profile in inside for place in profile.places]),
        time=_time([time for profile in inside for time in profile.times]),
        because=tuple(_reason(profiles[join.left], profiles[join.right]) for join in found.joins),
    )


def _kind(told: Sequence[str]) -> str:
    """What the event was by most reports; the harm alone only when no report tells the deed."""
    return main_kind(sorted([kind for kind in told if names_act(kind)] or told))


def _reason(left: Profile, right: Profile) -> str:
    total, features = compare(left, right)
    return f"linked ({total:.1f}): " + "; ".join(f"{one.name}: {one.working}" for one in features)


def _place(said: Sequence[Resolution]) -> Resolution | None:
    """The place most reports name; among equals the most precise."""
    counts = Counter(one.referent or "" for one in said)
    return (
        min(said, key=lambda one: (_coarseness(one), -counts[one.referent or ""], one.referent or "")) if said else None
    )


def _coarseness(one: Resolution) -> float:
    """Towns and finer places are all fine enough; what is coarser is chosen only when there is nothing else."""
    return max(REACH_KM["town"], REACH_KM[one.place.precision]) if one.place else max(REACH_KM.values())


def _time(said: Sequence[TimeReading]) -> TimeReading | None:
    """The time most reports tell; among equals the most precise."""
    counts = Counter(said)
    order = sorted(counts, key=lambda one: (not is_bounded(one), -counts[one], length_days(one) or 0, str(one)))
    return order[0] if order else None
