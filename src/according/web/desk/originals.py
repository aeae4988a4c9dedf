"""Claims as a publication policy shows them carry other ids than those that were read: which stand for which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from according.maps.policy import OPEN, Policy, shown
from according.records import Reading
from according.store.judgements import JudgementLog, counting
from according.store.ledger import Ledger
from according.store.people import publications
from according.store.reviewed import reviewed
from according.web.desk.onward import policy_of
from according.web.room import Room

Originals = Mapping[str, tuple[str, ...]]
"""For each claim as it is shown, those that it stands for; one that is shown as it was read is left out."""


def originals(reading: Reading, policy: Policy) -> Originals:
    """What the shown claims of a reading, judged already, stand for."""
    visible = shown(reading, policy, datetime.now(UTC)) if policy.alters else None
    found: dict[str, list[str]] = defaultdict(list)
    for read, seen in (visible.claims if visible else {}).items():
        found[seen].append(read)
    return {seen: tuple(sorted(read)) for seen, read in found.items()}


def originals_of(room: Room, reports: Iterable[str]) -> Originals:
    """The same for the reports of an incident."""
    with room.people.read() as connection:
        known = publications.publications(connection, list(reports))
    policies = {name: policy for name, one in known.items() if (policy := policy_of(one)).alters}
    if not policies:
        return {}
    log = counting(JudgementLog(room.people).judgements())
    found: dict[str, tuple[str, ...]] = {}
    with Ledger(room.ledger) as ledger:
        readings = [one for name in sorted(policies) if (one := ledger.current(name))]
    for reading in reviewed(readings, log):
        found |= originals(reading, policies.get(reading.report.id, OPEN))
    return found


def read_as(claims: Iterable[str], known: Originals) -> tuple[str, ...]:
    """The claims that were read behind those that are shown."""
    return tuple(sorted({read for claim in claims for read in known.get(claim, (claim,))}))
