"""Figures that are only a part of the toll beside others: narrower groups, shares, people told of besides."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from according.infer.stated import INDIVIDUALS, RANK, Stated, rank_of
from according.records import Claim
from according.vocabulary.groups import load_groups

_ANOTHER_SITE = re.compile(
    r"(?: (?:more|others|other people|people))? (?:(?:in|at|inside|outside|near|aboard|on) (?:an?|another)|"
    r"on [A-Z]\w+day)\b"
)


_BODIES = re.compile(r"(?: [\w-]+){0,2} (?:bodies|corpses)\b")
_BODIES_FOUND = re.compile(
    r"(?: [\w-]+){0,2} (?:bodies|corpses) (?:had been|have been|has been|were|was) "
    r"(?:found|recovered|retrieved|pulled|identified|brought|taken)\b"
)
_CARRIED = re.compile(
    r"\b(?:carr(?:y|ied|ying)|saw|seen|seeing|lift(?:ed)?|load(?:ed)?|wash(?:ed)?|wrap(?:ped)?)\b[^,;]*$"
)
_BURIED = re.compile(r"[^.,;]{0,40}\b(?:buried|laid to rest)\b")
_BURYING = frozenset(["bury", "buries", "buried", "burying"])
_BESIDES = re.compile(r"(?: and|;)(?: an?(?: \w+)?)? ?$")
_LEAST_RANK = 2
_TELLING_RANK = 3
_SUMMING = re.compile(
    r"\b(?:which|that) (?:makes|made|brings the (?:toll|number) to)\s+$|\bmaking (?:it )?$|\bfor a total of\s+$|"
    r"\bso (?:that )?the (?:toll|number|count) (?:is|was|stands at|stood at)\s+$"
)


def with_partials(figures: Sequence[Stated]) -> list[Stated]:
    """Mark as partial the figures of narrower groups beside a figure of a wider one."""
    groups = load_groups()
    figures = _by_rank(figures)
    outnumbered = {(f.low or 0) - 1 for f in figures if f.rule == RANK}
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
        partial = partial or _is_of_bodies(figure, figures) or (figure.rule != RANK and figure.top in outnumbered)
        added = figure.added or elsewhere or _is_added_besides(figure, figures)
        marked.append(msgspec.structs.replace(figure, partial=partial, added=added))
    return marked


def _by_rank(figures: Sequence[Stated]) -> list[Stated]:
    """As in "A seventh child has died … six were killed that day": the toll to which somebody's rank brings it."""
    ranked = {f.claim.id: rank for f in figures if f.top == 1 and (rank := _toll_by_rank(f, figures)) is not None}
    if not ranked:
        return list(figures)
    return [
        msgspec.structs.replace(f, low=rank, high=rank, rule=RANK, partial=False, added=False)
        if (rank := ranked.get(f.claim.id))
        else f
        for f in figures
    ]


def _toll_by_rank(figure: Stated, figures: Sequence[Stated]) -> int | None:
    rank = rank_of(figure.claim)
    if rank is None or figure.claim.predicate != "kill":
        return None
    others = [f for f in figures if (f.top or 0) > 1 or (rank == _LEAST_RANK and rank_of(f.claim) is None)]
    if any(f.voice == figure.voice and printed_at(f) < printed_at(figure) for f in others):
        return None  # who gave the others adds him to them
    if any(f.top == rank for f in others):
        return rank  # "the toll is 67 … became the 67th person killed"
    one_less = any(f.top == rank - 1 for f in others)
    return rank if one_less or (not others and rank >= _TELLING_RANK) else None


def _is_of_bodies(figure: Stated, others: Sequence[Stated]) -> bool:
    """As in "More than 15 died … nine bodies had been found": as many as have been handled, of more who died."""
    if figure.claim.quantity is None:
        return False
    behind = figure.claim.evidence.text[figure.claim.quantity.span.end - figure.claim.evidence.start :]
    before = figure.claim.evidence.text[: figure.claim.quantity.span.start - figure.claim.evidence.start]
    larger = any(not other.partial and (other.low or 0) > (figure.top or 0) for other in others)
    buried = _BURIED.match(behind) is not None or any(cue.text.lower() in _BURYING for cue in figure.claim.cues[:1])
    handled = _BODIES_FOUND.match(behind) is not None or (
        _BODIES.match(behind) is not None and _CARRIED.search(before) is not None
    )
    # What a hospital or a rescue service counts is a figure of its own.
    return larger and (buried or (not figure.claim.voices and handled))


def _is_added_besides(figure: Stated, others: Sequence[Stated]) -> bool:
    """As in "Three pupils were shot dead and a teacher died on the way": one more, by a clause of his own."""
    said = figure.claim.object
    if said is None or figure.top != 1 or figure.claim.part_of is not None or not figure.claim.cues:
        return False
    joint = figure.claim.evidence.text[: said.start - figure.claim.evidence.start]
    return _BESIDES.search(joint) is not None and any(
        other.claim.evidence == figure.claim.evidence
        and other.voice == figure.voice
        and printed_at(other) < printed_at(figure)
        and other.claim.cues[:1] != figure.claim.cues[:1]
        and (other.top or 0) > 1
        for other in others
    )


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
