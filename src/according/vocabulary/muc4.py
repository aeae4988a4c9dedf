"""Words that tell the slots of MUC-4 templates apart."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec


class Muc4Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``muc4.yaml``: weapons and those of them that explode, what is attacked, who attacks, and people's names."""

    weapons: frozenset[str]
    explosives: frozenset[str]
    targets: frozenset[str]
    people: frozenset[str]
    titles: frozenset[str]
    given_names: frozenset[str]
    name_particles: frozenset[str]
    confidence_cues: dict[str, tuple[str, ...]]


@cache
def load_muc4() -> Muc4Words:
    """Load and validate ``muc4.yaml``."""
    raw = msgspec.yaml.decode(resources.files("according.vocabulary").joinpath("muc4.yaml").read_bytes())
    return msgspec.convert({**raw, "given_names": raw["given_names"].split()}, Muc4Words)
