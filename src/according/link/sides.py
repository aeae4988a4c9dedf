"""Which actors are of one side."""

from __future__ import annotations

from functools import cache

from according.vocabulary import load_vocabulary


@cache
def side_of(actor: str) -> frozenset[str]:
    """An actor with everything it is a part of: an air force, its army and their state are one doer."""
    actors = load_vocabulary().actors.actors
    line = {actor}
    known = actors.get(actor)
    while known and known.parent and known.parent not in line:
        line.add(known.parent)
        known = actors.get(known.parent)
    return frozenset(line)
