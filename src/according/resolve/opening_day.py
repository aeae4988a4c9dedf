"""The day that the opening of a report gives to what it tells: for events of the opening that have none of their own.

The opening is the headline with the first three sentences behind it. A date with its day goes before a weekday or a
night, and those before a month. The day of a telling, of what was done afterwards, or of something else told there is
no event's day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from according.records import Claim, Passage
from according.resolve.dating import Dated
from according.vocabulary import Vocabulary
from according.vocabulary.tellings import telling_verbs

_SENTENCES = 4
_AFTERMATH = re.compile(
    r"\b(?:funerals?|buri(?:ed|al|als)|bury|laid to rest|mourn\w*|vigils?|ceremon(?:y|ies)|anniversar(?:y|ies)|"
    r"prayers?|"
    r"arrest\w*|detain\w*|visit(?:ed|s|ing)?|search\w*|comb(?:ed|ing)|rescuers?|rubble|bodies|graves?|graveyard|"
    r"tolls?|rose|risen|climbed|ended|ends?|"
    r"reports?|statements?|interviews?|conference|court|trial|sentenced|charges|talks|met|meeting|emergency|curfew|"
    r"condemn\w*|condol\w*|released?|identified|protest\w*|coup|election)\b",
    re.IGNORECASE,
)
"""What is done on the days after an event, or is an event of another kind."""
_BREAK = re.compile(r"[;:]|,? (?:but|while|when|who|which|where|that)\b")
_INTO = re.compile(r"\binto (?:the )?$", re.IGNORECASE)
_BESIDE = 2
"""Letters between a day and words that measure from another: "on Monday, a day after the raid"."""
_HARDLY_ANYTHING = 2
"""Words before a day that opens its clause."""


def opening_day(
    claims: Sequence[Claim], passages: Sequence[Passage], dated: Sequence[Dated], vocabulary: Vocabulary
) -> Dated | None:
    """The day told in the opening for whatever happened there; ``None`` when nothing there says one."""
    aside = [(claim.time.start, claim.time.end) for claim in claims if claim.time and _is_aside(claim, vocabulary)]
    measures = [one.mention.start for one in dated if one.mention.leads]
    found = [
        (rank, one.mention.start, one)
        for one, passage in _within(dated, opening(passages))
        if (rank := _rank(one)) is not None
        and not any(0 < start - one.mention.end <= _BESIDE for start in measures)
        and not any(start < one.mention.end and one.mention.start < end for start, end in aside)
        and not _is_of_another(one, passage, vocabulary)
    ]
    return min(found, key=lambda item: item[:2])[2] if found else None


def opening(passages: Sequence[Passage]) -> list[Passage]:
    """The headline and the sentences behind it."""
    told = sorted(passages, key=lambda passage: passage.span.start)
    return [passage for passage in told if passage.block in {"headline", "body"}][:_SENTENCES]


def _within(dated: Sequence[Dated], passages: Sequence[Passage]) -> Iterator[tuple[Dated, Passage]]:
    for passage in passages:
        for one in dated:
            if passage.span.start <= one.mention.start < passage.span.end:
                yield one, passage


def _rank(dated: Dated) -> int | None:
    """0 for a date with its day, 1 for a weekday or a night, 2 for a month; ``None`` for what gives no day."""
    mention, stretch = dated.mention, dated.stretch
    known = stretch is not None and stretch.first is not None and stretch.last is not None
    if mention.bound not in {"at", "around"} or not (known or dated.partial):
        return None
    if mention.kind == "date" and mention.first.month:
        return 0 if mention.first.day else None if mention.last else 2
    day = mention.kind == "weekday" or (mention.kind == "daypart" and known) or _tells_day(dated)
    return 1 if day else None


def _tells_day(dated: Dated) -> bool:
    """Whether "yesterday" or "ten years ago today" tells a day; "today" is mostly that of the writing."""
    shift = dated.mention.shift
    if dated.mention.leads:
        return dated.stretch is not None and dated.stretch.is_day
    if shift is None or shift.anchor != "report" or shift.sign >= 0 or dated.stretch is None:
        return False
    return dated.stretch.is_day


def _is_aside(claim: Claim, vocabulary: Vocabulary) -> bool:
    """What tells no event: who holds a place, who is whose ally."""
    return vocabulary.predicates[claim.predicate].family not in {"violence", "harm", "unrest"}


def _is_of_another(dated: Dated, passage: Passage, vocabulary: Vocabulary) -> bool:
    """Whether words of time are those of a telling, or of what was done afterwards."""
    text = passage.span.text
    start, end = dated.mention.start - passage.span.start, dated.mention.end - passage.span.start
    before = _BREAK.split(text[:start])[-1]
    behind = _BREAK.split(text[end:])[0]
    anchors = _anchors(vocabulary)
    if dated.mention.leads:
        measured = anchors.search(behind)
        return measured is None or measured.lastgroup == "other"
    near = list(anchors.finditer(before))
    if near or _INTO.search(before) or len(before.split()) > _HARDLY_ANYTHING:
        return bool(_INTO.search(before)) or (bool(near) and near[-1].lastgroup == "other")
    first = anchors.search(behind)
    return first is not None and first.lastgroup == "other"


@lru_cache(maxsize=4)
def _anchors(vocabulary: Vocabulary) -> re.Pattern[str]:
    """Words that tell an event, and words of its telling or aftermath: a day goes with the nearest."""
    known = [one for one in vocabulary.predicates.values() if one.family in {"violence", "harm"}]
    lemmas = {
        word for one in known for kind in ("nouns", "verbs") for word in one.triggers.get(kind, []) if " " not in word
    }
    events = "|".join(sorted(map(re.escape, lemmas), key=lambda word: (-len(word), word)))
    return re.compile(
        rf"\b(?:(?P<other>\b{telling_verbs()}\b|{_AFTERMATH.pattern})|(?P<event>(?:{events})(?:e?s|e?d|ing|ings)?\b))",
        re.IGNORECASE,
    )
