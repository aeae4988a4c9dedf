"""The map of one day, as known on one day: what the page's slider shows, for pictures and animations."""

from __future__ import annotations

import msgspec

from according.maps.data import IncidentMark, MapData, TownMark
from according.maps.holding import epoch_on


def at(data: MapData, day: str | None, known: str | None = None) -> MapData:
    """The map with the incidents up to a day and the towns as they stood on it, from the reports out by ``known``.

    None is no limit. An incident without a date lies before no day; what no report had told of yet is not there.
    """
    incidents = [incident_on(mark, known) for mark in data.incidents if _is_by(mark, day)]
    unplaced = [incident_on(mark, known) for mark in data.unplaced if _is_by(mark, day)]
    towns = [town_on(town, day, known) for town in data.towns]
    return msgspec.structs.replace(
        data,
        incidents=tuple(mark for mark in incidents if mark),
        unplaced=tuple(mark for mark in unplaced if mark),
        towns=tuple(town for town in towns if town),
    )


def incident_on(mark: IncidentMark, known: str | None) -> IncidentMark | None:
    """What was known of an incident at the end of a day; None when no report of it was out."""
    if known is None:
        return mark
    return next((version for out, version in reversed(mark.versions) if out <= known), None)


def town_on(town: TownMark, day: str | None, known: str | None) -> TownMark | None:
    """A town on a day as known at the end of another; None when no report had told of it."""
    epoch = epoch_on(town.epochs, known)
    state = epoch.on(day) if epoch else None
    if epoch is None or state is None:
        return None
    return msgspec.structs.replace(
        town,
        state=state.state,
        holders=state.holders,
        besiegers=state.besiegers,
        lines=epoch.lines,
        quotes=tuple(quote for quote in town.quotes if known is None or (quote.out is not None and quote.out <= known)),
    )


def _is_by(mark: IncidentMark, day: str | None) -> bool:
    first = mark.earliest or mark.latest
    return day is None or (first is not None and first <= day)
