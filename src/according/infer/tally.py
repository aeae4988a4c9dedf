"""Tallies: how many of which group suffered what in an incident, by every source and under every named rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from according.infer.figures import EFFECTS, civilian_figures, figures_for, is_unspecified, mixed_company, tolls
from according.infer.rules import UNSPECIFIED, acled, airwars, two_sources, ucdp
from according.infer.stated import RANK, Stated
from according.infer.voices import Sayings
from according.records import Claim, Effect, Figure, Incident, Span, Tally
from according.vocabulary.groups import load_groups

Ruling = dict[str, int | list[int | None] | None]


def tallies(incident: Incident, claims: Mapping[str, Claim], sayings: Sayings) -> tuple[Tally, ...]:
    """The tallies of an incident, effect by effect, the widest groups first.

    Comments are never counted. A group inside another one has a tally of its own and adds nothing to the wider one's.
    """
    members = [claims[one] for one in incident.claims if one in claims]
    mixed = mixed_company(members)
    return tuple(
        tally for effect in EFFECTS.values() for tally in _of_effect(effect, tolls(members, effect), sayings, mixed)
    )


def _of_effect(effect: Effect, harmed: Sequence[Claim], sayings: Sayings, mixed: AbstractSet[Span]) -> list[Tally]:
    groups = sorted({claim.group for claim in harmed if claim.group and claim.quantity}, key=_width)
    civilians = civilian_figures(harmed, sayings, mixed)
    if not groups and any(is_unspecified(claim) for claim in harmed):
        return [_tally("civilians", effect, (), {"airwars": UNSPECIFIED.get(effect)})]
    fighters = [
        f for group in groups if load_groups().status(group) == "fighter" for f in figures_for(group, harmed, sayings)
    ]
    counted_apart = any(load_groups().status(f.claim.group) == "civilian" for f in civilians)
    found = []
    if counted_apart and civilians:
        found.append(_tally("civilians", effect, civilians, {"airwars": airwars(civilians, fighters)}))
    for group in groups:
        if group == "civilians" and found:
            continue
        figures = civilians if group == "people" and not fighters else figures_for(group, harmed, sayings)
        if group == "civilians" and all(_named_within(f.claim) for f in figures):
            continue
        ruling: Ruling = {"airwars": airwars(civilians, fighters)} if group == "people" and not counted_apart else {}
        found.append(_tally(group, effect, figures, ruling))
    return sorted(found, key=lambda tally: _width(tally.group))


def _named_within(claim: Claim) -> bool:
    """Whether people are civilians by their trade alone, out of a number of people ("seven, among them a monk")."""
    return claim.part_of is not None and "civilian" not in (claim.object.text.lower() if claim.object else "")


def _width(group: str) -> tuple[int, str]:
    """Wider groups first, then by name."""
    order = {"people": 0, "civilians": 1}
    return order.get(group, 2), group


def _tally(group: str, effect: Effect, figures: Sequence[Stated], ruling: Ruling) -> Tally:
    low, best, high = ucdp(figures)
    return Tally(
        group=group,
        effect=effect,
        low=low,
        best=best,
        high=high,
        open_ended=any(
            f.claim.quantity is not None and f.claim.quantity.high is None and f.top == high for f in figures
        ),
        figures=tuple(_figure(f) for f in figures),
        rules={"acled": acled(figures), "ucdp": [low, best, high], "two_sources": two_sources(figures), **ruling},
    )


def _figure(stated: Stated) -> Figure:
    quantity = stated.claim.quantity
    low, high = (quantity.low, quantity.high) if quantity else (None, None)
    if stated.rule == RANK:
        low, high = stated.low, stated.high
    return Figure(low=low, high=high, claim=stated.claim.id, report=stated.report, voice=stated.voice)


def civilian_range(incident: Incident, effect: Effect) -> tuple[int | None, int | None] | None:
    """The range of civilians under ``airwars``: of the civilians' tally, or of people where nobody says more."""
    for tally in incident.tallies:
        found = tally.rules.get("airwars")
        if tally.effect == effect and isinstance(found, list):
            return found[0], found[1]
    return None
