"""What in a sentence may name the place of an event: known places, and proper names that stand as places do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from according.vocabulary.gazetteer.words import load_place_words

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.extract.tokens import Token

_JOINING = frozenset({"-", "–", "’", "'", "‘", "of", "al", "el", "de"})
_ARTICLES = frozenset({"ad", "ar", "as", "ash", "at", "an", "az", "es", "ez", "ed"})
_CALENDAR = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class PlaceCandidate:
    """Some words that may name a place: their tokens, and whether the gazetteer knows a name among them."""

    tokens: tuple[Token, ...]
    known: bool
    actor: bool

    @property
    def head(self) -> Token:
        """The word the others hang on: the one whose head lies outside."""
        inside = {token.i for token in self.tokens}
        return next((token for token in self.tokens if token.head.i not in inside), self.tokens[-1])


@lru_cache(maxsize=64)
def place_candidates(sentence: Sentence) -> list[PlaceCandidate]:
    """The candidates of a sentence, in text order, never overlapping; kept while the report is read."""
    found = []
    for run in _runs(sentence):
        known = any(sentence.place_at(token) is not None for token in run)
        actor = any(sentence.actor_at(token) is not None for token in run)
        found.append(PlaceCandidate(tuple(run), known, actor))
    return found


def _runs(sentence: Sentence) -> Iterator[list[Token]]:
    """Stretches of proper nouns, known names taken in whole; two known names side by side are two stretches."""
    run: list[Token] = []
    for token in sentence.doc:
        mention = sentence.place_at(token)
        if run and not _continues(sentence, run, token):
            yield from _trimmed(run)
            run = []
        inner = token.lower_ in _JOINING or _is_inside(token) or _joins(token)
        if mention is not None or _is_name(token) or (run and inner):
            run.append(token)
    yield from _trimmed(run)


def _continues(sentence: Sentence, run: list[Token], token: Token) -> bool:
    last, here = sentence.place_at(run[-1]), sentence.place_at(token)
    if here is not None and last is not None:
        return here is last or _are_one(run[-1], token)
    if here is not None and run[-1].text in {"’s", "'s"}:
        return False
    return here is not None or _is_name(token) or _joins(token) or _is_inside(token)


def _are_one(left: Token, right: Token) -> bool:
    """As in "in Barsa Osk village": two known names with nothing between are one that is not known."""
    behind = right.nbor(1) if right.i + 1 < len(right.doc) else None
    beside = left.i + 1 == right.i and left.end + 1 == right.idx
    return beside and behind is not None and kind_word(behind) in ("town", "district", "neighbourhood")


def _is_inside(token: Token) -> bool:
    """A word of another sort inside a name, which its capital and its neighbours give away ("Let Yet Kone")."""
    within = token.is_title and 0 < token.i < len(token.doc) - 1 and token.nbor(-1).is_title
    return within and not token.is_sent_start and _is_name(token.nbor(1))


def _joins(token: Token) -> bool:
    """A hyphen or a small word inside a name: what follows must be a name too."""
    if token.lower_ in _ARTICLES and token.i + 2 < len(token.doc) and token.nbor(1).text == "-":
        return _is_name(token.nbor(2))
    return (
        token.lower_ in _JOINING and token.i + 1 < len(token.doc) and _is_name(token.nbor(1)) and token.lower_ != "of"
    )


def _is_name(token: Token) -> bool:
    if token.lower_ in _CALENDAR or not token.text[0].isalnum():
        return False
    if token.pos_ == "PROPN":
        return True
    # The tagger takes many unknown names for nouns or adjectives; a capital inside a sentence gives them away.
    return token.is_title and token.i > 0 and not token.is_sent_start and token.pos_ in {"NOUN", "ADJ", "X", "VERB"}


def _trimmed(run: list[Token]) -> Iterator[list[Token]]:
    while run and run[-1].lower_ in _JOINING:
        run = run[:-1]
    if run:
        yield run


def is_of_calendar(token: Token) -> bool:
    """Whether a word names a month or a day of the week."""
    return token.lower_ in _CALENDAR


def kind_word(token: Token) -> str | None:
    """The kind of place a common noun names ("city", "airport"), if any."""
    return load_place_words().kind_of.get(token.lower_)
