"""How control went as it was known on each day: the spells of every place by day of publication and by day told of.

The rules are those of :mod:`according.infer.control`, run anew over the facts that a reader could have had by a day of
publication, and among those over the facts up to a day. Nothing is carried over from one day to the next.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from according.infer.control import course
from according.infer.control_facts import Fact, Reader, is_known, known_by
from according.records import Claim, Resolution, Spell

Spells = tuple[Spell, ...]


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What was known of one place from a day of publication on (``None``: from all reports, also undated ones).

    ``days`` gives the spells as of each day on which something told of changed, oldest first; ``whole`` those of all
    facts. Before the first of the days nothing is told, but what ``undated`` says without a date; ``dateless`` are the
    claims that say it.
    """

    published: str | None
    undated: Spells
    days: tuple[tuple[str, Spells], ...]
    whole: Spells
    dateless: frozenset[str] = frozenset()

    def as_of(self, day: str) -> Spells:
        """The spells that the facts up to a day make."""
        earlier = bisect_right(self.days, day, key=lambda each: each[0])
        return self.days[earlier - 1][1] if earlier else self.undated


def histories(
    claims: Iterable[Claim], resolutions: Iterable[Resolution], published: Mapping[str, str | None]
) -> dict[str, tuple[Known, ...]]:
    """For each place, what was known of it after each day on which a report changed that, the whole of it last.

    ``published`` is, for each report, the day by which it was certainly out; one without is known to nobody but a
    reader of today.
    """
    told = Reader(resolutions).told(claims)
    out = {fact.claim.report: published.get(fact.claim.report) for fact in told}
    found: dict[str, list[Known]] = defaultdict(list)
    last: dict[str, list[Fact]] = {}
    for day in [*sorted({day for day in out.values() if day}), None]:
        facts, denials = known_by((fact for fact in told if _was_out(out[fact.claim.report], day)), None)
        here, against = _by_place(facts), _by_place(denials)
        for place, told_here in here.items():
            everything = [*told_here, *against[place]]
            if last.get(place) != everything:
                last[place] = everything
                found[place].append(_known(day, told_here, against[place]))
    return {place: tuple(known) for place, known in found.items()}


def _was_out(published: str | None, day: str | None) -> bool:
    return day is None or (published is not None and published <= day)


def _by_place(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.place.key].append(fact)
    return found


def _known(published: str | None, facts: list[Fact], denials: Sequence[Fact]) -> Known:
    def as_of(day: str) -> Spells:
        return course([fact for fact in facts if is_known(fact, day)], list(denials))

    days = sorted({fact.first for fact in facts if fact.first})
    dateless = [fact for fact in facts if fact.first is None]
    return Known(
        published=published,
        undated=course(dateless, list(denials)),
        days=tuple((day, as_of(day)) for day in days),
        whole=course(facts, list(denials)),
        dateless=frozenset(fact.claim.id for fact in dateless),
    )
