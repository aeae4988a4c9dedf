"""Spelling of place names made comparable: what writers change when they transliterate the same name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ARTICLES = frozenset(
    {"al", "el", "ad", "ar", "as", "ash", "at", "an", "az", "ath", "adh", "ul", "ut", "ud", "ur", "us", "the"}
)
_APOSTROPHES = re.compile(r"['’‘ʻʼʿʾ`´ʹ′]")
_SEPARATORS = re.compile(r"[\s\-–‐.,/_()]+")
_LATIN = re.compile(r"[a-z0-9]+")
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1+")
_SPECIAL = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "e"}
)
# Pairs that Arabic, Persian, Pashto and Slavic transliterations use for one sound, applied in this order.
_SOUNDS = (
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ei", "ai"),
    ("ey", "ai"),
    ("ay", "ai"),
    ("iy", "i"),
    ("yy", "y"),
    ("q", "k"),
    ("y", "i"),
    ("ii", "i"),
    ("e", "a"),
    ("o", "u"),
)


# What one transliteration writes for another beyond the sounds, in sound keys: kh or h, q or g, Ukrainian or Russian.
_SWAPS = (
    ("h", "k"),
    ("k", "h"),
    ("k", "g"),
    ("g", "k"),
    ("h", "g"),
    ("g", "h"),
    ("iv", "uv"),
    ("uv", "iv"),
    ("x", "h"),
    ("dj", "j"),
    ("j", "dj"),
    ("ch", "sh"),
    ("aa", "a"),
    (" ", ""),
)
_SHORTEST_VARIANT = 6


@lru_cache(maxsize=20_000)
def variant_keys(name: str) -> tuple[str, ...]:
    """Sound keys of the spellings that another transliteration gives a name of one or two words; none if short."""
    key = sound_key(name)
    if len(key) < _SHORTEST_VARIANT or key.count(" ") > 1:
        return ()
    return tuple(dict.fromkeys(key.replace(one, other) for one, other in _SWAPS if one in key))


@lru_cache(maxsize=20_000)
def exact_key(name: str) -> str:
    """The name in lower case, its apostrophes and spaces in one form; diacritics stay."""
    name = unicodedata.normalize("NFC", name)
    return _SEPARATORS.sub(" ", _APOSTROPHES.sub("'", name).casefold()).strip()


@lru_cache(maxsize=20_000)
def light_key(name: str) -> str:
    """The name without diacritics, apostrophes, hyphens, articles and doubled consonants; empty if not Latin."""
    return " ".join(_light_word(word) for word in _plain_words(name))


@lru_cache(maxsize=20_000)
def sound_key(name: str) -> str:
    """The light key with sounds that transliterations spell differently made one; empty if short or not Latin."""
    key = " ".join(_sound_word(_light_word(word)) for word in _plain_words(name))
    return key if len(key) >= 5 else ""


def _plain_words(name: str) -> list[str]:
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_SPECIAL))
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    words = [word for word in _SEPARATORS.sub(" ", _APOSTROPHES.sub("", plain)).split() if word]
    if not all(_LATIN.fullmatch(word) for word in words):
        return []
    kept = [word for word in words if word not in _ARTICLES]
    return kept or words


@lru_cache(maxsize=20_000)
def _light_word(word: str) -> str:
    return _DOUBLED.sub(r"\1", word)


@lru_cache(maxsize=20_000)
def _sound_word(word: str) -> str:
    for spelling, sound in _SOUNDS:
        word = word.replace(spelling, sound)
    # A final h or t of the Arabic feminine ending is written or not: Darnah, Derna.
    return re.sub(r"ah$", "a", _DOUBLED.sub(r"\1", word))
