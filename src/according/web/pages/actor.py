"""The page of an actor: with whom it stood when, what is laid at its door, and what each rule makes of the tolls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

import msgspec
from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from according.export.reading import incident_json, tie_json
from according.plots.graph import tie_graph
from according.plots.svg import to_svg
from according.records import AttributionStatus, Incident, Tally, Tie
from according.store.linked import Named
from according.store.linked_filter import Filter, Page
from according.store.shown_history import changes_about
from according.web.pages import words
from according.web.pages.answers import Json, data_answer, page_answer
from according.web.pages.asked import STATUSES
from according.web.pages.described import ERRORS, answers_with
from according.web.pages.fragments import FRAGMENTS
from according.web.pages.ledger import OnShelf, Shelf, named
from according.web.pages.markup import head_of
from according.web.pages.proof import Proof, proofs
from according.web.rendering import fragment
from according.web.room import room_of

router = APIRouter(tags=["actors"])
After = Annotated[str, Query(max_length=400, description="Where the page of incidents before this one ended.")]
ON_A_PAGE = 25
MOST_COUNTED = 2000
MOST_PROOFS = 120
MOST_DRAWN = 24


class RuleRow(msgspec.Struct, frozen=True):
    """What is said to have been killed where an actor's part has one status, by rule, and in how many incidents."""

    status: AttributionStatus
    incidents: int
    counted: int
    acled: int
    ucdp: tuple[int, int, int]


@router.get("/actor/{path:path}.json", responses=answers_with("Actor"))
def actor_data(request: Request, path: str, shelf: OnShelf, after: After = "") -> Response:
    """One actor: its ties, the incidents it is named in, and sums of the killed by status and rule."""
    actor = _found(shelf, path)
    return data_answer(request, shelf.version, lambda: _data(shelf, actor, after))


@router.get("/actor/{path:path}", response_class=HTMLResponse, responses=ERRORS)
def actor_page(request: Request, path: str, shelf: OnShelf, after: After = "") -> Response:
    """The page of one actor."""
    actor = _found(shelf, path)
    address = room_of(request).address
    key = ("actor", actor.referent, after, address, *shelf.key)
    body = FRAGMENTS.of((*key, "body"), lambda: _body(shelf, actor, after))
    lead = f"With whom {actor.name} stood when, and what is laid at its door, according to whom."
    head = FRAGMENTS.of((*key, "head"), lambda: head_of(actor, lead, address))
    return page_answer(request, "pages/plain.html", {"title": actor.name, "body": body, "head": head})


def _found(shelf: Shelf, path: str) -> Named:
    referent = words.referent("actor", path)
    actor = shelf.ledger.actor(referent)
    if actor is None:
        names = {end: name for tie in shelf.ledger.ties(referent) for end, name in _ends(tie)}
        actor = Named(referent=referent, name=names[referent], reports=0) if referent in names else None
    if actor is None:
        raise HTTPException(404, "No report here names such an actor.")
    return actor


def _ends(tie: Tie) -> tuple[tuple[str, str], tuple[str, str]]:
    return (tie.source, tie.source_name), (tie.target, tie.target_name)


def _incidents(shelf: Shelf, actor: Named, after: str) -> Page[Incident]:
    return shelf.ledger.incidents(Filter(actors=(actor.referent,)), after or None, ON_A_PAGE)


def _ties(shelf: Shelf, actor: Named) -> tuple[tuple[Tie, ...], dict[str, Proof]]:
    ties = tuple(sorted(shelf.ledger.ties(actor.referent), key=lambda tie: (tie.since or tie.until or "9", tie.kind)))
    claims = [claim for tie in ties for claim in (*tie.claims_for[:3], *tie.claims_against[:3])][:MOST_PROOFS]
    readings = shelf.readings(dict.fromkeys(shelf.homes(claims).values()))
    return ties, proofs(readings, set(claims))


def rule_rows(actor: str, incidents: Iterable[Incident]) -> list[RuleRow]:
    """Sums of the killed over incidents by the status of an actor's part; incidents without a figure add nothing."""
    by_status: dict[AttributionStatus, list[Tally | None]] = {}
    for incident in incidents:
        status = next((one.status for one in incident.attribution if one.actor == actor), None)
        if status is not None:
            by_status.setdefault(status, []).append(_killed(incident))
    return [_row(status, by_status[status]) for status in STATUSES if status in by_status]


def _killed(incident: Incident) -> Tally | None:
    """The tally of the widest group killed."""
    told = [one for one in incident.tallies if one.effect == "killed" and one.rules.get("ucdp") is not None]
    return max(told, key=lambda one: one.best or one.low or 0, default=None)


def _row(status: AttributionStatus, tallies: Sequence[Tally | None]) -> RuleRow:
    known = [one for one in tallies if one is not None]
    lowest = sum(value for one in known if isinstance(value := one.rules.get("acled"), int))
    ranges = [value for one in known if isinstance(value := one.rules.get("ucdp"), list)]
    low, best, high = (sum(_at(value, place) for value in ranges) for place in range(3))
    return RuleRow(status, len(tallies), len(known), lowest, (low, best, high))


def _at(value: Sequence[int | None], place: int) -> int:
    """A number of a range; one that is not told is the lowest."""
    found = value[place]
    return found if found is not None else value[0] or 0


def _counted(shelf: Shelf, actor: Named) -> tuple[Incident, ...]:
    return shelf.ledger.incidents(Filter(actors=(actor.referent,)), None, MOST_COUNTED).items


def _body(shelf: Shelf, actor: Named, after: str) -> Markup:
    ties, proven = _ties(shelf, actor)
    incidents = _incidents(shelf, actor, after)
    return fragment(
        "pages/actor_body.html",
        actor=actor,
        address=words.address(actor.referent),
        ties=ties,
        proofs=proven,
        plot=_plot(actor, ties),
        rows=rule_rows(actor.referent, _counted(shelf, actor)),
        parts={one.id: _part(one, actor) for one in incidents.items},
        incidents=incidents.items,
        next=incidents.after,
        reports=[named(shelf, line) for line in shelf.ledger.reports_about(actor.referent, 12)],
        changes=changes_about(shelf.path, actor.referent),
    )


def _part(incident: Incident, actor: Named) -> AttributionStatus | None:
    return next((one.status for one in incident.attribution if one.actor == actor.referent), None)


def _plot(actor: Named, ties: Sequence[Tie]) -> Markup | None:
    if not ties:
        return None
    return Markup(to_svg(tie_graph(ties[:MOST_DRAWN], actor.referent, actor.name)))  # noqa: S704 - escaped by to_svg


def _data(shelf: Shelf, actor: Named, after: str) -> Json:
    ties, proven = _ties(shelf, actor)
    incidents = _incidents(shelf, actor, after)
    return {
        "actor": msgspec.to_builtins(actor),
        "ties": [tie_json(tie) for tie in ties],
        "claims": [msgspec.to_builtins(proof) for proof in proven.values()],
        "killed_by_status": [msgspec.to_builtins(row) for row in rule_rows(actor.referent, _counted(shelf, actor))],
        "incidents": [incident_json(one) for one in incidents.items],
        "after": incidents.after,
    }
