"""Which language a text is in: a count of English function words first, a model only when that leaves doubt.

To refuse an English report is worse than to try one in another language: a text in Latin letters is held to be in
another language only when that is far likelier than English, the farther the more English function words it has.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

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
# Words just as common in other languages, or in names that other languages quote: alone they prove nothing.
_SHARED = frozenset(
    "a in is an be has on to as or by he no at was over the also are had for not but more some were".split()
)
_CLEAR_SHARE = 0.12
_SURE_WORDS = 2
# Languages that a newsroom meets; the model's others (pidgins, dialects) win name-heavy English too easily.
_MET = (
    "en fr es pt it de nl pl cs ro hu sq sv el tr az ku so sw ha am rw id ms tl vi ar fa ps ur he ru uk be bg sr hy ka "
    "kk uz hi bn ta te my th km zh ja ko"
).split()
# In natural logarithms of likelihood: short English full of foreign names stays below, short foreign sentences do not.
_CLEAR_LEAD = 25.0


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, or None when it is too short to tell."""
    sample = text[:_SAMPLE]
    words = [word.lower() for word in _WORDS.findall(sample)]
    if not words:
        return None
    known = [word for word in words if word in _ENGLISH]
    telling = set(known) - _SHARED
    if telling and len(set(known)) >= _SURE_WORDS and len(known) >= len(words) * _CLEAR_SHARE:
        return "en"
    likeliest, lead = _likeliest(sample)
    latin = sum(word.isascii() for word in words) > len(words) / 2
    if latin and lead < _CLEAR_LEAD * (1 + len(telling)):
        return "en" if known else None
    return likeliest


def _likeliest(sample: str) -> tuple[str, float]:
    """The likeliest language, and by how much it leads English."""
    ranked = _model().rank(sample)
    likelihood = {str(code): float(score) for code, score in ranked}
    likeliest = max(likelihood, key=lambda code: likelihood[code])
    return likeliest, likelihood[likeliest] - likelihood["en"]


@cache
def _model() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 — loading the model takes half a second

    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    model.set_languages(_MET)
    return model
