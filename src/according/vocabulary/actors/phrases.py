"""How reports speak of actors without naming them: ``actor_phrases.yaml`` and look-ups in it."""

from __future__ import annotations

from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import msgspec
import yaml

NounClass = Literal[
    "government", "armed_forces", "police", "rebels", "group", "coalition", "body", "person", "country"
]  # fmt: skip
Pronoun = Literal["person", "thing", "several", "speaker"]


class Noun(msgspec.Struct, frozen=True):
    """A common noun that points at an actor: its class, and the form under which the registry's ``bare`` lists it."""

    noun_class: NounClass
    bare: str


class ActorPhrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The contents of ``actor_phrases.yaml``; its comments say what each list is for."""

    nouns: dict[NounClass, dict[str, tuple[str, ...]]]
    acting: frozenset[str]
    civil: frozenset[str]
    own_forces: frozenset[str]
    own_groups: frozenset[str]
    pronouns: dict[Pronoun, frozenset[str]]
    definite: frozenset[str]
    indefinite: frozenset[str]
    breaks: frozenset[str]
    opening: frozenset[str]
    filling: frozenset[str]
    unknown: frozenset[str]
    suspecting: tuple[str, ...]
    apart: tuple[str, ...]
    apart_after: frozenset[str]
    loyal: tuple[str, ...]
    joining: tuple[str, ...]
    deputies: frozenset[str]
    bystanders: frozenset[str]
    group_words: frozenset[str]
    creeds: frozenset[str]
    rivals: frozenset[str]
    no_groups: frozenset[str]

    @cached_property
    def noun_of(self) -> dict[str, Noun]:
        """Every form of every noun that points at an actor, in lower case."""
        return {
            form.lower(): Noun(noun_class, bare)
            for noun_class, rows in self.nouns.items()
            for bare, forms in rows.items()
            for form in (bare, *forms)
        }

    def is_rival(self, word: str) -> bool:
        """Whether a word before "authorities" says that they are not the country's own ("Orlesian-installed")."""
        last = word.lower().rsplit("-", 1)[-1]
        return word.lower() in self.rivals or last in self.rivals

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words with which a pointer can begin: a first look that passes over most words of a text."""
        listed = (self.noun_of, self.pronoun_of, self.acting, self.unknown, self.bystanders)
        return frozenset(phrase.split()[0] for phrases in listed for phrase in phrases)

    @cached_property
    def pronoun_of(self) -> dict[str, Pronoun]:
        """Every pronoun and what it can stand for."""
        return {word: stands_for for stands_for, words in self.pronouns.items() for word in words}


@cache
def load_actor_phrases() -> ActorPhrases:
    """Load and validate ``actor_phrases.yaml``."""
    content = files("according.vocabulary").joinpath("actor_phrases.yaml").read_bytes()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return msgspec.convert(yaml.load(content, Loader=loader), ActorPhrases)  # noqa: S506 - a safe loader
