"""What the registry keeps about one actor, and the words by which reports speak of actors beside their names."""

from __future__ import annotations

from typing import Literal

import msgspec

ActorKind = Literal[
    "state", "government", "armed_forces", "police", "armed_group", "coalition", "mission", "organisation",
    "monitor", "media", "party", "criminal_group", "person",
]  # fmt: skip


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """One actor. ``id`` is ``actor:<country or region>/<slug>`` of our own making; no external identifiers.

    ``countries`` are where it acts or is acted against (ISO codes; its own ``country`` included), which decides between
    actors that share a name. ``bare`` holds the common nouns that mean this actor in such a country when nothing else
    is said ("the army", "the junta"). ``parent`` is the larger actor it is a part of. A person has ``leads`` or
    ``speaks_for`` instead of a leader. ``since`` and ``until`` are years.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    countries: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    peoples: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    leader: str | None = None
    leads: str | None = None
    speaks_for: str | None = None
    parent: str | None = None
    since: int | None = None
    until: int | None = None


class ActorWords(msgspec.Struct, frozen=True, kw_only=True):
    """The common words of ``actor_words.yaml``; its comments say what each list is for."""

    forces: dict[str, tuple[str, ...]]
    events: tuple[str, ...]
    followers: tuple[str, ...]
    between: frozenset[str]
    suffixes: dict[str, tuple[str, ...]]
    prefixes: dict[str, tuple[str, ...]]
    titles: tuple[str, ...]
    locative: frozenset[str]
    seat_before: frozenset[str]
    seat_after: frozenset[str]
    wordlike: frozenset[str]
    bodies: frozenset[str]


class ActorData(msgspec.Struct, frozen=True):
    """Everything the registry is built from: what the compiled cache holds."""

    actors: list[Actor]
    words: ActorWords
