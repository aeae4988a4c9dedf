"""Figures as a claim states them: the bounds as printed, and whether the words call it a first count or a share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from according.records import Claim, Quantity
from according.vocabulary.quantities import load_count_words
from according.vocabulary.sourcing import of_one_place_alone, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from according.infer.voices import Sayings

INDIVIDUALS = frozenset(["named", "definite"])
"""Reading rules of people told of one by one: a death among others, not a toll."""


BOUNDED = frozenset(["more_than", "at_least", "about", "nearly"])
ROUND = ("a dozen", "a score")
"""Words for a number that are bounded rather than counted ("over a dozen")."""
RANK = "rank"
"""The reading rule of somebody who, by rank, brings a toll to a number ("the 67th person killed")."""


class Stated(msgspec.Struct, frozen=True):
    """A figure as a claim states it, for the group of one tally. ``low`` and ``high`` are as printed.

    ``report`` is what the claim's report goes by. ``partial`` is whether it can only be a part of the toll: a single
    single person told of, a narrower group, an addition; ``early`` whether its words call it a first count, ``added``
    whether they add it to one told before ("another three"). ``sure`` is how many of it nobody else calls fighters,
    where somebody calls any so.
    """

    claim: Claim
    voice: str
    low: int | None
    high: int | None
    rule: str
    partial: bool = False
    report: str = ""
    early: bool = False
    added: bool = False
    sure: int | None = None

    @property
    def top(self) -> int | None:
        """The highest number printed."""
        return self.high if self.high is not None else self.low

    @property
    def vague(self) -> bool:
        """Whether the words give no number ("dozens", "more than a dozen")."""
        words = self.claim.quantity.span.text.lower() if self.claim.quantity is not None else ""
        if self.rule in BOUNDED and words.endswith(ROUND):
            return True
        return load_count_words().acled_figure(self.rule) is not None


def stated(claim: Claim, quantity: Quantity | None, sayings: Sayings) -> Stated:
    """A claim's figure as printed, in the words of whoever gives it; ValueError where there is none."""
    if quantity is None:
        raise ValueError("a figure needs a quantity")
    low, high = as_printed(quantity)
    words, known = _number_words(claim), load_count_words()
    return Stated(
        claim=claim,
        voice=sayings.speaker(claim).name,
        low=low,
        high=high,
        rule=quantity.rule,
        partial=quantity.rule in INDIVIDUALS or known.leans(words) or is_of_a_part(claim, quantity),
        report=sayings.report_name(claim.report),
        early=is_first_count(claim, quantity),
        added=known.adds(words),
    )


def rank_of(claim: Claim) -> int | None:
    """As in "The 67th person killed", "a seventh child": by how many the one told of has been preceded, and he."""
    words = claim.object.text.lower().replace(",", "").split() if claim.object is not None else []
    said = next((word for word in words[:2] if word not in ("a", "an", "the")), "")
    figures = re.fullmatch(r"(\d+)(?:st|nd|rd|th)", said)
    return int(figures[1]) if figures else load_count_words().ranks.get(said)


def still_stands(earlier: Quantity, since: Sequence[Quantity]) -> bool:
    """Whether what is told now leaves an earlier count standing: only ceilings ("as many as 600"), or within its range.

    ``since`` are the figures given in the report before the earlier count is recalled.
    """
    least, most = earlier.low or 0, earlier.high or 0
    within = earlier.rule == "range" and all(least <= (now.low or now.high or 0) <= most for now in since)
    return bool(since) and (within or all(now.low is None for now in since))


def is_of_a_part(claim: Claim, quantity: Quantity) -> bool:
    """As in "In Osk alone 24 died", "residents of Osk alone counted 24"."""
    before = claim.evidence.text[: max(0, quantity.span.start - claim.evidence.start)]
    return of_one_place_alone(before[-_ALONE_WORDS:]) is not None


_FIRST_WORDS = 30


_ALONE_WORDS = 60


def is_first_count(claim: Claim, quantity: Quantity) -> bool:
    """Whether words before a number in its clause call it a first count ("first gave 82", "initially two")."""
    at = quantity.span.start - claim.evidence.start
    before = _HALVES.split(_ASIDE.sub(r" \1 ", claim.evidence.text[: max(0, at)]))[-1]
    said = _FIRST_SAID.search(before)
    since = before[said.end() :] if said else "0"
    return says(before[-_FIRST_WORDS:], "first_count") or _ANOTHER_COUNT.search(since) is None


_ASIDE = re.compile(r", (earlier|initially|at first|originally), ")


_HALVES = re.compile(r"[,;.:]")


_ANOTHER_COUNT = re.compile(r"\d|\b(?:later|then|afterwards)\b", re.IGNORECASE)


# "It was first reported that a raid on the mill had killed ten": what was said at first may stand far from its number.
_FIRST_SAID = re.compile(
    r"\b(?:at first|first|initially|originally|earlier,?|early on,?)\s+(?:reported|said|put|gave|given|counted|"
    r"believed|announced|spoken?|told|wrote|written|tweeted|quoted)\b|"
    r"\b(?:first|earliest|initial) (?:reports?|accounts?|word)\b",
    re.IGNORECASE,
)


def _number_words(claim: Claim) -> str:
    number = claim.quantity.span.text if claim.quantity else ""
    return f"{claim.object.text if claim.object else ''} {number}"


def as_printed(quantity: Quantity) -> tuple[int | None, int | None]:
    """The bounds in the numbers that are printed: "more than 40" prints 40, "about 45" prints 45."""
    low, high = quantity.low, quantity.high
    if quantity.rule == "more_than" and low is not None:
        return low - 1, None
    if quantity.rule == "fewer_than" and high is not None:
        return None, high + 1
    if quantity.rule == "about" and low is not None and high is not None:
        return (low + high) // 2, (low + high) // 2
    if quantity.rule == "nearly":
        return high, high
    return low, high
