"""Whether a whole text may tell of armed conflict at all, by its words alone: other texts cost next to nothing.

The words are in ``relevance.yaml``; the names of fighting sides come from the registry of actors.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

import msgspec
from ahocorasick_rs import AhoCorasick

from according.vocabulary.actors import ActorRegistry

SIDES = frozenset(["armed_forces", "armed_group", "coalition", "criminal_group", "mission"])
SHORTEST_NAME = 5
"""Letters of a name below which it is too often something else ("ANA")."""


class RelevanceWords(msgspec.Struct, frozen=True, kw_only=True):
    """Word lists of ``relevance.yaml``: one of ``telling`` is enough, of ``shared`` so many as ``needed``."""

    telling: tuple[str, ...]
    shared: tuple[str, ...]
    needed: int
    short_words: int


@cache
def load_relevance_words() -> RelevanceWords:
    """Load and validate ``relevance.yaml``."""
    content = resources.files("according.vocabulary").joinpath("relevance.yaml").read_bytes()
    return msgspec.yaml.decode(content, type=RelevanceWords)


class Relevance:
    """Tells texts that may be about conflict from those that are not."""

    def __init__(self, words: RelevanceWords, names: frozenset[str] = frozenset()) -> None:
        self._telling = _Finder([*words.telling, *names])
        self._shared = _Finder(words.shared)
        self._needed, self._short = words.needed, words.short_words

    def may_tell_of_conflict(self, text: str) -> bool:
        """Whether a text is worth reading: it is short, has a telling word or name, or many words that war shares."""
        if text.count(" ") < self._short:
            return True
        low = text.lower()
        return any(True for _ in self._telling.found(low)) or len(set(self._shared.found(low))) >= self._needed


class _Finder:
    """Finds whole words and beginnings of words ("rebel*") in lower-case text."""

    def __init__(self, words: list[str] | tuple[str, ...]) -> None:
        self._whole = [not word.endswith("*") for word in words]
        self._automaton = AhoCorasick([word.removesuffix("*") for word in words])

    def found(self, text: str) -> Iterator[int]:
        """The places in the list of the words that stand in a text, as often as they do."""
        for which, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            begins = start == 0 or not text[start - 1].isalnum()
            if begins and not (self._whole[which] and text[end : end + 1].isalnum()):
                yield which


def relevance_of(actors: ActorRegistry) -> Relevance:
    """Relevance by the words of ``relevance.yaml`` and the names of a registry's fighting sides."""
    names = (
        name
        for name, forms in actors.spotter.forms.items()
        if len(name) >= SHORTEST_NAME and any(actors.actors[form.actor].kind in SIDES for form in forms)
    )
    return Relevance(load_relevance_words(), frozenset(names))
