"""Which language a text is in: a count of English function words first, a model only when that leaves doubt."""

from __future__ import annotations

import re

_WORDS = re.compile(r"[^\W\d_]+")
_SAMPLE = 3000
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "that",
        "was",
        "by",
        "on",
        "for",
        "is",
        "were",
        "said",
        "with",
        "at",
        "from",
        "as",
        "it",
        "has",
        "had",
        "be",
        "have",
        "an",
        "are",
        "his",
        "its",
        "their",
        "who",
        "which",
        "after",
        "been",
        "not",
        "but",
        "they",
        "this",
        "he",
        "she",
        "or",
        "more",
        "also",
        "no",
        "when",
        "into",
        "than",
        "over",
        "out",
        "about",
        "there",
        "some",
    ]
)
# Words just as common in other languages: alone they prove nothing.
_SHARED = frozenset(
    ["a", "in", "is", "an", "be", "has", "on", "to", "me", "as", "or", "by", "he", "no", "at", "was", "over", "the"]
)
_CLEAR_SHARE = 0.12
_TELLING_WORDS = 8


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, or None when it is too short to tell."""
    words = [word.lower() for word in _WORDS.findall(text[:_SAMPLE])]
    if not words:
        return None
    known = [word for word in words if word in _ENGLISH]
    if len(known) >= len(words) * _CLEAR_SHARE and any(word not in _SHARED for word in known):
        return "en"
    latin = sum(word.isascii() for word in words) > len(words) / 2
    if latin and len(words) < _TELLING_WORDS:
        return None
    from py3langid.langid import classify  # noqa: PLC0415 — loading the model takes half a second

    return str(classify(text[:_SAMPLE])[0])
