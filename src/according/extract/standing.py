"""What a sentence says about the standing of a figure: a running total, an earlier toll, people of unknown status.

Cues are returned as spans of the words that say it; ``vocabulary.casualties`` maps their text back to what they mean.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from according.vocabulary.casualties import Standing, load_casualty_words
from according.vocabulary.groups import load_groups
from according.vocabulary.written import openers, written

if TYPE_CHECKING:
    from according.extract.parse import Sentence
    from according.records import Claim, Span

BEFORE_NUMBER = 48
"""Characters before a number in which words make it an earlier toll ("up from 61")."""
_SINCE_WHEN = re.compile(r"since (?:\d|the |it |(?:early|mid|late)\b|[A-Z])")
_OF_THE_DEED = re.compile(
    r"since (?:[\w'’-]+ ){1,6}(?:attacked|stormed|struck|raided|hit|exploded|opened fire|blew|went off|shot|ambushed)\b"
)
"""As in "24 have been killed since militants stormed the prison": the toll of the deed that it counts from."""
_IN_A_STRETCH = re.compile(
    r"\bha(?:ve|s|d)\s+(?:been\s+)?\w+[^.;]{0,40}?\b((?:in|over|within)\s+(?:just\s+|only\s+|under\s+|the\s+)?(?:\w+\s+){1,2}"
    r"(?:days|weeks|months|years))\b",
    re.IGNORECASE,
)
"""As in "More than 220 have been killed in nine days"."""
_YEARS_OF_WAR = re.compile(
    r"\b(in (?:\w+ ){0,4}(?:decades?|years|months|weeks) of (?:civil )?"
    r"(?:war|conflict|fighting|insurgency|violence|unrest|bombardment|bombing))\b",
    re.IGNORECASE,
)
"""As in "More than 9,000 people have died in almost two years of war"."""
_DAYS_OF_WAR = re.compile(
    r"\b(in (?:the|its|his) (?:[\w-]+ ){1,2}(?:days|weeks|months|years) of (?:the |that )?"
    r"(?:\w+ )?(?:war|campaign|conflict|siege|occupation|operation|uprising|insurgency))\b",
    re.IGNORECASE,
)
"""As in "Some 500 civilians died in the 78 days of the air campaign"."""
_REVISING = re.compile(
    r"\b(?:rais(?:ed|es)|rose|risen|rises|climb(?:ed|s)|revised|updated|increased|lowered|now|later|afterwards|"
    r"corrected (?:itself|himself|herself|themselves|this|it)|subsequently|"
    r"final (?:death )?(?:toll|count|figure|tally)|new toll|"
    r"by (?:the |next |that )?(?:morning|noon|midday|afternoon|evening|night|nightfall|midnight|dawn|\w+day))\b",
    re.IGNORECASE,
)
_OF_ONE_EVENT = re.compile(
    r"\b(?:in|from|by|of) (?:the|that|this|one|\w+day's) (?:\w+ )?"
    r"(?:incident|attack|strike|raid|blast|bombing|shelling|explosion|massacre|shooting|clash)\b",
    re.IGNORECASE,
)
"""As in "Bringing to eight the number killed in that incident": the total of one event, and not a running one."""
_ANCHORS = ("anniversary", " after")
"""Endings of the words that set only what follows them, up to a comma, in another event."""
_WHEN = re.compile(r"now|later|afterwards|subsequently|by .*", re.IGNORECASE)
_OF_THE_SPEAKER = frozenset(["it", "its", "they", "their", "he", "she"])
_NAME = re.compile(r"\w+")
_ARTICLES = frozenset(["the", "a", "an", "s"])
_OF_A_DAYS_DEED = re.compile(r"\bof (?:last |this )?([A-Z]\w+day)['’]s\b")
_ANOTHER_NUMBER = re.compile(r"\d|\bto\b|\band\b")
_SUPERLATIVE = re.compile(r"\b(?:deadliest|worst|first|gravest|bloodiest|biggest|heaviest|most)\b[^,;]*$")


def cues_for(sentence: Sentence, number_start: int, number_end: int) -> tuple[Span, ...]:
    """The cues that bear on a number at these characters of a sentence."""
    found = [
        _running(sentence, number_start),
        _superseded(sentence, number_start),
        _anywhere(sentence, "unknown_status", number_start),
        _elsewhere(sentence, number_start),
    ]
    return tuple(span for span in found if span is not None and span.end - sentence.offset != number_end)


def unknown_status(sentence: Sentence) -> Span | None:
    """Words anywhere in a sentence that leave open whether the people just counted were civilians."""
    return _find(sentence, "unknown_status", 0, len(sentence.text))


def revising(sentence: Sentence, old: Claim, new: Claim) -> Span | None:
    """The words by which whoever gave one figure gives another for it ("raised the toll to 19"), if these do."""
    number = new.quantity.span if new.quantity is not None else None
    if number is None or old.quantity is None or not _are_alike(old, new):
        return None
    text = sentence.text[: number.start - sentence.offset]
    after = 0
    if old.evidence == new.evidence:
        after = max(old.quantity.span.end - sentence.offset, 0)
        if after >= len(text) or old.part_of is not None:
            return None
    words = [
        found
        for found in _REVISING.finditer(text, after)
        if found[0].lower().startswith(("final", "corrected")) or _agree(old, new)
    ]
    moved = old.place is not None and new.place is not None and old.place.text != new.place.text
    of_day = _OF_A_DAYS_DEED.search(text)
    moved = moved or (of_day is not None and old.time is not None and of_day[1] not in old.time.text)
    if moved or (words and _most(new) < _most(old) and _WHEN.fullmatch(words[-1][0])):
        return None
    if not words or _ANOTHER_NUMBER.search(text[words[-1].end() :].replace(" to ", " ")):
        return None
    return sentence.span(words[-1].start(), number.end - sentence.offset)


def _are_alike(old: Claim, new: Claim) -> bool:
    """Whether two figures count the same harm, and both as it happened."""
    happened = old.realis == new.realis == "happened" and old.polarity == new.polarity == "affirmed"
    groups = load_groups()
    counted = old.quantity is not None and _most(new) > 0
    kinds = groups.status(old.group) == "fighter", groups.status(new.group) == "fighter"
    return happened and counted and old.predicate == new.predicate and old.id != new.id and kinds[0] == kinds[1]


def _most(claim: Claim) -> int:
    return (claim.quantity.high or claim.quantity.low or 0) if claim.quantity is not None else 0


def _agree(old: Claim, new: Claim) -> bool:
    """Whether one voice gives both, under the same name or a shorter one: "the health ministry", "the ministry"."""
    one, two = (
        _NAME.findall(c.voices[-1].span.text.lower()) if c.voices and c.voices[-1].span else [] for c in (old, new)
    )
    if two and set(two) <= _OF_THE_SPEAKER:
        return True
    return set(one) - _ARTICLES <= set(two) or set(two) - _ARTICLES <= set(one) if one and two else not one and not two


def is_total(cues: tuple[Span, ...]) -> bool:
    """Whether cues make a figure a running total over a longer time."""
    words = load_casualty_words()
    return any(words.standing(cue.text) in ("running_total", "since") for cue in cues)


def _running(sentence: Sentence, number: int) -> Span | None:
    first, last = _segment(sentence.text, number)
    found = _find(sentence, "running_total", first, last)
    if found is not None and not (
        found.text.lower().startswith("bring") and _OF_ONE_EVENT.search(sentence.text, number, last)
    ):
        return found
    if sentence.text[first:].lstrip().startswith("Since "):
        at = sentence.text.index("Since", first)
        return sentence.span(at, at + len("Since"))
    told = sentence.text, number, last
    stretch = _YEARS_OF_WAR.search(*told) or _IN_A_STRETCH.search(*told) or _DAYS_OF_WAR.search(*told)
    if stretch is not None:
        return sentence.span(stretch.start(1), stretch.end(1))
    match = _SINCE_WHEN.search(sentence.text, number, last)
    if (
        match is None
        or _OF_THE_DEED.match(sentence.text, match.start())
        or _SUPERLATIVE.search(sentence.text[first : match.start()])
    ):
        return None
    return sentence.span(match.start(), match.start() + len("since"))


def _superseded(sentence: Sentence, number: int) -> Span | None:
    found = _find(sentence, "superseded", max(0, number - BEFORE_NUMBER), number)
    if found is None or _ANOTHER_NUMBER.search(sentence.text[found.end - sentence.offset : number]):
        return None
    return found


def _elsewhere(sentence: Sentence, number: int) -> Span | None:
    """Words that set a figure in another event; "five years after a bomb killed 40," says nothing of what follows."""
    if _openers("elsewhere").isdisjoint(written(sentence.text)):
        return None
    for found in _pattern("elsewhere").finditer(sentence.text, *_segment(sentence.text, number)):
        anchored = found[0].lower().endswith(_ANCHORS)
        if found.start() > number and sentence.text.startswith(("'s", "’s"), found.end()):
            continue  # "Ten died yards from a service for the victims of last week's raid"
        if not anchored or (found.end() <= number and "," not in sentence.text[found.end() : number]):
            return sentence.span(found.start(), found.end())
    return None


def _anywhere(sentence: Sentence, standing: Standing, number: int) -> Span | None:
    return _find(sentence, standing, *_segment(sentence.text, number))


def _segment(text: str, at: int) -> tuple[int, int]:
    """The part of a sentence between semicolons that holds a position."""
    last = text.find(";", at)
    return text.rfind(";", 0, at) + 1, last if last >= 0 else len(text)


def _find(sentence: Sentence, standing: Standing, first: int, last: int) -> Span | None:
    if _openers(standing).isdisjoint(written(sentence.text)):
        return None
    match = _pattern(standing).search(sentence.text, first, last)
    return sentence.span(match.start(), match.end()) if match else None


@cache
def _openers(standing: Standing) -> frozenset[str]:
    return openers(load_casualty_words().cues[standing])


@cache
def _pattern(standing: Standing) -> re.Pattern[str]:
    phrases = sorted(load_casualty_words().cues[standing], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, phrases)) + r")(?![\w-])", re.IGNORECASE)
