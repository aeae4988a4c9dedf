"""Spells: who held, contested or besieged which place, from when to when, by which claims.

The rules, in order:

1. Facts of one place are put in order: by date; where dates overlap, as the report tells them; an undated change
   stands where its report tells it; whoever a place was taken from held it before.
2. A taking starts its holder's spell and ends the spells of others, unless it is of a minor part only. A loss or
   withdrawal ends the loser's spell, and implies one where none was told.
3. A party's own claim of gain does not end a rival's spell that somebody says goes on, or that the report says could
   not be verified: both stay open, each against the other. An admission always counts.
4. A holding said to go on closes older spells of others without giving them an end date: none was told.
5. Sieges and contests run beside holdings; a taking ends them. Denied claims stand against what they deny.

Nothing is interpolated, and the order of the claims given does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cmp_to_key
from itertools import groupby

from according.infer.control_facts import PARTISAN, Fact, Reader
from according.infer.control_parties import Party, may_be
from according.records import Claim, Resolution, Spell, SpellState

PLUPERFECT = re.compile(r"\bhad (?:been |\w+ly |already |once )?$")


@dataclass
class _Run:
    """A spell being put together."""

    place: Party
    holder: Party | None
    state: SpellState
    start: str | None = None
    end: str | None = None
    ongoing: bool = True
    is_present: bool = False
    claims_for: set[str] = field(default_factory=set)
    claims_against: set[str] = field(default_factory=set)

    def close(self, end: str | None, claim: str) -> None:
        self.end = self.end or end
        self.ongoing = False
        self.claims_for.add(claim)

    def spell(self, as_of: str | None) -> Spell:
        holder = self.holder
        return Spell(
            place=self.place.key,
            place_name=self.place.name,
            holder=holder.key if holder and not holder.key.startswith("said:") else None,
            holder_name=holder.name if holder else None,
            state=self.state,
            start=self.start,
            end=self.end,
            ongoing=self.ongoing,
            claims_for=tuple(sorted(self.claims_for)),
            claims_against=tuple(sorted(self.claims_against - self.claims_for)),
            as_of=as_of,
        )


def spells(claims: Iterable[Claim], resolutions: Iterable[Resolution], as_of: str | None = None) -> tuple[Spell, ...]:
    """The spells of control that the claims of one or many reports tell, as known on the day ``as_of``."""
    told, denials = Reader(resolutions).facts(list(claims), as_of)
    facts = sorted(told, key=lambda fact: (fact.place.key, fact.order))
    return tuple(
        spell
        for place, here in groupby(facts, key=lambda fact: fact.place.key)
        for spell in course(list(here), [denial for denial in denials if denial.place.key == place], as_of)
    )


def course(facts: list[Fact], denials: list[Fact], as_of: str | None = None) -> tuple[Spell, ...]:
    """The spells that facts of one place make, each holder under one name already."""
    return tuple(run.spell(as_of) for run in _Course(denials).follow(facts))


class _Course:
    """The course of events at one place."""

    def __init__(self, denials: list[Fact]) -> None:
        self.denials = denials
        self.runs: list[_Run] = []
        self.facts: list[Fact] = []

    def follow(self, facts: list[Fact]) -> list[_Run]:
        """Go through the facts in order and give the spells they make."""
        self.facts = ordered(facts)
        for fact in self.facts:
            if fact.change == "gain":
                self._gain(fact)
            elif fact.change == "end":
                self._end(fact)
            elif fact.change == "hold":
                self._hold(fact)
            else:
                self._beside(fact)
        self._deny()
        self._dispute()
        return self.runs

    def _held(self, *, by: Party | None) -> list[_Run]:
        return [run for run in self.runs if run.state == "held" and _same(run.holder, by)]

    def _rivals(self, fact: Fact) -> list[_Run]:
        return [
            run
            for run in self.runs
            if run.ongoing and run.state == "held" and not _same(run.holder, fact.holder) and not self._joint(run, fact)
        ]

    def _joint(self, run: _Run, fact: Fact) -> bool:
        """Whether one sentence names both as holders together ("X and Y took the town")."""
        mine = fact.claim
        return any(
            other.claim.id in run.claims_for
            and other.claim.evidence == mine.evidence
            and other.change == fact.change
            and other.claim.predicate == mine.predicate
            for other in self.facts
            if other.holder == run.holder
        )

    def _gain(self, fact: Fact) -> None:
        rivals = self._rivals(fact)
        own = [run for run in self._held(by=fact.holder) if run.ongoing or _began_then(run, fact)]
        if own:
            self._support(own[-1], fact)
            own[-1].ongoing = own[-1].end is None
        else:
            self._open(fact, "contested" if fact.minor else "held")
        if not fact.minor:
            self._settle(fact)
            for run in rivals:
                if not self._is_disputed(fact, run):
                    run.close(fact.since, fact.claim.id)
            self._end_past(fact)

    def _end_past(self, fact: Fact) -> None:
        """Whoever is only said to have held the place before held it until the next holder came."""
        past = [r for r in self.runs if r.state == "held" and not r.ongoing and r.end is None]
        for run in past:
            if not _same(run.holder, fact.holder) and (run.start is None or (fact.since or "") >= run.start):
                run.close(fact.since, fact.claim.id)

    def _settle(self, fact: Fact) -> None:
        for run in self.runs:
            if run.ongoing and run.state in {"contested", "besieged"} and run.claims_for != {fact.claim.id}:
                run.close(fact.since, fact.claim.id)

    def _is_disputed(self, gain: Fact, run: _Run) -> bool:
        if gain.strength > PARTISAN:
            return False
        if gain.claim.hedge == "unverified":
            return True
        stays = (f for f in self.facts if f.change == "hold" and f.claim.realis == "ongoing" and f.first is None)
        return any(_same(fact.holder, run.holder) for fact in stays) or any(
            (denial.change == "gain" and _same(denial.holder, gain.holder))
            or (denial.change == "end" and _same(denial.holder, run.holder))
            for denial in self.denials
        )

    def _end(self, fact: Fact) -> None:
        own = self._held(by=fact.holder)
        if fact.minor:
            return
        if own and (own[-1].ongoing or fact.since is None or own[-1].end in {None, fact.since}):
            own[-1].close(fact.since, fact.claim.id)
            return
        if fact.claim.predicate == "take" and any(run.ongoing for run in self.runs if run.state == "held"):
            return  # "took it from them", where the one who is known to have held it is another: they are the same
        run = self._open(fact, "held")
        run.start, run.end, run.ongoing = None, fact.since, False

    def _hold(self, fact: Fact) -> None:
        own = [run for run in self._held(by=fact.holder) if _meet(run, fact)] or self._meant(fact)
        goes_on = fact.until is None and fact.claim.realis == "ongoing"
        if own:
            self._support(own[-1], fact)
            if fact.until is not None and own[-1].ongoing:
                own[-1].close(fact.until, fact.claim.id)
            return
        rivals = [run for run in self._rivals(fact) if not run.is_present]
        run = self._open(fact, "held")
        run.end, run.ongoing, run.is_present = fact.until, goes_on, goes_on
        if goes_on and not fact.minor:
            for rival in rivals:
                rival.close(fact.since, fact.claim.id)

    def _meant(self, fact: Fact) -> list[_Run]:
        """The one holding that goes on by somebody whom "militants" may mean: "militant-held" speaks of that."""
        going_on = [run for run in self.runs if run.state == "held" and run.ongoing]
        fitting = [run for run in going_on if may_be(fact.holder, run.holder) and not _same(run.holder, fact.other)]
        return fitting if len(fitting) == 1 else []

    def _beside(self, fact: Fact) -> None:
        state: SpellState = "besieged" if fact.change == "besieged" else "contested"
        own = [r for r in self.runs if r.state == state and _same(r.holder, fact.holder) and _meet(r, fact)]
        if own:
            self._support(own[-1], fact)
            return
        run = self._open(fact, state)
        run.end, run.ongoing = fact.until, fact.until is None

    def _open(self, fact: Fact, state: SpellState) -> _Run:
        run = _Run(fact.place, fact.holder, state, start=fact.since, claims_for={fact.claim.id})
        self.runs.append(run)
        return run

    @staticmethod
    def _support(run: _Run, fact: Fact) -> None:
        run.claims_for.add(fact.claim.id)
        finer = run.start is not None and fact.since is not None and fact.since.startswith(run.start)
        run.start = fact.since if finer else run.start or fact.since

    def _deny(self) -> None:
        for denial in self.denials:
            for run in self.runs:
                if _speaks_against(denial, run):
                    run.claims_against.add(denial.claim.id)

    def _dispute(self) -> None:
        """Two full holdings that both go on contradict each other, unless one sentence names the holders together."""
        going_on = [run for run in self.runs if run.state == "held" and run.ongoing]
        for run in going_on:
            for rival in going_on:
                if not _same(run.holder, rival.holder) and not self._together(run, rival):
                    run.claims_against |= rival.claims_for

    def _together(self, run: _Run, rival: _Run) -> bool:
        return any(self._joint(run, fact) for fact in self.facts if fact.claim.id in rival.claims_for)


def _speaks_against(denial: Fact, run: _Run) -> bool:
    if denial.change == "end":
        return run.state == "held" and run.ongoing and not _same(denial.holder, run.holder)
    state = {"gain": "held", "hold": "held"}.get(denial.change, denial.change)
    if denial.holder is None:
        return run.state == state and run.ongoing
    return run.state == state and _same(denial.holder, run.holder)


def _began_then(run: _Run, fact: Fact) -> bool:
    """Whether a taking is the beginning of a holding told with a date as good or coarser ("since April")."""
    if run.start is None or fact.since is None or run.end is not None:
        return False
    return fact.since.startswith(run.start) or run.start.startswith(fact.since)


def _same(left: Party | None, right: Party | None) -> bool:
    return (left.key if left else None) == (right.key if right else None)


def _meet(run: _Run, fact: Fact) -> bool:
    """Whether a spell and a told state may be one: nothing told puts an end between them."""
    if run.ongoing:
        return True
    if fact.claim.realis == "ongoing" and fact.until is None:
        return False
    return run.end is None or fact.since is None or fact.since <= run.end


def ordered(facts: list[Fact]) -> list[Fact]:
    """Facts of one place in the order in which they came about, as far as dates and telling say."""
    dated = sorted((f for f in facts if f.first is not None), key=cmp_to_key(_compare))
    sequence = list(dated)
    for fact in (f for f in facts if f.first is None):
        sequence.insert(_position(fact, sequence), fact)
    return _givers_first(sequence)


def _compare(left: Fact, right: Fact) -> int:
    overlap = (left.first or "") <= (right.last or "") and (right.first or "") <= (left.last or "")
    if overlap and left.claim.report == right.claim.report:
        return 1 if left.order > right.order else -1
    return 1 if _by_date(left) > _by_date(right) else -1


def _by_date(fact: Fact) -> tuple[str, str, tuple[str, int, str, str]]:
    return (fact.first or "", fact.last or "", fact.order)


def _position(fact: Fact, sequence: list[Fact]) -> int:
    """Where an undated fact goes: states that go on last, past states first, changes as their report tells them."""
    if fact.claim.realis == "ongoing":
        return len(sequence)
    if fact.change not in {"gain", "end"} or _is_told_as_earlier(fact):
        return 0
    before = [index for index, other in enumerate(sequence) if _told_before(other, fact)]
    if before:
        return before[-1] + 1
    after = [index for index, other in enumerate(sequence) if _told_before(fact, other) and other.change == "gain"]
    return after[0] if after else len(sequence)


def _is_told_as_earlier(fact: Fact) -> bool:
    """“The only city that X had captured”: before all else that the report tells, as long as X is not quoted."""
    claim = fact.claim
    if not claim.cues or claim.voices or not claim.evidence.start <= claim.cues[0].start < claim.evidence.end:
        return False
    return PLUPERFECT.search(claim.evidence.text[: claim.cues[0].start - claim.evidence.start]) is not None


def _told_before(left: Fact, right: Fact) -> bool:
    return left.claim.report == right.claim.report and left.order < right.order and left.change in {"gain", "end"}


def _givers_first(sequence: list[Fact]) -> list[Fact]:
    """Move an undated gain of somebody before the first taking from them."""
    for fact in [f for f in sequence if f.change == "gain" and f.first is None]:
        losses = [i for i, f in enumerate(sequence) if f.change == "gain" and f.other and _same(f.other, fact.holder)]
        if losses and sequence.index(fact) > losses[0]:
            sequence.remove(fact)
            sequence.insert(losses[0], fact)
    return sequence
