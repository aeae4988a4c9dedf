"""The form of MUC-4 templates: an incident's type, five roles of entities, and three slots of the full keys."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping, Sequence

import msgspec

ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
CONFIDENCE = "PERP: ORGANIZATION CONFIDENCE"
NUMBER = "HUM TGT: NUMBER"
EFFECT = "HUM TGT: EFFECT OF INCIDENT"

Entity = tuple[str, ...]
_ARTICLE = re.compile(r"\b(a|an|the)\b")
_TOKEN = re.compile(r"\w(?:[^\s]*\w)?")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


class Template(msgspec.Struct, frozen=True):
    """One incident: its type, and for each role the entities that fill it, each a tuple of normalised mentions."""

    incident_type: str
    roles: Mapping[str, tuple[Entity, ...]]


class Fill(msgspec.Struct, frozen=True):
    """One fill: values any of which will do, mentions any of which names what it is about."""

    values: tuple[str, ...]
    mentions: tuple[str, ...] = ()
    optional: bool = False


class Response(msgspec.Struct, frozen=True):
    """A template's type and the fills of its slots."""

    incident_type: str
    slots: Mapping[str, tuple[Fill, ...]]


def normalise(mention: str) -> str:
    """A mention in lower case, without punctuation and articles, its spaces folded."""
    return " ".join(_ARTICLE.sub(" ", mention.lower().translate(_PUNCTUATION)).split())


def words_of(text: str) -> list[tuple[str, int, int]]:
    """The words of a text, normalised, each with where it begins and ends; articles are left out."""
    told = ((normalise(found.group()), found.start(), found.end()) for found in _TOKEN.finditer(text))
    return [one for one in told if one[0]]


def occurrences(told: Sequence[tuple[str, int, int]], mention: str) -> Iterator[tuple[int, int]]:
    """Every place where the words of a normalised mention stand in a row among the words of a text."""
    words = mention.split()
    for first in range(len(told) - len(words) + 1):
        if words and [word for word, _, _ in told[first : first + len(words)]] == words:
            yield told[first][1], told[first + len(words) - 1][2]
