"""The map of one day, as known on one day: what the page's slider shows, for pictures and animations."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from according.maps import words
from according.maps.data import IncidentMark, MapData, TownMark
from according.maps.holding import State, epoch_on


def at(data: MapData, day: str | None, known: str | None = None, since: str | None = None) -> MapData:
    """The map with the incidents up to a day and the towns as they stood on it, from the reports out by ``known``.

    None is no limit. An incident without a date lies before no day; what no report had told of yet is not there.
    ``since`` leaves out the incidents that were over before.
    """

    def there(marks: Iterable[IncidentMark]) -> list[IncidentMark]:
        told = (incident_on(mark, known) for mark in marks if _is_by(mark, day) and _is_since(mark, since))
        return [mark for mark in told if mark]

    incidents, unplaced = there(data.incidents), there(data.unplaced)
    towns = [town_on(town, day, known) for town in data.towns]
    both = [*incidents, *unplaced]
    return msgspec.structs.replace(
        data,
        incidents=tuple(incidents),
        unplaced=tuple(unplaced),
        towns=tuple(town for town in towns if town),
        period=words.period([mark.earliest for mark in both], [mark.latest for mark in both]),
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
        in_state(town, state),
        lines=epoch.lines,
        quotes=tuple(quote for quote in town.quotes if known is None or (quote.out is not None and quote.out <= known)),
    )


def in_state(town: TownMark, state: State) -> TownMark:
    """The town in another of its states."""
    return msgspec.structs.replace(town, **msgspec.structs.asdict(state))


def with_room_for_all_states(data: MapData) -> MapData:
    """The data with every town as large as it ever is, so that nothing overlaps on any day."""
    towns = []
    for town in data.towns:
        besieged = next((state.besiegers for state in town.states() if state.besiegers), town.besiegers)
        towns.append(msgspec.structs.replace(town, besiegers=town.besiegers or besieged))
    return msgspec.structs.replace(data, towns=tuple(towns))


def without_history(data: MapData) -> MapData:
    """The map of a day without what is told of the towns' other days."""
    return msgspec.structs.replace(data, towns=tuple(msgspec.structs.replace(town, lines=()) for town in data.towns))


def told_by(data: MapData, day: str | None) -> MapData:
    """The map of all days with what one of them, or an earlier one, has something to tell of."""
    if day is None:
        return data
    return msgspec.structs.replace(
        data,
        incidents=tuple(mark for mark in data.incidents if _is_by(mark, day)),
        towns=tuple(town for town in data.towns if town_on(town, day, None)),
    )


def dates_of(data: MapData) -> list[str]:
    """Every day on which something on the map begins, ends or changes hands."""
    incidents = [day for mark in data.incidents for day in (mark.earliest, mark.latest) if day]
    turns = [day for town in data.towns for day, _ in (town.epochs[-1].states if town.epochs else ()) if day]
    return sorted(incidents) or sorted(turns)


def _is_since(mark: IncidentMark, day: str | None) -> bool:
    last = mark.latest or mark.earliest
    return day is None or (last is not None and last >= day)


def _is_by(mark: IncidentMark, day: str | None) -> bool:
    first = mark.earliest or mark.latest
    return day is None or (first is not None and first <= day)
