"""Finding what a user names: an incident by its id, a former one by where it went, the parts of one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from according.errors import UsageError
from according.pipeline import Linked
from according.records import Incident
from according.store import HumanJudgement
from according.store.history import History
from according.store.judged import redirect
from according.store.judgements import Subject

PREFIX = "incident:"


class Found(msgspec.Struct, frozen=True):
    """An incident, and the former id that led to it when it was asked for by one."""

    incident: Incident
    former: str | None = None


def find_incident(
    name: str, linked: Linked, judgements: Sequence[HumanJudgement] = (), ledger: Path | None = None
) -> Found:
    """The incident of an id or its beginning; an id it no longer has leads to it too."""
    beginning = name if name.startswith(PREFIX) else PREFIX + name
    if beginning == PREFIX:
        raise UsageError(f"{name} is the beginning of every incident's id; give more of it")
    found = [one for one in linked.incidents if one.id.startswith(beginning)]
    if len(found) > 1:
        raise UsageError(f"{name} is the beginning of {len(found)} incidents' ids; give more of it")
    if found:
        return Found(found[0])
    former = _former(beginning, linked, judgements, ledger)
    heir = redirect(former.claims, linked.incidents) if former else None
    if former is None or heir is None:
        raise UsageError(f"{name} names no incident")
    return Found(heir, former.id)


def _former(
    beginning: str, linked: Linked, judgements: Sequence[HumanJudgement], ledger: Path | None
) -> Subject | None:
    """What an id stood for: in a report alone, when somebody judged it, or in an earlier run."""
    for reading in linked.readings:
        for incident in reading.incidents:
            if incident.id.startswith(beginning):
                return Subject(id=incident.id, claims=incident.claims)
    for judgement in judgements:
        for subject in judgement.subjects:
            if subject.id.startswith(beginning):
                return subject
    if ledger is not None:
        with History(ledger) as history:
            claims = history.former_claims(beginning)
        return Subject(id=beginning, claims=claims) if claims else None
    return None


def origin_of(names: Sequence[str], linked: Linked) -> Incident:
    """The one incident that the named claims are in."""
    homes = {one.id: one for one in linked.incidents for claim in one.claims if claim.startswith(tuple(names))}
    if len(homes) != 1:
        raise UsageError(f"{', '.join(names)}: these are claims of {len(homes)} incidents, not of one")
    return next(iter(homes.values()))
