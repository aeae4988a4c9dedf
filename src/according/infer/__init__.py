"""What follows from claims: tallies, attributions, spells of control, ties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from according.infer.attribution import attributions
from according.infer.control import spells
from according.infer.grade import grade
from according.infer.reasons import reasons
from according.infer.tally import tallies
from according.infer.ties import ties
from according.infer.voices import Sayings, count
from according.records import Claim, Incident, Report, Resolution, Spell, Tie


class Inferred(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that follows from a set of claims."""

    incidents: tuple[Incident, ...] = ()
    spells: tuple[Spell, ...] = ()
    ties: tuple[Tie, ...] = ()


def infer(
    claims: Iterable[Claim],
    resolutions: Iterable[Resolution],
    incidents: Iterable[Incident],
    as_of: str | None,
    *,
    reports: Mapping[str, Report] | None = None,
    copies: Mapping[str, str] | None = None,
) -> Inferred:
    """What follows from claims and the incidents they were grouped into; the order of each does not matter.

    ``reports`` by id give the outlets their names and put statements in the order they were published; ``copies`` says
    which report each counts as, so that outlets with one text are one voice.
    """
    claims, resolutions = list(claims), list(resolutions)
    by_id = {claim.id: claim for claim in claims}
    sayings = Sayings(resolutions, reports, copies)
    return Inferred(
        incidents=tuple(_weighed(incident, by_id, sayings, reports or {}) for incident in incidents),
        spells=tuple(spells(claims, resolutions, as_of)),
        ties=ties(claims, resolutions),
    )


def _weighed(
    incident: Incident, claims: Mapping[str, Claim], sayings: Sayings, reports: Mapping[str, Report]
) -> Incident:
    """An incident with who did it according to whom, its independent voices and its grade."""
    members = [claims[one] for one in incident.claims]
    told = [claim for claim in members if claim.block != "comment"]
    found = attributions(incident, claims, sayings)
    given, reason = grade(found, told, sayings, reports)
    return msgspec.structs.replace(
        incident,
        reports=tuple(sorted({sayings.report_name(one) for one in incident.reports})),
        tallies=tallies(incident, claims, sayings),
        attribution=found,
        independent_voices=count(sayings.voices(told)),
        grade=given,
        because=(*incident.because, *reasons(found, claims), reason),
    )
