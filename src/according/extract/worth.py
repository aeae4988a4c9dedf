"""Which passages are worth a parse: parsing is what reading costs, and texts on other matters say nothing for us."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from according.vocabulary import load_vocabulary
from according.vocabulary.control import load_control_words
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from according.records import Passage
    from according.vocabulary.names import NameMention

NEAR = 3
"""Passages around one that speaks of conflict that are read with it: figures, denials and pronouns lean on it."""
WORD = re.compile(r"[^\W\d_]{3,}")
HELD = re.compile(
    r"\b(?:in|into|under|from|of)(?: [\w’'-]+){1,3} (?:hands|control|rule|administration)\b"
    r"|\bchang\w+ hands\b|\bclaims? (?:the )?(?:town|village|city)\b"
    r"|\b(?:is|are|was|were)(?: \w+)? (?:ours|theirs|his|(?:its|their|his) own)\b"
)
"""Who has what, told without a word that says so by itself."""
SIDES = frozenset(["armed_forces", "armed_group", "coalition", "criminal_group", "mission"])
"""Kinds of actor whose name alone shows that a passage speaks of conflict; states and parties have other business."""
HARM_AND_DEED = frozenset(["violence", "harm", "control", "unrest", "speech"])


def worth_reading(passages: Sequence[Passage], actors: Sequence[Sequence[NameMention]]) -> list[bool]:
    """For each passage, given the actors named in it, whether it is near one that speaks of conflict."""
    speaks = [_speaks_of_conflict(p.span.text, names) for p, names in zip(passages, actors, strict=True)]
    return [any(speaks[max(0, n - NEAR) : n + NEAR + 1]) for n in range(len(passages))]


def _speaks_of_conflict(text: str, actors: Sequence[NameMention]) -> bool:
    low = text.lower()
    if any(word in telling_words() for word in WORD.findall(low)) or HELD.search(low):
        return True
    named = (load_vocabulary().actors.get(m.ids[0]) for m in actors)
    return any(actor is not None and actor.kind in SIDES for actor in named)


@cache
def telling_words() -> frozenset[str]:
    """Every form of the single words that trigger a predicate whatever stands around them, and of armed people."""
    bases = set(load_wording().modality.armed_words | load_wording().modality.carried)
    for predicate in load_vocabulary().predicates.values():
        if predicate.family in HARM_AND_DEED:
            for kind in ("verbs", "nouns"):
                bases.update(predicate.triggers.get(kind, ()))
    bases |= load_control_words().telling
    return frozenset(form for base in bases if " " not in base for form in _forms(base))


def _forms(word: str) -> tuple[str, ...]:
    """A word with every ending it may take; forms that do not exist do no harm."""
    stem = word.removesuffix("e").removesuffix("y")
    endings = (f"{stem}{ending}" for ending in ("ed", "ing", "ies", "ied", "es", "ings"))
    return (word, f"{word}s", *endings, f"{word}{word[-1]}ed", f"{word}{word[-1]}ing", *IRREGULAR.get(word, ()))


IRREGULAR = {
    "shoot": ("shot", "shots"), "fight": ("fought",), "hold": ("held",), "take": ("took", "taken"), "run": ("ran",),
    "slay": ("slain", "slew"), "fall": ("fell", "fallen"), "overrun": ("overran",), "flee": ("fled",),
    "withdraw": ("withdrew", "withdrawn"), "hang": ("hung",), "strike": ("struck", "stricken"), "free": ("freed",),
    "retake": ("retook", "retaken"), "murder": ("murderers",), "lose": ("lost",), "die": ("dying",),
}  # fmt: skip
"""Forms of trigger verbs that no ending makes."""
