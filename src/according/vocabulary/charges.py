"""Words by which reports lay deeds to somebody's charge, and by which charges are owned to, refused or called false."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

import msgspec


class ChargeWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Word lists of ``charges.yaml``; verbs and nouns are lemmas."""

    charges: frozenset[str]
    trailing: frozenset[str]
    accountable: frozenset[str]
    share: frozenset[str]
    owning: frozenset[str]
    accusing: frozenset[str]
    refusing: frozenset[str]
    calling: frozenset[str]
    untrue: frozenset[str]
    true_words: frozenset[str]
    aiding: frozenset[str]


@cache
def load_charges() -> ChargeWords:
    """Load and validate ``charges.yaml``."""
    content = resources.files("according.vocabulary").joinpath("charges.yaml").read_bytes()
    return msgspec.yaml.decode(content, type=ChargeWords)


def finite_forms(verbs: Iterable[str]) -> re.Pattern[str]:
    """A pattern for the past, the present and the participle of regular verbs, as whole words."""
    forms = sorted(form for verb in verbs for form in _forms(verb))
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)


def _forms(verb: str) -> tuple[str, ...]:
    if verb.endswith("y"):
        return f"{verb[:-1]}ied", f"{verb[:-1]}ies", f"{verb}ing"
    stem = verb.removesuffix("e")
    present = f"{verb}es" if verb.endswith(("ss", "ch", "sh")) else f"{verb}s"
    return f"{stem}ed", present, f"{stem}ing"
