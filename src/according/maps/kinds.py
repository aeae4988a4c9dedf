"""Kinds of incident: which symbol stands for which predicate."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
import yaml


class Kind(msgspec.Struct, frozen=True):
    """One symbol of the map, its name in the legend, and the predicates drawn with it, each with a mark's title."""

    kind: str
    name: str
    predicates: dict[str, str]


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order of the legend."""
    text = files("according.maps").joinpath("kinds.yaml").read_text(encoding="utf-8")
    return tuple(msgspec.convert(each, Kind) for each in yaml.safe_load(text))


def kind_of(predicate: str) -> Kind | None:
    """The kind that draws a predicate; None for predicates of control and ties, which are no incidents."""
    return next((each for each in kinds() if predicate in each.predicates), None)
