"""Why an incident is attributed as it is, in full sentences that name who said what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from according.infer.voices import OUTLET, UNKNOWN
from according.records import Attribution, Claim

_LONGEST_CHARS = 160


def reasons(attribution: Sequence[Attribution], claims: Mapping[str, Claim]) -> tuple[str, ...]:
    """A sentence or two for each actor, and one for an author nobody knows."""
    return tuple(_unknown(one, claims) if one.name == UNKNOWN else _named(one) for one in attribution)


def listed(names: Iterable[str], joiner: str = "and") -> str:
    """Names in a row ("A", "A and B", "A, B and C"), the outlet by the words for it."""
    said = ["the report itself" if name == OUTLET else name for name in dict.fromkeys(names)]
    return f"{', '.join(said[:-1])} {joiner} {said[-1]}" if len(said) > 1 else "".join(said)


def _named(one: Attribution) -> str:
    parts = [
        f"{verb} {listed(names)}"
        for verb, names in (
            ("is said by", one.blamed_by),
            ("is said, of itself, by", one.claimed_by),
            ("is denied by", one.denied_by),
        )
        if names
    ]
    return f"That it was {one.name} {listed(parts)}: {one.status}."


def _unknown(one: Attribution, claims: Mapping[str, Claim]) -> str:
    words = " ".join(claims[one.claims[0]].evidence.text.split())
    said = words if len(words) <= _LONGEST_CHARS else f"{words[:_LONGEST_CHARS].rsplit(' ', 1)[0]} …"
    return f"The author is not known: “{said}”"
