"""The words that speak for and against a place name, from ``place_words.yaml``."""

from __future__ import annotations

import importlib.resources
from functools import cache

import msgspec
import yaml


class PlaceWords(msgspec.Struct, frozen=True):
    """Words around place names; see ``place_words.yaml`` for what each list holds."""

    kind_of: dict[str, str]
    prepositions: frozenset[str]
    weak_prepositions: frozenset[str]
    directions: frozenset[str]
    titles: frozenset[str]
    kin: frozenset[str]
    person_names: frozenset[str]
    never_alone: frozenset[str]
    name_beginnings: frozenset[str]
    function_words: frozenset[str]
    ordinary_words: frozenset[str]
    generic_names: frozenset[str]
    operations: frozenset[str]
    named_days: frozenset[str]
    feasts: frozenset[str]
    done_to_people: frozenset[str]
    done_in_places: frozenset[str]


@cache
def load_place_words() -> PlaceWords:
    """Read and index the lists, once a process."""
    text = (importlib.resources.files("according.vocabulary") / "place_words.yaml").read_text("utf-8")
    lists = yaml.load(text, Loader=yaml.CSafeLoader)
    return PlaceWords(
        kind_of={word: kind for kind, words in lists["kinds"].items() for word in words},
        prepositions=frozenset(lists["prepositions"]),
        weak_prepositions=frozenset(lists["weak_prepositions"]),
        directions=frozenset(lists["directions"]),
        titles=frozenset(lists["titles"]),
        kin=frozenset(lists["kin"]),
        never_alone=frozenset(lists["never_alone"].split()),
        name_beginnings=frozenset(lists["name_beginnings"].split()),
        person_names=frozenset(lists["person_names"].split()),
        function_words=frozenset(lists["function_words"].split()),
        ordinary_words=frozenset(lists["ordinary_words"].split()),
        generic_names=frozenset(lists["generic_names"]),
        operations=frozenset(lists["operations"]),
        named_days=frozenset(lists["named_days"]),
        feasts=frozenset(lists["feasts"]),
        done_to_people=frozenset(lists["done_to_people"]),
        done_in_places=frozenset(lists["done_in_places"]),
    )
