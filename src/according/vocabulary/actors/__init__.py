"""The registry of actors: states and their forces, armed groups, governments, organisations, leaders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cached_property, lru_cache

from according.settings import load_settings
from according.vocabulary.actors.entry import Actor, ActorData, ActorWords
from according.vocabulary.actors.files import load_actor_data
from according.vocabulary.actors.spotter import ActorSpotter, fold
from according.vocabulary.names import NameMention

__all__ = ["BEHIND", "Actor", "ActorRegistry", "active_in", "load_actors"]


BEHIND = frozenset(["backer", "opponent", "holder", "led"])
"""How a name is mentioned that is not the one acting: see :meth:`ActorRegistry.spot`."""
_SHORTEST_FUZZY = 6
_ORGANS = frozenset(["state", "government", "armed_forces", "police"])


class ActorRegistry:
    """Actors by id and by name."""

    def __init__(self, data: ActorData) -> None:
        self.actors: dict[str, Actor] = {actor.id: actor for actor in data.actors}
        self.words: ActorWords = data.words
        self.spotter = ActorSpotter(data)
        # Several stages ask for the same report's names, one after the other.
        self._last: tuple[str, list[NameMention]] = ("", [])
        # Reports on one war misspell the same names.
        self.spelt_like = lru_cache(maxsize=10_000)(self._spelt_like)
        self._bare: dict[str, list[Actor]] = defaultdict(list)
        for actor in data.actors:
            for noun in actor.bare:
                self._bare[noun].append(actor)

    def get(self, actor_id: str) -> Actor | None:
        """The actor of that id, if known."""
        return self.actors.get(actor_id)

    def every_name(self) -> Iterator[str]:
        """Every name and alias, as written."""
        for actor in self.actors.values():
            yield from (actor.name, *actor.aliases)

    def spot(self, text: str) -> list[NameMention]:
        """Known actor names in a text: longest first, never overlapping, in text order.

        ``how`` is name, alias, acronym, people ("Russians"), seat ("Moscow denied"), demonym ("Russian shelling"),
        force ("Russian planes", "Taliban fighters") or possessive ("Haftar's troops"). Four kinds name an actor that
        is not the one acting: backer ("Turkish-backed", "pro-Russian"), opponent ("anti-Houthi"), holder
        ("Houthi-held") and led ("US-led").
        """
        last = self._last
        if last[0] != text:
            last = self._last = (text, self.spotter.spot(text))
        return list(last[1])

    def named(self, name: str) -> list[Actor]:
        """Every actor that bears exactly this name, whatever its capitals and accents."""
        forms = self.spotter.forms.get(fold(name), ())
        return [self.actors[actor_id] for actor_id in dict.fromkeys(form.actor for form in forms)]

    def side(self, actor_id: str) -> str:
        """The whole an actor is a part of: an air force's state, a wing's movement; itself when it has no parent."""
        return self.line(actor_id)[-1]

    def _spelt_like(self, text: str, slips: int) -> list[tuple[str, Actor, float]]:
        """Names within so many slips of a text, likest first, each with its actor and how alike they are (0 to 1)."""
        from rapidfuzz import process  # noqa: PLC0415 - only misspelt reports pay for it
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        found = process.extract(fold(text), self._spellings, scorer=OSA.distance, score_cutoff=slips, limit=4)
        return [
            (form.spelling, self.actors[form.actor], round(1 - distance / len(text), 2))
            for name, distance, _index in found
            if name[0] == fold(text)[0] and len(name) >= _SHORTEST_FUZZY
            for form in self.spotter.forms[name]
            if form.how in {"name", "alias"}
        ]

    @cached_property
    def _spellings(self) -> list[str]:
        return [name for name in self.spotter.forms if len(name) >= _SHORTEST_FUZZY]

    def line(self, actor_id: str) -> tuple[str, ...]:
        """An actor and all it is a part of, nearest first."""
        line = [actor_id]
        while (
            (actor := self.actors.get(line[-1])) is not None and actor.parent is not None and actor.parent not in line
        ):
            line.append(actor.parent)
        return tuple(line)

    def akin(self, left: str, right: str) -> bool:
        """Whether two actors are of one side: one a part of the other, or both a state's own organs."""
        if left in self.line(right) or right in self.line(left):
            return True
        organs = all((actor := self.actors.get(one)) and actor.kind in _ORGANS for one in (left, right))
        return organs and self.side(left) == self.side(right)

    def acting_for(self, actor: Actor) -> Actor | None:
        """Who acts in an actor's name: a person's group, a state's armed forces; any other actor for itself."""
        if actor.kind == "person":
            return self.actors.get(actor.leads or actor.speaks_for or "")
        if actor.id.endswith(("/state", "/government")):
            return self.actors.get(f"{actor.id.rsplit('/', 1)[0]}/armed-forces", actor)
        return actor

    def called(self, noun: str, countries: Collection[str], year: int | None) -> list[Actor]:
        """Whom a common noun ("army", "junta") means in these countries and that year, special cases first."""
        wanted = frozenset(countries)
        fitting = [
            actor
            for actor in self._bare.get(noun, ())
            if not wanted.isdisjoint(actor.countries) and active_in(actor, year)
        ]
        return sorted(fitting, key=lambda actor: actor.kind in {"government", "armed_forces", "police"})


def active_in(actor: Actor, year: int | None) -> bool:
    """Whether an actor existed in a year, as far as its own years and the report's are known."""
    if year is None:
        return True
    return (actor.since is None or actor.since <= year) and (actor.until is None or year <= actor.until)


def load_actors() -> ActorRegistry:
    """Load and validate the registry's YAML files, or what was compiled from them."""
    return ActorRegistry(load_actor_data(load_settings().cache_dir))
