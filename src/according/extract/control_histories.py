"""Histories in telegram style, “Captured by X 24 February 2022. Recaptured by Y between 1–3 April 2022”.

Such lines name no place: it is the one their entry is about. They are read by their shape, since a parser makes little
of them, and only where a participle opens a sentence or is glued to the furniture before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from according.extract.build import METHOD
from according.records import Claim, Voice, with_id

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.records import Realis, Span

PREDICATES = {
    "captured": "take",
    "recaptured": "take",
    "retaken": "take",
    "taken": "take",
    "seized": "take",
    "occupied": "take",
    "liberated": "take",
    "annexed": "take",
    "controlled": "hold",
    "held": "hold",
    "contested": "contest",
    "pressured": "contest",
    "besieged": "besiege",
    "encircled": "besiege",
    "abandoned": "withdraw",
}
PARTICIPLES = "|".join(PREDICATES)
CAPITALISED = "|".join(word.capitalize() for word in PREDICATES)
ENTRY = re.compile(
    rf"""
    (?:(?<=[a-z0-9)\]?.])|^|(?<=[.?!]\s))                 # a sentence begins, or is glued to what stands before it
    (?:(?P<extent>(?i:partially|partly|mostly|largely|loosely|mainly))\s+|(?i:fully|again|later|briefly)\s+)?
    (?:(?P<claimed>(?i:claimed|reportedly))\s+)?
    (?P<act>(?i:{PARTICIPLES}))
    (?:\s+and\s+(?i:{PARTICIPLES}))?
    (?:\s+along\s+with\s+[^.]{{1,60}}?)?
    \s+by\s+(?:an?\s+|the\s+)?
    (?P<holder>[^\d.,;?]{{2,60}}?)
    (?=\s+(?:on|in|by|between|around|since|before|after|from|during|until|at|early|late|mid|mid-\w+|first|last|spring|summer|autumn|winter|
        January|February|March|April|May|June|July|August|September|October|November|December)\b|\s*\d|\s*[.,;?]|\s*$)
    (?P<when>(?:(?!(?:Mostly|Partially|Partly|Fully|Claimed)\s|(?:{CAPITALISED})\s+(?:and\s|by\s))[^.;?])*)
    """,
    re.VERBOSE,
)
CLAIM_ONLY = re.compile(
    r"(?:(?<=[a-z0-9)\]?.])|^|(?<=[.?!]\s))(?:Capture\s+)?[Cc]laimed\s+by\s+(?:an?\s+|the\s+)?(?P<holder>[^\d.,;?]{2,60}?)"
    r"(?=\s+(?:on|in|by|between|around|since)\b|\s*\d|\s*[.,;?]|\s*$)"
    r"(?P<when>[^.;?]*)"
)
TRAILING = re.compile(
    r"[\s,(]*(?:but not verified|not verified|unconfirmed|according to .*|amid .*|along .*)$", re.IGNORECASE
)
DOUBTED = re.compile(r"\b(?:not|never|un)[ -]?(?:verified|confirmed)", re.IGNORECASE)
LOOK_ALIKES = str.maketrans("СсАаЕеОоРрХх", "CcAaEeOoPpXx")
"""Cyrillic letters that stand for Latin ones in pages typed on two keyboards ("Сaptured")."""


def history_claims(sentence: Sentence, topic: Span | None) -> Iterator[Claim]:
    """The claims of a telegram-style history about the place ``topic``; none in ordinary prose."""
    if topic is None:
        return
    text = sentence.text.translate(LOOK_ALIKES)
    for found in ENTRY.finditer(text):
        if found["act"][0].isupper() or found.start() == 0 or found["extent"] or found["claimed"]:
            yield _claim(sentence, found, PREDICATES[found["act"].lower()], topic)
    for found in CLAIM_ONLY.finditer(text):
        yield _claim(sentence, found, "take", topic)


def _claim(sentence: Sentence, found: re.Match[str], predicate: str, topic: Span) -> Claim:
    groups = found.groupdict()
    is_claimed = bool(groups.get("claimed")) or "act" not in groups
    is_doubted = DOUBTED.search(found["when"]) is not None
    holder = sentence.span(*_trimmed(found, "holder"))
    extent = sentence.span(*found.span("extent")) if groups.get("extent") else None
    return with_id(
        Claim(
            id="",
            report=sentence.passage.report,
            evidence=sentence.span(*_trimmed(found, 0)),
            predicate=predicate,
            realis=_realis(predicate, found["when"]),
            hedge="unverified" if is_doubted else "reported" if is_claimed else "none",
            block=sentence.passage.block,
            voices=(Voice(voice_class="unnamed", span=holder),) if is_claimed else (),
            subject=holder,
            place=topic,
            time=_time(sentence, found),
            extent=extent,
            cues=(sentence.span(*_trimmed(found, "act" if "act" in groups else 0)),),
            method=METHOD,
        )
    )


def _realis(predicate: str, when: str) -> Realis:
    """A state without an end goes on ("Pressured by X since 9 May 2024."); one between two dates is over."""
    lasting = predicate in {"contest", "besiege", "hold"}
    return "ongoing" if lasting and ("since" in when or not when.strip()) else "happened"


def _trimmed(found: re.Match[str], group: str | int) -> tuple[int, int]:
    start, end = found.span(group)
    text = found.string[start:end]
    return start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))


def _time(sentence: Sentence, found: re.Match[str]) -> Span | None:
    """The words that say when, without what is added to them."""
    start, end = found.span("when")
    words = TRAILING.sub("", found.string[start:end].rstrip(" )"))
    stripped = words.lstrip(" (")
    first = start + len(words) - len(stripped)
    return sentence.span(first, start + len(words)) if any(c.isdigit() for c in stripped) else None
