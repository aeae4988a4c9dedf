"""The words of a parsed sentence as plain Python objects.

Rules walk over a parse some thousand times a sentence. spaCy makes a new token object at every step of such a walk;
here each word is made once, with its neighbours in the tree. The names of the attributes are spaCy's.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

Stretch = Sequence["Token"]
"""Neighbouring words of one parse, in order; never empty."""


class Form:
    """What a word is wherever it stands alike: its letters, base form and classes."""

    __slots__ = ("dep_", "lemma_", "lower_", "pos_", "tag_", "text")

    def __init__(self, text: str, lemma: str, pos: str, tag: str, dep: str) -> None:
        self.text, self.lower_ = text, text.lower()
        self.lemma_, self.pos_, self.tag_, self.dep_ = lemma, pos, tag, dep


class Token:
    """One word of a parse; ``i`` counts words and ``idx`` characters, both in the parsed text."""

    __slots__ = (
        "_above",
        "_below",
        "children",
        "dep_",
        "doc",
        "head",
        "i",
        "idx",
        "is_sent_start",
        "lefts",
        "lemma_",
        "lower_",
        "pos_",
        "rights",
        "sent",
        "tag_",
        "text",
        "whitespace_",
    )

    doc: Tokens
    sent: tuple[Token, ...]
    head: Token
    lefts: tuple[Token, ...]
    rights: tuple[Token, ...]
    children: tuple[Token, ...]

    def __init__(self, i: int, idx: int, form: Form, *, space: bool, starts: bool) -> None:
        self.i, self.idx, self.is_sent_start = i, idx, starts
        self.text, self.lower_, self.lemma_ = form.text, form.lower_, form.lemma_
        self.pos_, self.tag_, self.dep_ = form.pos_, form.tag_, form.dep_
        self.whitespace_ = " " if space else ""
        self.lefts = self.rights = self.children = ()
        self._above: tuple[Token, ...] | None = None
        self._below: tuple[Token, ...] | None = None

    def __repr__(self) -> str:
        return self.text

    @property
    def end(self) -> int:
        """The character behind the word."""
        return self.idx + len(self.text)

    @property
    def ancestors(self) -> tuple[Token, ...]:
        """The words above this one, nearest first."""
        if self._above is None:
            self._above = () if self.head is self else (self.head, *self.head.ancestors)
        return self._above

    @property
    def subtree(self) -> tuple[Token, ...]:
        """This word and all below it: what hangs left of it, itself, what hangs right of it."""
        if self._below is None:
            below = [word for child in self.lefts for word in child.subtree]
            below.append(self)
            below.extend(word for child in self.rights for word in child.subtree)
            self._below = tuple(below)
        return self._below

    @property
    def left_edge(self) -> Token:
        """The first word at or below this one."""
        return min(self.subtree, key=_position)

    @property
    def right_edge(self) -> Token:
        """The last word at or below this one."""
        return max(self.subtree, key=_position)

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The words coordinated with this one, itself left out."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        joined = [first]
        for word in joined:
            joined.extend(child for child in word.rights if child.dep_ == "conj")
        return tuple(word for word in joined if word is not self)

    def nbor(self, by: int = 1) -> Token:
        """The word so many places on; raises IndexError where there is none."""
        at = self.i + by
        if at < 0:
            raise IndexError(at)
        return self.doc[at]

    @property
    def is_lower(self) -> bool:
        """Whether all its letters are small."""
        return self.text.islower()

    @property
    def is_title(self) -> bool:
        """Whether it has a capital and small letters behind it."""
        return self.text.istitle()

    @property
    def is_punct(self) -> bool:
        """Whether it is nothing but punctuation."""
        return all(unicodedata.category(letter).startswith("P") for letter in self.text)


class Tokens(tuple[Token, ...]):  # noqa: SLOT001 - a tuple takes no slots
    """All words of a parse; a slice is a plain tuple of words."""

    text: str
    _starts: list[int]

    @classmethod
    def of(cls, text: str, words: Iterable[Token], heads: Sequence[int]) -> Tokens:
        """Tie the words of a text together; ``heads`` has the place of each word's head."""
        made = cls(words)
        made.text = text
        made._starts = [word.idx for word in made]
        _hang(made, heads)
        _part(made)
        return made

    def around(self, first: int, end: int) -> tuple[Token, ...]:
        """The words that the characters ``[first, end)`` of the text touch, at all."""
        return self[bisect_right(self._starts, first) - 1 : bisect_right(self._starts, end - 1)]


def text_of(stretch: Stretch) -> str:
    """Some neighbouring words as they are written."""
    return stretch[0].doc.text[stretch[0].idx : stretch[-1].end]


def root_of(stretch: Stretch) -> Token:
    """The word that some neighbouring words hang on: the root of the sentence, else the one nearest to it."""
    roots = (word for word in stretch if word.head is word)
    inside = set(stretch)
    tops = [word for word in stretch if word.head not in inside]
    return next(roots, None) or min(tops, key=lambda word: len(word.ancestors), default=stretch[0])


def _position(word: Token) -> int:
    return word.i


def _hang(words: Tokens, heads: Sequence[int]) -> None:
    lefts: dict[int, list[Token]] = {}
    rights: dict[int, list[Token]] = {}
    for word, head in zip(words, heads, strict=True):
        word.doc, word.head = words, words[head]
        if head != word.i:
            (lefts if word.i < head else rights).setdefault(head, []).append(word)
    for at, below in lefts.items():
        words[at].lefts = words[at].children = tuple(below)
    for at, below in rights.items():
        words[at].rights = tuple(below)
        words[at].children = (*words[at].lefts, *below)


def _part(words: Tokens) -> None:
    """Give every word its sentence."""
    starts = [0, *(word.i for word in words[1:] if word.is_sent_start), len(words)]
    for first, end in pairwise(starts):
        sentence = words[first:end]
        for word in sentence:
            word.sent = sentence
