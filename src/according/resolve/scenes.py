"""Where an event was that has been told already: said later, in a sentence of its own or by the way."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from according.records import COARSE, Claim, Span
from according.resolve.ground import PRECISIONS, Ground, may_hold
from according.resolve.localities import leans, plays_no_part
from according.resolve.place_phrases import (
    ECHOED_AT,
    ELSEWHERE,
    EVENTS_ECHOED,
    HAPPENED_AT,
    IN_FRONT,
    LIE_OF,
    SITE_IN_NAME,
    STAND_FOR_SITES,
    TOLD_APART,
    WERE_AT,
)

if TYPE_CHECKING:
    from according.resolve.whereabouts import Mentions

_AHEAD = 3
_OPENING = 3
_SAME_TIME = re.compile(r"\b(?:the (?:day|night|evening) before|that|same|previous|earlier)\b", re.IGNORECASE)

Read = Callable[[Span, Span], Ground | None]


class Scenes:
    """The scenes of one report; ``read`` gives the ground of some words of place, for a claim's evidence."""

    def __init__(self, mentions: Mentions, claims: Sequence[Claim], read: Read) -> None:
        self._mentions = mentions
        self._read = read
        self._in_passage: dict[int, list[Claim]] = defaultdict(list)
        for claim in claims:
            self._in_passage[mentions.index(claim.evidence.start)].append(claim)

    def told_after(self, evidence: Span) -> tuple[int, Ground] | None:
        """Where the next sentences say that what was just told took place, with where they say it."""
        number = self._mentions.index(evidence.start)
        for ahead in range(number + 1, number + 1 + _AHEAD):
            span = self._mentions.numbered(ahead)
            if span is None:
                return None
            found = HAPPENED_AT.search(self._mentions.text, span.start, span.end)
            words = found.span("where" if found["where"] else "whither") if found else None
            ground = self._read(Span.cut(self._mentions.text, *words), evidence) if words else None
            if ground and words:
                return words[0], ground
            if any(claim.place and not leans(claim.place.text) for claim in self._in_passage[ahead]):
                return None
        return None

    def finer(self, claim: Claim, wide: Ground | None, found: dict[str, Ground | None]) -> Ground | None:
        """What the sentences behind the opening add to a country, a province or a dateline by the way."""
        number = self._mentions.index(claim.evidence.start)
        if not self.opens(claim):
            return None
        if wide is not None and any(is_finer(one, wide) for one in self._claimed(claim, number, found)):
            return None
        claimed: list[Ground] = []
        if (front := self._in_front(claim)) and is_finer(front, wide):
            return front
        for ahead in range(number, number + 1 + _AHEAD):
            span = self._mentions.numbered(ahead)
            if span is None or (ahead > number and TOLD_APART.search(span.text)):
                break
            for ground in self._echoed(claim, span):
                if is_finer(ground, wide):
                    return ground
            if ahead > number:
                claimed += [one for one in self._claimed(claim, ahead, found) if is_finer(one, wide)]
        alike = {(one.toponym.place.id, one.name if one.precision in COARSE else None) for one in claimed}
        return claimed[0] if len(alike) == 1 else None

    def _in_front(self, claim: Claim) -> Ground | None:
        """As in "In the village of Osk rebels shot them": the place that a claim's own sentence opens with."""
        found = IN_FRONT.match(claim.evidence.text) if claim.place is None else None
        if found is None:
            return None
        start = claim.evidence.start
        words = Span.cut(self._mentions.text, start + found.start("where"), start + found.end("where"))
        return None if plays_no_part(self._mentions.text, words) else self._read(words, claim.evidence)

    def opens(self, claim: Claim) -> bool:
        """Whether a claim is of what a report opens with."""
        return claim.block != "comment" and self._mentions.index(claim.evidence.start) <= _OPENING

    def _echoed(self, claim: Claim, span: Span) -> Iterator[Ground]:
        """As in "the bridge at Osk was a target", after a bridge was hit."""
        start = claim.place.end if claim.place and span.start == claim.evidence.start else span.start
        for match in ECHOED_AT.finditer(self._mentions.text, start, span.end):
            at = match.span("where" if match["where"] else "whose")
            known = not match["thing"] or self._is_echo(match["thing"].lower(), match.start())
            if known and (ground := self._read(Span.cut(self._mentions.text, *at), claim.evidence)):
                yield ground
        were = WERE_AT.match(self._mentions.text, span.start, span.end) if span.start > claim.evidence.start else None
        who = were["who"] if were else None
        if who and (who in ELSEWHERE or not re.search(rf"\b{who}\b", self._mentions.text[: span.start].lower())):
            return
        if were and (ground := self._read(Span.cut(self._mentions.text, *were.span("where")), claim.evidence)):
            yield ground

    def _is_echo(self, thing: str, position: int) -> bool:
        """Whether "the" makes a thing the one told of before a position."""
        if thing in EVENTS_ECHOED or thing in STAND_FOR_SITES:
            return True
        told = re.search(rf"\b{thing}s?\b", self._mentions.text[:position].lower())
        return told is not None and SITE_IN_NAME.fullmatch(thing) is not None

    def _claimed(self, claim: Claim, ahead: int, found: dict[str, Ground | None]) -> Iterator[Ground]:
        """Where the events of a later sentence are said to have been, at no other time."""
        for other in self._in_passage[ahead]:
            ground = found.get(other.id)
            if ground is None or other.place is None or other.block == "comment" or other.realis != "happened":
                continue
            apart = other.time and claim.time and other.time.text.lower() != claim.time.text.lower()
            if ground.basis == "stated" and not (apart and other.time and not _SAME_TIME.search(other.time.text)):
                yield ground

    def beside(self, claim: Claim, neighbour: Ground) -> Ground | None:
        """After "near Orlesia": the first known town of the next sentences that is no far one."""
        number = self._mentions.index(claim.evidence.start)
        for ahead in range(number + 1, number + _AHEAD):
            span = self._mentions.numbered(ahead)
            if span is None or TOLD_APART.search(span.text):
                return None
            for toponym in self._mentions.within(span):
                lie = self._mentions.text[max(0, toponym.span.start - 25) : toponym.span.start]
                if toponym.place.kind != "town" or plays_no_part(self._mentions.text, toponym.span):
                    continue
                if not LIE_OF.search(lie) and toponym.place.country == neighbour.toponym.place.country:
                    return Ground(toponym, toponym.place.precision, "earlier_sentence", elsewhere=True)
        return None


def is_finer(ground: Ground, wide: Ground | None) -> bool:
    """Whether a ground says more than a wide one, and lies in it."""
    if ground.precision in COARSE and not ground.name:
        return False
    if wide is None:
        return True
    place, outer = ground.toponym.place, wide.toponym.place
    if wide.basis == "dateline" or outer.kind == "town":
        return place.country == outer.country and place.id != outer.id
    named = ground.name is not None and place.country == outer.country
    finer = PRECISIONS.index(ground.precision) < PRECISIONS.index(wide.precision)
    return named or (finer and may_hold(outer, place))


def is_open(ground: Ground | None) -> bool:
    """Whether what is known of a place may be made finer: nothing, a country, a province, or only a dateline."""
    return ground is None or (not ground.name and (ground.precision in COARSE or ground.basis == "dateline"))


def moved(ground: Ground) -> Ground:
    """The same ground, told in another sentence."""
    return msgspec.structs.replace(ground, basis="earlier_sentence", elsewhere=True)
