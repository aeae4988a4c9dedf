"""Which actors are of one side."""

from __future__ import annotations

from functools import cache

from according.vocabulary import load_vocabulary


@cache
def is_kin(left: str | None, right: str | None) -> bool:
    """Whether two actors are of one side: the same, one a part of the other, or both parts of one state."""
    if left is None or right is None:
        return False
    lines = set(_line(left)), set(_line(right))
    return left in lines[1] or right in lines[0] or any(one.endswith("/state") for one in lines[0] & lines[1])


def is_part(part: str, whole: str) -> bool:
    """Whether one actor is a part of another that can act; a ministry speaks for its state."""
    return part != whole and whole in _line(part) and kind(part) != "government"


def kind(actor: str) -> str:
    """The kind of an actor; empty for one that the registry does not know."""
    known = load_vocabulary().actors.get(actor)
    return known.kind if known else ""


def _line(actor: str) -> tuple[str, ...]:
    """An actor and all it is a part of, nearest first."""
    return load_vocabulary().actors.line(actor)
