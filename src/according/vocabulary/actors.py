"""The registry of actors: states and their forces, armed groups, governments, organisations, leaders."""

from __future__ import annotations

import msgspec

from according.vocabulary.names import NameMention


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """One actor. ``id`` is ``actor:<country or region>/<slug>`` of our own making; no external identifiers."""

    id: str
    name: str
    kind: str
    country: str | None = None
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    leader: str | None = None
    parent: str | None = None
    since: str | None = None
    until: str | None = None


class ActorRegistry:
    """Actors by id and by name."""

    def __init__(self, actors: dict[str, Actor]) -> None:
        self.actors = actors

    def spot(self, text: str) -> list[NameMention]:
        """Known actor names in a text: longest first, never overlapping, in text order."""
        raise NotImplementedError(text)


def load_actors() -> ActorRegistry:
    """Load and validate the registry's YAML files."""
    return ActorRegistry({})
