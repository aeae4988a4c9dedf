"""Words of control over places: verbs and nouns of taking, holding, losing, besieging; words for parts of places."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import msgspec
import yaml

Words = frozenset[str]


class Strength(msgspec.Struct, frozen=True):
    """Verbs that take any name for a place (``strong``), and verbs that need a known place (``weak``)."""

    strong: Words
    weak: Words


class Taking(Strength, frozen=True):
    """Verbs of taking; ``back`` are those that mean it with "back" or "over"."""

    back: Words


class Extents(msgspec.Struct, frozen=True, kw_only=True):
    """Words that limit a place. ``part_nouns`` govern "of"; ``whole`` of them limit nothing."""

    major: Words
    minor: Words
    part_nouns: Words
    whole: Words
    adverbs: Words
    quantifiers: Words
    footholds: Words


class ControlWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of ``control.yaml``; its comments say what each list is for."""

    take: Taking
    entering: Words
    marching: Words
    unopposed: tuple[str, ...]
    control_nouns: Words
    take_control: Words
    hold_control: Words
    lose_control: Words
    hold: Strength
    lose: Words
    withdraw_from_object: Words
    withdraw: Words
    withdraw_particles: dict[str, Words]
    fallback_positions: Words
    confine: Words
    give_up: dict[str, Words]
    hand_over: Words
    hand_over_particles: dict[str, Words]
    no_besiegers: Words
    besiege: Words
    shutting: Words
    siege_nouns: Words
    siege_verbs: Words
    siege_enders: Words
    contest: Words
    contest_nouns: Words
    oust: Words
    oust_alone: Words
    fall: Words
    under_nouns: Words
    hand_nouns: Words
    flag_verbs: Words
    hold_out: Words
    take_nouns: Words
    withdraw_nouns: Words
    lose_nouns: Words
    stronghold_nouns: Words
    seats: Words
    masters: Words
    owning_up: Words
    siding: Words
    sitting: Words
    own_gain: Words
    escaping: Words
    institutions: Words
    held_participles: Words
    besieged_participles: Words
    place_nouns: Words
    counting: Words
    not_left: Words
    extents: Extents
    forces: Words
    untrue: Words
    grounds: Words
    denying_verbs: Words
    conceding_verbs: Words
    foiling_verbs: Words
    repelling: Words
    assaults: Words
    bearers: Words
    settlements: Words
    towns: Words
    town_parts: Words
    directions: Words
    calendar: Words
    name_particles: Words
    sites: Words
    titles: Words
    excepting: Words
    partial: Words
    pointing: Words
    offices: Words
    local_heads: Words
    fighters: Words
    regulars: Words
    telling_nouns: Words

    @property
    def telling(self) -> Words:
        """The words that mean control of places whatever stands around them."""
        verbs = self.take.strong | self.hold.strong | self.besiege | self.oust_alone | {"drove", "driven"}
        nouns = self.siege_nouns | self.take_nouns | self.withdraw_nouns | {"stronghold", "bastion"}
        return verbs | nouns | self.telling_nouns


@cache
def load_control_words() -> ControlWords:
    """Load and validate ``control.yaml``."""
    text = resources.files("according.vocabulary").joinpath("control.yaml").read_text(encoding="utf-8")
    return msgspec.convert(yaml.safe_load(text), ControlWords)


def is_minor_extent(words: str) -> bool:
    """Whether the words that limit a place leave out so much of it that holding it does not follow.

    >>> is_minor_extent("some parts of"), is_minor_extent("nearly all of"), is_minor_extent("close to 70% of")
    (True, False, False)
    """
    folded = words.casefold()
    share = re.search(r"(\d+(?:\.\d+)?) ?(?:%|per ?cent)", folded)
    if share:
        return float(share.group(1)) < 50
    extents = load_control_words().extents
    if any(_holds(folded, phrase) for phrase in extents.major):
        return False
    return any(_holds(folded, phrase) for phrase in extents.minor)


def _holds(text: str, phrase: str) -> bool:
    return re.search(rf"\b{re.escape(phrase)}\b", text) is not None
