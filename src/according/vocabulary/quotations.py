"""How reports say whose words a quotation is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import yaml


class Quotations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around quotations, in lower case; see the YAML file."""

    verbs: tuple[str, ...]
    after_speaker: frozenset[str]
    before_speaker: frozenset[str]


@cache
def load_quotations() -> Quotations:
    """Load and validate ``quotations.yaml``."""
    content = (Path(__file__).parent / "quotations.yaml").read_bytes()
    return msgspec.convert(yaml.load(content, Loader=yaml.CSafeLoader), Quotations)
