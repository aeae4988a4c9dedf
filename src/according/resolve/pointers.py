"""Words that point at actors without naming them: "the army", "this group", "his troops", "them"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from according.records import Passage
from according.resolve.mentions import (
    Mention,
)
from according.vocabulary.actors.phrases import ActorPhrases, Noun, Pronoun, load_actor_phrases

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_OWNED_GAP = 3
_LONGEST_NOUN = 3
_REACH_LEFT = 4
_BEHIND_SUFFIXES = {
    **dict.fromkeys(("held", "controlled", "occupied", "run"), "holder"),
    **dict.fromkeys(("backed", "linked", "aligned"), "backer"),
    "led": "led",
}
OWNER = "owner"
"""How a possessive pronoun points that owns nothing that acts ("its losses")."""


class Pointer(msgspec.Struct, frozen=True):
    """A common noun phrase or pronoun that may denote an actor, before it is known which.

    ``noun`` is its telling noun ("rebels" in "rebel fighters"), ``pronoun`` what it or its possessor can stand for,
    ``owned`` the noun possessed ("its troops"). ``state`` marks forces said to be a government's.
    """

    start: int
    end: int
    text: str
    passage: int
    noun: Noun | None = None
    pronoun: Pronoun | None = None
    owned: str | None = None
    word: str = ""
    definite: bool = False
    counted: bool = False
    unknown: bool = False
    state: bool = False
    bystanders: bool = False
    how: str = "pointer"


class _Word(msgspec.Struct, frozen=True):
    start: int
    end: int
    text: str
    lower: str


def _words(text: str, offset: int) -> list[_Word]:
    return [
        _Word(offset + m.start(), offset + m.end(), m[0], m[0].lower().removesuffix("'s").removesuffix("’s"))
        for m in _WORD.finditer(text)
    ]


def find_pointers(passages: Sequence[Passage], named: Sequence[Mention]) -> Iterator[Pointer]:
    """Every pointer of a report outside the names, in text order."""
    starts = [mention.start for mention in named]
    for passage in passages:
        if passage.block == "furniture":
            continue
        words = _words(passage.span.text, passage.span.start)
        yield from _pointers_of(words, passage.index, _free(words, named, starts))


def _free(words: Sequence[_Word], named: Sequence[Mention], starts: Sequence[int]) -> list[bool]:
    """Which words stand outside every name."""
    free = []
    for word in words:
        at = bisect_right(starts, word.start) - 1
        free.append(not (at >= 0 and named[at].end > word.start))
    return free


def _pointers_of(words: Sequence[_Word], passage: int, free: Sequence[bool]) -> Iterator[Pointer]:
    phrases = load_actor_phrases()
    index = 0
    while index < len(words):
        pointing = free[index] and words[index].lower.partition("-")[0] in phrases.first_words
        pointer, taken = _pointer_at(words, index, phrases, passage) if pointing else (None, 1)
        if pointer is not None and all(free[index : index + taken]):
            yield pointer
            index += taken
        else:
            index += 1


def _pointer_at(words: Sequence[_Word], index: int, phrases: ActorPhrases, passage: int) -> tuple[Pointer | None, int]:
    word = words[index]
    pronoun = phrases.pronoun_of.get(word.lower)
    if pronoun is not None:
        return _by_pronoun(words, index, phrases, passage, pronoun)
    for length in range(min(_LONGEST_NOUN, len(words) - index), 0, -1):
        told = " ".join(w.lower for w in words[index : index + length])
        if told in phrases.noun_of or told in phrases.acting or told in phrases.unknown:
            return _by_noun(words, index, index + length, phrases, passage, phrases.noun_of.get(told))
    head, _hyphen, suffix = word.lower.partition("-")
    if head in phrases.noun_of and suffix in _BEHIND_SUFFIXES:
        noun = phrases.noun_of[head]
        return _pointer(words, index, index + 1, passage, noun=noun, word=head, how=_BEHIND_SUFFIXES[suffix]), 1
    if word.lower in phrases.bystanders:
        return _pointer(words, index, index + 1, passage, bystanders=True), 1
    return None, 1


def _by_pronoun(
    words: Sequence[_Word], index: int, phrases: ActorPhrases, passage: int, pronoun: Pronoun
) -> tuple[Pointer | None, int]:
    """A pronoun, with what it owns when that acts for it ("his own men", "its elite troops")."""
    owned, end = None, index + 1
    if words[index].lower in {"his", "her", "its", "their", "our"}:
        ahead = range(index + 1, min(index + 1 + _OWNED_GAP, len(words)))
        end = next((i + 1 for i in ahead if words[i].lower in phrases.own_forces), index + 1)
        pair = " ".join(word.lower for word in words[index + 1 : index + 3])
        end = index + 3 if end == index + 1 and pair in phrases.own_forces else end
        if end == index + 1 and end < len(words) and words[end].lower in phrases.own_groups:
            end += 1
        owned = words[end - 1].lower if end > index + 1 else None
    alone = words[index].lower in {"his", "its", "their", "our"} and owned is None
    return _pointer(
        words, index, end, passage, pronoun=pronoun, owned=owned, definite=True, how=OWNER if alone else "pointer"
    ), end - index


def _by_noun(
    words: Sequence[_Word], first: int, end: int, phrases: ActorPhrases, passage: int, noun: Noun | None
) -> tuple[Pointer, int]:
    """A noun, with those that say what of it acts ("rebel fighters", "government troops", "army spokesman")."""
    telling = words[end - 1]
    state = noun is not None and noun.bare == "government forces"
    while end < len(words) and words[end].start == words[end - 1].end + 1 and _continues(words[end].lower, phrases):
        state = state or (
            noun is not None and noun.noun_class == "government" and words[end].lower in phrases.own_forces
        )
        end += 1
    definite, counted, unknown = _before(words, first, phrases)
    told = " ".join(w.lower for w in words[first:end])
    unknown = unknown or told in phrases.unknown or any(w.lower in phrases.unknown for w in words[first:end])
    pointer = _pointer(
        words, first, end, passage, noun=noun, definite=definite, counted=counted, unknown=unknown, state=state,
        word=telling.lower,
    )  # fmt: skip
    return pointer, end - first


def _continues(word: str, phrases: ActorPhrases) -> bool:
    return word in phrases.acting or word in phrases.deputies or word in phrases.noun_of or word in phrases.unknown


def _before(words: Sequence[_Word], first: int, phrases: ActorPhrases) -> tuple[bool, bool, bool]:
    """Whether a definite word, a number or "a", a word like "unidentified" stands before a noun phrase."""
    unknown = False
    for back in range(1, _REACH_LEFT + 1):
        at = first - back
        if at < 0 or words[at + 1].start - words[at].end > 1:
            return False, False, unknown
        lower = words[at].lower
        if lower in phrases.breaks:
            return False, False, unknown
        unknown = unknown or lower in phrases.unknown
        if lower in phrases.definite or words[at].text.endswith(("'s", "’s")):
            return True, False, unknown
        if lower in phrases.indefinite or lower.isdigit():
            return False, True, unknown
    return False, False, unknown


def _pointer(words: Sequence[_Word], first: int, end: int, passage: int, **told: object) -> Pointer:
    start, stop = words[first].start, words[end - 1].end
    text = " ".join(word.text for word in words[first:end])
    return Pointer(start=start, end=stop, text=text, passage=passage, **told)  # type: ignore[arg-type]
