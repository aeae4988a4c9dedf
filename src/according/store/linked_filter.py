"""Which incidents a reader asks for, as conditions on the linked tables; and the place in a list where a page ends."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

import msgspec

from according.errors import UsageError
from according.link.when import month_end
from according.records import AttributionStatus, Grade

T = TypeVar("T")
Condition = tuple[str, tuple[object, ...]]
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees; a box whose west lies east of its east crosses the date line."""


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What incidents must be. Of several values in one field any will do; all fields must hold.

    ``since`` and ``until`` are ISO dates, possibly partial: an incident counts when its time may fall between them, one
    without a date never. ``toll_least`` and ``toll_most`` compare with the figures of killed (else of injured):
    somebody must give at least the one, and somebody at most the other.
    """

    predicates: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    grades: tuple[Grade, ...] = ()
    statuses: tuple[AttributionStatus, ...] = ()
    since: str | None = None
    until: str | None = None
    toll_least: int | None = None
    toll_most: int | None = None
    box: Box | None = None
    words: str = ""


class Page(msgspec.Struct, Generic[T], frozen=True):
    """Some items of a list, and what to ask with for those after them; None at the end."""

    items: tuple[T, ...]
    after: str | None = None


def conditions(asked: Filter) -> Iterator[Condition]:
    """The conditions on ``linked_incident`` that make the incidents those asked for; raises UsageError on no date."""
    columns = {"predicate": asked.predicates, "country": asked.countries, "place": asked.places}
    columns |= {"grade": asked.grades, "status": asked.statuses}
    for column, values in columns.items():
        if values:
            yield f"{column} IN ({marks(values)})", tuple(values)
    if asked.actors:
        blamed = f"SELECT number FROM linked_blamed WHERE actor IN ({marks(asked.actors)})"  # noqa: S608 - only marks
        yield f"number IN ({blamed})", tuple(asked.actors)
    yield from _in_time(asked)
    if asked.toll_least is not None:
        yield "least IS NOT NULL AND (most IS NULL OR most >= ?)", (_bounded(asked.toll_least),)
    if asked.toll_most is not None:
        yield "least <= ?", (_bounded(asked.toll_most),)
    if asked.box:
        yield _within(asked.box)


def _in_time(asked: Filter) -> Iterator[Condition]:
    if asked.since:
        yield "last >= ?", (first_day(asked.since),)
    if asked.until:
        yield "day <= ?", (last_day(asked.until),)
    if asked.since or asked.until:
        yield "day <> ''", ()


def _within(box: Box) -> Condition:
    west, south, east, north = box
    halves = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    inside = "west <= ? AND east >= ? AND south <= ? AND north >= ?"
    found = f"SELECT number FROM linked_box WHERE {' OR '.join(f'({inside})' for _ in halves)}"  # noqa: S608 - constant
    limits = tuple(value for left, right in halves for value in (right, left, north, south))
    return f"number IN ({found})", limits


def marks(values: Sequence[object]) -> str:
    """A question mark for each value."""
    return ",".join("?" * len(values))


def _bounded(number: int) -> int:
    """What SQLite can hold of a number."""
    return max(-(2**62), min(2**62, number))


def first_day(said: str) -> str:
    """The first day that an ISO date, possibly partial, may mean; raises UsageError on what is none."""
    last = last_day(said)
    pieces = said.split("-")
    return "-".join([*pieces, *("01",) * (3 - len(pieces))]) if len(pieces) < len(last.split("-")) else last


def last_day(said: str) -> str:
    """The last day that an ISO date, possibly partial, may mean; raises UsageError on what is none."""
    try:
        found = month_end(said) if len(said) in {4, 7, 10} and said.replace("-", "").isascii() else None
    except ValueError:
        found = None
    if found is None or not found.isoformat().startswith(said):
        raise UsageError(f"{said} is no date such as 2020-01-31 or 2020-01")
    return found.isoformat()


def cursor(*values: object) -> str:
    """Where a page ends, for an address."""
    return urlsafe_b64encode(json.dumps(values, ensure_ascii=False).encode()).decode().rstrip("=")


def cursor_values(after: str, *kinds: type) -> tuple[object, ...]:
    """The values behind a cursor; raises UsageError on one that is none of these kinds."""
    try:
        values = json.loads(urlsafe_b64decode(after + "=" * (-len(after) % 4)))
    except ValueError as error:
        raise UsageError("the place in the list to go on from is not one that was given out") from error
    if not isinstance(values, list) or [type(value) for value in values] != list(kinds):
        raise UsageError("the place in the list to go on from is not one that was given out")
    return tuple(values)
