"""What a reader asks a list of incidents for, as it stands in the address."""

from __future__ import annotations

from typing import Annotated, TypeVar
from urllib.parse import urlencode

import msgspec
from fastapi import Query

from according.errors import UsageError
from according.records import AttributionStatus, Grade
from according.store.linked_filter import Filter
from according.web.pages import words

GRADES: tuple[Grade, ...] = ("confirmed", "fair", "weak", "contested", "discounted")
STATUSES: tuple[AttributionStatus, ...] = ("acknowledged", "claimed", "disputed", "alleged", "denied", "unclear")
T = TypeVar("T")
DATE = r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"
Text = Annotated[str, Query(max_length=200)]
Date = Annotated[str, Query(pattern=DATE, description="An ISO date, possibly partial: 2017, 2017-10, 2017-10-31.")]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The choices of a reader; all empty is everything."""

    kind: str = ""
    grade: str = ""
    status: str = ""
    country: str = ""
    since: str = ""
    until: str = ""
    toll: str = ""
    place: str = ""
    actor: str = ""
    q: str = ""
    after: str = ""

    @property
    def anything(self) -> bool:
        """Whether anything was chosen."""
        return bool(self.query())

    def query(self, *, after: str = "") -> str:
        """The choices for an address, to go on after a place in the list."""
        chosen = msgspec.structs.asdict(self) | {"after": after}
        return urlencode({name: value for name, value in chosen.items() if value})

    def filter(self) -> Filter:
        """The choices as the ledger takes them; raises UsageError on a kind, grade or status that does not exist."""
        kinds = {key: predicates for key, _, predicates in words.incident_kinds()}
        if self.kind and self.kind not in kinds:
            raise UsageError(f"{self.kind} is none of {', '.join(kinds)}")
        return Filter(
            predicates=kinds.get(self.kind, ()),
            grades=_known(self.grade, GRADES),
            statuses=_known(self.status, STATUSES),
            countries=_one(self.country.upper()),
            places=_one(self.place),
            actors=_one(self.actor),
            since=self.since or None,
            until=self.until or None,
            toll_least=int(self.toll) if self.toll else None,
            words=self.q,
        )


def _known(value: str, known: tuple[T, ...]) -> tuple[T, ...]:
    found = tuple(one for one in known if one == value)
    if value and not found:
        raise UsageError(f"{value} is none of {', '.join(map(str, known))}")
    return found


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


async def asked(  # noqa: PLR0913, PLR0917 - each is one parameter of the address
    kind: Text = "",
    grade: Text = "",
    status: Text = "",
    country: Annotated[str, Query(pattern=r"^[A-Za-z]{0,2}$")] = "",
    since: Date = "",
    until: Date = "",
    toll: Annotated[str, Query(pattern=r"^\d{0,7}$", description="At least so many killed by somebody's figure.")] = "",
    place: Text = "",
    actor: Text = "",
    q: Text = "",
    after: Annotated[str, Query(max_length=400, description="Where the page before this one ended.")] = "",
) -> Asked:
    """The choices in an address; a FastAPI dependency that waits for nothing."""
    return Asked(
        kind=kind, grade=grade, status=status, country=country, since=since, until=until, toll=toll, place=place,
        actor=actor, q=q, after=after,
    )  # fmt: skip
