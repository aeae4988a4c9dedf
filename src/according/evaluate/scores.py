"""What an evaluation gives: named measures, and the errors behind them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of scoring one gold set.

    ``measures`` are fractions from 0 to 1 (or kilometres where the name ends in ``_km``); ``support`` says how many
    items each measure rests on; ``errors`` name items and what went wrong, for people to read.
    """

    set: str
    measures: dict[str, float]
    support: dict[str, int]
    errors: tuple[str, ...] = ()


Scorer = Callable[[Path], Scores]


def f1(hits: int, predicted: int, gold: int) -> float:
    """Harmonic mean of precision and recall from counts; 0 when there are no hits."""
    return 2 * hits / (predicted + gold) if hits else 0.0
