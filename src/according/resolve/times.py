"""When a claim's event was: from its own words, the day of the report, and the dates told around it.

1. A date with its year is what it says. One without takes the year from the day of publication, else from a full date
   told earlier in the text; with neither it stays partial, and no year is invented.
2. A weekday, "yesterday" or "two weeks ago" counts from the publication date, or from a full date earlier in its own
   sentence. Without either it stays partial.
3. "The day before", "a month later" count from the date told last.
4. A claim without words of time takes those of the event it belongs to, or of the event told just before, or those
   that the next sentence adds ("It happened on Tuesday"); else it is known only not to be later than the report. What
   goes on, goes on as of the report.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence

from according.issues import Issues
from according.records import Claim, Passage, Report, Resolution, Span, TimeReading
from according.resolve.calendar import Stretch, lies_within, published_stretch, reading
from according.resolve.dating import Dated, date_mentions
from according.resolve.opening_day import opening, opening_day
from according.vocabulary import Vocabulary

_METHOD = "times-1"
# What is done to people afterwards, or for the dead: its day is no other event's.
_AFTERWARDS = frozenset({"arrest", "detain", "displace", "missing", "protest"})
_ONGOING = frozenset({"ongoing"})
_ANSWERED = re.compile(
    r"\b(?:retaliation|response|revenge|reprisals?|retaliating) (?:for|to)\b[^,;:.]*$", re.IGNORECASE
)
_LONG = frozenset({"month", "season", "year"})
# "It happened on Tuesday", "this took place at dawn on 3 May": what adds a day to what was just told.
_HAPPENED = re.compile(
    r"(?:It|That|This) (?:was|had been) (?=(?:on|at|in|about|around|early|late|just|shortly)\b)|"
    r"(?:It|This|That|All this|The (?:incident|attack|strike|raid|killing|blast|clash|bombing)(?:e?s)?)\s+"
    r"(?:(?:had|all|reportedly|is said to have)\s+)*(?:happen(?:ed)?|occur(?:red)?|"
    r"took place|taken place|came|went off|exploded|struck|hit|began|started|broke out|erupted)\b"
)


# "Those who stayed after the July 3 bombing": the day of what was before, and of nothing else told there.
_BESIDE = ("after ", "before ", "since ", "by ", "until ")
# "Earlier on Friday ten had died elsewhere": what was told before was on that day too.
_EARLIER = re.compile(r"^\s*Earlier $")
_COMMA = re.compile(r"[,;:]")
_NEXT_CLAUSE = re.compile(r"[;:]|, (?:and|but|while|said)\b")
_SAID = r"(?:said|says|told|reported|announced|confirmed|added|denied|claimed|wrote|published|issued|released|posted)"
# "Said on Monday", "on Monday the ministry said": the day of the telling.
_TOLD_BEFORE = re.compile(rf"\b{_SAID}\b[^.;]{{0,40}}$", re.IGNORECASE)
_TOLD_BEHIND = re.compile(rf",? (?:[\w’'-]+,? ){{1,8}}?{_SAID}\b", re.IGNORECASE)


def resolve_times(
    report: Report, passages: Sequence[Passage], claims: Sequence[Claim], vocabulary: Vocabulary, issues: Issues
) -> Iterator[Resolution]:
    """The time of each claim that has one, in the order of the claims."""
    published = published_stretch(report.published)
    dated = date_mentions(report, passages, issues)
    told = {claim.time.start for claim in claims if claim.time and claim.realis == "happened"}
    events = _events(vocabulary)
    said = {claim.id: one for claim in claims if (one := _stated(claim, dated, told, events))}
    led = _led(claims, passages, dated, events)
    stated = {one: found for one, found in said.items() if not (found.is_hourly or _is_over_by(found))} | led
    leaning = _Leaning(claims, passages, events, stated, dated, led)
    leaning.open_with(opening_day(claims, passages, dated, vocabulary), opening(passages))
    for claim in claims:
        found = None if leaning.is_recalled(claim) else stated.get(claim.id)
        found = leaning.exact(claim, found) if found else leaning.on(claim) or leaning.that_day(claim, said)
        if found:
            yield _resolution(claim, found, report)
        elif published or claim.time:
            yield _bounded(claim, published)


def _events(vocabulary: Vocabulary) -> frozenset[str]:
    """The predicates of what happens: violence, harm, unrest."""
    known = vocabulary.predicates.items()
    return frozenset(name for name, one in known if one.family in {"violence", "harm", "unrest"})


def _stated(claim: Claim, dated: Sequence[Dated], told: Container[int], events: Container[str]) -> Dated | None:
    """The dated mention that a claim's own words of time hold; of several the most precise.

    ``told`` are the positions of words of time that say when something happened, and so look back for all.
    """
    if claim.time is None:
        return None
    start, end = claim.time.start, claim.time.end
    held = [one for one in dated if one.mention.start < end and start < one.mention.end]
    event = claim.predicate in events
    if claim.realis == "happened" and event:
        held = [one for one in held if one.mention.kind != "now"]  # the count is of now, not the deaths
    held = [one.entire() if one.mention.when == event else one for one in held]
    planned = claim.realis in {"planned", "hypothetical"} and start not in told
    return min(held, key=_vagueness).turned(planned=planned) if held else None


def _is_over_by(dated: Dated) -> bool:
    """As in "by Monday they had counted 30 dead", "until Sunday they killed": when it was over, not when it was."""
    return dated.mention.bound in {"by", "until"} and dated.mention.kind == "weekday"


def _led(
    claims: Sequence[Claim], passages: Sequence[Passage], dated: Sequence[Dated], events: Container[str]
) -> dict[str, Dated]:
    """The times of events from which another is measured: "They met on Monday, a day after the raid"."""
    found: dict[str, Dated] = {}
    for one in dated:
        if not one.mention.leads or one.stretch is None or one.stretch.first is None:
            continue
        passage = next(p for p in passages if p.span.start <= one.mention.start < p.span.end)
        end = _end_of_led(passage, one, dated)
        for claim in claims:
            behind = claim.time is None or claim.time.start < one.mention.end
            if claim.predicate in events and one.mention.end <= _cue(claim) < end and behind:
                found[claim.id] = one
    hurt = (claim for claim in claims if claim.predicate == "injure" and claim.event in found)
    return found | {claim.id: found[claim.event] for claim in hurt if claim.event and _is_first(claim, claims)}


def _cue(claim: Claim) -> int:
    return claim.cues[0].start if claim.cues else claim.evidence.start


def _is_first(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Whether nothing else is told before a claim in its sentence or beside it, whose harm it could be."""
    return all(one.evidence != claim.evidence or _cue(one) >= _cue(claim) for one in claims)


def _end_of_led(passage: Passage, led: Dated, dated: Sequence[Dated]) -> int:
    """Where the words end that tell what another event is measured from: at a comma when they open the sentence."""
    text, at, first = passage.span.text, led.mention.start, passage.span.start
    before = next((one for one in dated if one.mention.end in {at - 1, at - 2} and one is not led), None)
    opens = not text[: (before.mention.start if before else at) - first].strip()
    end = (_COMMA if opens else _NEXT_CLAUSE).search(text, led.mention.end - first)
    return first + end.start() if end else passage.span.end


def _vagueness(dated: Dated) -> tuple[tuple[bool, bool, int], bool]:
    """Of two as precise, a date in full before one that leans on another day ("ten years ago today, on 3 May 2009")."""
    return dated.vagueness(), dated.basis != "stated"


def _resolution(claim: Claim, found: Dated, report: Report) -> Resolution:
    time = found.reading()
    own = claim.time is not None and claim.time.start < found.mention.end and found.mention.start < claim.time.end
    span = None if own else Span.cut(report.text, found.mention.start, found.mention.end)
    return Resolution(
        claim=claim.id,
        role="time",
        referent=_referent(time),
        basis=found.basis,
        span=span,
        score=found.score,
        time=time,
        method=_METHOD,
    )


def _bounded(claim: Claim, published: Stretch | None) -> Resolution:
    """Not later than the report; what goes on does so on the report's day."""
    if published is None:
        time = TimeReading(earliest=None, latest=None, partial=None, precision="none")
    else:
        day = reading(published, None)
        earliest = day.earliest if claim.realis in _ONGOING else None
        precision = published.precision if earliest else "none"
        time = TimeReading(earliest=earliest, latest=day.latest, partial=None, precision=precision)
    return Resolution(
        claim=claim.id, role="time", referent=_referent(time), basis="publication_bound", time=time, method=_METHOD
    )


def _referent(time: TimeReading) -> str | None:
    if time.earliest is None and time.latest is None:
        return None
    if time.earliest == time.latest:
        return f"time:{time.earliest}"
    return f"time:{time.earliest or '..'}/{time.latest or '..'}"


def _is_known(dated: Dated) -> bool:
    """Whether a time has both of its ends, or is a day of no known year."""
    stretch = dated.stretch
    return dated.partial is not None or (stretch is not None and stretch.first is not None and stretch.last is not None)


def _is_answered(claim: Claim) -> bool:
    """As in "bombed Osk in retaliation for Sunday's attack": Sunday is only that of what came before."""
    at = claim.cues[0].start - claim.evidence.start if claim.cues else 0
    return _ANSWERED.search(claim.evidence.text, 0, max(at, 0)) is not None


def _sets_scene(dated: Dated, passage: Passage) -> bool:
    """Whether words of time give the day of what a passage tells, and not of its telling."""
    if passage.block != "body" or dated.stretch is None or not dated.stretch.is_day or dated.mention.bound != "at":
        return False
    text, start, end = (
        passage.span.text,
        dated.mention.start - passage.span.start,
        dated.mention.end - passage.span.start,
    )
    return not _TOLD_BEFORE.search(text, 0, start) and not _TOLD_BEHIND.match(text, end)


class _Leaning:
    """Claims without words of time of their own, and the told ones they lean on."""

    def __init__(
        self,
        claims: Sequence[Claim],
        passages: Sequence[Passage],
        events: frozenset[str],
        stated: dict[str, Dated],
        dated: Sequence[Dated],
        led: Container[str],
    ) -> None:
        self._claims = {claim.id: claim for claim in claims}
        self._stated = stated
        self._passages = sorted(passages, key=lambda passage: passage.span.start)
        self._events = events
        self._telling = events - _AFTERWARDS
        self._told = self._tellers(claims) | self._tellers(
            [one for one in claims if one.id in led and self._leads(one)]
        )
        self._added = self._adders(dated)
        self._scenes = self._scened(claims, dated)
        days = (one for one in dated if one.mention.kind == "weekday" and one.stretch and one.mention.bound == "at")
        self._days = {self._at(one.mention.start): one for one in days if one.stretch and one.stretch.is_day}
        self._opening: Dated | None = None
        self._opened: frozenset[int] = frozenset()

    def open_with(self, day: Dated | None, passages: Sequence[Passage]) -> None:
        """Give the day of the report's opening to the events told there, when none of them says its own."""
        indices = frozenset(self._at(passage.span.start) for passage in passages)
        own = (index in indices and _is_known(told) for index, told in self._told.items())
        if day is not None and not any(own):
            self._opening, self._opened = day, indices

    def on(self, claim: Claim) -> Dated | None:
        """The time of the claim this one belongs to, else that of the event told just before; never for a habit."""
        if claim.realis == "habitual":
            return None
        for other in (claim.event, claim.part_of):
            if other in self._stated:
                return self.exact(self._claims[other], self._stated[other])
        leader = self._claims.get(claim.event or claim.part_of or "")
        if leader is not None and claim.id not in {leader.id, leader.event}:
            return self._before(leader)
        return self._before(claim)

    def that_day(self, claim: Claim, said: dict[str, Dated]) -> Dated | None:
        """What a claim says itself; an hour alone is of the day it was told on ("at noon, he said on Friday")."""
        own = said.get(claim.id)
        if own is None or own.mention.kind != "daypart" or own.stretch is not None:
            return own
        here = self._index(claim)
        return self._days.get(here) or self._days.get(here - 1) or own

    def is_recalled(self, claim: Claim) -> bool:
        """Whether a claim's day is of what was before ("rebuilt after the May 3 raid"), and its event's another."""
        found, event = self._stated.get(claim.id), self._claims.get(claim.event or "")
        if found is None or event is None or not found.mention.text.lower().startswith(_BESIDE):
            return False
        told = self._stated.get(event.id) or self.on(event)
        return told is not None and told.stretch != found.stretch

    def exact(self, claim: Claim, told: Dated) -> Dated:
        """The day that the next sentence adds: "in May 2019 … That was on 3 May", "last month … killed on 3 May"."""
        here = self._index(claim)
        added = self._added.get(here) or self._added.get(here + 1)
        if told.mention.kind == "shift":
            added = added or self._told.get(here + 1)
        whole, day = told.stretch, added.stretch if added else None
        if added is None or whole is None or whole.precision not in _LONG or day is None or not day.is_day:
            return told
        return added if lies_within(day, whole) else told

    def _before(self, claim: Claim) -> Dated | None:
        if claim.predicate not in self._events or claim.realis not in {"happened", "ongoing"}:
            return None
        here = self._index(claim)
        for index in (here, here - 1):
            told = self._told.get(index)
            if told and index == here and self._is_background(told, claim):
                continue
            if told and self._passages[here].block_index == self._passages[index].block_index:
                return told
        return self._added.get(here) or self._scenes.get(here) or (self._opening if here in self._opened else None)

    @staticmethod
    def _is_background(told: Dated, claim: Claim) -> bool:
        """As in "The raid follows a siege which began in May": a month told behind a claim is of something else."""
        long = told.stretch is not None and told.stretch.precision in _LONG
        return long and bool(claim.cues) and told.mention.start > claim.cues[0].start

    def _tellers(self, claims: Sequence[Claim]) -> dict[int, Dated]:
        """By passage, the time of its first event: what later claims of the same event lean on."""
        told: dict[int, Dated] = {}
        for claim in sorted(claims, key=lambda claim: -claim.evidence.start):
            if claim.id not in self._stated or claim.predicate not in self._telling or claim.realis != "happened":
                continue
            if not _is_answered(claim) and not self._stated[claim.id].mention.text.lower().startswith(_BESIDE):
                told[self._index(claim)] = self._stated[claim.id]
        return told

    def _leads(self, claim: Claim) -> bool:
        """Whether no deed is told in a claim's sentence before it, so that its day is that of the sentence."""
        told = (one for one in self._claims.values() if one.evidence == claim.evidence and _cue(one) < _cue(claim))
        return all(one.event == claim.id or one.predicate == "kill" for one in told if one.predicate in self._telling)

    def _adders(self, dated: Sequence[Dated]) -> dict[int, Dated]:
        """By passage, the time that the next one adds to it ("It happened on Tuesday")."""
        added: dict[int, Dated] = {}
        for one in dated:
            index = self._at(one.mention.start)
            passage = self._passages[index]
            at = one.mention.start - passage.span.start
            if _EARLIER.search(passage.span.text, 0, at) and _sets_scene(one, passage):
                for before in range(index):
                    added.setdefault(before, one)
            bounded = one.stretch is not None and one.stretch.first is not None and one.stretch.last is not None
            if not bounded or not _HAPPENED.match(passage.span.text.lstrip()):
                continue
            if index > 0 and passage.block_index == self._passages[index - 1].block_index:
                added.setdefault(index - 1, one)
            elif index == 0:
                self._told.setdefault(0, one)  # a report may open with it
        return added

    def _scened(self, claims: Sequence[Claim], dated: Sequence[Dated]) -> dict[int, Dated]:
        """By passage, the day of the scene that the one before it sets without telling an event.

        As in "Guards stopped a van at the gate on Monday. It blew up as they searched it."
        """
        taken = {self._index(claim) for claim in claims}
        scenes: dict[int, Dated] = {}
        for one in dated:
            index = self._at(one.mention.start)
            following = index + 1
            if index in taken or following >= len(self._passages) or not _sets_scene(one, self._passages[index]):
                continue
            if self._passages[following].block_index == self._passages[index].block_index:
                scenes.setdefault(following, one)
        return scenes

    def _index(self, claim: Claim) -> int:
        return self._at(claim.evidence.start)

    def _at(self, position: int) -> int:
        return max(0, bisect_right(self._passages, position, key=lambda one: one.span.start) - 1)
