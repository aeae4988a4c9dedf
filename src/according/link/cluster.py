"""From links to clusters: the strongest first, none that place, time or a person forbids, in any order of input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from according.records import Link

Apart = Callable[[str, str], bool]
"""Whether two items, the smaller first, must not be one."""


class Scored(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A pair that the machine takes for one, the smaller id first, and how sure it is."""

    left: str
    right: str
    score: float


class Cluster(NamedTuple):
    """Items that are one, in order, and the links that joined them, the strongest first."""

    items: tuple[str, ...]
    joins: tuple[Scored, ...]


def cluster(
    items: Iterable[str], links: Iterable[Scored], judgements: Sequence[Link] = (), apart: Apart | None = None
) -> list[Cluster]:
    """Clusters in an order that depends on their items alone.

    People's judgements come first: the last one on a pair counts; "positive" joins, "negative" keeps apart. Then the
    machine's links, the strongest first, each joining two clusters unless some pair across them is ruled out.
    """
    said = last_word(judgements)
    clusters = _Clusters(items, {pair for pair, judgement in said.items() if judgement == "negative"}, apart)
    for left, right in sorted(pair for pair, judgement in said.items() if judgement == "positive"):
        clusters.join(left, right)
    for link in sorted(links, key=_strongest):
        if (link.left, link.right) not in said:
            clusters.link(link)
    return clusters.sorted()


def with_followers(clusters: Sequence[Cluster], links: Mapping[str, Iterable[Scored]]) -> list[Cluster]:
    """Clusters with items that follow the strongest of their links, or stand alone, without a say in anything."""
    home = {item: number for number, one in enumerate(clusters) for item in one.items}
    joined: dict[int, list[tuple[str, Scored]]] = {}
    alone: list[Cluster] = []
    for item, found in links.items():
        first = min(found, key=_strongest, default=None)
        if first is None:
            alone.append(Cluster((item,), ()))
        else:
            joined.setdefault(home[first.right if first.left == item else first.left], []).append((item, first))
    whole = [_with(one, joined.get(number, ())) for number, one in enumerate(clusters)]
    return sorted([*whole, *alone])


def _with(one: Cluster, more: Sequence[tuple[str, Scored]]) -> Cluster:
    if not more:
        return one
    joins = sorted((*one.joins, *(link for _, link in more)), key=_strongest)
    return Cluster(tuple(sorted((*one.items, *(item for item, _ in more)))), tuple(joins))


def _strongest(link: Scored) -> tuple[float, str, str]:
    return -link.score, link.left, link.right


class _Clusters:
    """Disjoint sets that refuse to join when a pair across them must stay apart."""

    def __init__(self, items: Iterable[str], apart: set[tuple[str, str]], ruled_out: Apart | None) -> None:
        self._home = {item: item for item in items}
        self._members = {item: [item] for item in self._home}
        self._joins: dict[str, list[Scored]] = {}
        self._apart = apart
        self._ruled_out = ruled_out
        self._refused: dict[str, set[str]] = {}

    def join(self, left: str, right: str) -> str | None:
        """Make one cluster of two and give its name, or nothing when there is nothing to join."""
        one, other = self._home.get(left), self._home.get(right)
        if one is None or other is None or one == other:
            return None
        if len(self._members[one]) < len(self._members[other]):
            one, other = other, one
        for item in self._members[other]:
            self._home[item] = one
        self._members[one] += self._members.pop(other)
        if other in self._joins:
            self._joins.setdefault(one, []).extend(self._joins.pop(other))
        self._refuse_for(one, other)
        return one

    def link(self, link: Scored) -> None:
        """Join by a link, if nothing forbids it."""
        one, other = self._home.get(link.left), self._home.get(link.right)
        if one is None or other is None or one == other or other in self._refused.get(one, ()):
            return
        if not self._may_join(self._members[one], self._members[other]):
            self._refused.setdefault(one, set()).add(other)
            self._refused.setdefault(other, set()).add(one)
        elif home := self.join(one, other):
            self._joins.setdefault(home, []).append(link)

    def sorted(self) -> list[Cluster]:
        """The clusters, in an order that depends on their items alone."""
        found = ((tuple(sorted(members)), self._joins.get(home, ())) for home, members in self._members.items())
        return [Cluster(items, tuple(sorted(joins, key=_strongest))) for items, joins in sorted(found)]

    def _refuse_for(self, one: str, other: str) -> None:
        """What was refused to a part stays refused to the whole, for the pair that forbade it is still across."""
        for third in self._refused.pop(other, ()):
            self._refused[third].discard(other)
            self._refused[third].add(one)
            self._refused.setdefault(one, set()).add(third)

    def _may_join(self, left: list[str], right: list[str]) -> bool:
        ruled_out, apart = self._ruled_out, self._apart
        for one in left:
            for other in right:
                pair = (one, other) if one <= other else (other, one)
                if pair in apart or (ruled_out is not None and ruled_out(*pair)):
                    return False
        return True


def last_word(judgements: Sequence[Link]) -> Mapping[tuple[str, str], str]:
    """What people decided last on each pair, the smaller id first; "unsure" takes a decision back."""
    said: dict[tuple[str, str], str] = {}
    for one in sorted(judgements, key=lambda one: (one.at or "", one.left, one.right)):
        said[min(one.left, one.right), max(one.left, one.right)] = one.judgement
    return {pair: word for pair, word in said.items() if word != "unsure"}
