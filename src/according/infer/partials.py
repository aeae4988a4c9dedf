"""Figures that are only a part of the toll beside others: narrower groups, shares, people told of besides."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from according.infer.stated import INDIVIDUALS, Stated
from according.records import Claim
from according.vocabulary.groups import load_groups

_ANOTHER_SITE = re.compile(
    r"(?: (?:more|others|other people|people))? (?:(?:in|at|inside|outside|near|aboard|on) (?:an?|another)|"
    r"on [A-Z]\w+day)\b"
)


_SUMMING = re.compile(
    r"\b(?:which|that) (?:makes|made|brings the (?:toll|number) to)\s+$|\bmaking (?:it )?$|\bfor a total of\s+$|"
    r"\bso (?:that )?the (?:toll|number|count) (?:is|was|stands at|stood at)\s+$"
)


def with_partials(figures: Sequence[Stated]) -> list[Stated]:
    """Mark as partial the figures of narrower groups beside a figure of a wider one."""
    groups = load_groups()
    wide = [f for f in figures if not f.partial and (f.top or 0) > 0]
    tellers = {f.voice for f in figures if not f.partial and not _is_slice(f)}
    starts = [(f.claim.report, printed_at(f)) for f in figures]
    marked = []
    for figure in figures:
        told = (figure.claim.report, printed_at(figure))
        alone = figure.rule not in INDIVIDUALS and not any(r == told[0] and at < told[1] for r, at in starts)
        group = str(figure.claim.group)
        held = [str(f.claim.group) for f in wide if (f.top or 0) >= (figure.low or 0)]
        narrower = _is_slice(figure) and any(groups.contains(w, group) and w != group for w in held)
        narrower = narrower and not (alone and figure.voice not in tellers)
        elsewhere = _is_told_of_another_place(figure, figures)
        partial = (figure.partial and not alone) or narrower or elsewhere or _is_one_more(figure, figures)
        partial = partial or _is_share_of_own(figure, figures) or _is_summed_up(figure, figures)
        marked.append(msgspec.structs.replace(figure, partial=partial, added=figure.added or elsewhere))
    return marked


def _is_share_of_own(figure: Stated, others: Sequence[Stated]) -> bool:
    """As in "Ten died. … Four were shot in the yard": fewer than a report counted before in its own voice."""
    return not figure.claim.voices and any(
        other.claim.report == figure.claim.report
        and other.claim.evidence != figure.claim.evidence  # "43 by the clinic's count and 39 by the mayor's"
        and not other.claim.voices
        and printed_at(other) < printed_at(figure)
        and not other.vague
        and (other.low or 0) > (figure.top or 0) > 0
        for other in others
    )


def _is_summed_up(figure: Stated, others: Sequence[Stated]) -> bool:
    """As in "52 were buried and ten more this morning, which makes 62": what its own sentence goes on to add up."""
    return any(
        other.claim.evidence == figure.claim.evidence
        and printed_at(other) > printed_at(figure)
        and (other.low or 0) > (figure.top or 0)
        and _SUMMING.search(figure.claim.evidence.text[: printed_at(other) - figure.claim.evidence.start]) is not None
        for other in others
    )


def _is_slice(figure: Stated) -> bool:
    """Whether a figure is of a kind of people that a wider group holds; one that names nobody is of none."""
    known = load_groups().groups.get(str(figure.claim.group))
    return known is not None and known.slice


def _is_told_of_another_place(figure: Stated, others: Sequence[Stated]) -> bool:
    """As in "Three died in Osk and two in Duvar", "and two others nearby": a further number, in the same breath."""
    place, said = figure.claim.place, figure.claim.object
    besides = (said is not None and said.text.endswith(" others")) or _is_at_another_site(figure.claim)
    before = [
        other
        for other in others
        if other.claim.evidence == figure.claim.evidence and other.voice == figure.voice
        if printed_at(other) < printed_at(figure)
    ]
    moved = (other.claim.place for other in before if other.claim.place is not None)
    return bool(before) and (besides or (place is not None and any(other.text != place.text for other in moved)))


def _is_at_another_site(claim: Claim) -> bool:
    """As in "Killed five in a mosque and two in a school"."""
    if claim.quantity is None:
        return False
    at, text = claim.quantity.span.start - claim.evidence.start, claim.evidence.text
    behind = text[claim.quantity.span.end - claim.evidence.start :]
    return text[:at].endswith(" and ") and _ANOTHER_SITE.match(behind) is not None


def printed_at(figure: Stated) -> int:
    """Where in its report the number stands."""
    return figure.claim.quantity.span.start if figure.claim.quantity is not None else figure.claim.evidence.start


def _is_one_more(figure: Stated, others: Sequence[Stated]) -> bool:
    """As in "The ministry raised the toll to four after a miller died": one person told of beside the toll of all."""
    one, beside = figure.claim, (other for other in others if (other.top or 0) > 1 and not other.added)
    return figure.top == 1 and any(
        other.claim.evidence == one.evidence and other.voice == figure.voice and other.claim.realis == one.realis
        for other in beside
    )
