"""What was known of an incident and of a place after each day on which a report came out."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from according.infer.control_history import Known, histories
from according.infer.incident_history import versions
from according.link import copies_of
from according.maps.holding import last_day
from according.records import Incident, Reading, Spell
from according.web.pages import words


class Stage(msgspec.Struct, frozen=True):
    """An incident as it was known from a day on."""

    day: str
    reports: int
    toll: str
    grade: str
    statuses: tuple[str, ...]


def known_stages(incident: Incident, readings: Sequence[Reading]) -> list[Stage]:
    """How an incident became known: a stage for each day that changed it; none when a claim of it is not here."""
    claims = [claim for one in readings for claim in one.claims]
    if not set(incident.claims) <= {claim.id for claim in claims}:
        return []
    reports = {one.report.id: one.report for one in readings}
    out = {name: last_day(report.published) for name, report in reports.items()}
    resolutions = [resolution for one in readings for resolution in one.resolutions]
    told = versions([incident], claims, resolutions, reports=reports, published=out, copies=copies_of(readings))
    stages = [_stage(day, version) for day, version in told[incident.id]]
    return [one for index, one in enumerate(stages) if index == 0 or _said(one) != _said(stages[index - 1])]


def _stage(day: str, incident: Incident) -> Stage:
    statuses = tuple(words.blamed(one) for one in incident.attribution)
    return Stage(day, len(incident.reports), words.toll(incident), incident.grade, statuses)


def _said(stage: Stage) -> tuple[str, str, tuple[str, ...]]:
    return stage.toll, stage.grade, stage.statuses


def spells_known_on(place: str, readings: Sequence[Reading], day: str) -> tuple[Spell, ...]:
    """Who held a place when, by the reports that were certainly out by the end of a day."""
    claims = [claim for one in readings for claim in one.claims]
    resolutions = [resolution for one in readings for resolution in one.resolutions]
    out = {one.report.id: last_day(one.report.published) for one in readings}
    told: Sequence[Known] = histories(claims, resolutions, out).get(place, ())
    before = [known for known in told if known.published is not None and known.published <= day]
    return before[-1].whole if before else ()
