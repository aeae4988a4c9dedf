"""The whole vocabulary as one object, loaded once a process."""

from __future__ import annotations

from functools import cache, cached_property

from according.vocabulary.actors import ActorRegistry, load_actors
from according.vocabulary.gazetteer import Gazetteer, load_gazetteer
from according.vocabulary.predicates import Predicate, load_predicates
from according.vocabulary.relevance import Relevance, relevance_of


class Vocabulary:
    """Predicates, actors, places and what makes a text relevant; each part is loaded when first used."""

    @cached_property
    def predicates(self) -> dict[str, Predicate]:
        """Predicates by name."""
        return load_predicates()

    @cached_property
    def actors(self) -> ActorRegistry:
        """The actor registry."""
        return load_actors()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The compiled gazetteer."""
        return load_gazetteer()

    @cached_property
    def relevance(self) -> Relevance:
        """Tells texts that may be about conflict from those that are not."""
        return relevance_of(self.actors)


@cache
def load_vocabulary() -> Vocabulary:
    """The vocabulary of this process."""
    return Vocabulary()
