"""Pairs of opponents whose names may change places, and texts to do it in; ``swaps.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec


class Side(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One side: its actor, its name as a noun, and as it stands before a noun."""

    actor: str
    noun: str
    before: str


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two opponents."""

    left: Side
    right: Side


class Swaps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contents of ``swaps.yaml``."""

    pairs: tuple[Pair, ...]
    texts: tuple[str, ...]


@cache
def load_swaps() -> Swaps:
    """Load and validate ``swaps.yaml``."""
    return msgspec.yaml.decode(files("according.vocabulary").joinpath("swaps.yaml").read_bytes(), type=Swaps)


def filled(text: str, a: Side, b: Side) -> str:
    """A text with its sides put in, its sentences beginning with capitals."""
    told = text.format(a=a.noun, b=b.noun, a_=a.before, b_=b.before)
    return ". ".join(part[:1].upper() + part[1:] for part in told.split(". "))
