"""Words for ties between actors: backing, leading, belonging, allying, opposing, breaking away, joining, renaming."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec
import yaml

Words = frozenset[str]


class TieWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of ``ties.yaml``; its comments say what each list is for."""

    verbs: dict[str, Words]
    with_preposition: dict[str, dict[str, Words]]
    provisions: Words
    allegiance: Words
    leader_nouns: Words
    part_nouns: Words
    breakaway_nouns: Words
    ally_nouns: Words
    backer_nouns: Words
    backing_nouns: Words
    enemy_nouns: Words
    hostile_nouns: Words
    target_nouns: Words
    adjectives: dict[str, dict[str, Words]]
    hyphened: dict[str, Words]
    prefixes: dict[str, str]
    former_names: Words
    naming_verbs: Words


@cache
def load_tie_words() -> TieWords:
    """Load and validate ``ties.yaml``."""
    text = resources.files("according.vocabulary").joinpath("ties.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), TieWords)
