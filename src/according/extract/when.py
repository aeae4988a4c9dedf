"""The words that say when: found by their shape, given to the clause they stand in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from according.extract.roles import is_verb
from according.vocabulary.wording import load_wording

if TYPE_CHECKING:
    from spacy.tokens import Span as Stretch
    from spacy.tokens import Token

    from according.extract.parse import Sentence
    from according.records import Span

MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?"
    r"|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
DAY = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
YEAR = r"(?:19|20)\d\d"
NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|a few|a couple of)"
PART = r"(?:(?:early|late|mid-?)\s+)?(?:morning|afternoon|evening|night|dawn|dusk|midday|noon|midnight)"
STAGE = r"(?:early|late|mid-?)"
SEASON = r"(?:summer|spring|autumn|winter|fall)"
MONTH_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d))"
END = r"(?:end|beginning|start|middle)"
IN_YEAR = rf"(?:early|late|end|beginning|start|middle|{SEASON}|first half|second half)\s+(?:of\s+)?|mid-"
DATE = "|".join(
    (
        rf"(?:{DAY},?\s+)?{MONTH_DAY}(?:,?\s+{YEAR})?",
        rf"{MONTH},?\s+(?:of\s+)?{YEAR}|{YEAR}-\d\d(?:-\d\d)?|\d{{1,2}}/\d{{1,2}}/{YEAR}",
        rf"(?:last|this|next|{STAGE})\s*{DAY}(?:\s+{PART})?|{DAY}(?:\s+{PART}|\s+last)?",
        rf"(?:the\s+)?(?:{IN_YEAR})?{YEAR}s?",
        rf"(?:{STAGE}\s*|the\s+{END}\s+of\s+)?(?:last|this|next)\s+(?:week|month|year|{SEASON}|{MONTH}|{PART}|weekend)",
        rf"{STAGE}\s*{MONTH}|(?:yesterday|today|tonight|tomorrow)(?:\s+{PART})?",
        rf"{NUMBER}\s+(?:minutes?|hours?|days?|nights?|weeks?|months?|years?)\s+(?:ago|earlier|later|before|after)",
        r"overnight|the\s+(?:same|previous|following|next)\s+(?:day|week|month|year|night|morning)|the\s+day\s+(?:before|after)",
    )
)
LEAD = r"(?:on|in|by|since|until|till|during|before|after|around|about|as of|at|through|throughout|from)"
WHEN = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(
        (
            rf"(?:between|from)\s+(?:{DATE})\s+(?:and|to|until|till)\s+(?:{DATE})",
            rf"(?:{LEAD}\s+)?(?:the\s+(?:{PART})\s+of\s+)?(?:{DATE})(?:\s*(?:and|to|or|[–—-])\s*(?:{DATE}))?",
            r"(?:at|before|around|after|by)\s+(?:dawn|dusk|midday|noon|midnight|nightfall|night)",
            rf"(?:in|during)\s+the\s+(?:{PART})|(?:right\s+)?now|currently|at present",
            r"in recent (?:days|weeks|months|years|hours)",
            rf"(?:in|over|for|during)\s+the\s+(?:last|past)\s+(?:{NUMBER}\s+)?(?:days?|weeks?|months?|years?|hours?)",
            rf"in\s+{MONTH}(?!\w)(?!\s+\d)",
        )
    )
    + r")(?!\w)",
    re.IGNORECASE,
)


def time_spans(sentence: Sentence) -> list[Stretch]:
    """Every stretch of a sentence that says when."""
    doc = sentence.doc
    found = (_without_owner(sentence.text, m.start(), m.end()) for m in WHEN.finditer(sentence.text))
    hits = (doc.char_span(start, end, alignment_mode="expand") for start, end in found)
    return [hit for hit in hits if hit is not None]


def _without_owner(text: str, start: int, end: int) -> tuple[int, int]:
    """As in "In Monday's raid": the preposition belongs to the raid."""
    first, space, rest = text[start:end].partition(" ")
    owned = text[end : end + 2] in ("'s", "’s") and first.islower()
    return (start + len(first) + len(space), end) if owned and rest else (start, end)


def time_of(sentence: Sentence, token: Token) -> Span | None:
    """When a clause's event was: the nearest time that hangs on it or on a verb it shares its time with."""
    ranked = [
        (rank, abs(hit.start - token.i), hit) for hit in time_spans(sentence) if (rank := _rank(hit, token)) is not None
    ]
    if not ranked:
        return None
    best = min(ranked, key=lambda item: item[:2])[2]
    return sentence.span(best.start_char, best.end_char)


def _rank(hit: Stretch, token: Token) -> int | None:
    """How far up the time hangs; ``None`` when it says when something else was."""
    holder = _holder(hit)
    if holder.i == token.i:
        return 0
    rank = 1
    below = token
    for above in token.ancestors:
        if above.i == holder.i:
            return None if _is_speech_above(above, below) else rank
        rank, below = rank + 1, above
    return None if is_verb(holder) and holder.dep_ != "ROOT" else rank + 1 if _may_share(holder, token) else None


def _holder(hit: Stretch) -> Token:
    """The verb or event noun a time hangs on."""
    above = hit.root
    while (
        above.head.i != above.i
        and (hit.start <= above.i < hit.end or above.dep_ in ("prep", "pobj", "npadvmod", "pcomp"))
        and not is_verb(above)
    ):
        above = above.head
    return above


def _is_speech_above(verb: Token, below: Token) -> bool:
    """As in "Said on Thursday that …": Thursday is when it was said."""
    return verb.lemma_ in load_wording().speech_kind and below.dep_ in ("ccomp", "xcomp", "parataxis")


def _may_share(holder: Token, token: Token) -> bool:
    """Whether a time on a word beside or below the event is the event's too: same noun phrase or its arguments."""
    return any(a.i == token.i for a in holder.ancestors) or any(a.i == holder.head.i for a in [token, *token.ancestors])
