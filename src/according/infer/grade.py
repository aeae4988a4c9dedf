"""Airwars' grades of an incident, from who says what about it.

By the first rule that fits:

1. *discounted*: an accused or an inquiry finds the report not credible, and nobody accepts it.
2. *confirmed*: a belligerent accepts that it did it, or that people came to harm by it.
3. *contested*: two sides are accused, or one and somebody unknown, or the accused denies it.
4. *weak*: a single voice, or one that is said to be the only one.
5. *fair*: two or more independent voices.
"""

from __future__ import annotations

from collections.abc import Sequence

from according.infer.voices import UNKNOWN
from according.records import Attribution, Claim, Grade
from according.vocabulary.sourcing import says


def grade(attribution: Sequence[Attribution], members: Sequence[Claim], voices: int) -> tuple[Grade, str]:
    """The grade, with its reason in words; ``voices`` is how many of them are independent."""
    verdicts = {claim.polarity for claim in members if claim.predicate == "assess"}
    if verdicts == {"denied"}:
        return "discounted", "discounted: found not credible"
    return _by_responsibility(attribution) or _by_voices(members, voices)


def _by_responsibility(attribution: Sequence[Attribution]) -> tuple[Grade, str] | None:
    accepting = [one.name for one in attribution if one.status in {"acknowledged", "claimed"}]
    if accepting:
        return "confirmed", f"confirmed: {', '.join(accepting)} accepts responsibility"
    disputed = [one.name for one in attribution if one.status == "disputed"]
    if disputed:
        return "contested", f"contested: responsibility is disputed ({', '.join(disputed)})"
    if any(one.name == UNKNOWN for one in attribution) and len(attribution) > 1:
        return "contested", "contested: one is accused, and somebody unknown"
    return None


def _by_voices(members: Sequence[Claim], voices: int) -> tuple[Grade, str]:
    told = "\n".join(dict.fromkeys(claim.evidence.text for claim in members))
    if voices < 2 or says(told, "alone"):
        return "weak", "weak: a single voice"
    return "fair", f"fair: {voices} independent voices"
