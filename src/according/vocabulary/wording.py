"""The small closed lists of English that reading rests on: voices, hedges, verbs of attempt and plan, other senses."""

from __future__ import annotations

import re
from functools import cache, cached_property
from importlib.resources import files
from typing import TypeVar

import msgspec
import yaml

from according.records import Hedge, VoiceClass

T = TypeVar("T")

OWNERS = frozenset(["state", "government", "council"])
"""Words of officials that before a word for a medium only say whose it is ("the state news agency")."""
SpeechKind = str
"""report, deny, accuse, admit, confirm or vow."""


class Voices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``voices.yaml``: nouns and titles by voice class, speech verbs by kind, and verbs that state doubtfully."""

    classes: dict[VoiceClass, tuple[str, ...]]
    order: tuple[VoiceClass, ...]
    speech: dict[SpeechKind, frozenset[str]]
    doubtful: dict[str, Hedge]
    statements: frozenset[str]
    bodies: frozenset[str]
    deputies: frozenset[str]
    mute: frozenset[str]
    actor_kinds: dict[str, VoiceClass]


class Hedges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``hedges.yaml``: words and phrases by the hedge they make, and those that say the author is unknown."""

    reported: tuple[str, ...]
    probable: tuple[str, ...]
    possible: tuple[str, ...]
    unverified: tuple[str, ...]
    unknown_author: tuple[str, ...]


class Modality(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``modality.yaml``: verbs (lemmas), nouns and adverbs that decide realis and control."""

    attempted: frozenset[str]
    failed: frozenset[str]
    averted: frozenset[str]
    ended: frozenset[str]
    planned: frozenset[str]
    started: frozenset[str]
    managed: frozenset[str]
    attempt_nouns: frozenset[str]
    plan_nouns: frozenset[str]
    habitual: tuple[str, ...]
    over_years: tuple[str, ...]
    in_vain: tuple[str, ...]
    conditional: frozenset[str]
    object_control: frozenset[str]
    light_verbs: frozenset[str]
    hit_verbs: frozenset[str]
    wrecking_verbs: frozenset[str]
    occur_verbs: frozenset[str]
    transitive: frozenset[str]
    transparent_nouns: frozenset[str]
    armed_words: frozenset[str]
    reciprocal: frozenset[str]
    instruments: dict[str, frozenset[str]]
    weapons: frozenset[str]
    weapon_verbs: frozenset[str]
    showering: frozenset[str]
    buried: frozenset[str]
    worn: frozenset[str]
    setting: frozenset[str]
    arriving: frozenset[str]
    carried: frozenset[str]
    ramming: frozenset[str]
    charged: frozenset[str]
    assailants: frozenset[str]
    ascribing: frozenset[str]
    supposing: frozenset[str]
    punctual: frozenset[str]
    blaming: frozenset[str]
    armed_modifiers: frozenset[str]
    inanimate: frozenset[str]
    calamities: frozenset[str]


class Wording:
    """The closed lists, with look-ups that are cheap enough to ask for every word."""

    def __init__(self, voices: Voices, hedges: Hedges, modality: Modality, senses: dict[str, frozenset[str]]) -> None:
        self.voices = voices
        self.hedges = hedges
        self.modality = modality
        self.senses = senses

    @cached_property
    def speech_kind(self) -> dict[str, SpeechKind]:
        """Speech verbs' lemmas to their kind."""
        return {verb: kind for kind, verbs in self.voices.speech.items() for verb in verbs}

    @cached_property
    def _class_of_word(self) -> dict[str, VoiceClass]:
        ranked = reversed(self.voices.order)
        return {word: name for name in ranked for word in self.voices.classes[name]}

    def voice_class(self, words: str) -> VoiceClass | None:
        """The class of the voice that some words name, or ``None`` if nothing in them says."""
        parts = re.findall(r"[\w-]+", words.lower())
        pairs = {" ".join(parts[i : i + n]) for n in (1, 2, 3, 4) for i in range(len(parts) - n + 1)}
        pairs |= {pair.removesuffix("s") for pair in pairs}
        told = {p: self._class_of_word[p] for p in pairs if p in self._class_of_word}
        found = {name for p, name in told.items() if p not in OWNERS or "media" not in told.values()}
        return next((name for name in self.voices.order if name in found), None)


@cache
def load_wording() -> Wording:
    """The closed lists, read and validated once a process."""
    senses = _read("senses", dict[str, frozenset[str]])
    return Wording(_read("voices", Voices), _read("hedges", Hedges), _read("modality", Modality), senses)


def _read(name: str, shape: type[T]) -> T:
    text = files("according.vocabulary").joinpath(f"{name}.yaml").read_text("utf-8")
    return msgspec.convert(yaml.load(text, Loader=yaml.CSafeLoader), shape)
