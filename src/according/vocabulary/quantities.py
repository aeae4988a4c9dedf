"""How counts are worded: number words, vague words with their floors, and the words that open or close bounds."""

from __future__ import annotations

import re
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import msgspec

BoundRule = Literal["at_least", "more_than", "up_to", "fewer_than", "nearly", "about", "exact"]


class Floor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The least a vague word asserts, and the figure ACLED's codebook puts in its place."""

    low: int
    acled: int


class CountWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The contents of ``quantities.yaml``."""

    numbers: dict[str, int]
    multipliers: dict[str, int]
    phrases: dict[str, int]
    vague_units: dict[str, Floor]
    vague_words: dict[str, Floor]
    none_words: tuple[str, ...]
    before: dict[BoundRule, tuple[str, ...]]
    after: dict[BoundRule, tuple[str, ...]]
    not_counts_after: frozenset[str]
    not_counts_before: frozenset[str]
    additional: frozenset[str]
    referring: frozenset[str]
    rising: frozenset[str]
    ranks: dict[str, int]

    @cached_property
    def rules_before(self) -> dict[tuple[str, ...], BoundRule]:
        """The rule of each phrase that may stand before a number, by its words."""
        return _by_words(self.before)

    @cached_property
    def rules_after(self) -> dict[tuple[str, ...], BoundRule]:
        """The rule of each phrase that may stand after a number, by its words."""
        return _by_words(self.after)

    @cached_property
    def vague_phrases(self) -> dict[tuple[str, ...], Floor]:
        """The floor of each vague phrase, by its words."""
        return {tuple(phrase.split()): floor for phrase, floor in self.vague_words.items()}

    @cached_property
    def fixed_phrases(self) -> dict[tuple[str, ...], int]:
        """Phrases that are a number by themselves, by their words."""
        return {tuple(phrase.split()): value for phrase, value in self.phrases.items()}

    @cached_property
    def none_phrases(self) -> frozenset[tuple[str, ...]]:
        """Phrases that say there was nobody, by their words."""
        return frozenset(tuple(phrase.split()) for phrase in self.none_words)

    def acled_figure(self, rule: str) -> int | None:
        """The figure ACLED codes for a vague reading rule ("several", "dozens"), if the rule is a vague one."""
        floor = self.vague_units.get(rule) or self.vague_words.get(rule)
        return floor.acled if floor else None

    def leans(self, words: str) -> bool:
        """Whether a count's words lean on one given before: they add to it, or refer back to it ("the three")."""
        return self.adds(words) or words.lower().split()[0] in self.referring

    def adds(self, words: str) -> bool:
        """Whether a count's words add it to one given before ("another three", "two more")."""
        said = words.lower().replace("more than", "").replace("or more", "").replace(",", "").split()
        return not self.additional.isdisjoint(said) or any(_RANK.fullmatch(word) for word in said)


_RANK = re.compile(r"\d+(?:st|nd|rd|th)")


def _by_words(phrases: dict[BoundRule, tuple[str, ...]]) -> dict[tuple[str, ...], BoundRule]:
    return {tuple(phrase.split()): rule for rule, group in phrases.items() for phrase in group}


@cache
def load_count_words() -> CountWords:
    """Load and validate ``quantities.yaml``."""
    content = files("according.vocabulary").joinpath("quantities.yaml").read_bytes()
    return msgspec.yaml.decode(content, type=CountWords)
