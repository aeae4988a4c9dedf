"""The registry of actors: states and their forces, armed groups, governments, organisations, leaders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from according.settings import load_settings
from according.vocabulary.actors.entry import Actor, ActorData, ActorWords
from according.vocabulary.actors.files import load_actor_data
from according.vocabulary.actors.spotter import ActorSpotter, fold
from according.vocabulary.names import NameMention

__all__ = ["Actor", "ActorRegistry", "active_in", "load_actors"]


class ActorRegistry:
    """Actors by id and by name."""

    def __init__(self, data: ActorData) -> None:
        self.actors: dict[str, Actor] = {actor.id: actor for actor in data.actors}
        self.words: ActorWords = data.words
        self.spotter = ActorSpotter(data)
        self._bare: dict[str, list[Actor]] = defaultdict(list)
        for actor in data.actors:
            for noun in actor.bare:
                self._bare[noun].append(actor)

    def get(self, actor_id: str) -> Actor | None:
        """The actor of that id, if known."""
        return self.actors.get(actor_id)

    def spot(self, text: str) -> list[NameMention]:
        """Known actor names in a text: longest first, never overlapping, in text order.

        ``how`` is name, alias, acronym, people ("Russians"), seat ("Moscow denied"), demonym ("Russian shelling"),
        force ("Russian planes", "Taliban fighters") or possessive ("Haftar's troops"). Four kinds name an actor that
        is not the one acting: backer ("Turkish-backed", "pro-Russian"), opponent ("anti-Houthi"), holder
        ("Houthi-held") and led ("US-led").
        """
        return self.spotter.spot(text)

    def named(self, name: str) -> list[Actor]:
        """Every actor that bears exactly this name, whatever its capitals and accents."""
        forms = self.spotter.forms.get(fold(name), ())
        return [self.actors[actor_id] for actor_id in dict.fromkeys(form.actor for form in forms)]

    def side(self, actor_id: str) -> str:
        """The whole an actor is a part of: an air force's state, a wing's movement; itself when it has no parent."""
        seen = {actor_id}
        while (actor := self.actors.get(actor_id)) is not None and actor.parent is not None:
            actor_id = actor.parent
            if actor_id in seen:
                break
            seen.add(actor_id)
        return actor_id

    def acting_for(self, actor: Actor) -> Actor | None:
        """Who acts in an actor's name: a person's group, a state's armed forces; any other actor for itself."""
        if actor.kind == "person":
            return self.actors.get(actor.leads or actor.speaks_for or "")
        if actor.id.endswith(("/state", "/government")):
            return self.actors.get(f"{actor.id.rsplit('/', 1)[0]}/armed-forces", actor)
        return actor

    def called(self, noun: str, countries: Collection[str], year: int | None) -> list[Actor]:
        """Whom a common noun ("army", "junta") means in these countries and that year, special cases first."""
        fitting = [
            actor
            for actor in self._bare.get(noun, ())
            if any(country in countries for country in actor.countries) and active_in(actor, year)
        ]
        return sorted(fitting, key=lambda actor: actor.kind in {"government", "armed_forces", "police"})


def active_in(actor: Actor, year: int | None) -> bool:
    """Whether an actor existed in a year, as far as its own years and the report's are known."""
    if year is None:
        return True
    return (actor.since is None or actor.since <= year) and (actor.until is None or year <= actor.until)


def in_countries(actors: Iterable[Actor], countries: Collection[str]) -> list[Actor]:
    """Those of the actors that act in any of these countries."""
    return [actor for actor in actors if any(country in countries for country in actor.countries)]


def load_actors() -> ActorRegistry:
    """Load and validate the registry's YAML files, or what was compiled from them."""
    return ActorRegistry(load_actor_data(load_settings().cache_dir))
