"""The flow, in order: the one place where the whole can be read."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from according import __version__
from according.errors import AccordingError
from according.extract import extract
from according.infer import infer
from according.infer.disagreements import disagreements
from according.issues import Issues
from according.link import copies_of, incidents_of, link_incidents
from according.records import Incident, Link, Reading, Report, Spell, Tie
from according.resolve import resolve
from according.segment import segment
from according.store.judged import judged, with_reasons
from according.store.judgements import HumanJudgement
from according.vocabulary import Vocabulary

METHOD = f"rules/{__version__}"


def read_report(report: Report, vocabulary: Vocabulary, issues: Issues) -> Reading:
    """Read one report: blocks and passages, claims, what they refer to, and what follows within this report.

    A report whose words show nothing of armed conflict gets an empty reading that says so.
    """
    if _is_beside_the_matter(report, vocabulary):
        issues.info("passed_over", "No word of the report speaks of armed conflict, so it was not read.")
        return Reading(report=report, issues=issues.records)
    report, passages = segment(report, vocabulary, issues)
    claims = list(extract(report, passages, vocabulary, issues))
    resolutions = list(resolve(report, passages, claims, vocabulary, issues))
    incidents = incidents_of(claims, resolutions, report.published)
    inferred = infer(claims, resolutions, incidents, as_of=report.published, reports={report.id: report})
    for disagreement in disagreements(claims, resolutions, inferred.incidents):
        issues.info("disagreement", disagreement.message, disagreement.span)
    return Reading(
        report=report,
        claims=tuple(claims),
        resolutions=tuple(resolutions),
        incidents=tuple(inferred.incidents),
        spells=tuple(inferred.spells),
        ties=tuple(inferred.ties),
        issues=issues.records,
    )


def _is_beside_the_matter(report: Report, vocabulary: Vocabulary) -> bool:
    """Whether a report in our language may be passed over; for others the words say nothing."""
    text = f"{report.title or ''} {report.text}"
    return report.language in (None, "en") and not vocabulary.relevance.may_tell_of_conflict(text)


def read_or_report_failure(report: Report, vocabulary: Vocabulary, issues: Issues) -> Reading:
    """Read one report; whatever goes wrong inside becomes an issue of that report, and the batch goes on.

    This is the one place that catches broadly. Broken assumptions and wrong calls still stop the run.
    """
    try:
        return read_report(report, vocabulary, issues)
    except AccordingError:
        raise
    except Exception as error:  # noqa: BLE001 - the one broad catch, as its docstring says
        where = traceback.extract_tb(error.__traceback__)[-1]
        cause = f"{type(error).__name__}: {error} ({Path(where.filename).name}, line {where.lineno})"
        issues.error("reader_failed", f"the reader failed on this report: {cause}")
        return Reading(report=report, issues=issues.records)


class Linked(msgspec.Struct, frozen=True):
    """What many readings say together."""

    readings: tuple[Reading, ...]
    incidents: tuple[Incident, ...]
    spells: tuple[Spell, ...]
    ties: tuple[Tie, ...]


Linking = Callable[[Sequence[Reading], Sequence[Link]], list[Incident]]
"""The incidents of readings under people's links; :func:`according.link.link_incidents` links them all at once."""


def link_readings(
    readings: Sequence[Reading],
    judgements: Sequence[HumanJudgement] = (),
    as_of: str | None = None,
    linking: Linking = link_incidents,
) -> Linked:
    """Link the incidents of many readings, and infer tallies, attributions, spells and ties over all of them.

    People's ``judgements`` outrank the machine; ``as_of`` is the day up to which facts of control count; ``linking``
    may go on from what was linked before.
    """
    under = judged(readings, judgements)
    readings = under.readings
    claims = [claim for reading in readings for claim in reading.claims]
    resolutions = [resolution for reading in readings for resolution in reading.resolutions]
    reports = {reading.report.id: reading.report for reading in readings}
    incidents = as_read(with_reasons(linking(readings, under.links), judgements), readings)
    inferred = infer(claims, resolutions, incidents, as_of=as_of, reports=reports, copies=copies_of(readings))
    return Linked(
        readings=tuple(readings),
        incidents=tuple(inferred.incidents),
        spells=tuple(inferred.spells),
        ties=tuple(inferred.ties),
    )


def as_read(incidents: Iterable[Incident], readings: Iterable[Reading]) -> list[Incident]:
    """Linked incidents; one of a single report is of the kind, place and time that its own reading gives.

    Reading knows which sentence tells the deed. Linking compares the places and times of all sentences, and has to
    choose among them only where several reports tell of one incident.
    """
    own = {incident.id: incident for reading in readings for incident in reading.incidents}
    return [_alone(incident, own.get(incident.id)) for incident in incidents]


def _alone(incident: Incident, own: Incident | None) -> Incident:
    if own is None:
        return incident
    return msgspec.structs.replace(incident, predicate=own.predicate, claims=own.claims, place=own.place, time=own.time)
