"""Airwars' grades of an incident, from who says what about it."""

from __future__ import annotations

from collections.abc import Sequence

from according.records import Attribution, Grade


def grade(attribution: Sequence[Attribution], independent_voices: int) -> tuple[Grade, str]:
    """The grade, with its reason in words.

    *Confirmed*: an actor accepts that it did it. *Contested*: actors of different sides are accused, or the accused
    denies it. *Fair*: two or more independent voices. *Weak*: a single one.
    """
    statuses = {one.status for one in attribution}
    if statuses & {"acknowledged", "claimed"}:
        named = ", ".join(one.name for one in attribution if one.status in {"acknowledged", "claimed"})
        return "confirmed", f"confirmed: {named} accepts responsibility"
    if "disputed" in statuses:
        named = ", ".join(one.name for one in attribution if one.status == "disputed")
        return "contested", f"contested: responsibility is disputed ({named})"
    if independent_voices >= 2:
        return "fair", f"fair: {independent_voices} independent voices"
    return "weak", "weak: a single voice"
