"""Linking that grows: new reports are compared with what they may be about, and only what they touch is linked again.

The result is that of linking everything at once, because whom an incident is compared with depends on itself alone, and
clusters never reach across incidents that no link connects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from according.errors import BrokenAssumptionError
from according.link.across import incidents_from, links_between
from according.link.block import Key, _found, _seeking, _when
from according.link.compare import LINKED, score
from according.link.profile import Profile, profiles_of
from according.records import Incident, Link, Reading


class Update(msgspec.Struct, frozen=True):
    """What new reports did: incidents that are no more, and those that took their place or are new."""

    gone: tuple[Incident, ...]
    made: tuple[Incident, ...]


class _State(msgspec.Struct, frozen=True):
    """What is kept on disk between days."""

    profiles: list[Profile]
    links: list[Link]


class Linker:
    """Incidents of many reports, to which reports are added day by day."""

    def __init__(self, judgements: Sequence[Link] = ()) -> None:
        """Start with nothing; ``judgements`` are people's links, which outrank the machine's."""
        self._profiles: dict[str, Profile] = {}
        self._seeking: dict[Key, list[str]] = defaultdict(list)
        self._found: dict[Key, list[str]] = defaultdict(list)
        self._links: dict[str, list[Link]] = defaultdict(list)
        self._judged: dict[str, list[Link]] = defaultdict(list)
        self._incidents: dict[str, list[Incident]] = {}
        self._home: dict[str, str] = {}
        for link in judgements:
            self._judged[link.left].append(link)
            self._judged[link.right].append(link)

    def add(self, readings: Iterable[Reading]) -> Update:
        """Add readings of new reports; those of known ones are left out."""
        new = [profile for profile in profiles_of(readings) if profile.id not in self._profiles]
        for profile in new:
            for other in sorted(self._file(profile)):
                self._keep(self._link(profile, self._profiles[other]))
        return self._link_again(profile.id for profile in new)

    def incidents(self) -> list[Incident]:
        """Every incident, in the order of their ids."""
        return sorted((one for found in self._incidents.values() for one in found), key=lambda one: one.id)

    def save(self, path: Path) -> None:
        """Keep the state in a file, for the next day."""
        links = [link for item, found in self._links.items() for link in found if link.left == item]
        path.write_bytes(msgspec.msgpack.encode(_State(list(self._profiles.values()), links)))

    @classmethod
    def load(cls, path: Path, judgements: Sequence[Link] = ()) -> Linker:
        """Go on from a file; nothing is compared again."""
        try:
            state = msgspec.msgpack.decode(path.read_bytes(), type=_State)
        except msgspec.MsgspecError as error:
            raise BrokenAssumptionError(f"{path} is no state of linking: {error}") from error
        linker = cls(judgements)
        for profile in state.profiles:
            linker._put(profile)
        for link in state.links:
            linker._keep([link])
        linker._link_again(linker._profiles)
        return linker

    def _file(self, profile: Profile) -> set[str]:
        """File a profile under its keys and give those that are to be compared with it."""
        seeking, found = self._put(profile)
        near = {one for key in seeking for one in (*self._seeking.get(key, ()), *self._found.get(key, ()))}
        near |= {one for key in found for one in self._seeking.get(key, ())}
        return near - {profile.id}

    def _put(self, profile: Profile) -> tuple[set[Key], set[Key]]:
        when = _when(profile)
        seeking = _seeking(profile, when)
        found = _found(profile, when) - seeking
        self._profiles[profile.id] = profile
        for key in seeking:
            self._seeking[key].append(profile.id)
        for key in found:
            self._found[key].append(profile.id)
        return seeking, found

    def _link(self, one: Profile, other: Profile) -> list[Link]:
        left, right = (one, other) if one.id < other.id else (other, one)
        return links_between((left, right)) if score(left, right) >= LINKED else []

    def _keep(self, links: Iterable[Link]) -> None:
        for link in links:
            self._links[link.left].append(link)
            self._links[link.right].append(link)

    def _link_again(self, touched: Iterable[str]) -> Update:
        gone: list[Incident] = []
        made: list[Incident] = []
        done: set[str] = set()
        for item in touched:
            if item in done:
                continue
            members = self._connected(item)
            done |= members
            for home in {self._home[one] for one in members if one in self._home}:
                gone += self._incidents.pop(home, [])
            first = min(members)
            self._home |= dict.fromkeys(members, first)
            self._incidents[first] = self._clustered(members)
            made += self._incidents[first]
        before, after = {one.id: one for one in gone}, {one.id: one for one in made}
        same = {name for name, one in before.items() if after.get(name) == one}
        return Update(
            tuple(one for one in gone if one.id not in same), tuple(one for one in made if one.id not in same)
        )

    def _clustered(self, members: set[str]) -> list[Incident]:
        links = {(link.left, link.right): link for link in self._of(members, self._links)}
        judgements = {(link.left, link.right, link.at): link for link in self._of(members, self._judged)}
        profiles = [self._profiles[one] for one in sorted(members)]
        return incidents_from(profiles, [links[pair] for pair in sorted(links)], list(judgements.values()))

    def _of(self, members: set[str], by_item: dict[str, list[Link]]) -> Iterator[Link]:
        return (link for one in members for link in by_item.get(one, ()) if {link.left, link.right} <= members)

    def _connected(self, item: str) -> set[str]:
        """All that some chain of links or joining judgements connects with an item."""
        reached, waiting = {item}, [item]
        while waiting:
            one = waiting.pop()
            for link in (*self._links.get(one, ()), *self._judged.get(one, ())):
                other = link.right if link.left == one else link.left
                if link.judgement == "positive" and other in self._profiles and other not in reached:
                    reached.add(other)
                    waiting.append(other)
        return reached
