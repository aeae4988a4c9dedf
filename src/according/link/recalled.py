"""What a report tells of the past on purpose: what it remembers, a toll brought up to date, the dead of a whole war."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from according.link.kinds import is_act
from according.records import Claim
from according.vocabulary.linking import load_linking

# "A decade after", "37 years ago", "Nine days after": told from a distance in time.
_FROM_AFAR = re.compile(
    r"\b[\w-]+ (?:days|weeks?|months?|years?|decades?) (?:ago|after|since|on|later)\b", re.IGNORECASE
)
# "The toll climbs to 115": of something told before.
_TOLL_MOVES = re.compile(
    r"\btoll\b[^.;]*\b(?:climb|ris|rose|reach|grow|grew|pass|hits?\b|up\b|increas|mount|jump|now\b|revis)",
    re.IGNORECASE,
)
# "Died in the 78 days of the air campaign", "killed during the war": no one event's.
_OF_A_WAR = re.compile(
    r"\b(?:in|over|during|throughout|since)(?: all)? (?:the|this|that|its|their)(?: [\w-]+){0,5} "
    r"(?:war|campaign|conflict|insurgency|uprising|rebellion|offensive|crackdown)\b",
    re.IGNORECASE,
)
# "Have been trying since April to take the capital; over 1,000 are dead": how things have gone on.
_SO_FAR = re.compile(r"\bha(?:s|ve) (?:been \w+ing|[\w-]+ed)\b[^.;]*\bsince\b[^.]*[;,]", re.IGNORECASE)


def recalls(told: Iterable[Claim]) -> bool:
    """Whether claims are told in words of remembrance or from a distance in time."""
    return any(is_remembrance(text) for text in {one.evidence.text for one in told})


def brings_up_to_date(told: Iterable[Claim]) -> bool:
    """Whether claims tell how a toll has changed, and so of what was told before."""
    return any(_TOLL_MOVES.search(text) for text in {one.evidence.text for one in told})


@cache
def _words() -> re.Pattern[str]:
    words = sorted(load_linking().recalling, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})", re.IGNORECASE)


def is_remembrance(text: str) -> bool:
    """Whether a sentence tells of the past on purpose, in words for that or by how far off it is."""
    return bool(_words().search(text) or _FROM_AFAR.search(text))


def is_of_a_war(claim: Claim) -> bool:
    """Whether a count without a day is that of a war, or of how things have gone on since a day."""
    if claim.quantity is None or claim.time is not None or is_act(claim) or not claim.cues:
        return False
    text, cue = claim.evidence.text, claim.cues[0]
    after = text[max(0, cue.end - claim.evidence.start) :]
    return (
        _OF_A_WAR.match(after.strip()) is not None
        or _SO_FAR.search(text[: cue.start - claim.evidence.start]) is not None
    )
