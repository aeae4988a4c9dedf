"""The flow, in order: the one place where the whole can be read."""

from __future__ import annotations

from according.extract import extract
from according.infer import infer
from according.issues import Issues
from according.link import incidents_of
from according.records import Reading, Report
from according.resolve import resolve
from according.segment import segment
from according.vocabulary import Vocabulary


def read_report(report: Report, vocabulary: Vocabulary, issues: Issues) -> Reading:
    """Read one report: blocks and passages, claims, what they refer to, and what follows within this report."""
    report, passages = segment(report, vocabulary, issues)
    claims = list(extract(report, passages, vocabulary, issues))
    resolutions = list(resolve(report, passages, claims, vocabulary, issues))
    groups = incidents_of(claims, resolutions)
    inferred = infer(claims, resolutions, groups, as_of=report.published)
    return Reading(
        report=report,
        claims=tuple(claims),
        resolutions=tuple(resolutions),
        incidents=inferred.incidents,
        spells=inferred.spells,
        ties=inferred.ties,
        issues=issues.records,
    )
