"""What the linked tables hold, made of readings: everything at once, or what some reports change.

Judgements are applied to the readings first, linking is over all of them, and what is shown of each is what its
publication policy lets through; tallies, attributions, spells and ties are inferred from that and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from according.infer import infer
from according.infer.control import spells
from according.infer.control_facts import CONTROL
from according.infer.incident_history import Version, versions
from according.infer.ties import KINDS, ties
from according.link import copies_of
from according.maps.holding import last_day
from according.maps.policy import OPEN, Policies, Shown, firm, shown, shown_incidents
from according.maps.towns import towns_of
from according.pipeline import as_read
from according.records import Claim, Incident, Link, Reading, Report, Resolution, Spell, Tie
from according.scale.incremental import Linker, Update
from according.store.judged import judged, with_reasons
from according.store.judgements import HumanJudgement
from according.store.ledger import Ledger
from according.store.linked import Change, LinkedLedger, Whole

_STANDING = CONTROL | set(KINDS) | {"join"}
"""Predicates of claims that spells and ties are made of."""


class Said(msgspec.Struct, frozen=True):
    """What people decided: judgements on claims and incidents, and policies by report."""

    judgements: tuple[HumanJudgement, ...]
    policies: Policies


class Standing(msgspec.Struct, frozen=True):
    """The claims of one report that spells and ties are made of, and what its places and their roles refer to.

    ``report`` comes without its text; ``places`` are the names of its places by referent.
    """

    report: Report
    holding: tuple[Claim, ...]
    relating: tuple[Claim, ...]
    resolutions: tuple[Resolution, ...]
    places: Mapping[str, str]


@dataclass(frozen=True)
class Stores:
    """The readings, and the tables made of them."""

    ledger: Ledger
    linked: LinkedLedger


class Content:
    """The state that grows: what was linked, and what every report adds to spells and ties."""

    def __init__(self, linker: Linker) -> None:
        """Start with what a linker holds; :meth:`rebuild` makes it whole, :meth:`revise` keeps it so."""
        self.linker = linker
        self._raw: dict[str, Incident] = {}
        self._of_report: dict[str, set[str]] = defaultdict(set)
        self._standing: dict[str, Standing] = {}

    def rebuild(self, ledger: Ledger, said: Said, now: datetime) -> Whole:
        """Everything that may be shown at a moment, from all current readings."""
        under = judged(list(ledger.readings()), said.judgements)
        self.linker.follow(under.readings, under.links)
        self._raw.clear()
        self._of_report.clear()
        self._take(self.linker.incidents())
        visible = _shown(under.readings, said, now)
        self._standing = {name: _standing(one) for name, one in visible.items()}
        incidents, known = told(self._raw.values(), visible, said)
        return Whole(
            incidents=incidents,
            spells=self._spells(),
            ties=self._ties(),
            readings=tuple(one.reading for one in visible.values()),
            versions=known,
            towns=self._towns(None),
        )

    def revise(self, reports: Sequence[str], said: Said, now: datetime, stores: Stores) -> Change:
        """What changes when the readings, judgements or policies of some reports did."""
        readings = _current(stores.ledger, reports)
        here = {one.report.id for one in readings}
        under = judged(readings, said.judgements)
        update = self.linker.revise(under.readings, set(reports) - here, _links(stores.ledger, said.judgements))
        touched = self._touched(update, reports)
        self._take(update.made, update.gone)
        raw = [self._raw[name] for name in sorted(touched & self._raw.keys())]
        involved = _current(stores.ledger, here.union(*(one.reports for one in raw)))
        visible = _shown(judged(involved, said.judgements).readings, said, now)
        former = {claim for one in (*update.gone, *raw) for claim in one.claims}
        shown_as = {name for one in visible.values() for claim, name in one.claims.items() if claim in former}
        for name in reports:
            self._standing.pop(name, None)
        self._standing |= {name: _standing(visible[name]) for name in reports if name in visible}
        made, known = told(raw, visible, said)
        return msgspec.structs.replace(
            self._standing_change(stores.linked),
            gone=stores.linked.holding(former | shown_as, reports),
            made=made,
            versions=known,
            withdrawn=tuple(reports),
            readings=tuple(visible[name].reading for name in reports if name in visible),
        )

    def _touched(self, update: Update, reports: Iterable[str]) -> set[str]:
        return {one.id for one in update.made} | {name for report in reports for name in self._of_report[report]}

    def _take(self, made: Iterable[Incident], gone: Iterable[Incident] = ()) -> None:
        for one in gone:
            self._raw.pop(one.id, None)
            for report in one.reports:
                self._of_report[report].discard(one.id)
        for one in made:
            self._raw[one.id] = one
            for report in one.reports:
                self._of_report[report].add(one.id)

    def _standing_change(self, linked: LinkedLedger) -> Change:
        held, tied = _grouped_spells(self._spells()), _grouped_ties(self._ties())
        before_held, before_tied = _grouped_spells(linked.spells()), _grouped_ties(linked.ties())
        places = [one for one in sorted({*held, *before_held}) if held.get(one) != before_held.get(one)]
        actors = [one for one in sorted({*tied, *before_tied}) if tied.get(one) != before_tied.get(one)]
        return Change(
            towns={**dict.fromkeys(places), **self._towns(set(places))} if places else {},
            places=tuple(places),
            spells=tuple(spell for place in places for spell in held.get(place, ())),
            actors=tuple(actors),
            ties=tuple(tie for actor in actors for tie in tied.get(actor, ())),
        )

    def _towns(self, places: set[str] | None) -> dict[str, bytes]:
        """What a map keeps of some places; of all of them when none are named."""
        told = [one for one in self._standing.values() if places is None or not places.isdisjoint(one.places)]
        names = {name.casefold() for one in told for place, name in one.places.items() if not places or place in places}
        about = [one for one in self._standing.values() if not names.isdisjoint(map(str.casefold, one.places.values()))]
        claims = [claim for one in about for claim in one.holding]
        roles = [each for one in about for each in one.resolutions]
        found = towns_of(claims, roles, {one.report.id: one.report for one in about})
        return {place: body for place, body in found.items() if places is None or place in places}

    def _spells(self) -> tuple[Spell, ...]:
        claims = [claim for one in self._standing.values() for claim in one.holding]
        return tuple(spells(claims, self._resolutions(), None))

    def _ties(self) -> tuple[Tie, ...]:
        claims = [claim for one in self._standing.values() for claim in one.relating]
        return tuple(ties(claims, self._resolutions()))

    def _resolutions(self) -> list[Resolution]:
        return [resolution for one in self._standing.values() for resolution in one.resolutions]


def told(
    raw: Iterable[Incident], visible: Mapping[str, Shown], said: Said
) -> tuple[tuple[Incident, ...], dict[str, tuple[Version, ...]]]:
    """Linked incidents as they may be shown, with what follows from what may be shown, also as it became known.

    An incident that is known from one day on as it is now has no versions.
    """
    readings = [one.reading for one in visible.values()]
    incidents = as_read(shown_incidents(with_reasons(raw, said.judgements), visible), readings)
    claims = [claim for reading in readings for claim in reading.claims]
    resolutions = [resolution for reading in readings for resolution in reading.resolutions]
    reports, copies = {reading.report.id: reading.report for reading in readings}, copies_of(readings)
    found = infer(claims, resolutions, incidents, None, reports=reports, copies=copies).incidents
    out = {name: last_day(report.published) for name, report in reports.items()}
    known = versions(found, claims, resolutions, reports=reports, published=out, copies=copies)
    whole = {one.id: one for one in found}
    return found, {name: each for name, each in known.items() if [one for _, one in each] != [whole[name]]}


def _current(ledger: Ledger, reports: Iterable[str]) -> list[Reading]:
    return [one for one in map(ledger.current, sorted(reports)) if one]


def _links(ledger: Ledger, judgements: Sequence[HumanJudgement]) -> tuple[Link, ...]:
    """The links that judgements mean, from the readings that they speak of alone."""
    claims = {claim for one in judgements for subject in one.subjects for claim in subject.claims}
    named = {one.report for one in judgements if one.report}
    return judged(_current(ledger, ledger.told_in(claims) | named), judgements).links


def _shown(readings: Iterable[Reading], said: Said, now: datetime) -> dict[str, Shown]:
    found = ((one.report.id, shown(one, said.policies.get(one.report.id, OPEN), now)) for one in readings)
    return {name: one for name, one in found if one}


def _standing(one: Shown) -> Standing:
    claims = [claim for claim in one.reading.claims if claim.predicate in _STANDING]
    used = {claim.id for claim in claims}
    roles = [each for each in one.reading.resolutions if each.claim in used]
    places = {each.referent: each for each in one.reading.resolutions if each.role == "place" and each.referent}
    beside = [each for each in places.values() if each.claim not in used]
    return Standing(
        report=msgspec.structs.replace(one.reading.report, text="", blocks=()),
        holding=tuple(claim for claim in firm(claims, roles, one.policy) if claim.predicate in CONTROL | {"join"}),
        relating=tuple(claim for claim in claims if claim.predicate in KINDS),
        resolutions=(*roles, *beside),
        places={name: each.place.name for name, each in places.items() if each.place},
    )


def _grouped_spells(found: Iterable[Spell]) -> dict[str, list[Spell]]:
    grouped: dict[str, list[Spell]] = defaultdict(list)
    for one in found:
        grouped[one.place].append(one)
    return grouped


def _grouped_ties(found: Iterable[Tie]) -> dict[str, list[Tie]]:
    grouped: dict[str, list[Tie]] = defaultdict(list)
    for one in found:
        grouped[one.source].append(one)
    return grouped
