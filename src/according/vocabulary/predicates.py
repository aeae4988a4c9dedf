"""Predicates: what a claim can say, with the words that trigger each and its codes in other systems."""

from __future__ import annotations

import msgspec


class Codes(msgspec.Struct, frozen=True, kw_only=True):
    """A predicate's codes in other systems; ``None`` where that system has nothing for it."""

    acled: str | None = None
    ucdp: str | None = None
    plover: str | None = None
    plover_mode: str | None = None
    muc4: str | None = None


class Predicate(msgspec.Struct, frozen=True, kw_only=True):
    """One predicate of the vocabulary."""

    name: str
    family: str
    meaning: str
    roles: tuple[str, ...]
    triggers: dict[str, list[str]]
    positive: str
    negative: str
    codes: Codes


def load_predicates() -> dict[str, Predicate]:
    """Load and validate ``predicates.yaml``."""
    return {}
