"""From links to clusters: the strongest first, none that place, time or a person forbids, in any order of input."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from according.records import Link

Agreement = Callable[[str, str], float]
"""The score of any two items, below 0 when they must not be one."""


def cluster(
    items: Iterable[str], links: Iterable[Link], judgements: Sequence[Link] = (), agreement: Agreement | None = None
) -> list[tuple[str, ...]]:
    """Sorted clusters of sorted items.

    People's judgements come first: the last one on a pair counts; "positive" joins, "negative" keeps apart. Then the
    machine's positive links, the strongest first, each joining two clusters unless some pair across them is ruled out
    or they agree too little on the whole.
    """
    said = _last_word(judgements)
    clusters = _Clusters(items, {pair for pair, judgement in said.items() if judgement == "negative"}, agreement)
    for left, right in sorted(pair for pair, judgement in said.items() if judgement == "positive"):
        clusters.join(left, right, forced=True)
    for link in sorted(links, key=lambda link: (-link.score, link.left, link.right)):
        if link.judgement == "positive" and said.get(_pair(link.left, link.right)) is None:
            clusters.join(link.left, link.right)
    return clusters.sorted()


class _Clusters:
    """Disjoint sets that refuse to join when a pair across them must stay apart."""

    def __init__(self, items: Iterable[str], apart: set[tuple[str, str]], agreement: Agreement | None) -> None:
        self._home = {item: item for item in items}
        self._members = {item: [item] for item in self._home}
        self._apart = apart
        self._agreement = agreement

    def join(self, left: str, right: str, *, forced: bool = False) -> None:
        """Make one cluster of two, if nothing forbids it."""
        one, other = self._home.get(left), self._home.get(right)
        if one is None or other is None or one == other:
            return
        if not forced and not self._may_join(self._members[one], self._members[other]):
            return
        if len(self._members[one]) < len(self._members[other]):
            one, other = other, one
        for item in self._members[other]:
            self._home[item] = one
        self._members[one] += self._members.pop(other)

    def sorted(self) -> list[tuple[str, ...]]:
        """The clusters, in an order that depends on their items alone."""
        return sorted(tuple(sorted(members)) for members in self._members.values())

    def _may_join(self, left: list[str], right: list[str]) -> bool:
        pairs = [(a, b) for a in left for b in right]
        if any(_pair(a, b) in self._apart for a, b in pairs):
            return False
        if self._agreement is None:
            return True
        scores = [self._agreement(a, b) for a, b in pairs]
        return min(scores) >= 0 and sum(scores) / len(scores) > 0


def _last_word(judgements: Sequence[Link]) -> Mapping[tuple[str, str], str]:
    """What people decided last on each pair; "unsure" takes a decision back."""
    said: dict[tuple[str, str], str] = {}
    for judgement in sorted(judgements, key=lambda one: (one.at or "", one.left, one.right)):
        said[_pair(judgement.left, judgement.right)] = judgement.judgement
    return {pair: word for pair, word in said.items() if word != "unsure"}


def _pair(left: str, right: str) -> tuple[str, str]:
    return (left, right) if left <= right else (right, left)
