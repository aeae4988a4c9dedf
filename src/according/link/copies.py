"""Which reports are copies of one text: ten outlets with one wire story are one voice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import combinations
from zlib import crc32

import numpy as np

from according.records import Reading

_WORD = re.compile(r"\w+")
_SHINGLE_WORDS = 4
_HASHES = 24
_BAND = 2
_SHARED = 0.5
"""Share of the shorter text's shingles that a copy has: cut and retitled stories keep more, retold ones far less."""

_MASKS = np.array([[crc32(f"mask {number}".encode())] for number in range(_HASHES)], np.uint32)


def copies_of(readings: Iterable[Reading]) -> dict[str, str]:
    """The report that each report counts as: itself, or the first by id of those it shares its text with."""
    return copied({reading.report.id: text_of(reading) for reading in readings})


def text_of(reading: Reading) -> str:
    """A report's text, or what its claims quote of it when the text was not passed on."""
    return reading.report.text or "\n".join(dict.fromkeys(claim.evidence.text for claim in reading.claims))


def copied(texts: Mapping[str, str]) -> dict[str, str]:
    """Group texts by what they share; the same in any order, and near linear by hashing bands of shingles."""
    shingles = {key: _shingles(text) for key, text in sorted(texts.items())}
    first = {key: key for key in shingles}
    for left, right in _candidates(shingles):
        shorter = min(len(shingles[left]), len(shingles[right]))
        if len(shingles[left] & shingles[right]) >= _SHARED * shorter:
            one, other = sorted((_root(left, first), _root(right, first)))
            first[other] = one
    return {key: _root(key, first) for key in first}


def _shingles(text: str) -> frozenset[int]:
    words = [word.lower() for word in _WORD.findall(text)]
    runs = range(len(words) - _SHINGLE_WORDS + 1)
    return frozenset(crc32(" ".join(words[start : start + _SHINGLE_WORDS]).encode()) for start in runs)


def _candidates(shingles: Mapping[str, frozenset[int]]) -> list[tuple[str, str]]:
    """Pairs that agree in a band of their smallest hashes."""
    bands: dict[tuple[int, ...], list[str]] = {}
    for key, hashes in shingles.items():
        least = (np.array([*hashes], np.uint32) ^ _MASKS).min(axis=1).tolist() if hashes else []
        for start in range(0, len(least), _BAND):
            bands.setdefault((start, *least[start : start + _BAND]), []).append(key)
    return sorted({pair for keys in bands.values() for pair in combinations(keys, 2)})


def _root(key: str, first: Mapping[str, str]) -> str:
    while first[key] != key:
        key = first[key]
    return key
