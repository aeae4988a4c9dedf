"""Abbreviations and sentence openers: what a full stop does not end."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import yaml


class Abbreviations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words, in lower case and without their stop, by what may follow the stop; see the YAML file."""

    before_a_name: frozenset[str]
    before_a_number: frozenset[str]
    dates: frozenset[str]
    may_end: frozenset[str]
    sentence_openers: frozenset[str]


@cache
def load_abbreviations() -> Abbreviations:
    """Load and validate ``abbreviations.yaml``."""
    content = (Path(__file__).parent / "abbreviations.yaml").read_bytes()
    return msgspec.convert(yaml.load(content, Loader=yaml.CSafeLoader), Abbreviations)
