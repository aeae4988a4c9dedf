"""How harm to people is worded: verbs, states, counted nouns, tolls, and cues to a figure's standing."""

from __future__ import annotations

import re
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

import msgspec

Standing = Literal["running_total", "since", "superseded", "unknown_status", "elsewhere"]


class HarmVerbs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Forms of verbs by predicate: those done to somebody and those that happen to somebody."""

    transitive: dict[str, tuple[str, ...]]
    intransitive: dict[str, tuple[str, ...]]


class LifePhrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verb that means harm only with a noun behind it ("lost their lives")."""

    heads: frozenset[str]
    nouns: frozenset[str]
    effect: str
    before: bool = False


class CasualtyWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """The contents of ``casualties.yaml``."""

    verbs: HarmVerbs
    states: dict[str, tuple[str, ...]]
    losses: frozenset[str]
    nouns: dict[str, tuple[str, ...]]
    phrases: dict[str, LifePhrase]
    tolls: dict[str, tuple[str, ...]]
    toll_verbs: frozenset[str]
    figure_verbs: frozenset[str]
    between: frozenset[str]
    not_people: frozenset[str]
    settling: frozenset[str]
    totals_from: dict[str, int]
    wars: frozenset[str]
    cues: dict[Standing, tuple[str, ...]]

    @cached_property
    def transitive(self) -> dict[str, str]:
        """The predicate of each form of a verb done to somebody."""
        return _by_form(self.verbs.transitive)

    @cached_property
    def intransitive(self) -> dict[str, str]:
        """The predicate of each form of a verb that happens to somebody."""
        return _by_form(self.verbs.intransitive)

    @cached_property
    def state_words(self) -> dict[str, str]:
        """The predicate of each word for a state."""
        return _by_form(self.states)

    @cached_property
    def noun_words(self) -> dict[str, str]:
        """The predicate of each counted noun; casualties are dead and injured together."""
        return _by_form(self.nouns)

    @cached_property
    def toll_phrases(self) -> dict[tuple[str, ...], str]:
        """The predicate of each phrase that holds a number, by its words."""
        return {tuple(phrase.split()): name for name, phrases in self.tolls.items() for phrase in phrases}

    @cached_property
    def toll_openers(self) -> frozenset[str]:
        """The words that such phrases begin with."""
        return frozenset(words[0] for words in self.toll_phrases)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The least that a text must hold for a sentence of it to speak of harm, in lower case."""
        return frozenset(
            [
                *self.losses,
                *self.transitive,
                *self.intransitive,
                *self.state_words,
                *self.noun_words,
                *self.phrases["hit_by_bullets"].nouns,
                *self.phrases["throats_cut"].nouns,
                "condition",
                "life",
                "lives",
                "toll",
                "none",
            ]
        )

    def standing(self, cue: str) -> Standing | None:
        """What a cue of a claim says about the standing of its figure."""
        said = cue.lower()
        lasting = said.endswith(("days", "weeks", "months", "years")) or _STRETCH_OF.search(said) is not None
        over = said.startswith(("in ", "over ", "within ")) and lasting
        found: Standing | None = "running_total" if over else "superseded" if _REPLACING.match(said) else None
        return self.standing_of_phrase.get(said, found)

    @cached_property
    def standing_of_phrase(self) -> dict[str, Standing]:
        """Every cue's standing."""
        return {phrase: standing for standing, phrases in self.cues.items() for phrase in phrases}


# "In almost two years of war": what goes on so long.
_STRETCH_OF = re.compile(r"\b(?:decades?|years|months|weeks|days) of \w+")
# What replaces a figure, from the word that says so to the new number: "raised the toll to 19", "now puts it at 40".
_REPLACING = re.compile(
    r"(?:rais(?:ed|es)|rose|risen|rises|climb(?:ed|s)|revised|updated|increased|lowered|corrected|now|later|afterwards|"
    r"subsequently|final|new toll|by (?:the |next |that )?(?:morning|noon|midday|afternoon|evening|night|nightfall|"
    r"midnight|dawn|\w+day)),? .*[\d\w]$"
)


def _by_form(forms: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {form: name for name, group in forms.items() for form in group}


@cache
def load_casualty_words() -> CasualtyWords:
    """Load and validate ``casualties.yaml``."""
    content = files("according.vocabulary").joinpath("casualties.yaml").read_bytes()
    return msgspec.yaml.decode(content, type=CasualtyWords)
