"""Words to look for, made of what a reader typed, and the stretch of text in which they were found."""

from __future__ import annotations

import re
from html import escape
from typing import Literal

import msgspec

SearchKind = Literal["incident", "report", "quote", "place", "actor"]
KINDS: tuple[SearchKind, ...] = ("incident", "report", "quote", "place", "actor")
MOST_WORDS = 12
_OPEN, _CLOSE = "\ue000", "\ue001"
"""Characters of private use: around a word that was found, until the text is escaped."""
SNIPPET = f"snippet(linked_text, 1, '{_OPEN}', '{_CLOSE}', ' … ', 24)"
_TERM = re.compile(r'"([^"]*)"|(\w+)')
_WORD = re.compile(r"\w+")


class Hit(msgspec.Struct, frozen=True):
    """Something found. ``snippet`` is HTML, escaped, with ``<mark>`` around the words; ``report`` is a quote's."""

    kind: SearchKind
    id: str
    title: str
    snippet: str
    report: str | None
    score: float


def match_of(typed: str) -> str:
    """The full-text query for what was typed; empty when no word is in it.

    Every word must be there; words in double quotes must follow each other; the last word may go on. Nothing else
    that the query language knows gets through.
    """
    terms: list[str] = []
    budget = MOST_WORDS
    for phrase, word in _TERM.findall(typed[:400]):
        words = _WORD.findall(phrase or word)[:budget]
        budget -= len(words)
        if words:
            terms.append(f'"{" ".join(words)}"')
    if terms and typed[-1:].isalnum():
        terms[-1] += "*"
    return " ".join(terms)


def marked(snippet: str) -> str:
    """A snippet as HTML: everything in it escaped, the words that were found in ``<mark>``."""
    return escape(" ".join(snippet.split())).replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")
