"""Whose word it is that somebody holds a place: only its own side's, or somebody else's too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from according.vocabulary import load_vocabulary
from according.vocabulary.outlets import load_outlets

Json = dict[str, Any]
UNVERIFIED = frozenset({"possible", "unverified"})
"""Hedges with which a claim is told as not known to be so."""
PARTIES = frozenset({"official", "military"})
"""Voices that speak for some side, even where nobody says for which."""


class Speaker(msgspec.Struct, frozen=True):
    """A voice: its class, the actor it speaks for where that is known, and the words that name it."""

    kind: str
    actor: str | None
    words: str | None = None


class Saying(msgspec.Struct, frozen=True):
    """What matters of a claim: when its report came out, who says it (nobody: the outlet itself), and how firmly."""

    published: str | None
    speakers: tuple[Speaker, ...]
    hedge: str
    source: str | None = None
    url: str | None = None


class Sayings:
    """The sayings behind spells, by the ids of claims."""

    def __init__(self, sayings: Mapping[str, Saying]) -> None:
        self._sayings = sayings

    def newest(self, claims: Iterable[str]) -> str | None:
        """The latest day of publication among the reports of some claims."""
        return max(filter(None, (saying.published for saying in self._of(claims))), default=None)

    def is_own_word(self, claims: Iterable[str], actor: str | None, name: str) -> bool:
        """Whether nobody else vouches for a side in any of these claims.

        A claim vouches for a side unless the side itself, an outlet that speaks for it or officials of whom nobody says
        whose they are make it, or it is told as unverified. Of no claims at all that cannot be said.
        """
        sayings = list(self._of(claims))
        return bool(sayings) and all(_is_own_word(saying, actor, name) for saying in sayings)

    def _of(self, claims: Iterable[str]) -> Iterable[Saying]:
        return (self._sayings[claim] for claim in claims if claim in self._sayings)


def _is_own_word(saying: Saying, actor: str | None, name: str) -> bool:
    if saying.hedge in UNVERIFIED:
        return True
    if not saying.speakers:
        return _is_one_side(_owner(saying), actor)
    return any(_is_of_that_side(speaker, actor, name) for speaker in saying.speakers)


def _is_of_that_side(speaker: Speaker, actor: str | None, name: str) -> bool:
    if speaker.actor is None:
        is_named = bool(speaker.words) and str(speaker.words).casefold() == name.casefold()
        return speaker.kind in PARTIES or is_named
    return _is_one_side(speaker.actor, actor)


def _is_one_side(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and load_vocabulary().actors.akin(one, other)


def _owner(saying: Saying) -> str | None:
    """The actor that an outlet speaks for."""
    known = load_outlets()
    name = known.of_report(saying.source, saying.url)
    return known.owner(name) if name else None


def saying_of(claim: Json, report: Json) -> Saying:
    """The saying of a claim in the shape of the interface."""
    voices = (
        Speaker(voice["class"], voice.get("referent"), voice.get("name") or voice.get("text"))
        for voice in claim["voices"]
        if voice["class"] != "outlet"
    )
    return Saying(report.get("published"), tuple(voices), claim["hedge"], report.get("source"), report.get("url"))
