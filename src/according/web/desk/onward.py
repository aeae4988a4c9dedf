"""From the desk to the site: decisions take effect in the newsroom, and pages are told what may be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import sqlalchemy as sa
from fastapi import Request

from according.maps.masked import blotted
from according.maps.policy import Policies, Policy, read_policy, stricter
from according.records import Reading
from according.store.judgements import JudgementLog
from according.store.people import People, writings
from according.store.people import publications as kept
from according.store.people.clock import now
from according.web.newsroom import Newsroom
from according.web.pages.hooks import Publication
from according.web.room import Room, room_of


def newsroom_of(request: Request) -> Newsroom:
    """The newsroom of a site; made when first asked for, unless the site was started with one."""
    state = request.app.state
    if getattr(state, "newsroom", None) is None:
        state.newsroom = open_newsroom(room_of(request))
    found: Newsroom = state.newsroom
    return found


def open_newsroom(room: Room) -> Newsroom:
    """A newsroom that goes by what the people of a room decided."""
    return Newsroom(
        room.ledger,
        judgements=lambda: JudgementLog(room.people).judgements(),
        policies=lambda: policies_of(room.people),
    )


def policies_of(people: People) -> Policies:
    """What may be shown of every report that the desk touched."""
    with people.read() as connection:
        return {one.report: policy_of(one) for one in kept.every(connection)}


def policy_of(publication: kept.Publication) -> Policy:
    """The policy of a publication: drafts and retractions are withheld, the scheduled wait for their time."""
    headline = blotted(publication.headline, publication.hidden) or None
    policy = msgspec.structs.replace(read_policy(publication.policy), headline=headline)
    if publication.status in ("draft", "retracted", "replaced", "dropped"):
        return stricter(policy, Policy(withheld=True))
    if publication.status == "scheduled":
        return stricter(policy, Policy(not_before=publication.at))
    return policy


def follow(newsroom: Newsroom, readings: Sequence[Reading] = ()) -> None:
    """Let what was decided take effect; ``readings`` are of reports that the site has not had before."""
    if readings:
        newsroom.keep(readings)
    else:
        newsroom.follow()


def shown_as(request: Request, reports: Sequence[str]) -> Mapping[str, Publication]:
    """How pages may show reports that the desk touched."""
    people = room_of(request).people
    moment = now()
    with people.read() as connection:
        known = kept.publications(connection, reports)
        replaced = [name for name, one in known.items() if one.status == "replaced"]
        newer = {name: _in_its_place(connection, name, moment) for name in replaced}
    return {name: as_shown(one, moment, newer.get(name)) for name, one in known.items()}


def _in_its_place(connection: sa.Connection, report: str, moment: str) -> str | None:
    """The report whose text took the place of another's."""
    names = writings.rewritten(connection, report)
    known = kept.publications(connection, names)
    return next((name for name in names if name in known and known[name].is_out(moment)), None)


def as_shown(one: kept.Publication, moment: str, newer: str | None = None) -> Publication:
    """A publication as pages know it, at a moment; ``newer`` is the report that took its place."""
    status = "published" if one.status == "scheduled" and one.is_out(moment) else one.status
    return Publication(
        status="draft" if status == "dropped" else status,
        headline=blotted(one.headline, one.hidden) or None,
        lead=blotted(one.lead, one.hidden) or None,
        whole=one.rights == "whole",
        notice=one.notice or None,
        at=one.at,
        title=blotted(one.title, one.hidden),
        changed=one.changed,
        newer=newer,
        version=f"{one.version} {status}",
    )


def policy_json(policy: Policy) -> str:
    """A policy as it is kept; what it leaves open is left out."""
    told = {name: value for name, value in msgspec.structs.asdict(policy).items() if value}
    return msgspec.json.encode(told).decode()
