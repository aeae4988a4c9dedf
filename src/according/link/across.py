"""Incidents across reports: profiles, pairs, scores, clusters, and the incidents they make."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from according.link.block import candidate_pairs
from according.link.cluster import cluster
from according.link.compare import LINKED, compare, score
from according.link.profile import Profile, profiles_of
from according.link.when import is_bounded, length_days
from according.link.where import REACH_KM
from according.link.within import main_kind
from according.records import Incident, Link, Reading, Resolution, TimeReading


def link_incidents(readings: Iterable[Reading], judgements: Sequence[Link] = ()) -> list[Incident]:
    """The incidents of many readings, those of one event made one; the order of the readings is no matter."""
    profiles = sorted(profiles_of(readings), key=lambda one: one.id)
    return incidents_from(profiles, links_between(profiles), judgements)


def links_between(profiles: Iterable[Profile]) -> list[Link]:
    """Every pair that the machine takes for one incident, with its score and its features."""
    return [_link(left, right) for left, right in candidate_pairs(profiles) if score(left, right) >= LINKED]


def incidents_from(profiles: Sequence[Profile], links: Sequence[Link], judgements: Sequence[Link]) -> list[Incident]:
    """Cluster profiles by their links and people's judgements, and merge each cluster into one incident."""
    known = {profile.id: profile for profile in profiles}
    scores = {(link.left, link.right): link.score for link in links}

    def agreement(left: str, right: str) -> float:
        pair = (left, right) if left <= right else (right, left)
        if pair not in scores:
            scores[pair] = score(known[pair[0]], known[pair[1]])
        return scores[pair]

    clusters = cluster(known, links, judgements, agreement)
    return [_merged([known[one] for one in members], links_of) for members, links_of in _with_links(clusters, links)]


def _link(left: Profile, right: Profile) -> Link:
    total, features = compare(left, right)
    return Link(
        left=left.id,
        right=right.id,
        relation="same_incident",
        judgement="positive",
        score=round(total, 6),
        features=features,
        reason="; ".join(f"{one.name}: {one.working}" for one in features),
    )


def _with_links(clusters: list[tuple[str, ...]], links: Sequence[Link]) -> Iterable[tuple[tuple[str, ...], list[Link]]]:
    home = {item: index for index, members in enumerate(clusters) for item in members}
    inside: list[list[Link]] = [[] for _ in clusters]
    for link in links:
        if link.judgement == "positive" and home[link.left] == home[link.right]:
            inside[home[link.left]].append(link)
    return zip(clusters, inside, strict=True)


def _merged(profiles: Sequence[Profile], links: Sequence[Link]) -> Incident:
    claims = tuple(sorted({claim for profile in profiles for claim in profile.claims}))
    digest = hashlib.sha256("\n".join(claims).encode()).hexdigest()[:20]
    kinds = sorted(kind for profile in profiles for kind in profile.kinds)
    return Incident(
        id=f"incident:{digest}",
        predicate=main_kind(kinds),
        reports=tuple(sorted({profile.report for profile in profiles})),
        claims=claims,
        place=_place([place for profile in profiles for place in profile.places]),
        time=_time([time for profile in profiles for time in profile.times]),
        because=tuple(f"linked ({link.score:.1f}): {link.reason}" for link in sorted(links, key=_strongest)),
    )


def _strongest(link: Link) -> tuple[float, str, str]:
    return -link.score, link.left, link.right


def _place(said: Sequence[Resolution]) -> Resolution | None:
    """The place most reports name; among equals the most precise."""
    counts: dict[str, int] = {}
    for one in said:
        counts[one.referent or ""] = counts.get(one.referent or "", 0) + 1
    return (
        min(said, key=lambda one: (_coarseness(one), -counts[one.referent or ""], one.referent or "")) if said else None
    )


def _coarseness(one: Resolution) -> float:
    """Towns and finer places are all fine enough; what is coarser is chosen only when there is nothing else."""
    return max(REACH_KM["town"], REACH_KM[one.place.precision]) if one.place else max(REACH_KM.values())


def _time(said: Sequence[TimeReading]) -> TimeReading | None:
    """The time most reports tell; among equals the most precise."""
    counts = {one: said.count(one) for one in said}
    order = sorted(counts, key=lambda one: (not is_bounded(one), -counts[one], length_days(one) or 0, str(one)))
    return order[0] if order else None
