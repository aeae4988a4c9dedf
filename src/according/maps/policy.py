"""What may be shown of a report: not before a moment, no place finer than a level, some names not at all.

An editor sets a policy on a report. It is applied here and nowhere else, before incidents, spells, ties, search, tiles,
pictures, feeds and exports are made, so that all of these are made of what may be shown and none of them can tell
more. What carries a policy of place is not linked with what names the place. Ids follow from what is shown, so that
nobody can try names against them.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import msgspec

from according.errors import UsageError
from according.infer import infer
from according.link.across import merged
from according.link.cluster import Cluster
from according.link.profile import profiles_of
from according.maps.coarse import COARSENED, LEVELS, coarsened, is_finer
from according.maps.masked import PLACE, Masked, masked
from according.records import (
    Block,
    Claim,
    Incident,
    PlacePrecision,
    Reading,
    Record,
    Report,
    Resolution,
    Voice,
    claim_id,
)


class Policy(Record, frozen=True, forbid_unknown_fields=True):
    """What may be shown of one report; an empty one hides nothing.

    ``withheld`` reports are not shown at all (drafts, retractions), others from the moment ``not_before`` on (ISO, with
    an offset from UTC). Places finer than ``place_as`` are given as the coarser place that they lie in; ``names`` are
    people and other names that are hidden wherever they stand, each also by its parts. ``headline`` is what the report
    is called wherever it is shown, in place of its own title; nothing that is hidden may stand in it.
    """

    withheld: bool = False
    not_before: str | None = None
    place_as: PlacePrecision | None = None
    names: tuple[str, ...] = ()
    headline: str | None = None

    @property
    def alters(self) -> bool:
        """Whether it changes what is shown, beside when."""
        return bool(self.place_as or self.names)

    def is_open(self, now: datetime) -> bool:
        """Whether anything may be shown at a moment."""
        return not self.withheld and (self.not_before is None or moment(self.not_before) <= now)


Policies = Mapping[str, Policy]
"""Policies by the ids of reports; a report without one is shown as it is."""
OPEN = Policy()


class Shown(msgspec.Struct, frozen=True):
    """A reading as it may be shown; ``claims`` gives, for each claim that was read, the id under which it is shown."""

    reading: Reading
    policy: Policy
    claims: Mapping[str, str]


def read_policy(body: bytes | str | None) -> Policy:
    """A policy from its JSON; nothing is the open one. Raises UsageError on what is no policy."""
    try:
        found = msgspec.json.decode(body, type=Policy) if body else OPEN
        if found.not_before is not None:
            moment(found.not_before)
    except msgspec.MsgspecError as error:
        raise UsageError(f"this is no publication policy: {error}") from error
    return found


def moment(said: str) -> datetime:
    """A moment from ISO text with an offset; raises UsageError on anything else."""
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise UsageError(f"{said} is no moment such as 2026-01-31T12:00:00+00:00")
    return found


def stricter(one: Policy, other: Policy) -> Policy:
    """A policy that hides what either hides."""
    times = [said for said in (one.not_before, other.not_before) if said]
    levels = [level for level in (one.place_as, other.place_as) if level]
    return Policy(
        withheld=one.withheld or other.withheld,
        not_before=max(times, key=moment, default=None),
        place_as=max(levels, key=LEVELS.index, default=None),
        names=tuple(dict.fromkeys((*one.names, *other.names))),
        headline=one.headline or other.headline,
    )


def next_change(policies: Iterable[Policy], now: datetime) -> datetime | None:
    """The next moment at which something may be shown that may not yet."""
    times = [moment(one.not_before) for one in policies if one.not_before and not one.withheld]
    return min((each for each in times if each > now), default=None)


def shown(reading: Reading, policy: Policy, now: datetime) -> Shown | None:
    """A reading as its policy lets it be shown at a moment; None when nothing of it may be."""
    if not policy.is_open(now):
        return None
    if not policy.alters:
        if policy.headline:
            reading = msgspec.structs.replace(reading, report=_called(reading.report, policy))
        return Shown(reading, policy, {claim.id: claim.id for claim in reading.claims})
    mask = masked(reading, policy.place_as, policy.names)
    report = _called(_report(reading.report, mask), policy)
    ids: dict[str, str] = {}
    claims = tuple(_with_ids(reading.claims, mask, ids))
    resolutions = tuple(_resolution(one, mask, policy, ids) for one in reading.resolutions if one.claim in ids)
    incidents = [_incident(one, mask, policy, ids) for one in reading.incidents]
    inferred = infer(claims, resolutions, incidents, as_of=report.published, reports={report.id: report})
    told = infer(firm(claims, resolutions, policy), resolutions, (), as_of=report.published)
    changed = Reading(
        report=report,
        claims=claims,
        resolutions=resolutions,
        incidents=inferred.incidents,
        spells=told.spells,
        ties=inferred.ties,
    )
    return Shown(changed, policy, ids)


def firm(claims: Iterable[Claim], resolutions: Iterable[Resolution], policy: Policy) -> list[Claim]:
    """The claims on places that are shown as told: who took a town that is hidden has not taken its province."""
    if policy.place_as is None:
        return list(claims)
    told = {one.claim for one in resolutions if one.role == "place" and one.basis == COARSENED}
    return [claim for claim in claims if claim.id not in told and not _is_masked_place(claim)]


def _is_masked_place(claim: Claim) -> bool:
    return claim.place is not None and PLACE in claim.place.text


def _called(report: Report, policy: Policy) -> Report:
    return msgspec.structs.replace(report, title=policy.headline) if policy.headline else report


def _report(report: Report, mask: Masked) -> Report:
    """A report with its words masked; its address and its file's name may tell as much as its words."""
    return msgspec.structs.replace(
        report,
        text=mask.text,
        input_id=report.id,
        url=None,
        title=mask.words(report.title),
        source=mask.words(report.source),
        author=mask.words(report.author),
        blocks=tuple(_block(block, mask) for block in report.blocks),
    )


def _block(block: Block, mask: Masked) -> Block:
    start, end = mask.moved(block.start, block.end)
    return msgspec.structs.replace(block, start=start, end=end, author=mask.words(block.author))


def _with_ids(claims: Iterable[Claim], mask: Masked, ids: dict[str, str]) -> list[Claim]:
    """Claims over the masked text, each under the id that its shown content gives; ``ids`` is told of each."""
    changed = {claim.id: _claim(claim, mask) for claim in claims}
    ids |= {name: claim_id(claim) for name, claim in changed.items()}
    return [
        msgspec.structs.replace(
            claim, id=ids[name], part_of=ids.get(claim.part_of or ""), event=ids.get(claim.event or "")
        )
        for name, claim in changed.items()
    ]


def _claim(claim: Claim, mask: Masked) -> Claim:
    quantity = claim.quantity
    if quantity is not None:
        quantity = msgspec.structs.replace(quantity, span=mask.cut(quantity.span))
    return msgspec.structs.replace(
        claim,
        evidence=mask.cut(claim.evidence),
        voices=tuple(_voice(voice, mask) for voice in claim.voices),
        subject=claim.subject and mask.cut(claim.subject),
        object=claim.object and mask.cut(claim.object),
        place=claim.place and mask.cut(claim.place),
        time=claim.time and mask.cut(claim.time),
        quantity=quantity,
        extent=claim.extent and mask.cut(claim.extent),
        cues=tuple(mask.cut(cue) for cue in claim.cues),
    )


def _voice(voice: Voice, mask: Masked) -> Voice:
    span = voice.span and mask.cut(voice.span)
    return msgspec.structs.replace(voice, span=span, name=mask.words(voice.name))


def _resolution(one: Resolution, mask: Masked, policy: Policy, ids: Mapping[str, str]) -> Resolution:
    """What a role refers to: its place as coarse as it may be, its candidates and the names it hides left out."""
    changed = msgspec.structs.replace(
        one, claim=ids.get(one.claim, one.claim), span=one.span and mask.cut(one.span), candidates=()
    )
    if one.role == "place":
        return _where(changed, mask, policy)
    hidden = mask.words(one.name) != one.name or mask.words(one.referent) != one.referent
    return msgspec.structs.replace(changed, referent=None, name=mask.words(one.name)) if hidden else changed


def _where(one: Resolution, mask: Masked, policy: Policy) -> Resolution:
    if policy.place_as is None or (one.place is not None and not is_finer(one.place.precision, policy.place_as)):
        return msgspec.structs.replace(one, name=mask.words(one.name))
    referent, place = coarsened(one.place, policy.place_as, one.referent)
    return msgspec.structs.replace(
        one, referent=referent, name=place.name if place else None, place=place, basis=COARSENED, method=""
    )


def _incident(incident: Incident, mask: Masked, policy: Policy, ids: Mapping[str, str]) -> Incident:
    """A report's incident over the claims as they are shown, without what followed from those that were read."""
    claims = tuple(sorted(ids[claim] for claim in incident.claims if claim in ids))
    digest = hashlib.sha256("\n".join(claims).encode()).hexdigest()[:20]
    place = incident.place
    return Incident(
        id=f"incident:{digest}",
        predicate=incident.predicate,
        reports=incident.reports,
        claims=claims,
        place=place and _resolution(place, mask, policy, ids),
        time=incident.time,
    )


def shown_incidents(raw: Iterable[Incident], shown: Mapping[str, Shown]) -> list[Incident]:
    """Linked incidents as far as they may be shown; ``shown`` are the readings of their reports, by report.

    Reports under a policy of place make an incident of their own beside that of the others. An incident of which
    nothing is hidden stays as it is.
    """
    return [part for incident in raw for part in _parts(incident, shown)]


def _parts(incident: Incident, shown: Mapping[str, Shown]) -> Iterator[Incident]:
    here = [shown[report] for report in incident.reports if report in shown]
    if len(here) == len(incident.reports) and not any(one.policy.alters for one in here):
        yield incident
        return
    levels: dict[PlacePrecision | None, list[Shown]] = defaultdict(list)
    for one in here:
        levels[one.policy.place_as].append(one)
    for group in levels.values():
        profiles = {each.id: each for one in group for each in profiles_of([_within(one, incident)])}
        if profiles:
            yield merged(Cluster(tuple(sorted(profiles)), ()), profiles)


def _within(one: Shown, incident: Incident) -> Reading:
    """A reading with only those of its incidents that a linked one is made of."""
    claims = {one.claims[claim] for claim in incident.claims if claim in one.claims}
    inside = tuple(each for each in one.reading.incidents if claims & set(each.claims))
    return msgspec.structs.replace(one.reading, incidents=inside)
