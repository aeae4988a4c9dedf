"""Linking that grows: new reports are compared with what they may be about, and only what they touch is linked again.

The result is that of linking everything at once. Whom an incident is compared with depends on itself alone; and
clusters that nothing new would join are as they were, because a link that was refused changed neither of its sides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from according.errors import BrokenAssumptionError
from according.link.across import clusters_of, incidents_in, scored_pairs
from according.link.cluster import Cluster, Scored
from according.link.collector import collector_paused
from according.link.profile import Profile, profiles_of
from according.records import Incident, Link, Reading


class Update(msgspec.Struct, frozen=True):
    """What new reports did: incidents that are no more, and those that took their place or are new."""

    gone: tuple[Incident, ...]
    made: tuple[Incident, ...]


class _State(msgspec.Struct, frozen=True):
    """What is kept on disk between days; ``version`` is that of the code that compared."""

    version: str
    profiles: list[Profile]
    links: list[Scored]
    clusters: list[Cluster]
    judgements: list[Link]


class Linker:
    """Incidents of many reports, to which reports are added day by day."""

    def __init__(self, judgements: Sequence[Link] = ()) -> None:
        """Start with nothing; ``judgements`` are people's links, which outrank the machine's."""
        self._profiles: dict[str, Profile] = {}
        self._links: dict[str, dict[str, Scored]] = defaultdict(dict)
        self._clusters: dict[str, Cluster] = {}
        self._home: dict[str, str] = {}
        self._judgements = list(judgements)

    @collector_paused()
    def add(self, readings: Iterable[Reading]) -> Update:
        """Add readings of new reports; those of known ones are left out."""
        new = {one.id: one for one in profiles_of(readings) if one.id not in self._profiles}
        return self._change(new.values(), set())

    @collector_paused()
    def follow(self, readings: Iterable[Reading], judgements: Sequence[Link] = ()) -> Update:
        """Come to hold just these readings under these judgements, linking again only what differs."""
        wanted = {one.id: one for one in profiles_of(readings)}
        gone = {name for name, one in self._profiles.items() if wanted.get(name) != one}
        judged = set(map(_terms, judgements)) ^ set(map(_terms, self._judgements))
        self._judgements = list(judgements)
        new = [one for name, one in wanted.items() if name in gone or name not in self._profiles]
        return self._change(new, gone, {item for left, right, *_ in judged for item in (left, right)})

    @collector_paused()
    def revise(
        self, readings: Sequence[Reading], withdrawn: Iterable[str] = (), judgements: Sequence[Link] | None = None
    ) -> Update:
        """Take readings in the place of what is known of their reports, ``withdrawn`` reports away; None: as judged."""
        wanted = {one.id: one for one in profiles_of(readings)}
        reports = {reading.report.id for reading in readings} | set(withdrawn)
        gone = {name for name, one in self._profiles.items() if one.report in reports and wanted.get(name) != one}
        said = list(self._judgements if judgements is None else judgements)
        judged = set(map(_terms, said)) ^ set(map(_terms, self._judgements))
        self._judgements = said
        new = [one for name, one in wanted.items() if name in gone or name not in self._profiles]
        return self._change(new, gone, {item for left, right, *_ in judged for item in (left, right)})

    def link(self, readings: Iterable[Reading], judgements: Sequence[Link] = ()) -> list[Incident]:
        """The incidents of just these readings, in the order of their ids, going on from what is known."""
        self.follow(readings, judgements)
        return self.incidents()

    def incidents(self) -> list[Incident]:
        """Every incident, in the order of their ids."""
        return incidents_in(self._clusters.values(), self._profiles)

    def save(self, path: Path, version: str = "") -> None:
        """Keep the state in a file, for the next day; ``version`` says what compared."""
        links = [link for item, found in self._links.items() for link in found.values() if link.left == item]
        state = _State(version, list(self._profiles.values()), links, list(self._clusters.values()), self._judgements)
        path.write_bytes(msgspec.msgpack.encode(state))

    @classmethod
    @collector_paused()
    def load(cls, path: Path, version: str = "") -> Linker:
        """Go on from a file, with the judgements it was kept under; from nothing when another version wrote it."""
        try:
            content = path.read_bytes()
            if msgspec.msgpack.decode(content, type=_Written).version != version:
                return cls()
            state = msgspec.msgpack.decode(content, type=_State)
        except msgspec.MsgspecError as error:
            raise BrokenAssumptionError(f"{path} is no state of linking: {error}") from error
        linker = cls(state.judgements)
        linker._profiles = {one.id: one for one in state.profiles}
        linker._keep(state.links)
        linker._place(state.clusters)
        return linker

    def _change(self, new: Iterable[Profile], gone: set[str], judged: Iterable[str] = ()) -> Update:
        """Take some profiles away and others in, and link again what that touches."""
        touched = {self._home[one] for one in (*gone, *judged) if one in self._home}
        before = self._profiles
        fresh = {one.id: one for one in new}
        kept = [one for name, one in before.items() if name not in gone]
        self._profiles = {one.id: one for one in (*kept, *fresh.values())}
        for name in gone:
            for other in self._links.pop(name, ()):
                self._links[other].pop(name, None)
        self._keep(scored_pairs([*kept, *fresh.values()], known=len(kept)))
        old, made = self._linked_again(touched, set(fresh))
        removed, added = incidents_in(old, before), incidents_in(made, self._profiles)
        now = {one.id: one for one in added}
        same = {one.id for one in removed if now.get(one.id) == one}
        return Update(
            tuple(one for one in removed if one.id not in same), tuple(one for one in added if one.id not in same)
        )

    def _linked_again(self, touched: set[str], items: set[str]) -> tuple[list[Cluster], list[Cluster]]:
        """Cluster what is touched anew, with more and more of what it would join, and give the old and the new."""
        while True:
            inside = items | {one for home in touched for one in self._clusters[home].items} & self._profiles.keys()
            border = {self._home[other] for one in inside for other in self._links.get(one, ()) if other not in inside}
            found = self._clustered(inside, border)
            stayed = {one.items for one in found}
            drawn = {home for home in border if self._clusters[home].items not in stayed}
            if not drawn:
                break
            touched |= drawn
        old = [self._clusters.pop(home) for home in sorted(touched)]
        made = [one for one in found if inside.issuperset(one.items)]
        for one in old:
            for item in one.items:
                self._home.pop(item, None)
        self._place(made)
        return old, made

    def _clustered(self, inside: set[str], border: set[str]) -> list[Cluster]:
        """Clusters of some items and the clusters around them, between which nothing has changed."""
        around = {one: home for home in border for one in self._clusters[home].items}
        chosen = {one: self._profiles[one] for one in sorted((*inside, *around))}

        def counts(link: Scored) -> bool:
            return link.left in inside or link.right in inside or around[link.left] == around[link.right]

        links = (link for one in chosen for link in self._links.get(one, {}).values() if link.left == one)
        within = (link for link in links if link.right in chosen and counts(link))
        return clusters_of(chosen, within, self._judgements)

    def _keep(self, links: Iterable[Scored]) -> None:
        for link in links:
            self._links[link.left][link.right] = link
            self._links[link.right][link.left] = link

    def _place(self, clusters: Iterable[Cluster]) -> None:
        for one in clusters:
            self._clusters[one.items[0]] = one
            self._home |= dict.fromkeys(one.items, one.items[0])


class _Written(msgspec.Struct, frozen=True):
    """Who wrote a state."""

    version: str


def _terms(link: Link) -> tuple[str, str, str, str]:
    """What of a judgement linking heeds."""
    return link.left, link.right, link.judgement, link.at or ""
