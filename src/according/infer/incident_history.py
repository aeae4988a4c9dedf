"""What was known of each incident on each day: its claims from the reports that were out, weighed by the same rules.

Which claims are of one incident is judged by all reports, also by later ones; only what is said of it is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from according.infer import infer
from according.records import Claim, Incident, Report, Resolution

Version = tuple[str, Incident]


def versions(
    incidents: Iterable[Incident],
    claims: Iterable[Claim],
    resolutions: Iterable[Resolution],
    reports: Mapping[str, Report],
    published: Mapping[str, str | None],
    copies: Mapping[str, str],
) -> dict[str, tuple[Version, ...]]:
    """For each incident, what it was known to be from each day on which a report of it came out, oldest first.

    ``published`` is, for each report, the day by which it was certainly out. Undated reports are in no version, and an
    incident that only they tell of has none.
    """
    by_id = {claim.id: claim for claim in claims}
    roles: dict[str, list[Resolution]] = defaultdict(list)
    for resolution in resolutions:
        roles[resolution.claim].append(resolution)

    def version(incident: Incident, day: str) -> Incident:
        members = [by_id[one] for one in incident.claims if _was_out(published.get(by_id[one].report), day)]
        if len(members) == len(incident.claims):
            return incident
        smaller = msgspec.structs.replace(
            incident,
            claims=tuple(claim.id for claim in members),
            reports=tuple(sorted({claim.report for claim in members})),
            because=(),
        )
        said = [resolution for claim in members for resolution in roles[claim.id]]
        return infer(members, said, [smaller], None, reports=reports, copies=copies).incidents[0]

    found = {}
    for incident in incidents:
        days = sorted({day for one in incident.claims if (day := published.get(by_id[one].report))})
        found[incident.id] = tuple((day, version(incident, day)) for day in days)
    return found


def _was_out(published: str | None, day: str) -> bool:
    return published is not None and published <= day
