"""From links to clusters: the strongest first, none that place, time or a person forbids, in any order of input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from according.records import Link

Apart = Callable[[str, str], bool]
"""Whether two items, the smaller first, that no link joins must not be one."""


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
    machine's links, the strongest first, each joining two clusters unless some pair across them is ruled out. A pair
    with a link is not asked about.
    """
    names = sorted(set(items))
    numbers = {name: number for number, name in enumerate(names)}
    said = _numbered(last_word(judgements), numbers)
    usable = [link for link in links if link.left in numbers and link.right in numbers]
    left = np.array([numbers[link.left] for link in usable], np.int64)
    right = np.array([numbers[link.right] for link in usable], np.int64)

    def ruled_out(one: int, other: int) -> bool:
        return apart is not None and apart(names[one], names[other])

    clusters = _Clusters(len(names), {pair for pair, word in said.items() if word == "negative"}, ruled_out)
    for pair in sorted(pair for pair, word in said.items() if word == "positive"):
        clusters.join(*pair)
    clusters.linked = set((left * len(names) + right).tolist())
    order = np.lexsort((right, left, -np.array([link.score for link in usable], np.float64)))
    for rank, (one, other) in enumerate(zip(left[order].tolist(), right[order].tolist(), strict=True)):
        if clusters.home[one] != clusters.home[other] and (one, other) not in said:
            clusters.link(one, other, rank)
    return [
        Cluster(tuple(names[item] for item in found), tuple(usable[order[rank]] for rank in ranks))
        for found, ranks in clusters.sorted()
    ]


def _numbered(said: Mapping[tuple[str, str], str], numbers: Mapping[str, int]) -> dict[tuple[int, int], str]:
    return {
        (numbers[left], numbers[right]): word
        for (left, right), word in said.items()
        if left in numbers and right in numbers
    }


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
    """Disjoint sets of numbers that refuse to join when a pair across them must stay apart."""

    def __init__(self, count: int, apart: set[tuple[int, int]], ruled_out: Callable[[int, int], bool]) -> None:
        self.home = list(range(count))
        self.linked: set[int] = set()
        """Pairs with a link, as ``smaller * count + larger``: nothing but a person rules them out."""
        self._members = {item: [item] for item in self.home}
        self._joins: dict[int, list[int]] = {}
        self._apart = apart
        self._ruled_out = ruled_out
        self._refused: dict[int, set[int]] = {}

    def join(self, left: int, right: int) -> int:
        """Make one cluster of two and give its home."""
        one, other = self.home[left], self.home[right]
        if one == other:
            return one
        if len(self._members[one]) < len(self._members[other]):
            one, other = other, one
        for item in self._members[other]:
            self.home[item] = one
        self._members[one] += self._members.pop(other)
        if other in self._joins:
            self._joins.setdefault(one, []).extend(self._joins.pop(other))
        self._refuse_for(one, other)
        return one

    def link(self, left: int, right: int, rank: int) -> None:
        """Join two clusters by a link of some rank, if nothing forbids it."""
        one, other = self.home[left], self.home[right]
        if other in self._refused.get(one, ()):
            return
        if self._may_join(self._members[one], self._members[other]):
            self._joins.setdefault(self.join(left, right), []).append(rank)
        else:
            self._refused.setdefault(one, set()).add(other)
            self._refused.setdefault(other, set()).add(one)

    def sorted(self) -> list[tuple[list[int], list[int]]]:
        """The clusters by their items, each with the ranks of the links that joined it."""
        found = self._members.items()
        return sorted((sorted(members), sorted(self._joins.get(home, ()))) for home, members in found)

    def _refuse_for(self, one: int, other: int) -> None:
        """What was refused to a part stays refused to the whole, for the pair that forbade it is still across."""
        for third in self._refused.pop(other, ()):
            self._refused[third].discard(other)
            self._refused[third].add(one)
            self._refused.setdefault(one, set()).add(third)

    def _may_join(self, left: list[int], right: list[int]) -> bool:
        apart, linked, count = self._apart, self.linked, len(self.home)
        for one in left:
            for other in right:
                pair = (one, other) if one <= other else (other, one)
                if pair in apart or (pair[0] * count + pair[1] not in linked and self._ruled_out(*pair)):
                    return False
        return True


def last_word(judgements: Sequence[Link]) -> Mapping[tuple[str, str], str]:
    """What people decided last on each pair, the smaller id first; "unsure" takes a decision back."""
    said: dict[tuple[str, str], str] = {}
    for one in sorted(judgements, key=lambda one: (one.at or "", one.left, one.right)):
        said[min(one.left, one.right), max(one.left, one.right)] = one.judgement
    return {pair: word for pair, word in said.items() if word != "unsure"}
